"""What search engines are told: every film held in full, in parts that no count of films makes slow."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from catalog.sitemaps import IDS
from catalog.tests.films import make_movie
from conftest import forget_rows

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(path):
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [found.text for found in ElementTree.fromstring(response.content).iter(f"{SPACE}loc")]


@pytest.fixture
def films():
    make_movie(1, "One & only")
    make_movie(2, "Gone", gone_at=timezone.now())
    make_movie(3, "For adults", is_adult=True)
    make_movie(4, "Known by name", synced_at=None)
    make_movie(5 * IDS, "Far off")
    make_movie(5 * IDS + 1, "千と千尋")


def test_the_index_names_the_parts_that_have_films(films):
    assert locations("/sitemap.xml") == [f"http://testserver/sitemap-films-{part}.xml" for part in (0, 5)]


def test_a_part_has_its_own_films_that_are_listed_and_held_in_full(films):
    assert locations("/sitemap-films-0.xml") == ["http://testserver/movies/1-one-only"]
    far = 5 * IDS
    assert locations("/sitemap-films-5.xml") == [
        f"http://testserver/movies/{far}-far-off",
        f"http://testserver/movies/{far + 1}",
    ]


@pytest.mark.parametrize(
    "part", ["films-1", "films-", "films--1", "films-00", "films-x", "people-0", "films-99999999999", "films-٣"]
)
def test_a_part_that_is_none_is_not_found(films, part):
    assert Client().get(f"/sitemap-{part}.xml").status_code == 404


def test_no_part_is_longer_than_search_engines_take():
    assert IDS <= 50_000


def test_a_part_is_read_by_its_range_and_once_a_day(films, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        locations("/sitemap-films-0.xml")
    assert "OFFSET" not in asked[1]["sql"].upper()
    with django_assert_num_queries(0):
        locations("/sitemap-films-0.xml")
        locations("/sitemap.xml")
    forget_rows()
    with django_assert_num_queries(1):
        locations("/sitemap.xml")


def test_each_name_of_the_site_has_its_own(films, settings):
    settings.ALLOWED_HOSTS = ["testserver", "films.example"]
    locations("/sitemap-films-0.xml")
    other = Client(headers={"Host": "films.example"}).get("/sitemap-films-0.xml", SERVER_NAME="films.example").text
    assert "http://films.example/movies/1-one-only" in other


def test_an_empty_catalogue_has_an_empty_index():
    assert locations("/sitemap.xml") == []


def test_crawlers_are_told_where_it_is_and_what_to_leave_alone():
    response = Client().get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in response.text
    assert "Disallow: /movies?" in response.text
