"""For whom a page speaks: language and region of a reader, and the names of places."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from catalog.models import Region
from catalog.places import country_name, covered, language_name, spoken_languages
from catalog.readers import REGION_COOKIE, page_language, page_region, remember_region


def asking(query="", user=None, cookie=None, **headers):
    request = RequestFactory(headers=headers).get(f"/{query}")
    request.user = user or AnonymousUser()
    if cookie is not None:
        request.COOKIES[REGION_COOKIE] = cookie
    return request


class Member(AnonymousUser):
    is_authenticated = True

    def __init__(self, region="", language=""):
        self.region, self.language = region, language


@pytest.mark.parametrize(
    ("request_", "region"),
    [
        (asking(), "US"),
        (asking("?region=fr"), "FR"),
        (asking("?region=FRA", cookie="DE"), "DE"),
        (asking("?region=%D0%A4%D0%A0"), "US"),
        (asking(cookie="de"), "DE"),
        (asking(cookie="<b>"), "US"),
        (asking(cookie="", user=Member("CH")), "CH"),
        (asking("?region=FR", user=Member("CH")), "FR"),
        (asking(cookie="DE", user=Member("CH")), "CH"),
        (asking(user=Member("")), "US"),
        (asking(**{"Accept-Language": "de-AT,en;q=0.5"}), "AT"),
        (asking(**{"Accept-Language": "de"}), "US"),
        (asking(**{"Accept-Language": "zh-Hant"}), "US"),
        (asking(**{"Accept-Language": "-,;q=x" * 500}), "US"),
        (asking(cookie="FR", **{"Accept-Language": "de-AT"}), "FR"),
    ],
)
def test_the_region_is_the_nearest_that_is_told(request_, region):
    assert page_region(request_) == region


@pytest.mark.parametrize(
    ("request_", "language"),
    [
        (asking(), "en"),
        (asking(**{"Accept-Language": "fr-FR"}), "fr"),
        (asking(user=Member(language="de"), **{"Accept-Language": "fr"}), "de"),
        (asking(user=Member(language="tlh"), **{"Accept-Language": "fr"}), "fr"),
        (asking(user=Member(), **{"Accept-Language": "xx"}), "en"),
    ],
)
def test_the_language_is_the_members_else_the_browsers(request_, language):
    assert page_language(request_) == language


@pytest.mark.parametrize(
    ("request_", "is_kept"),
    [
        (asking("?region=FR"), True),
        (asking(), False),
        (asking("?region=FR", cookie="FR"), False),
        (asking("?region=FR", user=Member("CH")), False),
    ],
)
def test_a_strangers_choice_is_kept_in_the_browser_and_nothing_else_is(request_, is_kept):
    response = remember_region(request_, HttpResponse(), page_region(request_))
    assert (REGION_COOKIE in response.cookies) is is_kept
    if is_kept:
        assert response.cookies[REGION_COOKIE]["httponly"]
        assert response.cookies[REGION_COOKIE]["samesite"] == "Lax"


@pytest.mark.django_db
def test_places_are_named_and_read_once_an_hour(django_assert_num_queries):
    Region.objects.create(code="FR", name="France", has_streaming=True)
    Region.objects.create(code="AQ", name="Antarctica")
    with django_assert_num_queries(1):
        assert country_name("FR") == "France"
        assert country_name("XX") == "XX"
        assert covered("FR") == [("FR", "France")]
    assert covered("AQ") == [("AQ", "Antarctica"), ("FR", "France")]
    assert covered("XX") == [("XX", "XX"), ("FR", "France")]


def test_languages_are_named_in_the_language_of_the_page():
    assert (language_name("fr"), language_name("xx")) == ("French", "xx")
    with translation.override("fr"):
        assert language_name("fr") == "Français"
        assert ("de", "Allemand") in spoken_languages()
    assert ("de", "German") in spoken_languages()
