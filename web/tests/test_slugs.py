"""Addresses that say what they lead to."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, path, reverse

from web.slugs import LONGEST_SLUG, led_to, numbered, numbered_under, slug_of


def told(request, **found):
    return HttpResponse(f"{found}")


urlpatterns = [
    *numbered("things", "thing_id", told, "thing"),
    *numbered_under("things", "thing_id", "parts", told, "parts"),
    path("things/<number:thing_id>/part", told, name="part"),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Matrix", "the-matrix"),
        ("Amélie & Co.", "amelie-co"),
        ("  --WALL·E--  ", "walle"),
        ("千と千尋", ""),
        ("...", ""),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("a/../b?c#d", "abcd"),
        ("", ""),
    ],
)
def test_a_slug_is_letters_digits_and_hyphens(title, slug):
    assert slug_of(title) == slug


def test_a_long_title_is_cut_and_not_left_with_a_hyphen():
    slug = slug_of("word " * 100)
    assert len(slug) <= LONGEST_SLUG
    assert not slug.endswith("-")
    assert not slug_of("x" * (LONGEST_SLUG - 1) + " more").endswith("-")


@pytest.mark.parametrize(
    ("arguments", "address"),
    [([603, "the-matrix"], "/things/603-the-matrix"), ([603, ""], "/things/603"), ([603], "/things/603")],
)
def test_an_address_is_made_with_words_and_without(arguments, address):
    assert reverse("thing", args=arguments) == address
    assert reverse("parts", args=arguments) == f"{address}/parts"


def test_what_is_no_number_has_no_address():
    for number in (0, -1, "x", 10**11):
        with pytest.raises(NoReverseMatch):
            reverse("thing", args=[number, "x"])


@pytest.mark.parametrize("way", ["603", "603-", "603-x", "603-" + "y" * 300, "603-ü", "603--x-"])
def test_any_words_lead_there(way):
    assert "'thing_id': 603" in Client().get(f"/things/{way}").text
    assert "'thing_id': 603" in Client().get(f"/things/{way}/parts").text


@pytest.mark.parametrize("way", ["0", "0603", "-603", "+603", "603x", "603.5", "x", "", "603-" + "y" * 301, "٦٠٣"])
def test_what_is_no_number_is_not_found(way):
    assert Client().get(f"/things/{way}").status_code == 404


def test_a_part_is_not_taken_for_words():
    assert Client().get("/things/603/part").text == "{'thing_id': 603}"


def test_who_is_elsewhere_is_led_to_the_one_address_with_the_same_query():
    ask = RequestFactory()
    assert led_to(ask.get("/things/603-x"), "/things/603-x") is None
    redirect = led_to(ask.get("/things/603?region=FR&b=%3Cb%3E"), "/things/603-x")
    assert (redirect.status_code, redirect["Location"]) == (301, "/things/603-x?region=FR&b=%3Cb%3E")
    assert led_to(ask.get("/things/603"), "/things/603-x")["Location"] == "/things/603-x"
