"""Two devices at once: one row, and counts that are right."""

from datetime import date

import pytest

from accounts.tests.members import make_member
from accounts.tests.test_people_at_once import at_once
from catalog.models import Movie
from catalog.tests.films import make_movie
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import Collaborator, Favorite, List, ListItem, Viewing, WatchlistEntry
from watchlists.tests.calls import films, holder_counts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heat(db):
    return make_movie(949, "Heat")


def test_a_film_that_is_added_by_all_devices_at_once_is_there_once(ann, heat):
    added = []
    assert not at_once(*[lambda: added.append(watchlist.add(user=ann, movie_id=949)[1])] * 6)
    assert sorted(added) == [False] * 5 + [True]
    assert not at_once(*[lambda: favorites.add(user=ann, movie_id=949)] * 4)
    assert (WatchlistEntry.objects.count(), Favorite.objects.count()) == (1, 1)
    assert holder_counts() == {949: 1}


def test_added_here_and_there_at_once_it_is_held_by_one_member(ann, heat):
    for _ in range(3):
        assert not at_once(
            lambda: watchlist.add(user=ann, movie_id=949),
            lambda: favorites.add(user=ann, movie_id=949),
            lambda: diary.log(user=ann, movie_id=949, source="player", external_id="1"),
            lambda: watchlist.change_many(user=ann, add=[949]),
        )
        assert holder_counts() == {949: 1}
        viewing = Viewing.objects.get()
        assert not at_once(
            lambda: watchlist.remove(user=ann, movie_id=949),
            lambda: favorites.remove(user=ann, movie_id=949),
            lambda: diary.remove(viewing),  # noqa: B023
        )
        assert holder_counts() == {949: 0}


def test_the_same_event_told_by_many_at_once_is_one_viewing(ann, heat):
    told = []
    event = {"source": "player", "external_id": "77", "watched_on": date(2024, 1, 1)}
    assert not at_once(*[lambda: told.append(diary.log(user=ann, movie_id=949, **event))] * 6)
    assert len({viewing.pk for viewing, _ in told}) == 1
    assert sorted(is_new for _, is_new in told) == [False] * 5 + [True]


def test_of_viewings_written_at_once_one_is_no_rewatch(ann, heat):
    assert not at_once(*[lambda: diary.log(user=ann, movie_id=949, watched_on=date(2024, 1, 1))] * 4)
    assert sorted(Viewing.objects.values_list("is_rewatch", flat=True)) == [False, True, True, True]


def test_a_film_that_many_members_add_at_once_has_them_all(heat):
    members = [make_member() for _ in range(8)]
    assert not at_once(*(lambda member=member: watchlist.add(user=member, movie_id=949) for member in members))
    assert holder_counts() == {949: 8}


def test_members_who_add_the_same_many_films_in_other_orders_do_not_wait_in_a_circle():
    ids = [film.pk for film in films(40)]
    members = [make_member() for _ in range(4)]
    orders = [ids, ids[::-1], ids[20:] + ids[:20], ids[::2] + ids[1::2]]
    assert not at_once(
        *(
            lambda member=member, order=order: watchlist.change_many(user=member, add=order)
            for member, order in zip(members, orders, strict=True)
        )
    )
    assert set(holder_counts().values()) == {4}


def test_a_film_that_is_not_held_is_made_once(ann, bob, tmdb):
    tmdb.stop()
    members = [ann, bob] * 3
    assert not at_once(*(lambda member=member: watchlist.add(user=member, movie_id=603) for member in members))
    assert holder_counts() == {603: 2}


class TestLists:
    @pytest.fixture
    def made(self, ann):
        return lists.make(owner=ann, name="Heists")

    def test_what_two_add_at_once_is_there_once_and_counted_once(self, ann, bob, heat, made):
        assert not at_once(*[lambda: list_items.add(made, movie_id=949, by=ann)] * 3)
        assert (ListItem.objects.count(), List.objects.get().item_count) == (1, 1)

    def test_what_is_added_and_moved_at_once_has_places_of_its_own(self, ann, bob, made):
        ids = [film.pk for film in films(12)]
        list_items.change_many(made, by=ann, add=ids[:4])
        assert not at_once(
            *(lambda pk=pk: list_items.add(made, movie_id=pk, by=bob, position=1) for pk in ids[4:8]),
            *(lambda pk=pk: list_items.change(made, movie_id=pk, position=1) for pk in ids[:2]),
            lambda: list_items.change_many(made, by=ann, add=ids[8:], remove=[ids[3]]),
            lambda: list_items.remove(made, movie_id=ids[3]),
        )
        places = list(ListItem.objects.values_list("position", flat=True))
        assert len(places) == len(set(places)) == List.objects.get().item_count == 11
        assert sum(holder_counts().values()) == 11

    def test_no_more_than_fits_is_let_in(self, ann, made):
        List.objects.update(item_count=9_999)
        ids = [film.pk for film in films(4)]
        refused = at_once(*(lambda pk=pk: list_items.add(made, movie_id=pk, by=ann) for pk in ids))
        assert len(refused) == 3
        assert List.objects.get().item_count == 10_000

    def test_a_list_that_is_deleted_meanwhile_takes_nothing_more(self, ann, heat, made):
        faults = at_once(*[lambda: list_items.add(made, movie_id=949, by=ann)] * 3, *[lambda: lists.erase(made)] * 2)
        assert all(isinstance(fault, List.DoesNotExist) for fault in faults)
        assert not List.objects.exists()
        assert Movie.objects.get().holder_count == 0

    def test_one_who_is_asked_many_times_at_once_shares_once(self, made, bob):
        assert not at_once(*[lambda: sharing.invite(made, member=bob)] * 4)
        share = Collaborator.objects.get()
        assert not at_once(lambda: sharing.accept(share), lambda: sharing.accept(share), lambda: sharing.end(share))
        assert not Collaborator.objects.exists()
