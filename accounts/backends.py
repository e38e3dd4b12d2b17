"""Who is meant by a name or an address, and whether the password is theirs."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.http import HttpRequest

from accounts.models import User


class AccountBackend(AuthenticationBackend):
    """allauth's, which takes as long for an account that is not there; found by the very expressions of the indexes.

    One query: an address has an `@`, and no username has.
    """

    def _authenticate(
        self,
        request: HttpRequest | None,
        username: str = "",
        email: str = "",
        password: str = "",
        **credentials: object,
    ) -> User | None:
        login = email or username
        field = "email" if "@" in login else "username"
        found = User.objects.filter(Exact(Lower(field), login.strip().lower())).first() if login else None
        return self._check_password(found, password)
