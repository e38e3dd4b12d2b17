"""What is in a list, and in which order. Of what is done at once to one list, one waits for the other."""

from collections.abc import Collection
from typing import Unpack

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.holders import again_where_merged
from catalog.models import Movie
from watchlists import films
from watchlists.lists import BATCH, changing
from watchlists.models import List, ListItem
from watchlists.models.lists import MOST_ITEMS
from watchlists.positions import GAP, Place, last_place, place
from watchlists.watchlist import ABSENT, ADDED, ALREADY, REMOVED, UNKNOWN, Result

FULL = "full"


@again_where_merged
def add(made: List, *, movie_id: int, by: User, note: str = "", **where: Unpack[Place]) -> tuple[ListItem, bool]:
    """Puts the film into the list, as the last unless a place is named; gives the item, and
    whether it is new. One that is there stays as it is.

    Raises `NoSuchFilm`, `List.DoesNotExist`, and `ValidationError` of the place, and where the list is full.
    """
    movie = films.held(movie_id)
    with changing(made, [movie.pk]) as locked:
        found = locked.items.filter(movie=movie).first()
        if found:
            return found, False
        if locked.item_count >= MOST_ITEMS:
            raise ValidationError(_("A list has {} films at the most.").format(MOST_ITEMS), "full")
        at = place(locked.items.all(), **where)
        locked.item_count += 1
        return ListItem.objects.create(list=locked, movie=movie, position=at, note=note, added_by=by), True


@again_where_merged
def remove(made: List, *, movie_id: int) -> bool:
    """Whether it was there."""
    movie_id = films.current_id(movie_id)
    with changing(made, [movie_id]) as locked:
        removed = locked.items.filter(movie=movie_id).delete()[0]
        locked.item_count -= removed
        return removed > 0


@again_where_merged
def change(
    made: List,
    *,
    movie_id: int,
    note: str | None = None,
    position: int | None = None,
    after: int | None = None,
) -> ListItem:
    """Sets the note, and moves the film, where these are given. Raises `ListItem.DoesNotExist`, `List.DoesNotExist`,
    and `ValidationError` of the place.
    """
    movie_id = films.current_id(movie_id)
    with changing(made, [movie_id]) as locked:
        item = locked.items.get(movie=movie_id)
        if note is not None:
            item.note = note
        if position is not None or after is not None:
            item.position = place(locked.items.exclude(pk=item.pk), position=position, after=after)
        item.save(update_fields=["note", "position"])
        return item


@again_where_merged
def change_many(made: List, *, by: User, add: Collection[int] = (), remove: Collection[int] = ()) -> list[Result]:
    """Adds many films at the end, in the order given, and takes off others; what became of each."""
    held, unwanted = films.held_all(add), films.current_ids(remove)
    ordered = {asked: held[asked] for asked in dict.fromkeys(add)}
    touched = [*(movie.pk for movie in ordered.values() if movie), *unwanted.values()]
    with changing(made, touched) as locked:
        there = set(locked.items.filter(movie__in_array=touched).values_list("movie_id", flat=True))
        locked.item_count -= locked.items.filter(movie__in_array=list(unwanted.values())).delete()[0]
        gone = [Result(asked, REMOVED if pk in there else ABSENT) for asked, pk in unwanted.items()]
        return [*_append(locked, ordered, there, by), *gone]


def _append(made: List, asked_films: dict[int, Movie | None], there: set[int], by: User) -> list[Result]:
    """Those that are not there yet, as far as there is room."""
    results, rows, at = [], [], last_place(made.items.all())
    room = MOST_ITEMS - made.item_count
    taken = set(there)
    for asked, movie in asked_films.items():
        if movie is None:
            results.append(Result(asked, UNKNOWN))
        elif movie.pk in taken:
            results.append(Result(asked, ALREADY))
        elif len(rows) >= room:
            results.append(Result(asked, FULL))
        else:
            taken.add(movie.pk)
            rows.append(ListItem(list=made, movie=movie, position=at + len(rows) * GAP, added_by=by))
            results.append(Result(asked, ADDED))
    ListItem.objects.bulk_create(rows, batch_size=BATCH)
    made.item_count += len(rows)
    return results
