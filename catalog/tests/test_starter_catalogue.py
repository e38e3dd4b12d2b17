import os
from collections import Counter
from datetime import date

import pytest

from catalog.starter.catalogue import DATA_FILE, read_catalogue, stream_catalogue

SENTENCES = {"overview", "tagline", "homepage", "biography"}


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


@pytest.fixture(scope="module")
def films(catalogue):
    return list(catalogue.films.values())


def test_the_file_stays_small_enough_to_commit():
    assert DATA_FILE.stat().st_size <= 1_500_000


def test_there_are_at_least_1500_films(films):
    assert len(films) >= 1_500


def test_every_decade_since_the_1910s_is_there(films):
    decades = {int(film["release_date"][:3]) for film in films}
    assert decades == set(range(191, 203))


def test_there_are_many_films_of_the_classic_decades(films):
    assert sum(film["release_date"] < "1970" for film in films) >= 100
    assert sum("1970" <= film["release_date"] < "2000" for film in films) >= 400


def test_at_least_25_languages_have_several_films_each(films):
    languages = Counter(film["original_language"] for film in films)
    assert sum(number >= 3 for number in languages.values()) >= 25
    assert sum(languages.values()) - languages["en"] >= 300


def test_there_is_nothing_but_facts():
    assert not [record for _, record in stream_catalogue() if SENTENCES & set(record)]


def test_every_id_stands_for_one_record():
    records = [(kind, record["id"]) for kind, record in stream_catalogue() if kind != "reference"]
    assert len(records) == len(set(records))


def test_everyone_credited_has_a_name(catalogue, films):
    credited = {credit[0] for film in films for credit in [*film["cast"], *film["crew"]]}
    assert credited == set(catalogue.people)
    assert all(person["name"].strip() for person in catalogue.people.values())


def test_most_films_name_their_director_and_cast(films):
    assert sum(bool(film["cast"]) for film in films) > len(films) / 2
    assert all(len(film["cast"]) <= 30 for film in films)
    directed = [film for film in films if any(job == "Director" for _, _, job in film["crew"])]
    assert len(directed) > len(films) / 2


def test_crew_are_directors_and_writers_and_each_job_is_told_once(films):
    for film in films:
        assert all(department == "Writing" or job == "Director" for _, department, job in film["crew"])
        assert len({(person, job) for person, _, job in film["crew"]}) == len(film["crew"])


def test_text_has_no_stray_white_space(catalogue, films):
    texts = [person["name"] for person in catalogue.people.values()]
    texts += [text for film in films for text in (film["title"], film["original_title"])]
    texts += [character for film in films for _, character in film["cast"]]
    assert not [text for text in texts if text != " ".join(text.split())]


def test_what_films_refer_to_is_there(catalogue, films):
    reference = catalogue.reference
    assert {genre for film in films for genre in film["genre_ids"]} <= {row["id"] for row in reference["genres"]}
    assert {word for film in films for word in film["keywords"]} == {row[0] for row in reference["keywords"]}
    assert {film["collection"] for film in films} - {None} == {row["id"] for row in reference["collections"]}
    codes = {row["iso_639_1"] for row in reference["languages"]}
    assert {film["original_language"] for film in films} <= codes


def test_dates_are_dates_and_some_films_are_still_to_come(catalogue, films):
    as_of = date.fromisoformat(catalogue.reference["as_of"])
    assert any(date.fromisoformat(film["release_date"]) > as_of for film in films)


def test_providers_and_regions_are_there_for_the_streaming_filters(catalogue):
    assert {"US", "GB", "DE", "JP"} <= set(catalogue.reference["regions"])
    netflix = next(row for row in catalogue.reference["providers"] if row["provider_id"] == 8)
    assert netflix["provider_name"] == "Netflix"
    assert netflix["logo_path"].startswith("/")


def test_a_rebuild_gives_the_committed_bytes(tmp_path):
    data = DATA_FILE.parents[3] / "shared/data"
    if not (data / "tmdb").is_dir() or not os.environ.get("REBUILD_STARTER"):
        pytest.skip("needs ../shared/data, and REBUILD_STARTER=1 since it takes a quarter of a minute")
    from catalog.starter.build import build

    build(data, tmp_path / "again.xz")
    assert (tmp_path / "again.xz").read_bytes() == DATA_FILE.read_bytes()
