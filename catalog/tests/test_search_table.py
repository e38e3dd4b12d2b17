"""The table of what people type, over the starter's films: each finds what is meant among the first three."""

import pytest
from django.db import connection

from catalog.models import Movie, Person
from catalog.search import index, search_key, search_movies, search_people, suggest_movies
from catalog.starter.catalogue import read_catalogue
from catalog.tests.search_queries import FILMS, LOCALIZED, PEOPLE, PLAIN
from catalog.tests.search_typos import MISSPELT

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("table of searches")]
FIRST = 3


@pytest.fixture(scope="module", autouse=True)
def starter(kept_for_all):
    """All of the starter's films and people, read once for all the queries."""
    read = read_catalogue()
    Movie.objects.bulk_create(film_row(film) for film in read.films.values())
    Person.objects.bulk_create(people_rows(read))
    index.build()
    connection.check_constraints()  # now: PostgreSQL would else check all these rows at the end of each test


def film_row(film):
    titles = film["title"], film["original_title"]
    return Movie(
        tmdb_id=film["id"],
        title=film["title"],
        original_title=film["original_title"],
        popularity=film["popularity"],
        released_on=film["release_date"] or None,
        search_key=search_key(*titles, *LOCALIZED.get(film["id"], ())),
    )


def people_rows(read):
    """Each as popular as the films that they made are together."""
    people = {key: Person(tmdb_id=key, name=person["name"], popularity=0) for key, person in read.people.items()}
    for film in read.films.values():
        for key in {key for key, *_ in [*film["cast"], *film["crew"]]}:
            people[key].popularity += film["popularity"]
    return people.values()


def test_the_table_is_as_large_as_it_should_be():
    assert len(FILMS) >= 150
    assert len(MISSPELT) >= 60
    assert len(set(FILMS.values())) > 80


@pytest.mark.parametrize(("typed", "meant"), FILMS.items(), ids=list(FILMS))
def test_a_film_is_found(typed, meant):
    found = search_movies(typed)[:FIRST]
    assert meant in found, list(Movie.objects.filter(pk__in=found).values_list("pk", "title"))


@pytest.mark.parametrize(("typed", "meant"), PEOPLE.items(), ids=list(PEOPLE))
def test_a_person_is_found(typed, meant):
    found = search_people(typed)[:FIRST]
    assert meant in Person.objects.filter(pk__in=found).values_list("name", flat=True), found


def test_asked_one_by_one_the_questions_find_what_they_find_in_one_call():
    """Searches that are narrowed are asked so on PostgreSQL too."""
    everything = Movie.objects.listed()
    texts = [*FILMS, "the ma", "star", "in", "a", "man of", "dune 2021", "nothing like it"]
    assert [text for text in texts if search_movies(text) != search_movies(text, within=everything)] == []


@pytest.mark.parametrize(("typed", "meant"), PLAIN.items(), ids=list(PLAIN))
def test_it_is_suggested_from_some_letter_on_to_the_last(typed, meant):
    """With each further letter it may only come nearer."""
    suggested = [meant in suggest_movies(typed[:end]) for end in range(1, len(typed) + 1)]
    assert suggested[-1]
    assert suggested == sorted(suggested)
