from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.folding import Folded
from accounts.models.names import username_letters
from accounts.models.visibility import Privacy, UserQuerySet
from catalog.models import Genre, Provider


class UserAccounts(BaseUserManager.from_queryset(UserQuerySet)):
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


# Written where they change, by those who lock them.
COUNTS = {"follower_count", "following_count"}


def privacy(name: str) -> models.CharField:
    return models.CharField(name, max_length=9, choices=Privacy, default=Privacy.PUBLIC)


class User(AbstractBaseUser, PermissionsMixin):
    """One who signs in: a member, or staff. Username and e-mail are each unique without regard to case.

    What a member prefers stands in the same row: it is read with every call that is theirs.
    """

    username = models.CharField(
        _("username"),
        max_length=30,
        unique=True,  # asked for by Django; the constraint below is the stricter one
        validators=[username_letters],
        help_text=_("30 characters at most: letters and digits, with . _ or - between them."),
    )
    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("display name"), max_length=60, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May sign in to this admin."))
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick this instead of deleting."))
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # Until then the owner may change their mind about leaving.
    erased_from = models.DateTimeField(_("to be erased from"), null=True, blank=True, editable=False)
    # Until then the member may read, and keep their own things, but say nothing to others.
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True, editable=False)

    bio = models.TextField(_("about you"), max_length=500, blank=True)
    avatar = models.CharField(_("picture"), blank=True, max_length=80, editable=False)  # its name
    region = models.CharField(_("country"), max_length=2, blank=True, validators=[RegexValidator(r"\A[A-Z]{2}\Z")])
    language = models.CharField(_("language"), max_length=12, blank=True)
    # Columns, since to count the followers of one who has a million takes seconds.
    follower_count = models.PositiveIntegerField(default=0, editable=False)
    following_count = models.PositiveIntegerField(default=0, editable=False)

    include_adult = models.BooleanField(_("show films for adults"), default=False)
    show_spoilers = models.BooleanField(_("show spoilers unfolded"), default=False)
    profile_privacy = privacy(_("who sees my profile"))
    watchlist_privacy = privacy(_("who sees my watchlist"))
    history_privacy = privacy(_("who sees my diary"))
    favorites_privacy = privacy(_("who sees my favorites"))
    reviews_privacy = privacy(_("who sees my reviews"))
    favorite_genres = models.ManyToManyField(Genre, related_name="+", blank=True, verbose_name=_("favorite genres"))
    excluded_genres = models.ManyToManyField(Genre, related_name="+", blank=True, verbose_name=_("unwanted genres"))
    streaming_providers = models.ManyToManyField(Provider, related_name="+", blank=True, verbose_name=_("services"))

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
        indexes = [
            # What search by the beginning of a name asks.
            models.Index(Folded("username"), name="user_by_username"),
            models.Index(Folded("display_name"), name="user_by_display_name"),
            # The worker's round that gives members back their voice.
            models.Index("suspended_until", name="user_suspended", condition=models.Q(suspended_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.username

    def save(self, **options: object) -> None:
        """As Django's, which would also write the counts as they were when the member was read."""
        if not self._state.adding and options.get("update_fields") is None:
            loaded = {field.name for field in self._meta.concrete_fields if field.attname in self.__dict__}
            options["update_fields"] = loaded - COUNTS - {"id"}
        super().save(**options)

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
