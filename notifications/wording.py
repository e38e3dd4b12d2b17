"""How each kind of notification is told. The floors above register theirs, in their `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise

from notifications.models import Notification

Text = str | Promise | Callable[[dict[str, Any]], str]


class Wording(NamedTuple):
    text: Text
    url: str


_wordings: dict[str, Wording] = {}


class _Told(dict):
    """What is not told of is left out, not a fault: rows outlive the code that wrote them."""

    def __missing__(self, name: str) -> str:
        return ""


def tell(kind: str, *, text: Text, url: str = "") -> None:
    """Registers how `kind` is told: texts in braces' form, `"{username} likes your review"`, of what `data` holds.

    `text` may be lazy, for the reader's language, or a function of the data; `url` is a path of this site. The sender
    is there as `username`.
    """
    _wordings[kind] = Wording(text, url)


def facts(notification: Notification) -> dict[str, Any]:
    sender = {"username": notification.sender.username} if notification.sender else {}
    return _Told(notification.data | sender)


def text_of(notification: Notification) -> str:
    """One sentence, in the language that is active."""
    wording = _wordings.get(notification.kind)
    if wording is None:
        return notification.kind
    held = facts(notification)
    return wording.text(held) if callable(wording.text) else str(wording.text).format_map(held)


def url_of(notification: Notification) -> str | None:
    """The path of the page that it is about."""
    wording = _wordings.get(notification.kind)
    return wording.url.format_map(facts(notification)) if wording and wording.url else None
