"""Where films can be seen, as a history: what is new, what stays, what leaves, and what was only mislaid."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Movie, Offer
from catalog.sync.offers import GAP
from catalog.sync.parsing import read_movie
from catalog.sync.storing import bury, store
from catalog.tests.reading import offered

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
DAY = timedelta(days=1)
US_FLATRATE = {"US": {"flatrate": [8]}}
US_BOTH = {"US": {"flatrate": [8], "rent": [2]}}
NOWHERE: dict = {}


def look(at, by_region, *ids, page="https://example.org/", **body):
    """Stores what TMDB says at a time of the offers of these films (of film 7, unless ids are given)."""
    bodies = [{"id": key, "title": f"Film {key}"} | offered(by_region, page=page) | body for key in ids or (7,)]
    stored = store([read_movie(each, each["id"]) for each in bodies], at)
    assert not stored.failed
    return stored


def look_without_word(at, part):
    """As `look`, of a body that has no proper list of offers."""
    body = {"id": 7, "title": "Film 7"} | ({} if part == "absent" else {"watch/providers": part})
    assert not store([read_movie(body, 7)], at).failed


def history(movie_id=7):
    """Kind, first and last day it was seen, and the day it left, all from Monday; in the order of their beginning."""
    rows = Offer.objects.filter(movie=movie_id).order_by("first_seen_at", "kind", "pk")
    return [
        (row.kind, *(at and (at - MONDAY) / DAY for at in (row.first_seen_at, row.last_seen_at, row.left_at)))
        for row in rows
    ]


def test_an_offer_that_is_there_for_the_first_time_begins_now():
    look(MONDAY, US_BOTH)
    assert history() == [("flatrate", 0, 0, None), ("rent", 0, 0, None)]


def test_one_that_is_still_there_was_seen_again():
    look(MONDAY, US_FLATRATE)
    stored = look(MONDAY + DAY, US_FLATRATE)
    assert stored.unchanged == [7]
    assert history() == [("flatrate", 0, 1, None)]
    look(MONDAY + 2 * DAY, US_BOTH)
    assert history() == [("flatrate", 0, 2, None), ("rent", 2, 2, None)]


def test_one_that_is_no_longer_there_left_and_is_kept():
    look(MONDAY, US_BOTH)
    look(MONDAY + DAY, US_FLATRATE)
    look(MONDAY + 2 * DAY, US_FLATRATE)
    assert history() == [("flatrate", 0, 2, None), ("rent", 0, 0, 1)]


def test_a_region_that_is_no_longer_mentioned_has_it_no_longer():
    look(MONDAY, US_FLATRATE | {"FR": {"buy": [2]}})
    look(MONDAY + DAY, {"FR": {"buy": [2]}})
    assert list(Offer.objects.current().values_list("region", flat=True)) == ["FR"]


def test_an_empty_list_says_that_all_left():
    look(MONDAY, US_BOTH)
    look(MONDAY + DAY, NOWHERE)
    assert history() == [("flatrate", 0, 0, 1), ("rent", 0, 0, 1)]


@pytest.mark.parametrize("part", ["absent", None, [], "text", {}, {"results": None}, {"results": []}, {"results": 3}])
def test_a_body_that_says_nothing_of_offers_changes_none(part):
    look(MONDAY, US_BOTH)
    look_without_word(MONDAY + DAY, part)
    look_without_word(MONDAY + 2 * DAY, part)
    assert history() == [("flatrate", 0, 0, None), ("rent", 0, 0, None)]
    look(MONDAY + 3 * DAY, NOWHERE)
    assert history() == [("flatrate", 0, 0, 3), ("rent", 0, 0, 3)]


def test_what_was_away_for_three_days_at_most_goes_on_in_its_row():
    look(MONDAY, US_BOTH)
    before = set(Offer.objects.values_list("pk", flat=True))
    look(MONDAY + DAY, NOWHERE)
    look(MONDAY + DAY + GAP, US_BOTH, page="https://example.org/new/")
    assert history() == [("flatrate", 0, 4, None), ("rent", 0, 4, None)]
    assert set(Offer.objects.values_list("pk", flat=True)) == before
    assert set(Offer.objects.values_list("link", flat=True)) == {"https://example.org/new/US"}


def test_what_comes_back_later_is_new():
    look(MONDAY, US_FLATRATE)
    look(MONDAY + DAY, NOWHERE)
    back = MONDAY + 2 * DAY + GAP
    look(back, US_FLATRATE)
    assert history() == [("flatrate", 0, 0, 1), ("flatrate", 5, 5, None)]
    assert [offer.first_seen_at for offer in Offer.objects.new_since(back)] == [back]


def test_of_several_past_rows_the_last_goes_on():
    for days, where in enumerate([US_FLATRATE, NOWHERE, NOWHERE, NOWHERE, NOWHERE, US_FLATRATE, NOWHERE, US_FLATRATE]):
        look(MONDAY + days * DAY, where)
    assert history() == [("flatrate", 0, 0, 1), ("flatrate", 5, 7, None)]


def test_another_page_is_written_where_the_offer_stands():
    look(MONDAY, US_BOTH)
    before = set(Offer.objects.values_list("pk", flat=True))
    look(MONDAY + DAY, US_BOTH, page="https://example.org/renamed/")
    assert history() == [("flatrate", 0, 1, None), ("rent", 0, 1, None)]
    assert set(Offer.objects.values_list("pk", "link")) == {(pk, "https://example.org/renamed/US") for pk in before}


def test_a_film_that_is_gone_is_nowhere_and_goes_on_where_it_was_when_it_soon_comes_back():
    look(MONDAY, US_FLATRATE)
    bury([7], MONDAY + DAY)
    assert history() == [("flatrate", 0, 0, 1)]
    look(MONDAY + 2 * DAY, US_FLATRATE)
    assert history() == [("flatrate", 0, 2, None)]


def test_what_a_film_had_at_the_first_look_is_no_arrival():
    look(MONDAY, US_FLATRATE)
    assert not Offer.objects.new_since(MONDAY - DAY).exists()
    look(MONDAY + DAY, US_BOTH)
    assert [offer.kind for offer in Offer.objects.new_since(MONDAY - DAY)] == ["rent"]
    assert not Offer.objects.new_since(MONDAY + 2 * DAY).exists()


def test_a_film_known_by_the_export_alone_has_not_been_looked_at():
    Movie.objects.create(tmdb_id=7, title="Known")
    look(MONDAY, US_FLATRATE)
    assert not Offer.objects.new_since(MONDAY).exists()


def test_what_is_new_and_what_left_can_be_asked_by_service_and_region():
    look(MONDAY, NOWHERE, 7, 8)
    look(MONDAY + DAY, US_BOTH | {"FR": {"flatrate": [8]}}, 7)
    look(MONDAY + DAY, US_FLATRATE, 8)
    Movie.objects.filter(pk=8).update(is_adult=True)
    fresh = Offer.objects.on([8, 9], "US").new_since(MONDAY)
    assert sorted(fresh.values_list("movie", flat=True)) == [7, 8]
    assert [offer.movie_id for offer in fresh.of_listed_movies()] == [7]
    look(MONDAY + 2 * DAY, NOWHERE, 7)
    assert not Offer.objects.on([8], "US").new_since(MONDAY).of_listed_movies().exists()
    assert [offer.region for offer in Offer.objects.on([8], "FR").left_since(MONDAY + 2 * DAY)] == ["FR"]
    assert not Offer.objects.left_since(MONDAY + 3 * DAY).exists()


def test_a_batch_costs_as_many_statements_as_a_film():
    def statements(at, where, *ids):
        with CaptureQueriesContext(connection) as done:
            look(at, where, *ids)
        # One that is given many rows says first how many.
        said = [query["sql"].rpartition(" times: ")[2] for query in done.captured_queries]
        return [sql.split()[0] for sql in said if "catalog_offer" in sql]

    many = range(100, 150)
    for days, where in enumerate([NOWHERE, US_FLATRATE, US_FLATRATE, US_BOTH, NOWHERE, US_BOTH]):
        at = MONDAY + days * DAY
        assert statements(at, where, *many) == statements(at, where, 7)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_two_looks_at_once_make_one_row_of_an_offer():
    looked = Barrier(2)

    def look_together(by_region):
        try:
            for days in range(10):
                looked.wait(30)
                look(MONDAY + days * DAY, by_region if days % 2 else NOWHERE, 7, 8)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(look_together, US_BOTH), pool.submit(look_together, US_FLATRATE)]:
            done.result()
    assert set(Offer.objects.current().values_list("kind", flat=True)) >= {"flatrate"}
    for movie_id in 7, 8:
        assert len(history(movie_id)) == 2


def test_to_have_seen_offers_again_is_one_statement():
    look(MONDAY, US_BOTH)
    with CaptureQueriesContext(connection) as done:
        look(MONDAY + DAY, US_BOTH)
    offers = [query["sql"] for query in done.captured_queries if "catalog_offer" in query["sql"]]
    assert [statement.split()[0] for statement in offers] == ["UPDATE"]
