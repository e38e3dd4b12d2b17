"""What the tables of doors are written with: `<app>/tests/doors*.py` tells who may open which doors of the app.

Such a module has `ROUTES`, which holds for each route, spelled as in the URL patterns, and each method a `Row`; and,
where its routes have places in them, `furnish(owner)`, which makes what they lead to and gives each place's value.
"""

import re
from typing import Any, NamedTuple, Self

# `owner` has what stands in the places; the keys are the owner's.
MEMBERS = ("stranger", "owner", "staff")
KEYS = ("reading key", "writing key")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


class Row(NamedTuple):
    """What is answered to whom, when asked with this body."""

    statuses: dict[str, int]
    # Or what makes it of what stands in the places.
    body: Any = None

    def but(self, **others: int) -> Self:
        """With other answers to some; `reading_key` is the reading key."""
        named = {who.replace("_", " "): status for who, status in others.items()}
        return self._replace(statuses=self.statuses | named)

    def owners(self) -> Self:
        """To others it is not there."""
        return self.but(stranger=404, staff=404)

    def owners_to_do(self) -> Self:
        """Others see it, and may not do this to it."""
        return self.but(stranger=403, staff=403)

    def asked_with(self, places: dict[str, Any]) -> Any:
        return self.body(places) if callable(self.body) else self.body or {}


def anyone(status: int, body: Any = None) -> Row:
    return Row(dict.fromkeys(("anonymous", *MEMBERS, *KEYS), status), body)


def reads(status: int = 200, body: Any = None) -> Row:
    """For members, and apps of theirs."""
    return anyone(status, body).but(anonymous=401)


def writes(status: int, body: Any = None) -> Row:
    """For members, and those apps of theirs that may change things."""
    return reads(status, body).but(reading_key=403)


def in_person(status: int = 200, body: Any = None) -> Row:
    """For members, and no app of theirs."""
    return writes(status, body).but(writing_key=403)


def page(status: int, *, anonymous: int = 302, body: Any = None) -> Row:
    """In a browser, where nobody has a key; who is not signed in is led to the door."""
    return Row({"anonymous": anonymous} | dict.fromkeys(MEMBERS, status), body)


def everyone(status: int, body: Any = None) -> Row:
    """In a browser, whoever one is."""
    return page(status, anonymous=status, body=body)


def form(path: str, posted: Row, shown: Row | None = None) -> dict[str, dict[str, Row]]:
    """A page for members that shows a form, and what comes of sending it."""
    return {path: {"GET": shown or page(200), "POST": posted}}


def button(path: str, posted: Row) -> dict[str, dict[str, Row]]:
    """What a button of another page does for members."""
    return {path: {"GET": page(405), "POST": posted}}


# Of these a page only shows.
SHOWN = {"GET": everyone(200), "POST": everyone(405)}
# Another address of such a page.
MOVED = {"GET": everyone(301), "POST": everyone(405)}


def address(route: str, places: dict[str, Any]) -> str:
    """Where the route leads to with these in its places."""
    path = PLACE.sub(lambda match: str(places[match[1] or match[2]]), route)
    return "/" + path.replace("^", "").replace("$", "")
