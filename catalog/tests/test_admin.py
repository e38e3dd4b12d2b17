"""The catalogue in the admin: found, filtered, asked for again, never edited."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.admin.movies import CreditInline
from catalog.admin.synced import MOST_AT_ONCE
from catalog.models import Credit, Movie, Person, SyncFailure
from catalog.tests.films import make_heat, make_movie, make_movies

pytestmark = pytest.mark.django_db
MOVIES = "/admin/catalog/movie/"


@pytest.fixture
def desk(staff):
    """A browser in which staff has signed in."""
    browser = Client()
    browser.force_login(staff)
    return browser


def titles(response):
    assert response.status_code == 200
    return [movie.title for movie in response.context["cl"].result_list]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=heat", ["Heat", "White Heat"]),
        ("q=949", ["Heat"]),
        ("q=tt0113277", ["Heat"]),
        ("q=%20heat%20", ["Heat", "White Heat"]),
        ("q=nothing", []),
        ("q=99999999999999999999", []),
        ("freshness=fresh", ["White Heat"]),
        ("freshness=known", ["Only known"]),
        ("freshness=gone", ["Lost"]),
        ("is_adult__exact=1", []),
    ],
)
def test_films_are_found_and_filtered(desk, query, found):
    heat = make_heat()
    heat.synced_at = timezone.now() - timedelta(days=100)
    heat.save()
    make_movie(2, "White Heat", popularity=9, synced_at=timezone.now())
    make_movie(3, "Only known", popularity=8, synced_at=None)
    make_movie(4, "Lost", popularity=7, gone_at=timezone.now())
    assert titles(desk.get(f"{MOVIES}?{query}")) == found


def test_a_film_is_shown_with_its_parts_and_cannot_be_changed(desk):
    make_heat()
    page = desk.get(f"{MOVIES}949/change/")
    text = page.content.decode()
    for shown in "Vincent Hanna", "Michael Mann", "Netflix", "robbery", "tt0113277", "themoviedb.org/movie/949":
        assert shown in text
    assert 'name="title"' not in text
    assert desk.post(f"{MOVIES}949/change/", {"title": "Changed"}).status_code == 403
    assert Movie.objects.get(pk=949).title == "Heat"


@pytest.mark.parametrize("path", ["949/delete/", "add/"])
def test_films_are_neither_added_nor_deleted_by_hand(desk, path):
    make_heat()
    assert desk.post(f"{MOVIES}{path}", {"post": "yes"}).status_code == 403
    assert Movie.objects.filter(pk=949).exists()


def test_of_thousands_of_parts_a_page_shows_so_many_and_says_so(desk):
    film = make_movie(9, "Everywhere")
    people = Person.objects.bulk_create(Person(tmdb_id=key, name=f"Nobody {key}") for key in range(1_000, 1_450))
    Credit.objects.filter(movie=film).delete()
    Credit.objects.bulk_create(
        Credit(movie=film, person=person, kind="cast", position=place) for place, person in enumerate(people)
    )
    page = desk.get(reverse("admin:catalog_movie_change", args=[9])).content.decode()
    assert "Nobody 1199" in page
    assert "Nobody 1200" not in page
    assert f"at most {CreditInline.most} are shown" in page


@pytest.mark.parametrize("key", ["none", "9_5F9", "-1"])
def test_a_page_of_no_film_is_none(desk, key):
    assert desk.get(f"/admin/catalog/movie/{key}/change/").status_code in {302, 404}


def test_a_longer_list_costs_no_more_queries(desk, django_assert_max_num_queries):
    make_movie(1, "One")
    desk.get(MOVIES)  # who asks is known from now on
    with django_assert_max_num_queries(8) as few:
        desk.get(MOVIES)
    make_movies(range(2, 60))
    with django_assert_max_num_queries(8) as many:
        assert len(titles(desk.get(MOVIES))) == 50
    assert len(many) == len(few)


def test_no_page_of_the_admin_counts_the_whole_table(desk, django_assert_max_num_queries):
    make_movie(1, "One")
    with django_assert_max_num_queries(10) as queries:
        desk.get(MOVIES)
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"] and "catalog_movie" in query["sql"]]
    assert counts
    assert all("LIMIT" in sql for sql in counts)


@pytest.mark.parametrize("model", ["movie", "syncfailure"])
def test_the_worker_is_asked_for_the_chosen_films_again(desk, model, tmp_path, settings):
    make_movie(7, "Seven")
    now = timezone.now()
    SyncFailure.objects.create(
        tmdb_id=7, reason="unavailable", detail="HTTP 500", first_failed_at=now, last_failed_at=now, retry_at=now
    )
    said = desk.post(
        reverse(f"admin:catalog_{model}_changelist"), {"action": "ask_again", "_selected_action": [7]}, follow=True
    )
    assert "The worker will ask for 1 film again." in said.content.decode()


def test_a_film_put_aside_tells_why(desk):
    now = timezone.now()
    SyncFailure.objects.create(
        tmdb_id=5, reason="unreadable", detail="no title", first_failed_at=now, last_failed_at=now, retry_at=now
    )
    text = desk.get("/admin/catalog/syncfailure/").content.decode()
    assert "no title" in text
    assert "the answer could not be read" in text


@pytest.mark.parametrize(
    "model",
    [
        "collection",
        "chartentry",
        "genre",
        "keyword",
        "person",
        "provider",
        "region",
        "syncfailure",
        "tmdbconfiguration",
    ],
)
def test_every_table_of_the_catalogue_can_be_looked_at(desk, model):
    make_heat()
    page = desk.get(f"/admin/catalog/{model}/?q=a")
    assert page.status_code in {200, 302}
    assert desk.get(f"/admin/catalog/{model}/").status_code == 200


def test_people_are_found_by_name_and_id(desk):
    make_heat()
    for query in "q=pacino", "q=1158":
        page = desk.get(f"/admin/catalog/person/?{query}")
        assert [person.pk for person in page.context["cl"].result_list] == [1158]
    assert Person.objects.count() == 2


def test_a_member_is_not_let_in(ann):
    browser = Client()
    browser.force_login(ann)
    assert browser.get(MOVIES).status_code == 302


def test_more_films_than_the_worker_should_get_at_once_are_refused(desk):
    make_movies(range(1, MOST_AT_ONCE + 2))
    chosen = {"action": "ask_again", "_selected_action": [1], "select_across": "1"}
    said = desk.post(reverse("admin:catalog_movie_changelist"), chosen, follow=True)
    assert f"Choose {MOST_AT_ONCE} films at most." in said.content.decode()
