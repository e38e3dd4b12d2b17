"""What members saw, for programs that follow it: what everybody may see, and no more."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.member_pages import open_member
from catalog.carded import with_cards
from watchlists.models import Viewing
from watchlists.templatetags.viewings import when
from web.atom import PublicFeed

SHOWN = 50


class DiaryFeed(PublicFeed):
    """The viewings that were written down last."""

    def get_object(self, request: HttpRequest, username: str) -> dict[str, Any]:
        member = open_member(AnonymousUser(), username, "diary")
        rows = Viewing.objects.visible_to(AnonymousUser()).filter(user=member)
        return {"member": member, "viewings": with_cards(rows.order_by("-created_at", "-pk")[:SHOWN], request)}

    def title(self, feed: dict[str, Any]) -> str:
        return _("{}’s diary").format(feed["member"].get_full_name())

    def link(self, feed: dict[str, Any]) -> str:
        return reverse("member_diary", args=[feed["member"].username])

    def feed_url(self, feed: dict[str, Any]) -> str:
        return reverse("member_diary_feed", args=[feed["member"].username])

    def author_name(self, feed: dict[str, Any]) -> str:
        return feed["member"].get_full_name()

    def items(self, feed: dict[str, Any]) -> list[Viewing]:
        return feed["viewings"]

    def item_title(self, viewing: Viewing) -> str:
        title, year = viewing.card["title"], viewing.card["year"]
        told = f"{title} ({year})" if year else title
        return f"{told} · {viewing.rating}/10" if viewing.rating else told

    def item_description(self, viewing: Viewing) -> str:
        """Its words are ours alone, so there is nothing to escape in them."""
        return _("Seen again: {}").format(when(viewing)) if viewing.is_rewatch else _("Seen: {}").format(when(viewing))

    def item_link(self, viewing: Viewing) -> str:
        return viewing.card["url"]

    def item_guid(self, viewing: Viewing) -> str:
        return f"urn:marquee:viewing:{viewing.pk}"

    def item_pubdate(self, viewing: Viewing) -> datetime:
        return viewing.created_at

    def item_updateddate(self, viewing: Viewing) -> datetime:
        return viewing.changed_at


diary_feed = require_safe(DiaryFeed())
