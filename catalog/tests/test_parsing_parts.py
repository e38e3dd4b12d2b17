"""The parts of a film's body into rows; a malformed entry is left out, the rest stays."""

from datetime import UTC, date, datetime

from catalog.sync.parsing.rows import (
    CollectionRow,
    CreditRow,
    GenreLink,
    GenreRow,
    KeywordRow,
    OfferRow,
    PersonRow,
    ProviderRow,
    ReleaseRow,
    TitleRow,
    VideoRow,
)
from catalog.tests.reading import columns, parts, person, read


def test_the_first_thirty_of_the_cast_stand_in_their_order():
    cast = [person(number, order=99 - number, character=f"Role {number}") for number in range(1, 41)]
    kept = parts(CreditRow, credits={"cast": cast, "crew": []})
    assert len(kept) == 30
    assert kept[0] == CreditRow(40, "cast", 0, "", "Role 40")
    assert [row.position for row in kept] == list(range(30))


def test_one_who_is_listed_twice_plays_both():
    cast = [
        person(1, character="Jekyll"),
        person(2, character="Maid"),
        person(1, character="Hyde"),
        person(1, character="Hyde"),
    ]
    assert parts(CreditRow, credits={"cast": cast}) == [
        CreditRow(1, "cast", 0, "", "Jekyll / Hyde"),
        CreditRow(2, "cast", 1, "", "Maid"),
    ]


def test_all_directors_and_all_writers_are_kept_directors_first():
    crew = [
        person(1, department="Writing", job="Characters"),
        person(2, department="Camera", job="Director of Photography"),
        person(3, department="Directing", job="Director"),
        person(3, department="Writing", job="Screenplay"),
        person(3, department="Writing", job="Screenplay"),
        person(4, department="Directing", job="Director"),
        person(5, department="Crew", job="Novel"),
    ]
    assert [(row.person_id, row.position, row.job) for row in parts(CreditRow, credits={"crew": crew})] == [
        (3, 0, "Director"),
        (4, 1, "Director"),
        (1, 2, "Characters"),
        (3, 3, "Screenplay"),
        (5, 4, "Novel"),
    ]


def test_a_malformed_person_is_left_out():
    cast = [
        person(0),
        person(-1),
        person(2**31),
        person("9"),
        person(None),
        {"id": 5},
        person(6, name=""),
        "text",
        None,
        [],
    ]
    read_people = read(credits={"cast": cast}).shared[PersonRow]
    assert read_people == [PersonRow(9, "Someone", "Acting", "", 1.5)]


def test_named_rows_are_kept_once():
    genres = [
        {"id": 80, "name": "Crime"},
        {"id": 18, "name": "Drama"},
        {"id": 80, "name": "Again"},
        {"id": 3},
        {"name": "x"},
    ]
    facts = read(genres=genres, keywords={"keywords": [{"id": 642, "name": "robbery"}] * 2})
    assert facts.shared[GenreRow] == [GenreRow(18, "Drama"), GenreRow(80, "Crime")]
    assert facts.parts[GenreLink] == [GenreLink(18), GenreLink(80)]
    assert facts.shared[KeywordRow] == [KeywordRow(642, "robbery")]


def test_the_collection_is_a_row_of_its_own():
    facts = read(belongs_to_collection={"id": 10, "name": "Trilogy", "poster_path": "/p.jpg", "backdrop_path": None})
    assert facts.shared[CollectionRow] == [CollectionRow(10, "Trilogy", "/p.jpg", "")]
    assert facts.columns["collection_id"] == 10
    assert columns(belongs_to_collection={"id": 10})["collection_id"] is None


def test_translations_that_say_nothing_are_left_out():
    def entry(language, country, **data):
        return {"iso_639_1": language, "iso_3166_1": country, "data": {"title": "", "overview": ""} | data}

    translations = [
        entry("fr", "FR", title="Sept"),
        entry("fr", "FR", title="Encore"),
        entry("pt", "BR", title="Sete"),
        entry("pt", "PT", overview="Um filme."),
        entry("de", "DE"),
        entry("de", "AT", homepage="https://example.org"),
        entry("", "US", title="Nothing"),
        {"iso_639_1": "it", "iso_3166_1": "IT", "data": []},
    ]
    facts = read(translations={"translations": translations})
    assert facts.parts[TitleRow] == [
        TitleRow("fr", "FR", "Sept", "", ""),
        TitleRow("pt", "BR", "Sete", "", ""),
        TitleRow("pt", "PT", "", "Um filme.", ""),
    ]
    assert facts.columns["search_key"] == "|seven|sept|sete|"


def test_videos_are_the_trailers_of_sites_that_can_be_linked_to():
    def video(key, **more):
        return {
            "site": "YouTube",
            "key": key,
            "type": "Trailer",
            "name": "T",
            "iso_639_1": "en",
            "iso_3166_1": "US",
        } | more

    results = [
        video("a", official=True, published_at="2021-03-01T17:00:07.000Z"),
        video("a", name="again"),
        video("b", site="Vimeo", type="Teaser", published_at="2015-01-01 10:00:00 UTC"),
        video("c", type="Bloopers"),
        video("d", site="Elsewhere"),
        video(""),
        video(None),
    ]
    assert parts(VideoRow, videos={"results": results}) == [
        VideoRow("YouTube", "a", "Trailer", "T", "en", "US", True, datetime(2021, 3, 1, 17, 0, 7, tzinfo=UTC)),
        VideoRow("Vimeo", "b", "Teaser", "T", "en", "US", False, datetime(2015, 1, 1, 10, tzinfo=UTC)),
    ]


def test_release_dates_keep_the_one_that_has_a_certification():
    def release(kind, day, certification="", note=""):
        return {"type": kind, "release_date": f"{day}T00:00:00.000Z", "certification": certification, "note": note}

    us = [
        release(3, "1995-12-15"),
        release(3, "1995-12-15", "R"),
        release(4, "1999-01-01", note="HBO"),
        release(9, "1995-12-15"),
    ]
    odd = [
        {"iso_3166_1": "USA", "release_dates": us},
        {"iso_3166_1": "FR", "release_dates": [release(3, "9999-99-99")]},
        "text",
    ]
    assert parts(ReleaseRow, release_dates={"results": [{"iso_3166_1": "US", "release_dates": us}, *odd]}) == [
        ReleaseRow("US", 3, date(1995, 12, 15), "R", ""),
        ReleaseRow("US", 4, date(1999, 1, 1), "", "HBO"),
    ]


def test_offers_tell_region_service_and_kind():
    netflix = {"provider_id": 8, "provider_name": "Netflix", "logo_path": "/n.jpg", "display_priority": 3}
    us = {"link": "https://example.org/us", "flatrate": [netflix, netflix], "rent": [netflix], "new_kind": [netflix]}
    facts = read(
        **{"watch/providers": {"results": {"US": us, "usa": us, "FR": [], "DE": {"buy": [{"provider_id": 9}]}}}}
    )
    assert facts.shared[ProviderRow] == [ProviderRow(8, "Netflix", "/n.jpg", 3)]
    assert facts.parts[OfferRow] == [
        OfferRow("US", 8, "flatrate", "https://example.org/us"),
        OfferRow("US", 8, "rent", "https://example.org/us"),
    ]
