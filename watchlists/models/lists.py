"""Lists of films that members make, alone or together."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, Privacy, User
from accounts.models.visibility import Viewer, apart, present
from catalog.models import Movie
from web.slugs import slug_of

MOST_ITEMS = 10_000


class Visibility(models.TextChoices):
    """As `Privacy`, and `link`: for whoever has the list's key."""

    PUBLIC = Privacy.PUBLIC.value, _("Everyone")
    FOLLOWERS = Privacy.FOLLOWERS.value, _("My followers")
    PRIVATE = Privacy.PRIVATE.value, _("Only me")
    LINK = "link", _("Whoever has the link")


class Role(models.TextChoices):
    EDITOR = "editor", _("may change the films")
    VIEWER = "viewer", _("may look")


class ListQuerySet(OwnedQuerySet):
    owner = "owner"
    privacy = ("visibility",)

    def visible_to(self, viewer: Viewer) -> "ListQuerySet":
        """What the owner's profile and the list leave open to the viewer, and what they are asked to make together."""
        opened = super().visible_to(viewer)
        return opened if viewer.pk is None else opened | self.shared_with(viewer)

    def shared_with(self, member: Viewer) -> "ListQuerySet":
        """Others' that the member was asked to share in, whether or not they answered yet."""
        return self.filter(_shared(member, Collaborator.objects.all()))

    def editable_by(self, member: Viewer) -> "ListQuerySet":
        """The member's own, and those of which they are an editor."""
        editing = Collaborator.objects.filter(role=Role.EDITOR, accepted_at__isnull=False)
        return self.filter(Q(owner=member.pk) | _shared(member, editing))

    def opened_by(self, key: str, viewer: Viewer) -> "ListQuerySet":
        """The one whose owner gave out this link, whatever their profile says; not where one blocks the other."""
        kept_apart = Q() if viewer.pk is None else ~apart(viewer, self.owner)
        by_link = Q(visibility=Visibility.LINK, link_key=key) & ~Q(link_key="")
        return self.filter(by_link & present(self.owner) & kept_apart)


def _shared(member: Viewer, collaborators: models.QuerySet) -> Q:
    among = Exists(collaborators.filter(list=OuterRef("pk"), member=member.pk))
    return Q(among) & present("owner") & ~apart(member, "owner")


class List(models.Model):
    """Films under a name, in an order of their own."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lists", db_index=False)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), max_length=4_000, blank=True)
    is_ranked = models.BooleanField(_("ranked"), default=False, help_text=_("The order is from best to worst."))
    visibility = models.CharField(_("who sees it"), max_length=9, choices=Visibility, default=Visibility.PUBLIC)
    link_key = models.CharField(max_length=43, blank=True, editable=False)
    cloned_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="clones")
    # A column, since to count ten thousand items for each list of a page takes long; moved by who locks the list.
    item_count = models.PositiveIntegerField(_("films"), default=0, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    collaborators = models.ManyToManyField(User, through="Collaborator", related_name="+")

    objects = ListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        constraints = [
            models.UniqueConstraint(fields=["link_key"], condition=~Q(link_key=""), name="one_list_per_link_key"),
            models.CheckConstraint(condition=Q(item_count__lte=MOST_ITEMS), name="list_not_too_long"),
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at", "-id"], name="list_by_change"),
            # The feed's: what those one follows began.
            models.Index(fields=["owner", "-created_at", "-id"], name="list_by_making"),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["created_at"], name="list_by_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("list", args=[self.pk, slug_of(self.name)])


class ListItem(models.Model):
    """A film in a list; see `watchlists.positions` of the place."""

    list = models.ForeignKey(List, models.CASCADE, related_name="items", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="list_items")
    position = models.BigIntegerField(_("place"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("film in a list")
        verbose_name_plural = _("films in a list")
        constraints = [models.UniqueConstraint(fields=["list", "movie"], name="one_item_per_list_and_movie")]
        indexes = [
            models.Index(fields=["list", "position", "id"], name="list_item_by_position"),
            models.Index(fields=["list", "-added_at", "-id"], name="list_item_by_added_at"),
            # The feed's: what those one follows put into lists.
            models.Index(fields=["added_by", "-added_at", "-id"], name="list_item_by_adding"),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["added_at"], name="list_item_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.movie_id} in list {self.list_id}"


class Collaborator(models.Model):
    """One who was asked to share in another's list, and may once they have accepted."""

    list = models.ForeignKey(List, models.CASCADE, related_name="shares", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shared_lists")
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.EDITOR)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        constraints = [models.UniqueConstraint(fields=["list", "member"], name="one_collaborator_per_list_and_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in list {self.list_id}"
