"""`python -m bench.signed_in N`: makes N members, signs each in on a phone, and prints their access tokens."""

import sys

import django
from django.test import RequestFactory

django.setup()

from accounts import sessions
from accounts.models import User
from accounts.tokens import pair_for


def main() -> None:
    request = RequestFactory().get("/")
    for number in range(int(sys.argv[1])):
        member = User.objects.create_user(f"bench-{number}", f"bench-{number}@example.org")
        print(pair_for(sessions.begin(user=member, request=request))["access"])


if __name__ == "__main__":
    main()
