"""Bars of charts, measured for SVG: how many units wide and high each is, and where it stands."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 360, 190
# Room above the bars for their numbers, and below for their names.
TOP, BOTTOM, GAP = 20, 22, 4
WIDEST = 44
# Of bars that lie: the height of a row, where the bar begins, and the room behind it for its number.
ROW, BEGINS, BEHIND = 26, 128, 40
LONGEST_NAME = 18
# Of more bars than that, only some have their names beneath them.
NAMED = 12


class Bar(NamedTuple):
    """`x`, `y`, `width`, `height` of the bar, `middle` of where its words stand; `name` in full, `short` as shown."""

    name: str
    short: str
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float

    @property
    def ends(self) -> float:
        """Where the number behind a lying bar begins."""
        return self.x + self.width + 5


class Chart(NamedTuple):
    id: str
    title: str
    told: str
    head: tuple[str, str]
    bars: list[Bar]
    width: int
    height: int
    is_lying: bool
    # Where the names of lying bars end.
    names_end: int = BEGINS - 6

    @property
    def most(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.value)


def standing(pairs: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars side by side, for what has an order of its own."""
    step = WIDTH / max(len(pairs), 1)
    most = max((value for _, value in pairs), default=0) or 1
    room, every, width = HEIGHT - TOP - BOTTOM, -(-len(pairs) // NAMED), min(step - GAP, WIDEST)
    bars = []
    for place, (name, value) in enumerate(pairs):
        height, middle = room * value / most, (place + 0.5) * step
        x, y = middle - width / 2, TOP + room - height
        measures = (round(number, 2) for number in (x, y, width, height, middle))
        bars.append(Bar(name, name if place % every == 0 else "", value, *measures))
    return bars


def lying(pairs: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars below one another, for what has long names."""
    most = max((value for _, value in pairs), default=0) or 1
    bars = []
    for place, (name, value) in enumerate(pairs):
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        width = round((WIDTH - BEGINS - BEHIND) * value / most, 2)
        bars.append(Bar(name, short, value, BEGINS, place * ROW + 4, width, ROW - 8, place * ROW + ROW / 2 + 5))
    return bars


def chart(name: str, title: str, told: str, head: tuple[str, str], pairs: Sequence[tuple[str, int]]) -> Chart:
    """A chart of standing bars; `told` says what it shows, `head` are the heads of the table beneath it."""
    return Chart(name, title, told, head, standing(pairs), WIDTH, HEIGHT, is_lying=False)


def lying_chart(name: str, title: str, told: str, head: tuple[str, str], pairs: Sequence[tuple[str, int]]) -> Chart:
    return Chart(name, title, told, head, lying(pairs), WIDTH, max(len(pairs), 1) * ROW, is_lying=True)
