"""A film that is merged at the very moment at which a member does something with it: it is done with the new one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from catalog.holders import counted
from catalog.merging import count_holders
from catalog.models import Movie
from catalog.sync import merge
from watchlists import diary, favorites, films, list_items, lists, watchlist
from watchlists.models import Favorite, ListItem, Viewing, WatchlistEntry
from watchlists.tests.calls import holder_counts

pytestmark = pytest.mark.django_db
OLD, NEW = 949, 8195
TABLES = (WatchlistEntry, Favorite, Viewing, ListItem)
# How long the other is given to do what it must not.
A_WHILE = 0.2


def merge_them():
    merge(OLD, NEW, timezone.now())


def place():
    """In which tables there is which film."""
    assert holder_counts() == {pk: count_holders(pk) for pk in Movie.objects.values_list("pk", flat=True)}
    return [(table, movie_id) for table in TABLES for movie_id in table.objects.values_list("movie_id", flat=True)]


@pytest.fixture
def merged_when_found(monkeypatch):
    """Merges once a film has been looked up by its id, and before anything is done with it."""

    def overtaken(look_up):
        def go(*arguments, **named):
            found = look_up(*arguments, **named)
            if Movie.objects.filter(pk=OLD, merged_into=None).exists():
                merge_them()
            return found

        return go

    def begin():
        for name in ("held", "held_all", "current_id", "current_ids"):
            monkeypatch.setattr(films, name, overtaken(getattr(films, name)))

    return begin


ADDING = {
    "on the watchlist": (WatchlistEntry, lambda ann, made: watchlist.add(user=ann, movie_id=OLD)),
    "with others": (WatchlistEntry, lambda ann, made: watchlist.change_many(user=ann, add=[OLD])),
    "among the favorites": (Favorite, lambda ann, made: favorites.add(user=ann, movie_id=OLD)),
    "in the diary": (Viewing, lambda ann, made: diary.log(user=ann, movie_id=OLD)),
    "in a list": (ListItem, lambda ann, made: list_items.add(made, movie_id=OLD, by=ann)),
    "with others, in a list": (ListItem, lambda ann, made: list_items.change_many(made, add=[OLD], by=ann)),
}


@pytest.mark.parametrize("where", ADDING)
def test_what_is_added_is_the_new_film(where, ann, heat, ronin, merged_when_found):
    table, add = ADDING[where]
    made = lists.make(owner=ann, name="Heists")
    merged_when_found()
    add(ann, made)
    assert place() == [(table, NEW)]


@pytest.mark.parametrize(
    ("add", "remove"),
    [
        ("on the watchlist", lambda ann, made: watchlist.remove(user=ann, movie_id=OLD)),
        ("on the watchlist", lambda ann, made: watchlist.change_many(user=ann, remove=[OLD])),
        ("among the favorites", lambda ann, made: favorites.remove(user=ann, movie_id=OLD)),
        ("in a list", lambda ann, made: list_items.remove(made, movie_id=OLD)),
    ],
)
@pytest.mark.usefixtures("heat", "ronin")
def test_what_is_taken_off_is_the_new_film(add, remove, ann, merged_when_found):
    made = lists.make(owner=ann, name="Heists")
    ADDING[add][1](ann, made)
    merged_when_found()
    assert remove(ann, made)
    assert place() == []


def test_a_note_a_place_and_a_viewing_are_changed_where_they_have_gone(ann, heat, ronin, merged_when_found):
    favorites.add(user=ann, movie_id=OLD)
    watchlist.add(user=ann, movie_id=OLD)
    viewing, _ = diary.log(user=ann, movie_id=OLD)
    merged_when_found()
    assert watchlist.change(user=ann, movie_id=OLD, note="Soon.").note == "Soon."
    assert favorites.move(user=ann, movie_id=OLD, position=0).movie_id == NEW
    assert diary.change(viewing, note="Again.", rating=7).movie_id == NEW
    assert set(place()) == {(table, NEW) for table in (WatchlistEntry, Favorite, Viewing)}
    assert Movie.objects.get(pk=NEW).rating_total == 7


def test_a_viewing_is_taken_out_where_it_has_gone(ann, heat, ronin):
    viewing, _ = diary.log(user=ann, movie_id=OLD)
    merge_them()
    diary.remove(viewing)
    assert place() == []


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_what_a_member_is_doing(ann, heat, ronin):
    """And moves it then: it would else stay with a film that is gone."""

    def go():
        try:
            merge_them()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with counted(ann.pk, [OLD]):
            other = pool.submit(go)
            with pytest.raises(TimeoutError):
                other.result(A_WHILE)
            WatchlistEntry.objects.create(user=ann, movie_id=OLD)
        other.result(60)
    assert place() == [(WatchlistEntry, NEW)]
