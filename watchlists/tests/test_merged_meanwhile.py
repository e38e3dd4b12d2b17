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


def go_and_close():
    try:
        merge_them()
    finally:
        connection.close()


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


@pytest.mark.parametrize(
    ("add", "change"),
    [
        ("on the watchlist", lambda ann, made: watchlist.change(user=ann, movie_id=OLD, note="Soon.")),
        ("among the favorites", lambda ann, made: favorites.move(user=ann, movie_id=OLD, position=0)),
        ("in a list", lambda ann, made: list_items.change(made, movie_id=OLD, note="Soon.")),
    ],
)
@pytest.mark.usefixtures("heat", "ronin")
def test_what_is_changed_is_the_new_film(add, change, ann, merged_when_found):
    made = lists.make(owner=ann, name="Heists")
    ADDING[add][1](ann, made)
    merged_when_found()
    assert change(ann, made).movie_id == NEW
    assert place() == [(ADDING[add][0], NEW)]


def test_a_viewing_is_changed_where_it_has_gone(ann, heat, ronin):
    viewing, _ = diary.log(user=ann, movie_id=OLD)
    merge_them()
    assert diary.change(viewing, note="Again.", rating=7).movie_id == NEW
    assert place() == [(Viewing, NEW)]
    assert Movie.objects.get(pk=NEW).rating_total == 7


def test_a_viewing_is_taken_out_where_it_has_gone(ann, heat, ronin):
    viewing, _ = diary.log(user=ann, movie_id=OLD)
    merge_them()
    diary.remove(viewing)
    assert place() == []


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_what_a_member_is_doing(ann, heat, ronin):
    """And moves it then: it would else stay with a film that is gone."""

    with ThreadPoolExecutor(1) as pool:
        with counted(ann.pk, [OLD]):
            other = pool.submit(go_and_close)
            with pytest.raises(TimeoutError):
                other.result(A_WHILE)
            WatchlistEntry.objects.create(user=ann, movie_id=OLD)
        other.result(60)
    assert place() == [(WatchlistEntry, NEW)]


def test_a_copy_has_the_films_that_the_lists_have_become_each_once(ann, bob, heat, ronin):
    """Also of a list in which a film that is gone was left, before films were locked."""
    made = lists.make(owner=ann, name="Heists")
    for movie_id in (OLD, NEW):
        list_items.add(made, movie_id=movie_id, by=ann)
    Movie.objects.filter(pk=OLD).update(merged_into=NEW)
    copy = lists.clone(made, owner=bob)
    assert list(copy.items.values_list("movie_id", flat=True)) == [NEW]
    assert (copy.item_count, Movie.objects.get(pk=NEW).holder_count) == (1, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one write at a time")
def test_a_list_is_erased_whose_film_is_merged_between_that_it_is_read_and_locked(ann, heat, ronin, monkeypatch):
    made = lists.make(owner=ann, name="Heists")
    list_items.add(made, movie_id=OLD, by=ann)
    merges = []

    def counted_late(user_id, read):
        def overtaken():
            found = read()
            if not merges:
                with ThreadPoolExecutor(1) as pool:
                    merges.append(pool.submit(go_and_close).result(60))
            return found

        return counted(user_id, overtaken)

    monkeypatch.setattr(lists, "counted", counted_late)
    lists.erase(made)
    assert merges
    assert place() == []
