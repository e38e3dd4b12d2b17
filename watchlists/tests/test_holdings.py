"""How many hold a film, and what becomes of it when films are merged and members leave."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from accounts import erasing, exports
from accounts.tests.members import make_member
from catalog import holders
from catalog.merging import count_holders
from catalog.models import Movie
from catalog.models.in_array import as_array
from catalog.sync import merge
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import Companion, Favorite, List, ListItem, Viewing, WatchlistEntry
from watchlists.tests.calls import holder_counts

pytestmark = pytest.mark.django_db


def assert_counts_are_right():
    assert holder_counts() == {pk: count_holders(pk) for pk in Movie.objects.values_list("pk", flat=True)}


class TestHolders:
    def test_each_table_is_asked_of_the_member_before_the_films(self):
        """The one statement that asks them all is given its values in that order."""
        tables = [rows for held in holders._held.values() for rows in held(5, [7])]
        assert len(tables) == 6
        for rows in tables:
            assert rows.query.sql_with_params()[1] == (5, as_array([7], connection.vendor)), rows.model

    def test_a_member_counts_once_until_the_last_place_is_empty(self, ann, bob, heat):
        made = lists.make(owner=ann, name="Heists")
        watchlist.add(user=ann, movie_id=949)
        favorites.add(user=ann, movie_id=949)
        viewing, _ = diary.log(user=ann, movie_id=949)
        list_items.add(made, movie_id=949, by=bob)
        assert holder_counts() == {949: 1}
        watchlist.remove(user=ann, movie_id=949)
        favorites.remove(user=ann, movie_id=949)
        diary.remove(viewing)
        assert holder_counts() == {949: 1}
        lists.erase(made)
        assert holder_counts() == {949: 0}

    def test_a_film_in_a_list_is_its_owners_whoever_added_it(self, ann, bob, heat):
        list_items.add(lists.make(owner=ann, name="Heists"), movie_id=949, by=bob)
        watchlist.add(user=ann, movie_id=949)
        assert holder_counts() == {949: 1}
        watchlist.add(user=bob, movie_id=949)
        assert holder_counts() == {949: 2}

    def test_a_count_that_is_wrong_goes_no_lower_than_nothing(self, ann, heat):
        watchlist.add(user=ann, movie_id=949)
        Movie.objects.update(holder_count=0)
        watchlist.remove(user=ann, movie_id=949)
        assert holder_counts() == {949: 0}


class TestMerging:
    """Heat becomes Ronin."""

    def merged(self):
        merge(949, 8195, timezone.now())
        assert_counts_are_right()

    def test_what_was_held_of_the_old_is_held_of_the_new(self, ann, bob, heat, ronin):
        made = lists.make(owner=ann, name="Heists")
        watchlist.add(user=ann, movie_id=949, note="Soon.")
        favorites.add(user=ann, movie_id=949)
        diary.log(user=bob, movie_id=949)
        list_items.add(made, movie_id=949, by=ann)
        self.merged()
        for model in (WatchlistEntry, Favorite, Viewing, ListItem):
            assert model.objects.get().movie_id == 8195
        assert holder_counts() == {949: 0, 8195: 2}

    def test_of_both_one_row_is_left_that_says_what_both_said(self, ann, heat, ronin):
        early = datetime(2020, 1, 1, tzinfo=UTC)
        watchlist.add(user=ann, movie_id=949, note="Old.", priority=3)
        watchlist.add(user=ann, movie_id=8195, note="New.", priority=1)
        WatchlistEntry.objects.filter(movie=949).update(added_at=early)
        favorites.add(user=ann, movie_id=949)
        favorites.add(user=ann, movie_id=8195)
        self.merged()
        entry = WatchlistEntry.objects.get()
        assert (entry.movie_id, entry.added_at, entry.priority) == (8195, early, 3)
        assert entry.note == "New. / Old."
        assert Favorite.objects.get().movie_id == 8195

    def test_what_was_marked_by_hand_stays_marked(self, ann, heat, ronin):
        for movie_id in (949, 8195):
            watchlist.add(user=ann, movie_id=movie_id)
        watchlist.change(user=ann, movie_id=949, watched=True, watched_at=None)
        self.merged()
        assert WatchlistEntry.objects.get().is_watched

    def test_the_viewings_of_both_are_one_history(self, ann, bob, heat, ronin):
        watchlist.add(user=ann, movie_id=8195)
        for movie_id, year in ((8195, 2019), (949, 2020), (949, 2018)):
            diary.log(user=ann, movie_id=movie_id, watched_on=date(year, 1, 1))
        diary.log(user=bob, movie_id=949, watched_on=date(2020, 1, 1))
        self.merged()
        told = Viewing.objects.filter(user=ann).order_by("sorted_on").values_list("movie", "is_rewatch")
        assert list(told) == [(8195, False), (8195, True), (8195, True)]
        assert not Viewing.objects.get(user=bob).is_rewatch
        assert WatchlistEntry.objects.get().watched_at == datetime(2020, 1, 1, tzinfo=UTC)

    def test_a_list_of_both_is_shorter_by_one(self, ann, heat, ronin):
        both, one = lists.make(owner=ann, name="Both"), lists.make(owner=ann, name="One")
        list_items.change_many(both, by=ann, add=[949, 8195])
        list_items.change_many(one, by=ann, add=[949])
        list_items.change(both, movie_id=949, note="Old.")
        self.merged()
        assert dict(List.objects.values_list("name", "item_count")) == {"Both": 1, "One": 1}
        assert ListItem.objects.get(list=both).note == "Old."

    def test_twice_is_once(self, ann, heat, ronin):
        watchlist.add(user=ann, movie_id=949)
        self.merged()
        self.merged()
        assert holder_counts() == {949: 0, 8195: 1}


@pytest.fixture
def library(ann, bob, heat, ronin):
    """Ann has something of every kind, and bob has something of hers."""
    watchlist.add(user=ann, movie_id=949, note="=SUM(A1)")
    favorites.add(user=ann, movie_id=8195)
    diary.log(user=ann, movie_id=949, watched_on=date(2024, 5, 5), companions=[bob], tags=["noir"])
    diary.log(user=bob, movie_id=949, companions=[ann])
    mine, theirs = lists.make(owner=ann, name="Mine"), lists.make(owner=bob, name="Theirs")
    list_items.add(mine, movie_id=949, by=ann)
    sharing.invite(theirs, member=ann)
    sharing.invite(mine, member=bob)
    list_items.add(theirs, movie_id=8195, by=ann)
    lists.clone(mine, owner=bob)


class TestLeaving:
    def test_everything_goes_and_what_is_anothers_stays_and_is_counted_right(self, library, ann, bob):
        assert holder_counts() == {949: 2, 8195: 2}
        erasing.remove(ann)
        assert holder_counts() == {949: 1, 8195: 1}
        assert_counts_are_right()
        assert set(List.objects.values_list("name", "owner", "item_count")) == {
            ("Theirs", bob.pk, 1),
            ("Mine", bob.pk, 1),
        }
        assert ListItem.objects.get(list__name="Theirs").added_by is None
        assert List.objects.get(name="Mine").cloned_from is None
        assert not Companion.objects.exists()
        assert not WatchlistEntry.objects.exists()

    def test_one_who_holds_nothing_leaves_too(self, heat):
        erasing.remove(make_member())
        assert holder_counts() == {949: 0}


class TestExports:
    def test_the_archive_holds_every_part(self, library, ann):
        parts = {name: list(rows(ann)) for name, rows in exports._parts.items()}
        assert [row["note"] for row in parts["watchlist"]] == ["=SUM(A1)"]
        assert [row["movie__title"] for row in parts["favorites"]] == ["Ronin"]
        assert [(row["watched_on"], row["companions"], row["tags"]) for row in parts["history"]] == [
            (date(2024, 5, 5), ["bob"], ["noir"])
        ]
        assert [row["name"] for row in parts["lists"]] == ["Mine"]
        assert [(row["list__name"], row["movie_id"]) for row in parts["list_items"]] == [("Mine", 949)]
        assert [row["list__name"] for row in parts["shared_lists"]] == ["Theirs"]
        assert [row["viewing__user__username"] for row in parts["seen_with"]] == ["bob"]
        assert exports.archive_of(ann)

    def test_of_one_who_has_nothing_it_is_empty(self, ann):
        assert exports.archive_of(ann)
