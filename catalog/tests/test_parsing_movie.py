"""A film's body into rows: what is kept, what is left out, and what is no film at all."""

from datetime import date

import pytest

from catalog.sync.parsing import UnreadableMovie, read_movie
from catalog.sync.parsing.movie import weighted_rating
from catalog.tests.reading import columns, person, read


def test_a_whole_body_gives_its_columns():
    told = columns(
        original_title="Sept",
        original_language="fr",
        overview="A film.\nOf two lines.",
        release_date="1995-12-15",
        runtime=170,
        budget=60_000_000,
        revenue=187_436_818,
        production_countries=[{"iso_3166_1": "US", "name": "United States"}, {"iso_3166_1": "US"}, {"name": "?"}],
        spoken_languages=[{"iso_639_1": "en"}, {"iso_639_1": "xx"}],
        poster_path="/a.jpg",
        imdb_id="tt0113277",
        vote_average=7.9,
        vote_count=7000,
        video=True,
    )
    assert (told["original_title"], told["overview"]) == ("Sept", "A film.\nOf two lines.")
    assert told["released_on"] == date(1995, 12, 15)
    assert (told["runtime"], told["budget"], told["revenue"]) == (170, 60_000_000, 187_436_818)
    assert (told["countries"], told["languages"]) == (["US"], ["en", "xx"])
    assert (told["poster_path"], told["backdrop_path"], told["imdb_id"]) == ("/a.jpg", "", "tt0113277")
    assert (told["tmdb_vote_average"], told["tmdb_vote_count"]) == (7.9, 7000)
    assert (told["is_adult"], told["is_video"]) == (False, True)
    assert told["search_key"] == "|seven|sept|"


def test_unknowns_are_not_values():
    told = columns(
        release_date="", runtime=0, budget=0, revenue=0, poster_path=None, overview=None, imdb_id="", tagline=None
    )
    assert [told[name] for name in ("released_on", "runtime", "budget", "revenue")] == [None] * 4
    assert [told[name] for name in ("poster_path", "overview", "imdb_id", "tagline")] == [""] * 4


def test_a_body_from_another_year_lacks_keys_or_has_more():
    bare = read_movie({"id": 7, "title": "Seven"}, 7)
    assert bare.columns["original_title"] == "Seven"
    assert not any(bare.parts.values())
    assert read(softcore=False, releases={"countries": []}, trailers={"youtube": []}).digest == bare.digest


@pytest.mark.parametrize(
    "body", [None, [], "text", 5, {}, {"id": None}, {"id": 8}, {"id": True}, {"id": [7]}, {"id": 7.5}]
)
def test_what_is_not_the_asked_film_is_unreadable(body):
    with pytest.raises(UnreadableMovie):
        read_movie(body if not isinstance(body, dict) else {"title": "Seven"} | body, 7)


@pytest.mark.parametrize("title", ["", "   ", None, "\x00\x01", [], {}])
def test_a_film_without_any_title_is_unreadable(title):
    with pytest.raises(UnreadableMovie):
        read_movie({"id": 7, "title": title, "original_title": title}, 7)


def test_the_original_title_stands_in_for_a_missing_one():
    assert read_movie({"id": 7, "title": "", "original_title": "Sept"}, 7).columns["title"] == "Sept"


def test_the_digest_tells_a_change_and_nothing_else():
    cast = [person(1, character="A"), person(2, character="B")]
    before = read(credits={"cast": cast}, genres=[{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
    same = read(genres=[{"id": 2, "name": "y"}, {"id": 1, "name": "x"}], credits={"cast": cast}, new_key=1)
    other = read(credits={"cast": [cast[0] | {"profile_path": "/new.jpg"}, cast[1]]}, genres=[])
    assert before.digest == same.digest
    assert before.digest != other.digest


def test_a_rating_by_few_is_drawn_towards_the_mean():
    assert weighted_rating(10.0, 1) < weighted_rating(8.0, 5000)
    assert weighted_rating(8.0, 1_000_000) == pytest.approx(8.0, abs=0.01)
    assert weighted_rating(9.0, 0) == 0
