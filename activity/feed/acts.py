"""The acts of a circle within a span of time, of all kinds, in one statement."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    F,
    Func,
    IntegerField,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from activity.feed.circle import Circle
from activity.feed.kinds import KINDS, Kind, whole
from activity.feed.statements import Among, Given, Statement, written

HOURS = 6
SECONDS = HOURS * 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# So many acts of a group are held, the last ones.
MOST_SHOWN = 6
# Of more members than that, a narrow span is read by time alone: to look for each of them takes longer.
MANY, NARROW = 150, 2
ALL = "SELECT * FROM ({}) AS acts WHERE act_place <= %s ORDER BY act_at DESC, act_pk DESC"


class Part(Func):
    """The number of the part of time that a moment lies in, as `part_of` counts them."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        template = f"CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / {SECONDS}"
        return self.as_sql(compiler, connection, template=template, **options)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        template = f"FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / {SECONDS})::integer"
        return self.as_sql(compiler, connection, template=template, **options)


def part_of(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds() // SECONDS)


def beginning_of(part: int) -> datetime:
    return EPOCH + timedelta(seconds=part * SECONDS)


class Span(NamedTuple):
    """From the beginning of part `first` to the end of part `last`, but nothing that came after `until`."""

    first: int
    last: int
    until: datetime


class Row(NamedTuple):
    """An act, how many there are of its group (kind, member, subject and part of time), and its place among them.

    `about` is the id of a film or of a member, 0 where it is of neither; `value` the rating that goes with it, if any.
    """

    kind: str
    member: int
    subject: int
    part: int
    at: datetime
    pk: int
    about: int
    value: int | None
    count: int
    place: int


def acts_within(span: Span, circle: Circle) -> Iterable[Row]:
    """The last `MOST_SHOWN` acts of each group, the last of all first."""
    is_narrow = span.last - span.first < NARROW
    heard = {kind.name: circle.hearing(kind.privacy) for kind in KINDS}
    ends = min(beginning_of(span.last + 1) - timedelta(microseconds=1), span.until)
    statement = _statement(tuple(is_narrow and len(heard[kind.name]) > MANY for kind in KINDS))
    rows = map(Row._make, statement.run(begins=beginning_of(span.first), ends=ends, **heard))
    # SQLite keeps times as text.
    for read in connection.ops.get_db_converters(Value(None, DateTimeField())):
        rows = [row._replace(at=read(row.at, None, connection)) for row in rows]
    return rows


@lru_cache
def _statement(by_time: tuple[bool, ...]) -> Statement:
    """For each kind read by time or by member."""
    first, *others = map(_acts, KINDS, by_time)
    return written(first.union(*others, all=True), ALL, [MOST_SHOWN])


def _acts(kind: Kind, by_time: bool) -> QuerySet:
    """The columns of `Row`. The place is asked for outside: Django would take columns that are alike for one."""
    begins, ends = (Given(name, DateTimeField()) for name in ("begins", "ends"))
    member = whole(kind.member) if by_time else F(f"{kind.member}_id")
    among = Among(member, Given(kind.name, BigIntegerField()))
    acts = kind.acts.filter(among, **{f"{kind.at}__gte": begins, f"{kind.at}__lte": ends})
    group = {"partition_by": [F(kind.member), Part(kind.at), kind.subject]}
    told = acts.order_by().annotate(
        act_kind=Value(kind.name),
        act_member=F(f"{kind.member}_id"),
        act_subject=kind.subject,
        act_part=Part(kind.at),
        act_at=F(kind.at),
        act_pk=F("pk"),
        act_about=kind.about,
        act_value=kind.value,
        act_count=Window(Count("*"), **group),
        act_place=Window(RowNumber(), **group, order_by=[F(kind.at).desc(), F("pk").desc()]),
    )
    return told.values_list(*(f"act_{name}" for name in Row._fields))
