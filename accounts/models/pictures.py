"""Members' pictures."""

import secrets

from django.conf import settings
from django.db import models


def new_name() -> str:
    """Not to be guessed: whoever has it may see the picture."""
    return secrets.token_urlsafe(16)


class Picture(models.Model):
    """A member's picture as WebP, apart from their row, which is read with every call of theirs.

    In the database, since it alone is shared by all servers, and is what an operator keeps copies of. Each new picture
    has a new name, so that it may be kept by browsers under the old one.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="picture")
    name = models.CharField(max_length=80, unique=True, default=new_name)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"the picture of {self.user_id}"
