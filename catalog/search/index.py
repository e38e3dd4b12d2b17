"""Writes what search reads: with each film and person that is stored, in bulk after an export, and anew on demand.

All of it may be killed at any moment and be run again, and may run beside itself.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Case, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery, When

from catalog.inserting import upsert
from catalog.models import Movie, MovieSearch, Person, SearchForm, SearchWord
from catalog.models.search import SearchEntry
from catalog.retrying import retried
from catalog.search.candidates import engine
from catalog.search.shelves import MOVIES, PEOPLE, Shelf
from catalog.search.vocabulary import learn
from catalog.search.words import entry_tokens, is_spelt

# How many are of tier 0, of tiers 0 and 1, and so on; the rest is of the last.
RANKS = (2_000, 50_000, 250_000)
CHUNK = 5_000
CUTOFFS_SECONDS = 3_600
# By so much of itself a popularity must have changed to be told to the search.
MOVED = 0.1
NEVER = float("inf")


def put_movies(ids: Collection[int]) -> None:
    """Makes the entries of these films what their rows say; those that are not listed have none."""
    _put(MOVIES, ids)


def put_people(ids: Collection[int]) -> None:
    """Makes the entries of these people what their rows say."""
    _put(PEOPLE, ids)


@transaction.atomic(savepoint=False)  # what fails here fails for whoever called
def _put(shelf: Shelf, ids: Collection[int]) -> None:
    rows = list(shelf.source().filter(pk__in_array=ids).order_by("pk").values_list(*shelf.columns))
    unlisted = set(ids).difference(row[0] for row in rows)
    if unlisted:
        shelf.entry.objects.filter(pk__in=unlisted).delete()
    entries = _entries(shelf, rows)
    if not entries:
        return
    held = set(shelf.entry.objects.filter(pk__in_array=[entry.pk for entry in entries]).values_list("pk", flat=True))
    engine().insert_new(shelf.entry, [entry for entry in entries if entry.pk not in held])
    columns = [field.name for field in shelf.entry._meta.concrete_fields if not field.primary_key]
    upsert([entry for entry in entries if entry.pk in held], columns)
    learn(shelf.kind, entries)


def build(show: Callable[[int], None] = lambda count: None) -> int:
    """Makes the entries that are missing, of films and people; gives their number. `show` is told of each chunk's."""
    return sum(_build(shelf, show) for shelf in (MOVIES, PEOPLE))


def _build(shelf: Shelf, show: Callable[[int], None]) -> int:
    made, known = 0, set()
    _forget_cutoffs(shelf)  # of before all that is new was there
    for rows in _missing(shelf):
        count, words = retried(partial(_make, shelf, [row[0] for row in rows], known))
        known |= words
        made += count
        show(count)
        engine().give_way()
    if made:
        engine().settle(shelf.entry, SearchWord, SearchForm)
    return made


@transaction.atomic
def _make(shelf: Shelf, ids: list[int], known: set[str]) -> tuple[int, set[str]]:
    """Makes entries where there are none; gives their number, and their words."""
    # The sync locks films before words: the other way round the two would wait for each other in a circle. They may
    # all the same, where it has locked its films when others of them were not there yet.
    owners = shelf.source().filter(pk__in_array=ids).order_by("pk")
    entries = _entries(shelf, owners.select_for_update(no_key=True).values_list(*shelf.columns))
    engine().insert_new(shelf.entry, entries)
    return len(entries), learn(shelf.kind, entries, known)


def _missing(shelf: Shelf) -> Iterator[list[tuple]]:
    last = 0
    while True:
        # Said of both tables: PostgreSQL would else go through the entries from the first one on, for each chunk.
        beyond = FilteredRelation("search_entry", condition=Q(**{f"search_entry__{shelf.key}__gt": last}))
        rows = shelf.source().annotate(beyond=beyond).filter(beyond=None, pk__gt=last).order_by("pk")
        chunk = list(rows.values_list(*shelf.columns)[:CHUNK])
        if not chunk:
            return
        last = chunk[-1][0]
        yield chunk


def _entries(shelf: Shelf, rows: Iterable[tuple]) -> list[SearchEntry]:
    bounds = cutoffs(shelf)
    entries = [shelf.entry(**shelf.read(*row)) for row in rows]
    for entry in entries:
        entry.tier = sum(entry.popularity < bound for bound in bounds)
    return entries


def cutoffs(shelf: Shelf) -> tuple[float, ...]:
    """The popularity from which one is of tier 0, of tier 1, and so on; kept for an hour."""
    key = _cutoffs_key(shelf)
    told = cache.get(key)
    if told is None:
        told = _read_cutoffs(shelf)
        cache.set(key, told, CUTOFFS_SECONDS)
    return told


def _read_cutoffs(shelf: Shelf) -> tuple[float, ...]:
    """Where none is of so high a rank, none is of a higher: that is not asked."""
    ranked = shelf.source().order_by("-popularity").values_list("popularity", flat=True)
    told: list[float] = []
    for rank in RANKS:
        found = list(ranked[rank : rank + 1])
        if not found:
            break
        told += found
    return (*told, *[-NEVER] * (len(RANKS) - len(told)))


def _cutoffs_key(shelf: Shelf) -> str:
    return f"search-cutoffs:{shelf.owner}"


def _forget_cutoffs(shelf: Shelf) -> None:
    cache.delete(_cutoffs_key(shelf))


def refresh(show: Callable[[int], None] = lambda count: None) -> int:
    """Brings the entries up to their films' popularity and tier, and makes those that are missing; gives how many."""
    made = build(show)
    for shelf in (MOVIES, PEOPLE):
        _forget_cutoffs(shelf)
        retried(partial(_drop_unlisted, shelf))
        for entries in _spans(shelf):
            retried(partial(_weigh, shelf, entries))
            engine().give_way()
        _weigh_words(shelf)
    return made


def _spans(shelf: Shelf) -> Iterator[QuerySet]:
    """All entries, by ranges of their keys: whoever waits for one that is being written waits for these alone."""
    last: int | None = 0
    while True:
        rest = shelf.entry.objects.filter(pk__gt=last)
        end = rest.order_by("pk")[:CHUNK].aggregate(end=Max("pk"))["end"]
        if end is None:
            return
        yield rest.filter(pk__lte=end)
        last = end


def _drop_unlisted(shelf: Shelf) -> None:
    if shelf is MOVIES:
        unlisted = MovieSearch.objects.exclude(movie__gone_at=None, movie__is_adult=False, movie__is_video=False)
        unlisted.delete()


def _weigh(shelf: Shelf, entries: QuerySet) -> None:
    """What differs by so little that no order changes by it stays: each entry written costs every index a new one."""
    source: type[models.Model] = Movie if shelf is MOVIES else Person
    told, now = source.objects.filter(pk=OuterRef("pk")).values("popularity"), F(f"{shelf.owner}__popularity")
    differs = Q(popularity__lt=now * (1 - MOVED)) | Q(popularity__gt=now * (1 + MOVED))
    entries.filter(differs).update(popularity=Subquery(told))
    bounds = zip(range(len(RANKS)), cutoffs(shelf), strict=True)
    tier = Case(*(When(popularity__gte=bound, then=tier) for tier, bound in bounds), default=len(RANKS))
    entries.exclude(tier=tier).update(tier=tier)


def _weigh_words(shelf: Shelf) -> None:
    """Tells each word the popularity of the best known entry that has it, as far down as tier 1."""
    best: dict[str, float] = {}
    known = shelf.entry.objects.filter(tier__lt=2).values_list("names", "popularity")
    for names, popularity in known.iterator(chunk_size=CHUNK):
        for word in filter(is_spelt, entry_tokens(names.replace("~", ""))):
            best[word] = max(best.get(word, 0.0), popularity)
    held = SearchWord.objects.filter(kind=shelf.kind).only("word", "popularity")
    words = sorted(best)
    for start in range(0, len(words), CHUNK):
        changed = [
            row for row in held.filter(word__in=words[start : start + CHUNK]) if row.popularity != best[row.word]
        ]
        for row in changed:
            row.popularity = best[row.word]
        retried(partial(SearchWord.objects.bulk_update, changed, ["popularity"], batch_size=500))


def rebuild(show: Callable[[int], None] = lambda count: None) -> int:
    """Forgets all entries and words, and makes them anew; until it is done, search finds less."""
    for shelf in (MOVIES, PEOPLE):
        for entries in _spans(shelf):
            retried(entries.delete)
            engine().give_way()
    for table in (SearchForm, SearchWord):
        retried(table.objects.all().delete)
    return refresh(show)
