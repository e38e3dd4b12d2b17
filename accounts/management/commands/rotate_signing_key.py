from typing import Any

from django.core.management.base import BaseCommand

from accounts import signing


class Command(BaseCommand):
    help = "Begins a new key to sign tokens with. What the one before signed is good until it expires."

    def handle(self, *args: Any, **options: Any) -> None:
        key = signing.rotate()
        days = signing.lifetime().days
        self.stdout.write(
            f"Tokens are signed with {key.kid} from now on. The key before verifies for {days} days more."
        )
