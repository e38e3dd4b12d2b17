"""Search and suggestions, for now: whole titles, beginnings, words."""

import pytest

from catalog.models import Person
from catalog.search import normalise, search_key
from catalog.tests.films import fault, ids, make_movie, make_movies, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    make_movie(1, "Heat", popularity=50)
    make_movie(2, "White Heat", popularity=70)
    make_movie(3, "The Heat", popularity=90)
    make_movie(4, "Heathers", popularity=80)
    make_movie(5, "Amélie", original_title="Le Fabuleux Destin d'Amélie Poulain", popularity=60, original_language="fr")
    make_movie(6, "Spider-Man", popularity=40)
    make_movie(7, "Spirited Away", original_title="千と千尋の神隠し", popularity=30)
    make_movie(8, "WALL·E", popularity=20)
    make_movie(9, "Come and See", original_title="Иди и смотри", popularity=10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("heat", [1, 3, 4, 2]),
        ("HEAT", [1, 3, 4, 2]),
        ("the heat", [3, 1, 4, 2]),
        ("white heat", [2]),
        ("heat white", [2]),
        ("amelie", [5]),
        ("AMÉLIE!", [5]),
        ("fabuleux destin", [5]),
        ("destin d'amelie", [5]),
        ("spider man", [6]),
        ("spider-man", [6]),
        ("千尋", [7]),
        ("иди и", [9]),
        ("wall e", [8]),
        ("nothing like it", []),
        ("%", []),
        ("_", []),
        ("|", []),
        ("'; DROP TABLE catalog_movie; --", []),
    ],
)
def test_words_find_films(api, shelf, text, found):
    assert ids(api.get("/api/v1/movies/search", {"q": text})) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("h", [4, 3, 1, 2]),
        ("hea", [4, 3, 1, 2]),
        ("heat", [1, 3, 4, 2]),
        ("spi", [6, 7]),
        ("aw", [7]),
        ("ame", [5]),
        ("千と", [7]),
    ],
)
def test_what_is_being_typed_is_completed(api, shelf, typed, found):
    assert set(ids(api.get("/api/v1/movies/suggest", {"q": typed}))) == set(found)


def test_suggestions_are_ten_at_most_the_most_popular(api):
    make_movies(range(1, 15), "Rocky {}")
    body = api.get("/api/v1/movies/suggest", {"q": "rocky"}).json()
    assert [row["id"] for row in body["results"]] == list(range(1, 11))
    assert body["next"] is body["previous"] is None


def test_year_and_person_narrow_a_search(api, shelf):
    mann = Person.objects.create(tmdb_id=638, name="Michael Mann")
    remake = make_movie(20, "Heat", released_on="1986-03-14")
    remake.credits.create(person=mann, kind="crew", position=0, job="Director")
    assert ids(api.get("/api/v1/movies/search?q=heat&year=1986")) == [20]
    assert ids(api.get("/api/v1/movies/search?q=heat&person=638")) == [20]
    assert fault(api.get("/api/v1/movies/search?q=heat&year=x"))[::2] == (400, "year")


@pytest.mark.parametrize("path", ["movies/search", "movies/suggest", "people/search"])
@pytest.mark.parametrize("query", ["", "q=", "q=%20%20", "q=" + "x" * 201])
def test_a_search_for_nothing_or_far_too_much_is_a_400(api, path, query):
    assert fault(api.get(f"/api/v1/{path}?{query}"))[::2] == (400, "q")


def test_people_are_found_by_name(api):
    for number, name in enumerate(["Björk", "Al Pacino", "Alan Alda"], start=1):
        make_person(number, name, popularity=number)
    assert ids(api.get("/api/v1/people/search?q=bjork")) == [1]
    assert ids(api.get("/api/v1/people/search?q=al")) == [3, 2]
    assert ids(api.get("/api/v1/people/search?q=alda%20alan")) == [3]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Amélie!", "amelie"),
        ("Łódź  Story", "lodz story"),
        ("Straße", "strasse"),
        ("It's", "its"),
        ("ガメラ", "ガメラ"),
        ("ชีวิต", "ชีวิต"),
        ("올드보이", "올드보이"),
        ("Æon Flux", "aeon flux"),
        ("...", ""),
        ("Ⅻ", "xii"),
    ],
)
def test_normalising_keeps_words_and_drops_the_rest(text, key):
    assert normalise(text) == key


def test_a_search_key_holds_each_different_name_once():
    assert search_key("Heat", "HEAT", "Fuego contra fuego") == "|heat|fuego contra fuego|"
    assert search_key("!!!") == ""
