"""Kept bodies of a read that depends on the reader's language, and on parameters with several spellings."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web.cached import Rule, first_level, kept


class Rendered(HttpResponse):
    """As DRF's response: made when it is asked to be."""

    def render(self):
        return self


class Told:
    """A view that says what it was asked, or always the same, and remembers its calls."""

    def __init__(self, same=""):
        self.same, self.asked = same, []

    def __call__(self, request):
        self.asked.append(request.META["QUERY_STRING"])
        return Rendered(self.same or f"{self.asked[-1]} in {chosen(request)}", content_type="application/json")


def chosen(request):
    """French for whoever begins with it, else English."""
    return "fr" if request.META.get("HTTP_ACCEPT_LANGUAGE", "").startswith("fr") else "en"


def get(view, query="", language="", **headers):
    return view(RequestFactory().get(f"/api/thing?{query}", headers={"accept-language": language, **headers}))


def test_values_that_mean_the_same_share_a_body():
    told = Told()
    answer = kept(told, Rule(60, params=("page", "region"), written={"region": str.upper}))
    assert get(answer, "region=fr&page=a").content == get(answer, "page=a&region=FR").content
    assert told.asked == ["page=a&region=FR"]
    get(answer, "page=A&region=FR")
    assert told.asked == ["page=a&region=FR", "page=A&region=FR"]


def test_each_language_has_its_own_body():
    told = Told()
    answer = kept(told, Rule(60, language=chosen))
    french, english = get(answer, language="fr"), get(answer)
    assert (french.content, english.content) == (b" in fr", b" in en")
    assert (french["Content-Language"], english["Content-Language"]) == ("fr", "en")
    first_level.clear()
    assert get(answer, language="fr").content == french.content
    assert len(told.asked) == 2


def test_a_thousand_headers_make_no_more_bodies_than_there_are_languages():
    told = Told()
    answer = kept(told, Rule(60, language=chosen))
    french, english = get(answer, language="fr").content, get(answer).content
    for number in range(1_000):
        assert get(answer, language=f"fr-{number}").content == french
        assert get(answer, language=f"x-{number}").content == english
    assert len(told.asked) == 2
    assert len(first_level._rows) == 2
    first_level.clear()
    get(answer, language="fr, never seen before")
    assert len(told.asked) == 2


def test_a_language_that_changes_nothing_is_told_apart_all_the_same():
    answer = kept(Told(same="{}"), Rule(60, language=chosen))
    french, english = get(answer, language="fr"), get(answer)
    assert french.content == english.content
    assert french["ETag"] != english["ETag"]
    unchanged = get(answer, language="fr", **{"if-none-match": french["ETag"]})
    assert (unchanged.status_code, unchanged["Content-Language"]) == (304, "fr")
    assert get(answer, **{"if-none-match": french["ETag"]}).status_code == 200


@pytest.mark.parametrize("language", [None, chosen])
def test_readers_caches_are_told_what_a_body_depends_on(language):
    response = get(kept(Told(), Rule(60, language=language)))
    assert ("Accept-Language" in response["Vary"]) is (language is not None)
    assert "Accept-Encoding" in response["Vary"]
    assert ("Content-Language" in response) is (language is not None)
