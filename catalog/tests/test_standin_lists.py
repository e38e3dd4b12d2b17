import gzip
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from catalog.tests.standin_calls import ask, ids
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.embedded

LONG_LISTS = ["/movie/popular", "/movie/top_rated", "/trending/movie/day", "/trending/movie/week", "/discover/movie"]
LISTS = [*LONG_LISTS, "/movie/now_playing", "/movie/upcoming"]
THE_DARK_KNIGHT = 155
TODAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def standin():
    with StandIn() as standin:
        yield standin


@pytest.fixture
def three():
    """A film from each side of today, and one long past."""
    dates = {1: "1994-01-01", 2: "2024-05-20", 3: "2024-07-01"}
    films = [{"id": number, "title": f"Film {number}", "release_date": day} for number, day in dates.items()]
    with StandIn(films=films, today=TODAY) as standin:
        yield standin


@pytest.mark.parametrize("path", LONG_LISTS)
def test_a_long_list_comes_in_pages_that_do_not_overlap(standin, path):
    first, second = ids(standin, path), ids(standin, path, page=2)
    assert len(first) == 20
    assert second
    assert not set(first) & set(second)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_films(standin, path):
    assert ids(standin, path)


def test_all_pages_together_are_all_films(standin):
    pages = ask(standin, "/movie/popular").json()["total_pages"]
    found = [number for page in range(1, pages + 1) for number in ids(standin, "/movie/popular", page=page)]
    assert sorted(found) == sorted(standin.films)


def test_a_page_behind_the_last_is_empty(standin):
    assert ask(standin, "/movie/popular", page=500).json()["results"] == []


@pytest.mark.parametrize("page", ["0", "501", "-1", "abc", "1.5", "", "²"])
@pytest.mark.parametrize("path", ["/movie/popular", "/movie/changes", "/search/movie"])
def test_a_page_outside_1_to_500_is_refused(standin, path, page):
    answer = ask(standin, path, page=page)
    assert (answer.status_code, answer.json()["status_code"]) == (400, 22)


def test_popular_films_come_by_popularity_and_top_rated_by_votes(standin):
    popularity = [row["popularity"] for row in ask(standin, "/movie/popular").json()["results"]]
    best = ask(standin, "/movie/top_rated").json()["results"]
    assert popularity == sorted(popularity, reverse=True)
    assert [row["vote_average"] for row in best] == sorted((row["vote_average"] for row in best), reverse=True)
    assert all(row["vote_count"] >= 200 for row in best)


def test_playing_and_coming_films_go_by_the_day(three):
    assert ids(three, "/movie/now_playing") == [2]
    assert ids(three, "/movie/upcoming") == [3]
    assert ask(three, "/movie/now_playing").json()["dates"]["maximum"] == "2024-06-01"


def test_changes_tell_what_was_put_in_and_taken_out(three):
    three.put_film({"id": 9, "title": "New", "adult": True})
    three.remove_film(1)
    three.remove_film(2, is_announced=False)
    rows = {row["id"]: row["adult"] for row in ask(three, "/movie/changes").json()["results"]}
    assert rows == {9: True, 1: None}


def test_changes_keep_to_their_window(three):
    today = datetime.now(UTC).date()
    three.put_film({"id": 9, "title": "Old News"}, changed_on=today - timedelta(days=5))
    assert ids(three, "/movie/changes") == []
    window = {"start_date": today - timedelta(days=6), "end_date": today - timedelta(days=5)}
    assert ids(three, "/movie/changes", **window) == [9]


def test_changes_come_a_hundred_a_page(three):
    for number in range(100, 250):
        three.put_film({"id": number, "title": f"Film {number}"})
    pages = [ids(three, "/movie/changes", page=page) for page in (1, 2)]
    assert [len(page) for page in pages] == [100, 50]
    assert len(set(pages[0]) | set(pages[1])) == 150


@pytest.mark.parametrize(
    ("window", "status", "code"),
    [
        ({"start_date": "2024-01-01", "end_date": "2024-01-16"}, 422, 20),
        ({"start_date": "2024-01-02", "end_date": "2024-01-01"}, 422, 20),
        ({"start_date": "yesterday"}, 400, 23),
        ({"start_date": "2024-01-01", "end_date": "2024-01-15"}, 200, None),
    ],
)
def test_a_change_window_has_14_days_at_the_most(three, window, status, code):
    answer = ask(three, "/movie/changes", **window)
    assert (answer.status_code, answer.json().get("status_code")) == (status, code)


def test_search_takes_beginnings_of_words_without_accents_in_both_titles(standin):
    titles = {row["title"] for row in ask(standin, "/search/movie", query="amelie").json()["results"]}
    assert "Amélie" in titles
    assert THE_DARK_KNIGHT in ids(standin, "/search/movie", query="DARK knig")
    assert ids(standin, "/search/movie", query="dark knight", year=2008) == [THE_DARK_KNIGHT]
    assert ids(standin, "/search/movie", query="") == []


def test_discover_filters_and_orders(standin):
    query = {"with_genres": "18,80", "with_original_language": "fr|it", "vote_count.gte": 100}
    rows = ask(standin, "/discover/movie", **query, sort_by="primary_release_date.asc").json()["results"]
    assert rows
    assert all({18, 80} <= set(row["genre_ids"]) for row in rows)
    assert all(row["original_language"] in {"fr", "it"} and row["vote_count"] >= 100 for row in rows)
    assert [row["release_date"] for row in rows] == sorted(row["release_date"] for row in rows)


def test_discover_knows_years_people_and_providers():
    with StandIn() as standin:
        standin.set_offers(THE_DARK_KNIGHT, {"DE": {"flatrate": [8]}})
        assert THE_DARK_KNIGHT in ids(standin, "/discover/movie", primary_release_year=2008, with_people=525)
        assert ids(standin, "/discover/movie", with_watch_providers="8|9", watch_region="DE") == [THE_DARK_KNIGHT]
        assert ids(standin, "/discover/movie", with_watch_providers="8", watch_region="US") == []


def test_discover_refuses_what_it_cannot_read(standin):
    assert ask(standin, "/discover/movie", sort_by="sideways").json()["status_code"] == 5
    assert ask(standin, "/discover/movie", **{"vote_count.gte": "many"}).json()["status_code"] == 5


def test_find_tells_the_film_of_an_imdb_id(standin):
    found = ask(standin, "/find/tt0468569", external_source="imdb_id").json()["movie_results"]
    assert [row["id"] for row in found] == [THE_DARK_KNIGHT]
    assert ask(standin, "/find/tt0468569").status_code == 422


def test_a_regions_providers_come_in_its_own_order(standin):
    rows = ask(standin, "/watch/providers/movie", watch_region="DE").json()["results"]
    order = [row["display_priorities"]["DE"] for row in rows]
    assert order == sorted(order)
    assert len(rows) < len(ask(standin, "/watch/providers/movie").json()["results"])


def test_the_daily_export_lists_every_film_and_asks_for_no_token(standin):
    answer = requests.get(f"{standin.exports_url}/movie_ids_05_15_2024.json.gz", timeout=5)
    rows = [json.loads(line) for line in gzip.decompress(answer.content).splitlines()]
    assert sorted(row["id"] for row in rows) == sorted(standin.films)
    assert set(rows[0]) == {"adult", "id", "original_title", "popularity", "video"}
    assert requests.get(f"{standin.exports_url}/movie_ids_13_40_2024.json.gz", timeout=5).status_code == 404
