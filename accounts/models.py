from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserAccounts(BaseUserManager):
    """Makes accounts, and finds one by username whatever its case."""

    def create_user(self, username: str, email: str, password: str | None = None, **fields: object) -> "User":
        """A new member; without a password nobody can sign in as them. Raises `IntegrityError` on a taken name."""
        user = self.model(username=self.model.normalize_username(username), email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "User":
        """By the very expression of the unique index, which `iexact` would not use."""
        return self.get(Exact(Lower("username"), username.lower()))


class User(AbstractBaseUser, PermissionsMixin):
    """One who signs in: a member, or staff. Username and e-mail are each unique without regard to case."""

    username = models.CharField(
        _("username"),
        max_length=30,
        unique=True,  # asked for by Django; the constraint below is the stricter one
        validators=[UnicodeUsernameValidator()],
        help_text=_("30 characters at most: letters, digits and @ . + - _"),
    )
    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("display name"), max_length=60, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May sign in to this admin."))
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick this instead of deleting."))
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserAccounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="one_user_per_username", violation_error_message=_("This username is taken.")
            ),
            models.UniqueConstraint(
                Lower("email"), name="one_user_per_email", violation_error_message=_("This e-mail address is taken.")
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
