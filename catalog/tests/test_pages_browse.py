"""Browsing by a form: every filter, what is wrong with one, pages, and what it costs."""

import pytest
from django.test import Client

from catalog.filters import MovieFilter
from catalog.forms import BY_LINK, BrowseForm
from catalog.models import Collection, Genre, Keyword, Movie, Region
from catalog.tests.films import make_heat, make_movie, make_movies, make_offer, make_person, make_provider

pytestmark = pytest.mark.django_db
BROWSE = "/movies"


@pytest.fixture
def films():
    crime, drama = Genre.objects.create(tmdb_id=80, name="Crime"), Genre.objects.create(tmdb_id=18, name="Drama")
    both = make_movie(1, "Both", genres=(crime, drama), runtime=90, tmdb_vote_average=9.0, tmdb_vote_count=5)
    make_movie(2, "Crime alone", genres=(crime,), runtime=200, original_language="fr")
    make_movie(3, "Old", released_on="1950-01-01")
    make_offer(both, make_provider(8, "Netflix", US=1), region="US")


def titles(query=""):
    response = Client().get(f"{BROWSE}?{query}")
    assert response.status_code == 200, response.text
    return [part.split("<")[0] for part in response.text.split('<span class="title">')[1:]]


def test_every_filter_of_the_api_can_be_asked():
    fields = set(BrowseForm.base_fields) | set(BY_LINK)
    assert fields == set(MovieFilter.base_filters)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Both", "Crime alone", "Old"]),
        ("genre=80", ["Both", "Crime alone"]),
        ("genre=80&genre=18", ["Both"]),
        ("genre=80,18", ["Both"]),
        ("year_max=1960", ["Old"]),
        ("runtime_min=100&runtime_max=", ["Crime alone", "Old"]),
        ("rating_min=8.5", ["Both"]),
        ("votes_min=50", ["Crime alone", "Old"]),
        ("language=fr", ["Crime alone"]),
        ("provider=8&region=US", ["Both"]),
        ("provider=8&region=FR", []),
        ("ordering=runtime&genre=&page=", ["Both", "Old", "Crime alone"]),
        ("year=1950", ["Old"]),
        ("unknown=%3Cb%3E", ["Both", "Crime alone", "Old"]),
    ],
)
def test_films_are_narrowed(films, query, expected):
    Region.objects.get_or_create(code="FR", defaults={"name": "France", "has_streaming": True})
    if query.endswith("FR"):
        make_offer(Movie.objects.get(pk=2), make_provider(9, "Prime", FR=1), region="FR")
    assert titles(query) == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("genre=abc", "genre"),
        ("genre=999", "genre"),
        ("year_min=soon", "year_min"),
        ("year_max=99999", "year_max"),
        ("runtime_min=-5", "runtime_min"),
        ("rating_min=11", "rating_min"),
        ("rating_min=nan", "rating_min"),
        ("votes_min=1e99", "votes_min"),
        ("language=xx1", "language"),
        ("ordering=random", "ordering"),
        ("provider=9999999999", "provider"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_is_a_400(films, query, field):
    response = Client().get(f"{BROWSE}?{query}")
    assert response.status_code == 400
    form = response.text.split('class="filters"')[1]
    assert f'id="id_{field}_error"' in form
    if field not in {"genre", "provider"}:
        assert f'aria-describedby="id_{field}_error"' in form


@pytest.mark.parametrize(
    "query", ["keyword=abc", "person=-1", "collection=%3Cscript%3E", "year=later", "keyword=" + "9" * 5000]
)
def test_a_fault_in_what_has_no_field_is_told_above(films, query):
    response = Client().get(f"{BROWSE}?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] + ":" in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999999", "1.0"])
def test_a_page_that_is_none_is_not_found(films, page):
    assert Client().get(f"{BROWSE}?page={page}").status_code == 404


def test_pages_keep_what_was_asked():
    make_heat()
    make_movies(range(1, 30))
    text = Client().get(f"{BROWSE}?year_min=1990&page=1").text
    assert "?year_min=1990&amp;page=2" in text
    assert titles("year_min=1990&page=2") != []
    assert "Page 2 of 2" in Client().get(f"{BROWSE}?year_min=1990&page=2").text


def test_what_came_by_a_link_is_named_stays_and_can_be_left_out(films):
    film = Movie.objects.get(pk=1)
    film.keywords.add(Keyword.objects.create(tmdb_id=642, name="<i>robbery"))
    film.credits.create(person=make_person(1158, "Al Pacino"), kind="cast", position=0)
    Movie.objects.filter(pk=1).update(collection=Collection.objects.create(tmdb_id=5, name="Both of them"))
    text = Client().get(f"{BROWSE}?keyword=642&person=1158&collection=5&genre=80").text
    assert "&lt;i&gt;robbery" in text
    assert "Al Pacino" in text
    assert "Both of them" in text
    assert '<input type="hidden" name="keyword" value="642">' in text
    assert 'href="?person=1158&amp;collection=5&amp;genre=80"' in text


def test_my_services_are_mine(films, ann):
    client = Client()
    client.force_login(ann)
    mine = f"{BROWSE}?on_my_services=true"
    assert "No film is like that" in client.get(mine).text
    ann.streaming_providers.add(8)
    ann.region = "US"
    ann.save()
    text = client.get(mine).text
    assert "Both" in text
    assert "Crime alone" not in text
    assert Client().get(mine).status_code == 200, "a stranger has none, and is shown all"
    assert "On my services" not in Client().get(mine).text


def test_the_page_costs_the_same_for_one_film_and_for_many(django_assert_num_queries, films):
    Client().get(BROWSE)
    with django_assert_num_queries(4):
        titles("genre=80")
    for number in range(10, 60):
        make_movie(number, f"Film {number}", genres=(Genre.objects.get(pk=80),))
    with django_assert_num_queries(4):
        assert len(titles("genre=80")) == 24


def test_what_is_typed_is_text(films):
    response = Client().get(
        BROWSE, {"year_min": '"><script>alert(1)</script>', "keyword": '"><script>alert(1)</script>'}
    )
    assert "<script>alert" not in response.text
