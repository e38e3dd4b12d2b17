"""The acts of a circle within a span of time, of all kinds, in one statement."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    DateTimeField,
    F,
    Func,
    IntegerField,
    QuerySet,
    RowRange,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from activity.feed.kinds import KINDS, Kind
from activity.statements import Given, Statement, written

HOURS = 3
SECONDS = HOURS * 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# So many acts of a group are held, the last ones.
MOST_SHOWN = 6
# Of more members than that, a narrow span is read by time alone: to look for each of them takes longer.
MANY, NARROW = 150, 2
CIRCLE = {
    "sqlite": "WITH circle (id) AS MATERIALIZED (SELECT value FROM json_each(%s)) ",
    "postgresql": "WITH circle (id) AS MATERIALIZED (SELECT unnest(%s::bigint[])) ",
}
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


class InCircle(Func):
    """That a member is of the circle, looked for among their acts by the index of members and times."""

    output_field = BooleanField()
    template = "%(expressions)s IN (SELECT id FROM circle)"

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="%(expressions)s = ANY(ARRAY(SELECT id FROM circle))")


class HeardOf(InCircle):
    """The same, asked of each act that is found otherwise: within a CASE it leads to no index."""

    template = f"CASE WHEN {InCircle.template} THEN TRUE ELSE FALSE END"

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection)


def acts_within(span: Span, circle: list[int]) -> Iterable[Row]:
    """The last `MOST_SHOWN` acts of each group, the last of all first."""
    is_by_time = len(circle) > MANY and span.last - span.first < NARROW
    ends = min(beginning_of(span.last + 1) - timedelta(microseconds=1), span.until)
    given = {"begins": beginning_of(span.first), "ends": ends, "circle": circle}
    rows: Iterable[Row] = map(Row._make, _statement(HeardOf if is_by_time else InCircle).run(**given))
    # SQLite keeps times as text.
    for read in connection.ops.get_db_converters(Value(None, DateTimeField())):
        rows = [row._replace(at=read(row.at, None, connection)) for row in rows]
    return rows


@lru_cache
def _statement(condition: type[InCircle]) -> Statement:
    first, *others = (_acts(kind, condition) for kind in KINDS)
    acts = written(first.union(*others, all=True), ALL)
    return Statement(
        CIRCLE[connection.vendor] + acts.sql, [Given("circle", BigIntegerField()), *acts.values, MOST_SHOWN]
    )


def _acts(kind: Kind, condition: type[InCircle]) -> QuerySet:
    """The columns of `Row`. The place is asked for outside: Django would take columns that are alike for one."""
    begins, ends = (Given(name, DateTimeField()) for name in ("begins", "ends"))
    heard_of = condition(F(f"{kind.member}_id"))
    acts = kind.acts.filter(heard_of, **{f"{kind.at}__gte": begins, f"{kind.at}__lte": ends})
    # In one order, so that the rows are sorted once; the count is of the whole group, whatever comes after.
    order = [F(kind.at).desc(), F("pk").desc()]
    group = {"partition_by": [F(kind.member), Part(kind.at), kind.subject], "order_by": order}
    told = acts.order_by().annotate(
        act_kind=Value(kind.name),
        act_member=F(f"{kind.member}_id"),
        act_subject=kind.subject,
        act_part=Part(kind.at),
        act_at=F(kind.at),
        act_pk=F("pk"),
        act_about=kind.about,
        act_value=kind.value,
        act_count=Window(Count("*"), **group, frame=RowRange()),
        act_place=Window(RowNumber(), **group),
    )
    return told.values_list(*(f"act_{name}" for name in Row._fields))
