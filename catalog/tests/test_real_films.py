"""All real bodies that there are, through reading and storing: none fails, and what is held is what they say.

All of them in the run on PostgreSQL, and every tenth in the one on SQLite.
"""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db.models import Sum

from catalog.models import Collection, Credit, Genre, Keyword, Movie, Person, SyncFailure
from catalog.sync.parsing import read_movie
from catalog.sync.parsing.people import CAST_KEPT
from catalog.sync.storing import store
from catalog.tests import real_films
from catalog.tests.facts import held, told
from tests.environment import ON_SERVICES

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 250
EVERY = 1 if ON_SERVICES else 10

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not real_films.ARE_HERE, reason="the real bodies (../shared/data) are not here"),
]


def number(body):
    return int(body["id"])


def load(bodies):
    """Reads and stores the bodies; gives what they say, by id and without what nothing here keeps."""
    said = {}
    while batch := list(islice(bodies, BATCH)):
        stored = store([read_movie(body, number(body)) for body in batch], NOW)
        assert stored.failed == []
        assert sorted(stored.changed) == sorted(map(number, batch))
        said |= {number(body): body for body in batch}
    return said


def links(bodies, names):
    """How many different pairs of a film and an id there are."""
    return sum(len({entry["id"] for entry in names(body)}) for body in bodies)


def keywords_of(body):
    """Two films have one whose name is a space."""
    return [entry for entry in body["keywords"]["keywords"] if entry["name"].strip()]


def cast_of(body):
    return {entry["id"] for entry in body["credits"]["cast"] if entry["name"].strip()}


def test_the_bodies_of_whole_years_are_held_as_they_are():
    said = load(islice(real_films.detailed(), None, None, EVERY))
    assert len(said) > 29_000 / EVERY
    assert Movie.objects.count() == len(said)
    assert Movie.genres.through.objects.count() == links(said.values(), lambda body: body["genres"])
    assert Genre.objects.count() == len({genre["id"] for body in said.values() for genre in body["genres"]})
    together = [body["belongs_to_collection"]["id"] for body in said.values() if body["belongs_to_collection"]]
    assert Movie.objects.exclude(collection=None).count() == len(together)
    assert Collection.objects.count() == len(set(together))
    totals = Movie.objects.aggregate(votes=Sum("tmdb_vote_count"), revenue=Sum("revenue"), runtime=Sum("runtime"))
    assert totals["votes"] == sum(body["vote_count"] for body in said.values())
    assert totals["revenue"] == sum(body["revenue"] for body in said.values())
    assert totals["runtime"] == sum(body["runtime"] or 0 for body in said.values())
    undated = sum(not body["release_date"] for body in said.values())
    assert Movie.objects.filter(released_on=None).count() == undated
    titles = dict(Movie.objects.values_list("pk", "title"))
    assert {key: " ".join(body["title"].split()) for key, body in said.items()} == titles
    assert not SyncFailure.objects.exists()


def test_the_bodies_with_cast_and_crew_are_held_as_they_are():
    said = load(islice(real_films.credited(), None, None, EVERY))
    assert Movie.objects.count() == len(said) == -(-4_803 // EVERY)
    assert Movie.keywords.through.objects.count() == links(said.values(), keywords_of)
    assert Keyword.objects.count() == len({entry["id"] for body in said.values() for entry in keywords_of(body)})
    by_kind = Counter(Credit.objects.values_list("kind", flat=True))
    assert by_kind["cast"] == sum(min(len(cast_of(body)), CAST_KEPT) for body in said.values())
    directors = {
        (key, entry["id"])
        for key, body in said.items()
        for entry in body["credits"]["crew"]
        if entry["job"] == "Director"
    }
    assert set(Credit.objects.filter(job="Director").values_list("movie_id", "person_id")) == directors
    assert Person.objects.count() == Credit.objects.values("person").distinct().count()
    for key in list(said)[::100]:
        body = said[key] | {"id": key}
        assert {**held(key), "people": ()} == {**told(body), "people": ()}


def test_what_is_told_again_changes_nothing():
    bodies = list(islice(real_films.credited(), 2 * BATCH))
    load(iter(bodies))
    again = store([read_movie(body, number(body)) for body in bodies], NOW)
    assert (again.changed, len(again.unchanged)) == ([], len(bodies))
