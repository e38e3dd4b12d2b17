"""The watchlist: what is put on it is there once, and says whether it was seen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from catalog.models import Movie
from watchlists import diary, watchlist
from watchlists.models import WatchlistEntry
from watchlists.tests.calls import WATCHLIST, faults, films, holder_counts, ids

pytestmark = pytest.mark.django_db


def test_a_film_is_put_on_it_once(as_ann, heat):
    first = as_ann.post(WATCHLIST, {"movie_id": 949, "note": "  Bob says so ", "priority": 2})
    assert first.status_code == 201
    body = first.json()
    assert (body["movie"]["title"], body["note"], body["priority"]) == ("Heat", "Bob says so", 2)
    assert (body["watched"], body["watched_at"]) == (False, None)
    again = as_ann.post(WATCHLIST, {"movie_id": 949, "note": "Something else"})
    assert (again.status_code, again.json()) == (200, body)
    assert ids(as_ann.get(WATCHLIST)) == [949]


def test_it_is_taken_off_however_often_that_is_asked(as_ann, as_bob, heat):
    for client in as_ann, as_bob:
        client.post(WATCHLIST, {"movie_id": 949})
    for _ in range(2):
        assert as_ann.delete(f"{WATCHLIST}/949").status_code == 204
    assert ids(as_ann.get(WATCHLIST)) == []
    assert ids(as_bob.get(WATCHLIST)) == [949]


def test_a_film_that_is_not_held_is_fetched(as_ann, tmdb):
    assert as_ann.post(WATCHLIST, {"movie_id": 603}).json()["movie"]["title"] == "The Matrix"


def test_with_tmdb_away_it_is_added_by_its_id_and_filled_first_of_all(as_ann, tmdb):
    tmdb.stop()
    response = as_ann.post(WATCHLIST, {"movie_id": 603})
    assert (response.status_code, response.json()["movie"]["title"]) == (201, "")
    assert Movie.objects.awaiting_details().first().pk == 603
    assert Movie.objects.get(pk=603).holder_count == 1


@pytest.mark.parametrize("movie_id", [77777777, 5_000_001])
def test_no_film_is_made_of_a_number_that_is_none(as_ann, tmdb, movie_id):
    """Whether TMDB says so, or cannot be asked."""
    if movie_id == 5_000_001:
        tmdb.stop()
    assert faults(as_ann.post(WATCHLIST, {"movie_id": movie_id})) == [("movie_id", "no_such_film")]
    assert not Movie.objects.exists()


def test_a_film_that_was_merged_is_the_one_it_has_become(as_ann, heat, ronin):
    Movie.objects.filter(pk=949).update(merged_into=8195, gone_at=timezone.now())
    assert as_ann.post(WATCHLIST, {"movie_id": 949}).json()["movie"]["id"] == 8195
    assert as_ann.get(f"{WATCHLIST}/949").json()["movie"]["id"] == 8195
    assert as_ann.patch(f"{WATCHLIST}/949", {"priority": 1}).json()["priority"] == 1
    assert as_ann.delete(f"{WATCHLIST}/949").status_code == 204
    assert not WatchlistEntry.objects.exists()


def test_a_film_that_is_gone_from_tmdb_stays_with_its_title_and_poster(as_ann, heat):
    as_ann.post(WATCHLIST, {"movie_id": 949})
    Movie.objects.update(gone_at=timezone.now())
    (row,) = as_ann.get(WATCHLIST).json()["results"]
    assert (row["movie"]["title"], row["movie"]["poster"]["w185"][-9:]) == ("Heat", "/heat.jpg")


def test_titles_are_in_the_readers_language(as_ann, heat):
    heat.titles.create(language="fr", title="Chaleur")
    as_ann.post(WATCHLIST, {"movie_id": 949})
    response = as_ann.get(WATCHLIST, headers={"accept-language": "fr"})
    assert response.json()["results"][0]["movie"]["title"] == "Chaleur"


class TestWatched:
    def entry(self, user):
        entry = WatchlistEntry.objects.get(user=user)
        return entry.is_watched, entry.watched_at

    def test_it_follows_from_the_diary_as_that_changes(self, ann, heat):
        watchlist.add(user=ann, movie_id=949)
        first, _ = diary.log(user=ann, movie_id=949, watched_on=date(2024, 5, 5))
        assert self.entry(ann) == (True, datetime(2024, 5, 5, tzinfo=UTC))
        last, _ = diary.log(user=ann, movie_id=949, watched_on=date(2026, 1, 31), precision="month")
        assert self.entry(ann) == (True, datetime(2026, 1, 1, tzinfo=UTC))
        diary.change(last, watched_on=date(2020, 1, 1))
        assert self.entry(ann) == (True, datetime(2024, 5, 5, tzinfo=UTC))
        diary.remove(first)
        assert self.entry(ann) == (True, datetime(2020, 1, 1, tzinfo=UTC))
        diary.remove(last)
        assert self.entry(ann) == (False, None)

    def test_it_is_watched_from_the_start_where_the_diary_has_it_and_of_an_unknown_day_too(self, ann, bob, heat):
        for user in ann, bob:
            diary.log(user=user, movie_id=949)
        watchlist.add(user=ann, movie_id=949)
        watchlist.change_many(user=bob, add=[949])
        assert self.entry(ann) == self.entry(bob) == (True, None)

    def test_what_is_set_by_hand_stays_until_it_is_given_back(self, as_ann, ann, heat):
        viewing, _ = diary.log(user=ann, movie_id=949, watched_on=date(2024, 5, 5))
        watchlist.add(user=ann, movie_id=949)
        assert as_ann.patch(f"{WATCHLIST}/949", {"watched": False}).json()["watched"] is False
        diary.change(viewing, rating=3)
        assert self.entry(ann) == (False, None)
        assert as_ann.patch(f"{WATCHLIST}/949", {"watched": None}).json()["watched_at"] == "2024-05-05T00:00:00Z"
        as_ann.patch(f"{WATCHLIST}/949", {"watched_at": "2023-01-01T20:00:00Z"})
        diary.remove(viewing)
        assert self.entry(ann) == (True, datetime(2023, 1, 1, 20, tzinfo=UTC))

    def test_watched_means_now_unless_a_time_is_said_or_nobody_knows(self, as_ann, ann, heat):
        watchlist.add(user=ann, movie_id=949)
        as_ann.patch(f"{WATCHLIST}/949", {"watched": True})
        is_watched, at = self.entry(ann)
        assert is_watched
        assert timezone.now() - at < timedelta(minutes=1)
        as_ann.patch(f"{WATCHLIST}/949", {"watched": True, "note": "Good."})
        assert self.entry(ann) == (True, at)
        as_ann.patch(f"{WATCHLIST}/949", {"watched": True, "watched_at": None})
        assert self.entry(ann) == (True, None)

    def test_wanted_once_more_and_seen_again_it_is_watched(self, ann, heat):
        watchlist.add(user=ann, movie_id=949)
        watchlist.change(user=ann, movie_id=949, watched=False)
        diary.log(user=ann, movie_id=949, watched_on=date(2026, 2, 2))
        assert self.entry(ann) == (True, datetime(2026, 2, 2, tzinfo=UTC))


class TestMany:
    def test_each_film_has_its_result(self, as_ann, tmdb, heat, ronin):
        as_ann.post(WATCHLIST, {"movie_id": 949})
        body = {"add": [949, 8195, 603, 77777777, 8195], "remove": [5, 6]}
        results = as_ann.post(f"{WATCHLIST}/bulk", body).json()["results"]
        assert {row["movie_id"]: row["result"] for row in results} == {
            949: "already",
            8195: "added",
            603: "added",
            77777777: "unknown",
            5: "absent",
            6: "absent",
        }
        assert [row["result"] for row in as_ann.post(f"{WATCHLIST}/bulk", {"remove": [949]}).json()["results"]] == [
            "removed"
        ]
        assert holder_counts() == {603: 1, 949: 0, 8195: 1}

    def test_five_hundred_take_as_many_statements_as_one(self, as_ann, django_assert_max_num_queries):
        made = [film.pk for film in films(500)]
        with django_assert_max_num_queries(22):
            response = as_ann.post(f"{WATCHLIST}/bulk", {"add": made})
        assert {row["result"] for row in response.json()["results"]} == {"added"}
        assert set(holder_counts().values()) == {1}
        with django_assert_max_num_queries(22):
            as_ann.post(f"{WATCHLIST}/bulk", {"remove": made})
        assert set(holder_counts().values()) == {0}

    def test_what_cannot_be_fetched_in_one_call_is_added_by_its_id(self, as_ann, tmdb):
        response = as_ann.post(f"{WATCHLIST}/bulk", {"add": list(range(4_000_000, 4_000_030))})
        results = [row["result"] for row in response.json()["results"]]
        assert results == ["unknown"] * 20 + ["added"] * 10
        assert len([call for call in tmdb.calls if call.path.startswith("/movie/40000")]) == 20

    @pytest.mark.parametrize(
        ("body", "fault"),
        [
            ({"add": list(range(1, 502))}, "max_length"),
            ({"add": list(range(1, 300)), "remove": list(range(300, 600))}, "too_many"),
            ({"add": [949], "remove": [949]}, "both"),
            ({"add": ["949"]}, "invalid"),
            ({"add": 949}, "not_a_list"),
            ({"add": [0]}, "min_value"),
            ({"remove": [2**31]}, "max_value"),
            ([949], "invalid"),
        ],
    )
    def test_bad_input_is_told_and_changes_nothing(self, as_ann, heat, body, fault):
        assert fault in {code for _, code in faults(as_ann.post(f"{WATCHLIST}/bulk", body))}
        assert not WatchlistEntry.objects.exists()


NONSENSE = [
    ({}, ("movie_id", "required")),
    ({"movie_id": None}, ("movie_id", "null")),
    ({"movie_id": "949"}, ("movie_id", "invalid")),
    ({"movie_id": 949.0}, ("movie_id", "invalid")),
    ({"movie_id": True}, ("movie_id", "invalid")),
    ({"movie_id": 0}, ("movie_id", "min_value")),
    ({"movie_id": 2**31}, ("movie_id", "max_value")),
    ({"movie_id": 949, "note": "a\x00b"}, ("note", "control_characters")),
    ({"movie_id": 949, "note": "x" * 501}, ("note", "max_length")),
    ({"movie_id": 949, "note": 7}, ("note", "invalid")),
    ({"movie_id": 949, "note": None}, ("note", "null")),
    ({"movie_id": 949, "priority": 4}, ("priority", "max_value")),
    ({"movie_id": 949, "priority": "2"}, ("priority", "invalid")),
    ([], (None, "invalid")),
    ("949", (None, "invalid")),
]


@pytest.mark.parametrize(("body", "fault"), NONSENSE)
def test_nonsense_is_told_by_its_field(as_ann, heat, body, fault):
    (found,) = faults(as_ann.post(WATCHLIST, body))
    assert found[1] == fault[1]
    assert found[0] in (fault[0], "non_field_errors")
    assert not WatchlistEntry.objects.exists()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"watched": 1}, ("watched", "invalid")),
        ({"watched": "true"}, ("watched", "invalid")),
        ({"watched": False, "watched_at": "2024-01-01T00:00:00Z"}, ("watched_at", "not_watched")),
        ({"watched": None, "watched_at": "2024-01-01T00:00:00Z"}, ("watched_at", "not_watched")),
        ({"watched_at": "2924-01-01T00:00:00Z"}, ("watched_at", "in_the_future")),
        ({"watched_at": "2024-02-30T00:00:00Z"}, ("watched_at", "invalid")),
        ({"watched_at": 5}, ("watched_at", "invalid")),
    ],
)
def test_nonsense_about_when_it_was_seen_is_told(as_ann, heat, body, fault):
    as_ann.post(WATCHLIST, {"movie_id": 949})
    assert faults(as_ann.patch(f"{WATCHLIST}/949", body)) == [fault]
    assert not WatchlistEntry.objects.get().is_watched


def test_what_is_not_on_it_cannot_be_changed(as_ann, as_bob, heat):
    as_bob.post(WATCHLIST, {"movie_id": 949})
    assert as_ann.patch(f"{WATCHLIST}/949", {"note": "Mine"}).status_code == 404
    assert as_ann.get(f"{WATCHLIST}/949").status_code == 404
    assert as_ann.get(f"{WATCHLIST}/{2**40}").status_code == 404
    assert as_ann.delete(f"{WATCHLIST}/{2**40}").status_code == 404
