"""The start page, without a browser: what it shows and what it costs."""

import pytest
from django.test import Client
from django.utils import timezone

from catalog.tests.films import make_heat, make_movie, make_movies

pytestmark = pytest.mark.django_db


def home():
    return Client().get("/").content.decode()


def test_an_empty_catalogue_says_how_to_fill_it():
    assert "sync_catalog --reference --popular" in home()


def test_the_most_popular_films_are_shown_first():
    make_movie(1, "Second", popularity=5)
    make_movie(2, "First", popularity=50)
    make_movie(3, "Gone", popularity=500, gone_at=timezone.now())
    text = home()
    assert text.index("First") < text.index("Second")
    assert "Gone" not in text


def test_a_title_is_text_and_never_markup():
    make_movie(1, "<script>alert(1)</script>", poster_path='"><img src=x>')
    text = home()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "<img src=x>" not in text


def test_tmdb_and_justwatch_are_named():
    text = " ".join(home().split())
    assert "This product uses the TMDB API but is not endorsed or certified by TMDB." in text
    assert "JustWatch" in text


def test_the_page_costs_two_queries_at_most_however_many_films(django_assert_max_num_queries):
    make_heat()
    with django_assert_max_num_queries(2):
        home()
    make_movies(range(1, 60))
    with django_assert_max_num_queries(2):
        assert home().count('class="poster hue') == 18


def test_no_script_or_style_is_inline():
    make_heat()
    text = home()
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert " onerror=" not in text
