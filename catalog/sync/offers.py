"""Where films can be seen, as a history: a row for each time an offer was there, kept when it ends."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from catalog.inserting import insert
from catalog.models import Offer
from catalog.sync.parsing.rows import MovieFacts, OfferRow

# An offer that comes back within this time was never away: TMDB's data had a gap, and a gap is no news.
GAP = timedelta(days=3)
CHUNK = 5_000
# Each of them is a case in the statement, looked through for each row.
LINKS = 500

# Film, region, service and kind: what tells one offer from another.
Key = tuple[int, str, int, str]
KEY = ("movie_id", "region", "provider_id", "kind")
TIMES = ("first_seen_at", "last_seen_at", "is_arrival")


@dataclass
class Difference:
    """What the facts say against what is held: keys of rows that end or go on, rows with another link, new offers."""

    ended: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    relinked: list[Offer] = field(default_factory=list)
    new: dict[Key, str] = field(default_factory=dict)


def store_offers(
    films: Sequence[MovieFacts], now: datetime, *, changed: Collection[int], known: Collection[int]
) -> None:
    """Makes the films' current offers what the facts say. The films' rows are there, and locked.

    Of a film that is not among the `changed` only the time of its offers is written. A film whose facts hold no list
    of offers keeps those it has, for TMDB said nothing of them. What a film not yet `known` comes with is no arrival.
    """
    told = [film for film in films if OfferRow in film.parts]
    difference = _difference([film for film in told if film.tmdb_id in changed], now)
    _update(difference.ended, left_at=now)
    with_offers = [film.tmdb_id for film in told if film.parts[OfferRow]]
    if with_offers:
        Offer.objects.current().filter(movie__in=with_offers).update(last_seen_at=now)
    _update(difference.back, left_at=None, last_seen_at=now)
    Offer.objects.bulk_update(difference.relinked, ["link"], batch_size=LINKS)
    rows = [(*key, link, now, now, key[0] in known) for key, link in sorted(difference.new.items())]
    insert(Offer, (*KEY, "link", *TIMES), rows)


def end_offers(movie_ids: Iterable[int], now: datetime) -> None:
    """The films are nowhere to be seen any more."""
    Offer.objects.current().filter(movie__in=list(movie_ids)).update(left_at=now)


def _difference(films: Sequence[MovieFacts], now: datetime) -> Difference:
    difference = Difference()
    if films:
        difference.new = {
            (film.tmdb_id, row.region, row.provider_id, row.kind): row.link
            for film in films
            for row in film.parts[OfferRow]
        }
        difference.ended = _matched(difference, Offer.objects.current(), [film.tmdb_id for film in films])[1]
    if difference.new:
        left = Offer.objects.filter(left_at__gte=now - GAP).order_by("-left_at")
        difference.back = _matched(difference, left, sorted({key[0] for key in difference.new}))[0]
    return difference


def _matched(difference: Difference, rows: QuerySet[Offer], movies: list[int]) -> tuple[list[int], list[int]]:
    """Takes those that have a row here out of the new offers; gives the keys of such rows, and those of the others."""
    wanted, others = [], []
    for pk, held, *key in rows.filter(movie__in=movies).values_list("pk", "link", *KEY):
        link = difference.new.pop(tuple(key), None)
        (others if link is None else wanted).append(pk)
        if link not in {None, held}:
            difference.relinked.append(Offer(pk=pk, link=link))
    return wanted, others


def _update(keys: list[int], **values: datetime | None) -> None:
    for start in range(0, len(keys), CHUNK):
        Offer.objects.filter(pk__in=keys[start : start + CHUNK]).update(**values)
