"""Posters by language: what is asked of TMDB, what is kept of its answer, and what the stand-in gives."""

import pytest

from catalog.languages import POSTER_LANGUAGES
from catalog.models import Movie, Poster
from catalog.sync.parsing import read_movie
from catalog.sync.parsing.rows import PosterRow
from catalog.sync.storing import store
from catalog.tests.reading import parts
from catalog.tests.standin_calls import ask
from catalog.tests.test_sync_storing import NOW
from catalog.tmdb.client import MOVIE_PARAMS


def poster(path, language="fr", average=5.0, votes=1, **more):
    return {"file_path": f"/{path}.jpg", "iso_639_1": language, "vote_average": average, "vote_count": votes} | more


def read(*posters):
    return parts(PosterRow, images={"posters": list(posters)})


def test_the_best_of_each_language_is_kept():
    rows = [poster("low", average=5.1, votes=90), poster("high", average=5.4, votes=2), poster("de", "de", average=0)]
    assert read(*rows) == [PosterRow("fr", "/high.jpg"), PosterRow("de", "/de.jpg")]


def test_of_equals_more_votes_decide_and_then_tmdbs_order():
    rows = [poster("one"), poster("two", votes=3), poster("three", votes=3), poster("four", votes=1)]
    assert read(*rows) == [PosterRow("fr", "/two.jpg")]


def test_pictures_without_words_and_english_ones_are_left_out():
    assert read(poster("textless", None), poster("own", "en"), poster("odd", "xx"), poster("none", "")) == []


@pytest.mark.parametrize(
    "odd",
    [
        *(None, "text", [], {}, 5),
        poster("x", file_path=None),
        poster("x", file_path="//evil.example.org/x.jpg"),
        poster("x", language=["fr"]),
        poster("x", language="french"),
    ],
)
def test_a_malformed_poster_is_left_out(odd):
    assert read(odd, poster("good")) == [PosterRow("fr", "/good.jpg")]


@pytest.mark.parametrize("average", [None, "best", -1, float("nan"), [], True])
def test_a_poster_without_a_proper_average_is_the_last_choice(average):
    assert read(poster("odd", average=average, votes="many"), poster("good", average=0.1)) == [
        PosterRow("fr", "/good.jpg")
    ]
    assert read(poster("odd", average=average)) == [PosterRow("fr", "/odd.jpg")]


@pytest.mark.parametrize(
    "part", [None, "text", [], {}, {"posters": None}, {"posters": {}}, {"backdrops": [poster("x")]}]
)
def test_a_body_without_posters_has_none(part):
    assert parts(PosterRow, images=part) == []


@pytest.mark.django_db
def test_posters_are_stored_and_follow_what_tmdb_says(tmdb):
    shelf = tmdb.films[603]["images"]["posters"]
    shelf += [poster("a"), poster("b", "de")]
    store([read_movie(tmdb.films[603], 603)], NOW)
    assert set(Poster.objects.values_list("movie", "language", "path")) == {
        (603, "fr", "/a.jpg"),
        (603, "de", "/b.jpg"),
    }
    kept = Poster.objects.get(language="de").pk
    shelf.append(poster("better", average=9))
    store([read_movie(tmdb.films[603], 603)], NOW)
    assert dict(Poster.objects.values_list("language", "path")) == {"fr": "/better.jpg", "de": "/b.jpg"}
    assert Poster.objects.get(language="de").pk == kept
    Movie.objects.get(pk=603).delete()
    assert not Poster.objects.exists()


def test_a_films_posters_come_with_it_in_the_languages_that_are_kept(tmdb, client):
    languages = ["fr", "en", None, "xx"]
    tmdb.films[603]["images"]["posters"] = [poster(f"p{number}", code) for number, code in enumerate(languages)]
    tmdb.films[603]["images"]["backdrops"] = [poster("wide", None), poster("large", "fr")]
    told = client.movie(603)["images"]
    assert {kind: [row["iso_639_1"] for row in rows] for kind, rows in told.items()} == {
        "posters": ["fr"],
        "backdrops": ["fr"],
        "logos": [],
    }
    assert MOVIE_PARAMS["include_image_language"].split(",") == list(POSTER_LANGUAGES)


def test_the_stand_in_gives_pictures_in_the_languages_that_are_asked_for(tmdb):
    tmdb.films[603]["images"]["posters"].append(poster("fr"))

    def languages(kind, **query):
        return {row["iso_639_1"] for row in ask(tmdb, "/movie/603/images", **query).json()[kind]}

    assert languages("posters") == {"en", "fr"}
    assert languages("posters", include_image_language="fr,null") == {"fr"}
    assert languages("posters", language="fr-FR") == {"fr"}
    assert languages("posters", language="fr-FR", include_image_language="en") == {"en"}
    assert languages("backdrops", include_image_language="fr,null") == {None}
    assert languages("backdrops", include_image_language="fr") == set()


def test_videos_have_languages_of_their_own(tmdb, client):
    tmdb.films[603]["videos"]["results"] = [
        {"site": "YouTube", "type": "Trailer", "key": str(code), "iso_639_1": code} for code in ("en", None, "fr", "xx")
    ]
    told = client.movie(603)["videos"]["results"]
    assert [row["iso_639_1"] for row in told] == ["en", None, "fr"]
