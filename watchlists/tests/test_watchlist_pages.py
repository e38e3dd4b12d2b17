"""A watchlist and favorites as pages: read by who may, changed by their owner alone."""

import pytest
from django.test import Client

from catalog.models import Genre, Movie
from catalog.tests.films import make_movie
from watchlists import favorites, watchlist
from watchlists.models import Favorite, WatchlistEntry
from watchlists.tests.reading import SCRIPT, assert_harmless, browser, statuses, text_of
from watchlists.views import watchlist as page_of_watchlist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
DOORS = ["watchlist/949", "watchlist/949/watched", "watchlist/949/remove"]
FAVORITE_DOORS = ["favorites/949/move", "favorites/949/remove"]


@pytest.fixture
def wanted(ann, heat):
    return watchlist.add(user=ann, movie_id=949, note="For me alone.", priority=3)[0]


@pytest.fixture
def loved(ann, heat, ronin):
    for film in (heat, ronin, make_movie(3, "Thief")):
        favorites.add(user=ann, movie_id=film.pk)


def in_order(user) -> list[int]:
    return [favorite.movie_id for favorite in user.favorites.in_order()]


def test_others_read_the_films_and_neither_notes_nor_priorities(ann, bob, wanted):
    for viewer in (None, bob):
        page = text_of(browser(viewer), "/members/ann/watchlist")
        assert "Heat" in page
        assert "For me alone" not in page
        assert "Priority: " not in page
        assert "/watchlist/949" not in page
    assert "For me alone" in text_of(browser(ann), "/members/ann/watchlist")


@pytest.mark.parametrize(("path", "column"), [("watchlist", "watchlist_privacy"), ("favorites", "favorites_privacy")])
def test_what_is_private_is_not_there_for_others(ann, bob, path, column):
    setattr(ann, column, "private")
    ann.save()
    assert statuses(f"/members/ann/{path}", None, bob, ann) == [404, 404, 200]
    assert f"/members/ann/{path}" not in text_of(browser(bob), "/members/ann")


def test_it_shows_what_is_to_be_seen_until_one_asks_for_the_rest(ann, wanted, ronin):
    watchlist.add(user=ann, movie_id=8195)
    client = browser(ann)
    client.post("/watchlist/8195/watched", {"watched": "true"})
    assert "Ronin" not in text_of(client, "/members/ann/watchlist")
    assert "Heat" not in text_of(client, "/members/ann/watchlist", watched="true")
    everything = text_of(client, "/members/ann/watchlist", watched="all", ordering="-priority")
    assert everything.index("Heat") < everything.index("Ronin")
    client.post("/watchlist/8195/watched", {"watched": "false"})
    assert "Ronin" in text_of(client, "/members/ann/watchlist")


def test_it_is_narrowed_by_what_films_are(ann, wanted):
    comedy = Genre.objects.create(tmdb_id=35, name="Comedy")
    make_movie(5, "Late Spring", genres=(comedy,), runtime=60, original_language="ja")
    watchlist.add(user=ann, movie_id=5)
    client = browser(ann)
    for query in ({"genre": 35}, {"max_runtime": 70}, {"language": "ja"}):
        page = text_of(client, "/members/ann/watchlist", **query)
        assert "Late Spring" in page, query
        assert "Heat" not in page, query
    assert "Heat" not in text_of(client, "/members/ann/watchlist", decade=1960)
    assert "No film on it" in text_of(client, "/members/ann/watchlist", on_my_services="true")


@pytest.mark.parametrize(
    "query",
    [{"ordering": "note"}, {"genre": "x"}, {"max_runtime": "long"}, {"rating_min": 11}, {"decade": 1}, {"cursor": "x"}],
)
def test_a_wish_that_cannot_be_is_a_400(ann, wanted, query):
    assert browser().get("/members/ann/watchlist", query).status_code == 400


def test_the_owner_notes_and_takes_off(ann, wanted):
    client = browser(ann)
    back = "/members/ann/watchlist?watched=all"
    changed = client.post("/watchlist/949", {"priority": "1", "note": "After dinner.", "next": back})
    assert changed["Location"] == back
    wanted.refresh_from_db()
    assert (wanted.priority, wanted.note) == (1, "After dinner.")
    for bad in ({"priority": "4", "note": ""}, {"note": "x" * 501, "priority": "1"}, {"priority": ""}):
        page = client.post("/watchlist/949", bad)
        assert page.status_code == 400
        assert bad.get("note", "") in page.content.decode()
    client.post("/watchlist/949/remove")
    assert not WatchlistEntry.objects.exists()
    assert client.post("/watchlist/949", {"priority": "1"}).status_code == 404
    assert client.post("/watchlist/949/watched", {"watched": "true"}).status_code == 404


def test_of_others_nothing_is_changed(ann, bob, wanted, loved):
    for path in DOORS + FAVORITE_DOORS:
        assert statuses(f"/{path}", None, method="post") == [302]
        assert browser(bob).post(f"/{path}", {"to": "top", "priority": "0"}).status_code in (302, 404)
    wanted.refresh_from_db()
    assert (wanted.priority, wanted.is_watched, in_order(ann)) == (3, False, [949, 8195, 3])


def test_forms_are_refused_without_their_token(ann, wanted, loved):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    for path in [*DOORS, *FAVORITE_DOORS, "favorites/949/add"]:
        assert client.post(f"/{path}", {"to": "top"}).status_code == 403
    assert statuses("/favorites/949/remove", ann) == [405]


@pytest.mark.parametrize(
    ("film", "to", "expected"),
    [
        (8195, "up", [8195, 949, 3]),
        (8195, "down", [949, 3, 8195]),
        (3, "top", [3, 949, 8195]),
        (949, "up", [949, 8195, 3]),
        (3, "down", [949, 8195, 3]),
        (949, "2", [8195, 949, 3]),
        (949, "99", [8195, 3, 949]),
        (949, "0", [949, 8195, 3]),
        (949, "sideways", [949, 8195, 3]),
        (949, "", [949, 8195, 3]),
        (949, "9" * 30, [949, 8195, 3]),
    ],
)
def test_favorites_move_one_step_at_a_time(ann, loved, film, to, expected):
    assert browser(ann).post(f"/favorites/{film}/move", {"to": to})["Location"] == "/members/ann/favorites"
    assert in_order(ann) == expected


def test_a_favorite_is_found_by_its_name_and_added_and_removed(ann, heat):
    client = browser(ann)
    assert "/favorites/949/add" in text_of(client, "/members/ann/favorites", q="heet")
    client.post("/favorites/949/add")
    client.post("/favorites/949/add")
    assert in_order(ann) == [949]
    assert "♥" in text_of(browser(), "/members/ann/favorites")
    client.post("/favorites/949/remove")
    assert not Favorite.objects.exists()


def test_what_is_written_stays_text(ann, wanted):
    Movie.objects.update(title=SCRIPT)
    WatchlistEntry.objects.update(note=SCRIPT)
    favorites.add(user=ann, movie_id=949)
    for path in ("members/ann/watchlist", "members/ann/favorites", "watchlist/949", "members/ann"):
        assert_harmless(text_of(browser(ann), f"/{path}"))
    assert_harmless(text_of(browser(ann), "/members/ann/favorites", q=SCRIPT))


def test_longer_ones_cost_no_more_queries(ann, bob, heat, django_assert_max_num_queries):
    for number in range(page_of_watchlist.SHOWN + 20):
        make_movie(1000 + number, f"Film {number}")
        watchlist.add(user=ann, movie_id=1000 + number)
        favorites.add(user=ann, movie_id=1000 + number)
    client = browser(bob)
    client.get("/members/ann/watchlist")
    with django_assert_max_num_queries(9):
        page = client.get("/members/ann/watchlist")
    assert len(page.context["entries"]) == page_of_watchlist.SHOWN
    with django_assert_max_num_queries(9):
        first = client.get("/members/ann/favorites")
    further = client.get("/members/ann/favorites", {"cursor": first.context["page"].further})
    assert further.context["favorites"][0].rank == len(first.context["favorites"]) + 1
