"""The diary: one row for each viewing, of a day that may be vague."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from watchlists import diary
from watchlists.models import Viewing
from watchlists.tests.calls import HISTORY, all_ids, faults

pytestmark = pytest.mark.django_db
EVENT = {"movie_id": 949, "source": "player", "external_id": "77"}


def log(user, movie_id=949, day=None, **told):
    return diary.log(user=user, movie_id=movie_id, watched_on=day, **told)[0]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"watched_on": "2024-02-29"}, ("2024-02-29", "day")),
        ({"watched_on": "2024-02-29", "precision": "day"}, ("2024-02-29", "day")),
        ({"watched_on": "2024-02-29", "precision": "month"}, ("2024-02-01", "month")),
        ({"watched_on": "2024-02-29", "precision": "year"}, ("2024-01-01", "year")),
        ({"watched_on": "2024-02-29", "precision": "unknown"}, (None, "unknown")),
        ({"watched_on": None}, (None, "unknown")),
        ({}, (None, "unknown")),
    ],
)
def test_a_day_is_as_vague_as_it_is_said_to_be(as_ann, heat, told, kept):
    response = as_ann.post(HISTORY, {"movie_id": 949} | told)
    assert response.status_code == 201
    assert (response.json()["watched_on"], response.json()["precision"]) == kept


def test_what_is_yet_to_come_is_refused_but_not_where_the_day_has_begun(as_ann, heat):
    now = timezone.now()
    ahead = (now + timedelta(hours=14)).date()
    assert as_ann.post(HISTORY, {"movie_id": 949, "watched_on": f"{ahead}"}).status_code == 201
    late = f"{ahead + timedelta(days=1)}"
    assert faults(as_ann.post(HISTORY, {"movie_id": 949, "watched_on": late})) == [("watched_on", "in_the_future")]
    month = {"watched_on": late, "precision": "year"}
    assert as_ann.post(HISTORY, {"movie_id": 949} | month).status_code == (
        201 if ahead.month < 12 or ahead.day < 31 else 400
    )


def test_the_last_comes_first_and_the_unknown_last(as_ann, ann, heat, ronin):
    log(ann, 949)
    log(ann, 8195, date(2020, 1, 1))
    log(ann, 949, date(2026, 1, 1))
    assert all_ids(as_ann, f"{HISTORY}?page_size=1") == [949, 8195, 949]


class TestRewatches:
    def told(self, *viewings):
        held = Viewing.objects.in_bulk([viewing.pk for viewing in viewings])
        return [held[viewing.pk].is_rewatch for viewing in viewings]

    def test_all_but_the_first_are_whenever_they_are_written(self, ann, bob, heat, ronin):
        second, other, theirs = log(ann, 949, date(2020, 1, 1)), log(ann, 8195), log(bob, 949, date(2021, 1, 1))
        assert self.told(second, other, theirs) == [False, False, False]
        third = log(ann, 949, date(2022, 1, 1))
        first = log(ann, 949, date(2019, 1, 1))
        assert self.told(first, second, third) == [False, True, True]
        diary.change(third, watched_on=date(2018, 1, 1))
        assert self.told(first, second, third) == [True, True, False]
        diary.remove(third)
        assert self.told(first, second) == [False, True]

    def test_of_one_day_the_first_written_is_the_first(self, ann, heat):
        one, two = log(ann, 949, date(2020, 1, 1)), log(ann, 949, date(2020, 1, 1))
        assert self.told(one, two) == [False, True]

    def test_what_is_corrected_stays_until_it_is_given_back(self, as_ann, ann, heat):
        """Seen before there was a diary."""
        viewing = log(ann, 949, date(2020, 1, 1))
        assert as_ann.patch(f"{HISTORY}/{viewing.pk}", {"rewatch": True}).json()["rewatch"] is True
        later = log(ann, 949, date(2021, 1, 1), is_rewatch=False)
        assert self.told(viewing, later) == [True, False]
        as_ann.patch(f"{HISTORY}/{later.pk}", {"rewatch": None})
        as_ann.patch(f"{HISTORY}/{viewing.pk}", {"rewatch": None})
        assert self.told(viewing, later) == [False, True]


def test_the_same_event_from_outside_is_one_row(as_ann, as_bob, heat, ronin):
    first = as_ann.post(HISTORY, EVENT | {"watched_on": "2024-01-01"})
    assert first.status_code == 201
    again = as_ann.post(HISTORY, EVENT | {"watched_on": "2025-01-01", "movie_id": 8195})
    assert (again.status_code, again.json()) == (200, first.json())
    assert as_ann.post(HISTORY, EVENT | {"external_id": "78"}).status_code == 201
    assert as_ann.post(HISTORY, EVENT | {"source": "phone"}).status_code == 201
    assert as_bob.post(HISTORY, EVENT).status_code == 201
    for _ in range(2):
        assert as_ann.post(HISTORY, {"movie_id": 949}).status_code == 201
    assert Viewing.objects.count() == 6


def test_all_that_is_said_is_kept_and_can_be_corrected(as_ann, heat):
    body = {"movie_id": 949, "rating": 9, "note": "Loud.", "tags": ["Cinema", "cinema ", "with  Friends"]}
    viewing = as_ann.post(HISTORY, body).json()
    assert (viewing["rating"], viewing["note"], viewing["tags"]) == (9, "Loud.", ["cinema", "with friends"])
    url = f"{HISTORY}/{viewing['id']}"
    changed = as_ann.patch(url, {"rating": None, "note": "", "tags": [], "watched_on": "2020-05-05"}).json()
    assert (changed["rating"], changed["note"], changed["tags"]) == (None, "", [])
    assert as_ann.patch(url, {"precision": "month"}).json()["watched_on"] == "2020-05-01"
    assert as_ann.get(url).json()["precision"] == "month"
    assert as_ann.patch(url, {"watched_on": None}).json()["precision"] == "unknown"
    assert faults(as_ann.patch(url, {"precision": "day"})) == [("watched_on", "required")]
    assert as_ann.delete(url).status_code == 204
    assert as_ann.delete(url).status_code == 404


NONSENSE = [
    ({"watched_on": "2024-02-30"}, ("watched_on", "invalid")),
    ({"watched_on": "0001-01-01"}, ("watched_on", "too_early")),
    ({"watched_on": "0000-01-01"}, ("watched_on", "invalid")),
    ({"watched_on": "9999-12-31"}, ("watched_on", "in_the_future")),
    ({"watched_on": "10000-01-01"}, ("watched_on", "invalid")),
    ({"watched_on": 20240101}, ("watched_on", "invalid")),
    ({"watched_on": "2024-01-01T00:00:00Z"}, ("watched_on", "invalid")),
    ({"watched_on": ["2024-01-01"]}, ("watched_on", "invalid")),
    ({"precision": "month"}, ("watched_on", "required")),
    ({"precision": "hour"}, ("precision", "invalid_choice")),
    ({"precision": None}, ("precision", "null")),
    ({"rewatch": "yes"}, ("rewatch", "invalid")),
    ({"rating": 0}, ("rating", "min_value")),
    ({"rating": 11}, ("rating", "max_value")),
    ({"rating": 7.5}, ("rating", "invalid")),
    ({"rating": "8"}, ("rating", "invalid")),
    ({"note": "\x00"}, ("note", "control_characters")),
    ({"note": "x" * 2001}, ("note", "max_length")),
    ({"note": "a" + "\u0301" * 100}, ("note", "combining_characters")),
    ({"note": "\u202e"}, ("note", "blank")),
    ({"tags": "cinema"}, ("tags", "not_a_list")),
    ({"tags": ["x" * 41]}, ("tags.0", "max_length")),
    ({"tags": [""]}, ("tags.0", "blank")),
    ({"tags": [1]}, ("tags.0", "invalid")),
    ({"tags": [f"{number}" for number in range(21)]}, ("tags", "max_length")),
    ({"source": "a b"}, ("source", "invalid")),
    ({"source": ""}, ("source", "blank")),
    ({"source": 0}, ("source", "invalid")),
    ({"source": "x" * 41}, ("source", "max_length")),
    ({"external_id": "x" * 201}, ("external_id", "max_length")),
    ({"external_id": 5}, ("external_id", "invalid")),
    ({"movie_id": 5}, ("movie_id", "no_such_film")),
    ({"companions": ["nobody"]}, ("companions", "unknown")),
    ({"companions": ["ann"]}, ("companions", "unknown")),
    ({"companions": ["x" * 31]}, ("companions.0", "max_length")),
    ({"companions": [f"{number}" for number in range(21)]}, ("companions", "max_length")),
]


@pytest.mark.parametrize(("body", "fault"), NONSENSE)
def test_nonsense_is_told_by_its_field_and_nothing_is_written(as_ann, heat, body, fault):
    assert faults(as_ann.post(HISTORY, {"movie_id": 949} | body)) == [fault]
    assert not Viewing.objects.exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2024", [2, 1]),
        ("since=2024-06-01", [3, 2]),
        ("until=2024-06-01", [1]),
        ("since=2024-01-01&until=2024-12-31&rewatch=true", [2]),
        ("rewatch=false", [1, 4]),
        ("tag=Cinema%20", [2]),
        ("tag=cin", []),
        ("movie_id=8195", [4]),
        ("year=", [3, 2, 1, 4]),
    ],
)
@pytest.mark.usefixtures("heat", "ronin")
def test_it_is_narrowed(as_ann, ann, query, expected):
    """What nobody dated is of no year."""
    made = [
        log(ann, 949, date(2024, 1, 1)),
        log(ann, 949, date(2024, 12, 31), tags=["cinema"]),
        log(ann, 949, date(2025, 1, 1)),
        log(ann, 8195),
    ]
    numbers = {viewing.pk: number for number, viewing in enumerate(made, 1)}
    rows = as_ann.get(f"{HISTORY}?{query}").json()["results"]
    assert [numbers[row["id"]] for row in rows] == expected


@pytest.mark.parametrize(
    "query",
    ["year=1", "year=x", "since=2024-02-30", "until=x", "rewatch=1", "movie_id=0", f"tag={'x' * 41}", "tag=%00"],
)
def test_a_bad_value_is_told_by_its_name(as_ann, query):
    response = as_ann.get(f"{HISTORY}?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode() or "%00" in query


def test_anothers_viewings_are_nobody_elses(as_ann, as_bob, ann, heat):
    url = f"{HISTORY}/{log(ann).pk}"
    assert as_bob.get(url).status_code == 404
    assert as_bob.patch(url, {"note": "Mine"}).status_code == 404
    assert as_bob.delete(url).status_code == 404
    assert as_ann.get(url).json()["note"] == ""
