"""Which films are worth a call to TMDB, in what order. Their ids come in chunks: a million of them fill no memory.

The worker's order of worth: those put aside whose time has come; what members hold, detailed never or not for a day;
the thousand most popular, when they are older than a day; what nears the age at which it may no longer be kept. Of the
calls that are left, nine of ten go to films that await their details, the most popular first, and one to the films that
are stale, the longest waiting first; when there are none of one sort, all of them go to the other.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import Movie, SyncFailure
from catalog.models.movies import FRESH_FOR
from web.keyset import Keyset, Position

CHUNK = 500
# Offers change daily, and nothing tells of it: these are looked at each day.
DAILY = timedelta(days=1)
POPULAR_DAILY = 1_000
# Three weeks before what was not refreshed is to be forgotten (`catalog.sync.retention`).
EXPIRING_AFTER = timedelta(days=150)
AWAITING_FOR_EACH_STALE = 9


def by_worth(now: datetime) -> Iterator[int]:
    """All films that are worth a call now, the worthiest first, each once."""
    first: set[int] = set()
    for key in chain(due(now), held_by_members(now), popular_daily(now), expiring(now)):
        if key not in first:
            first.add(key)
            yield key
    rest = in_turns(awaiting(), in_chunks(_standing(now - FRESH_FOR)), AWAITING_FOR_EACH_STALE)
    yield from (key for key in rest if key not in first)


def stale_movies(now: datetime) -> Iterator[int]:
    """Films put aside and due, those that await their details, then the stale, the longest waiting first."""
    yield from due(now)
    yield from awaiting()
    yield from in_chunks(_standing(now - FRESH_FOR))


def waiting(now: datetime) -> int:
    """About how many films wait for a call: those put aside and due, those awaiting their details, and the stale."""
    return SyncFailure.objects.due(now).count() + Movie.objects.stale(now).count()


def due(now: datetime) -> Iterator[int]:
    """Films put aside, whose time has come; the list is read once, as it is now."""
    yield from SyncFailure.objects.due(now).order_by("retry_at").values_list("pk", flat=True)


def awaiting() -> Iterator[int]:
    """Films that await their details, what members hold first, then the most popular."""
    return in_chunks(_not_aside(Movie.objects.awaiting_details()))


def held_by_members(now: datetime) -> Iterator[int]:
    """Films that members hold, when they await their details or are older than a day."""
    yield from in_chunks(_not_aside(Movie.objects.awaiting_details().filter(holder_count__gt=0)))
    yield from in_chunks(_standing(now - DAILY).filter(holder_count__gt=0))


def popular_daily(now: datetime) -> Iterator[int]:
    """Those of the thousand most popular films that are older than a day."""
    popular = Movie.objects.listed().order_by("-popularity", "-pk").values("pk")[:POPULAR_DAILY]
    return in_chunks(_standing(now - DAILY).filter(pk__in=popular))


def expiring(now: datetime) -> Iterator[int]:
    return in_chunks(_standing(now - EXPIRING_AFTER))


def in_chunks(films: QuerySet[Movie]) -> Iterator[int]:
    """The films' ids in the queryset's order, by a query for each chunk, made when it is reached."""
    keyset = Keyset(films)
    keyset.queryset = films.values(*keyset.names)
    position = None
    while page := keyset.page(position, CHUNK):
        yield from (row["pk"] for row in page)
        position = Position([page[-1][name] for name in keyset.names])


def in_turns(many: Iterable[int], few: Iterable[int], share: int) -> Iterator[int]:
    """`share` of the one for each of the other; where one has ended, all of the other."""
    many, few = iter(many), iter(few)
    while turn := [*islice(many, share), *islice(few, 1)]:
        yield from turn


def _standing(moment: datetime) -> QuerySet[Movie]:
    """Films in TMDB that were fetched by then, and are not put aside; the longest waiting first."""
    return _not_aside(Movie.objects.filter(synced_at__lte=moment, gone_at=None).order_by("synced_at", "pk"))


def _not_aside(films: QuerySet[Movie]) -> QuerySet[Movie]:
    """Those that are aside have their own time, in `due`."""
    return films.filter(~Exists(SyncFailure.objects.filter(pk=OuterRef("pk"))))
