"""TMDB's own lists."""

import threading

import pytest
from django.db import connection

from catalog.models import ChartEntry, Movie
from catalog.sync import Wanted, fetch_charts, refresh_charts, run, store_trending
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.django_db
TRENDING = "/trending/movie/week"


def chart():
    return list(ChartEntry.objects.order_by("position").values_list("movie_id", flat=True))


def test_trending_is_in_tmdbs_order_and_its_films_are_held(tmdb, client_of):
    refresh_charts()
    told = [key for page in range(1, 6) for key in client_of(tmdb).page(TRENDING, page)[0]]
    assert chart() == told
    assert [entry.position for entry in ChartEntry.objects.order_by("position")] == list(range(100))


def test_the_first_pages_of_the_other_lists_are_held(tmdb, client_of):
    refresh_charts()
    for path in ("/movie/popular", "/movie/now_playing", "/movie/upcoming"):
        ids = client_of(tmdb).page(path, 1)[0]
        assert Movie.objects.filter(pk__in=ids, synced_at__isnull=False).count() == len(ids)


def test_a_new_chart_replaces_the_old(tmdb, client_of):
    refresh_charts()
    first = chart()[0]
    tmdb.remove_film(first)
    refresh_charts()
    assert first not in chart()
    assert len(chart()) == 100


def test_a_film_that_vanishes_after_the_list_has_no_place(tmdb, client_of):
    first = client_of(tmdb).page(TRENDING, 1)[0][0]
    tmdb.faults.add(first, "vanish")
    refresh_charts()
    assert first not in chart()
    assert list(ChartEntry.objects.order_by("position").values_list("position", flat=True)) == list(range(99))


def test_a_list_that_was_not_had_whole_changes_nothing(tmdb, client_of):
    refresh_charts()
    before = chart()
    tmdb.faults.add(TRENDING, "html500", 3)
    client = client_of(tmdb)
    charts = fetch_charts(client)
    assert charts.lost_pages == 1
    run(client, Wanted(unless_fresh=charts.films))
    assert store_trending(charts) == 0
    assert chart() == before


def test_a_short_list_is_read_to_its_end(client_of):
    with StandIn(films=[{"id": key, "title": f"Film {key}", "popularity": key} for key in range(1, 26)]) as tmdb:
        charts = fetch_charts(client_of(tmdb))
        assert len(charts.trending) == 25
        assert [call.query["page"] for call in tmdb.calls if call.path == TRENDING] == ["1", "2"]


@pytest.mark.django_db(transaction=True)
def test_two_first_charts_at_once_leave_one_whole(tmdb, client_of):
    charts = fetch_charts(client_of(tmdb))
    run(client_of(tmdb), Wanted(unless_fresh=charts.films))
    counts = []

    def write():
        try:
            counts.append(store_trending(charts))
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert counts == [100] * 4
    assert chart() == charts.trending
