"""The stand-in's bodies beside the real ones, recorded: no key of TMDB's is missing, and none has another type."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.tests.standin_calls import ask
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.embedded

RECORDED = Path(__file__).resolve().parents[3] / "shared/data/tmdb/responses"
# Parts that the service no longer sends, or that the stand-in leaves out because nothing asks for them.
NOT_SERVED = {"reviews", "lists", "changes", "account_states", "media_type"}
ROUTES = {
    "/movie/155": "movie/GET_movie_550_details__c-eg.json",
    "/movie/155/credits": "movie/GET_movie_550_credits__c-eg.json",
    "/movie/155/keywords": "movie/GET_movie_550_keywords__c-eg.json",
    "/movie/155/images": "movie/GET_movie_550_images__c-eg.json",
    "/movie/155/videos": "movie/GET_movie_550_videos__c-eg.json",
    "/movie/155/release_dates": "movie/GET_movie_550_release_dates__c-eg.json",
    "/movie/155/external_ids": "movie/GET_movie_550_external_ids__c-eg.json",
    "/movie/155/translations": "movie/GET_movie_550_translations__c-eg.json",
    "/movie/155/alternative_titles": "movie/GET_movie_550_alternative_titles__c-eg.json",
    "/movie/155/recommendations": "movie/GET_movie_recommendations__c-eg.json",
    "/movie/155/similar": "movie/GET_movie_similar__c-eg.json",
    "/movie/popular": "lists/GET_movie_popular__c-eg.json",
    "/movie/top_rated": "lists/GET_movie_top_rated__c-eg.json",
    "/movie/now_playing": "lists/GET_movie_now_playing__c-eg.json",
    "/movie/upcoming": "lists/GET_movie_upcoming__c-eg.json",
    "/trending/movie/week": "lists/GET_trending_movies__c-eg.json",
    "/discover/movie": "lists/GET_discover_movies__c-eg.json",
    "/movie/changes": "lists/GET_changes_movie_list__c-eg.json",
    "/search/movie?query=dark": "search/GET_search_movie__c-eg.json",
    "/find/tt0468569?external_source=imdb_id": "reference/GET_find_movie_results__c-eg.json",
    "/genre/movie/list": "reference/GET_genre_movie_list__language=en__18Months.json",
    "/configuration": "reference/GET_configuration_details__c-eg.json",
    "/configuration/countries": "reference/GET_configuration_countries__c-eg.json",
    "/configuration/languages": "reference/GET_configuration_languages__c-eg.json",
    "/watch/providers/movie": "reference/GET_watch_providers_movie_providers__c-eg.json",
    "/watch/providers/regions": "reference/GET_watch_providers_available_regions__c-eg.json",
    "/person/525": "tv_person_other/GET_person_12312_details__c-eg.json",
    "/person/525/movie_credits": "tv_person_other/GET_person_31_movie_credits__c-eg.json",
    "/collection/263": "reference/GET_collection_10_details__c-eg.json",
}


@pytest.fixture(scope="module")
def standin():
    with StandIn() as standin:
        standin.put_film({"id": 1, "title": "Changed"})
        yield standin


@pytest.mark.parametrize(("path", "file"), ROUTES.items())
def test_a_body_has_the_shape_of_the_recorded_one(standin, path, file):
    if not RECORDED.is_dir():
        pytest.skip("the recorded responses (../shared/data) are not here")
    real = json.loads((RECORDED / file).read_text(encoding="utf-8"))
    assert differences(real, ask(standin, path).json()) == []


def test_offers_have_the_shape_of_the_recorded_ones(standin):
    if not RECORDED.is_dir():
        pytest.skip("the recorded responses (../shared/data) are not here")
    standin.set_offers(155, {"US": {kind: [8] for kind in ("flatrate", "free", "ads", "rent", "buy")}})
    real = json.loads((RECORDED / "movie/GET_movie_550_watch_providers__c-eg.json").read_text(encoding="utf-8"))
    ours = ask(standin, "/movie/155/watch/providers").json()
    assert differences(real["results"]["US"], ours["results"]["US"]) == []


def test_an_error_has_the_shape_of_the_recorded_one(standin):
    error = ask(standin, "/movie/0").json()
    assert error == {
        "success": False,
        "status_code": 34,
        "status_message": "The resource you requested could not be found.",
    }


def differences(real: Any, ours: Any, at: str = "") -> list[str]:
    """Where our body lacks a key of the real one, has one too many, or a value of another type.

    Lists are compared by their first element; null is allowed on either side, and an integer for a real number.
    """
    if real is None or ours is None:
        return []
    if isinstance(real, dict) and isinstance(ours, dict):
        apart = (set(real) ^ set(ours)) - NOT_SERVED if not _is_keyed_by_data(real) else set()
        within = [differences(real[key], ours[key], f"{at}.{key}") for key in set(real) & set(ours)]
        return [f"{at}.{key}" for key in sorted(apart)] + [found for part in within for found in part]
    if isinstance(real, list) and isinstance(ours, list):
        return differences(real[0], ours[0], f"{at}[]") if real and ours else []
    same = isinstance(ours, type(real)) or {type(real), type(ours)} == {int, float}
    return [] if same else [f"{at}: {type(ours).__name__} for {type(real).__name__}"]


def _is_keyed_by_data(body: dict[str, Any]) -> bool:
    return bool(body) and all(len(key) == 2 and key.isupper() for key in body)
