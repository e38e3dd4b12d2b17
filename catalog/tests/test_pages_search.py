"""Search and its suggestions as pages; people and collections."""

import pytest
from django.test import Client

from catalog.models import Collection, Credit, Movie
from catalog.tests.films import make_heat, make_movie, make_movies, make_person

pytestmark = pytest.mark.django_db


def search(text, path="/search", **more):
    return Client().get(path, {"q": text} | more)


@pytest.mark.parametrize("text", ["heat", "HEAT", "haet", "heat 1995", "  heat  "])
def test_a_film_is_found_however_it_is_typed(text):
    make_heat()
    page = search(text)
    assert page.status_code == 200
    assert 'href="/movies/949-heat"' in page.text


def test_people_are_found_beside_films():
    make_heat()
    assert 'href="/people/1158-al-pacino"' in search("pacino").text


def test_nothing_typed_and_nothing_found_are_told():
    make_heat()
    assert "Type a title" in search("").text
    assert "No film is found" in search("zzzzqqqq").text


def test_what_cannot_be_looked_for_is_a_400():
    text = "x" * 201
    page = search(text)
    assert page.status_code == 400
    assert 'class="faults"' in page.text
    assert search(text, "/search/suggestions").status_code == 200


def test_a_film_not_held_is_asked_of_tmdb(tmdb):
    assert 'href="/movies/603-the-matrix"' in search("the matrix").text


def test_tmdb_away_is_told(tmdb):
    tmdb.stop()
    assert "TMDB could not be asked" in search("the matrix").text


@pytest.mark.parametrize("path", ["/search", "/search/suggestions"])
def test_what_is_typed_is_text(path):
    make_movie(1, "<script>alert(1)</script>")
    for text in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'):
        page = search(text, path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_suggestions_are_a_fragment_that_leads_to_films():
    make_heat()
    page = search("hea", "/search/suggestions").text
    assert 'href="/movies/949-heat"' in page
    assert "<html" not in page
    assert "1 film suggested" in page
    assert search("", "/search/suggestions").text.strip() == ""


def test_pages_of_what_is_found():
    make_movies(range(1, 31), "Heat {}")
    assert "Page 1 of 2" in search("heat").text
    assert "Page 2 of 2" in search("heat", page="2").text
    assert search("heat", page="3").status_code == 404


def test_a_person_has_a_page_with_each_film_once():
    heat = make_heat()
    heat.credits.create(person_id=1158, kind=Credit.Kind.CREW, position=9, job="Producer")
    page = Client().get("/people/1158-al-pacino").text
    assert page.count('href="/movies/949-heat"') == 1
    assert "Vincent Hanna, Producer" in page
    assert "1 film" in page
    assert Client().get("/people/1158")["Location"] == "/people/1158-al-pacino"
    assert Client().get("/people/1").status_code == 404


def test_a_person_of_many_films_has_pages(django_assert_num_queries):
    person = make_person(1, "Busy")
    for number in range(1, 71):
        make_movie(number, f"Film {number}").credits.create(person=person, kind="cast", position=0)
    with django_assert_num_queries(2):
        page = Client().get("/people/1-busy")
    assert page.text.count('class="poster') == 61
    assert Client().get("/people/1-busy?page=2").text.count('class="poster') == 11
    assert Client().get("/people/1-busy?page=3").status_code == 404


def test_a_collection_has_a_page():
    make_heat()
    Movie.objects.update(collection=Collection.objects.create(tmdb_id=7, name="Heat & Co"))
    assert Client().get("/collections/7")["Location"] == "/collections/7-heat-co"
    page = Client().get("/collections/7-heat-co").text
    assert "Heat &amp; Co" in page
    assert 'href="/movies/949-heat"' in page
