"""In what state a text stands, and who sees it then."""

from typing import Self

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, Privacy
from accounts.models.visibility import Viewer, path, visible


class Status(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    # Waits for a moderator, since a rule has stopped it.
    HELD = "held", _("held")
    HIDDEN = "hidden", _("hidden")
    REMOVED = "removed", _("removed")


MODERATED = (Status.HELD, Status.HIDDEN, Status.REMOVED)


class WrittenQuerySet(OwnedQuerySet):
    """Texts by members: what is not published is seen by its author alone (and by staff, in the admin)."""

    owner = "author"
    privacy = ("author__reviews_privacy",)

    def visible_to(self, viewer: Viewer) -> Self:
        """What is published and open to the viewer, and the viewer's own in any state."""
        others = self.open_to(viewer)
        return self.filter(others if viewer.pk is None else others | Q(author=viewer.pk))

    def published_to(self, viewer: Viewer) -> Self:
        """What is published and open to the viewer, the viewer's own among it."""
        return self.filter(self.open_to(viewer))

    def readable_by(self, viewer: Viewer) -> Self:
        """As `visible_to`; staff read also what is under moderation, unless its author keeps all to themselves."""
        if not viewer.is_staff:
            return self.visible_to(viewer)
        privacy = (path(self.owner, "profile_privacy"), *self.privacy)
        is_private = Q(*((column, Privacy.PRIVATE) for column in privacy), _connector=Q.OR)
        return self.filter(self.open_to(viewer) | Q(author=viewer.pk) | Q(status__in=MODERATED) & ~is_private)

    def open_to(self, viewer: Viewer) -> Q:
        return Q(status=Status.PUBLISHED) & visible(viewer, self.owner, *self.privacy)
