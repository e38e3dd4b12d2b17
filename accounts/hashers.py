"""How passwords are hashed."""

from django.conf import settings
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher


class PasswordHasher(BCryptSHA256PasswordHasher):
    """bcrypt, over SHA-256 so that a long password counts whole; `PASSWORD_ROUNDS` doublings of work.

    Whoever signs in with a hash of another cost has it made anew.
    """

    @property
    def rounds(self) -> int:
        return settings.PASSWORD_ROUNDS
