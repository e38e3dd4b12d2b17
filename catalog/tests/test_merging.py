"""One film into another: what members hold moves, none of it is lost, and the old film says where it went."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from catalog import merging, sync
from catalog.caching import LISTS, movie_tag
from catalog.models import Movie, MovieSearch, Offer, SyncFailure
from catalog.search import index
from catalog.tests.films import make_movie, make_offer, make_provider

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, tzinfo=UTC)
EARLIER = NOW - timedelta(days=9)


@pytest.fixture(autouse=True)
def nobody_registered(monkeypatch):
    monkeypatch.setattr(merging, "_moves", {})
    monkeypatch.setattr(merging, "_holders", {})


@pytest.fixture
def films():
    """Heat, and three films beside it."""
    return [make_movie(key, title) for key, title in ((949, "Heat"), (2, "Double"), (3, "Third"), (4, "Fourth"))]


def merge(old, new, **options):
    return sync.merge(old, new, NOW, **options)


def into():
    """Which film has taken the place of which."""
    return {key: new for key, new in Movie.objects.values_list("pk", "merged_into") if new}


def refusal(old, new):
    with pytest.raises(sync.MergeRefused) as fault:
        merge(old, new)
    return str(fault.value)


def test_the_old_film_becomes_a_tombstone_that_names_the_new_one(films):
    done = merge(2, 949)
    assert (done.old.title, done.new.title, done.moved, done.is_reversal) == ("Double", "Heat", 0, False)
    assert into() == {2: 949}
    double, heat = Movie.objects.get(pk=2), Movie.objects.get(pk=949)
    assert (double.gone_at, heat.gone_at) == (NOW, None)
    assert double.title == "Double"
    assert set(Movie.objects.listed().values_list("pk", flat=True)) == {949, 3, 4}


def test_a_reader_of_the_old_film_is_told_where_it_went(films, api):
    Movie.objects.filter(pk=2).update(poster_path="/double.jpg")
    merge(2, 949)
    body = api.get("/api/v1/movies/2").json()
    assert (body["title"], body["merged_into"], body["gone_at"]) == ("Double", 949, "2026-11-21T00:00:00Z")
    assert body["poster"]["w185"].endswith("/double.jpg")
    assert api.get("/api/v1/movies/949").json()["merged_into"] is None


def test_the_old_film_is_in_no_list_and_no_search(films, api):
    index.put_movies([2, 3, 4, 949])
    merge(2, 949)
    assert set(MovieSearch.objects.values_list("pk", flat=True)) == {3, 4, 949}
    shown = [row["id"] for row in api.get("/api/v1/movies").json()["results"]]
    assert sorted(shown) == [3, 4, 949]


def test_what_is_rendered_of_either_is_dropped(films, django_capture_on_commit_callbacks):
    for tag in (movie_tag(2), movie_tag(949), movie_tag(3), LISTS):
        cache.set(f"tag:{tag}", "kept")
    with django_capture_on_commit_callbacks(execute=True):
        merge(2, 949)
    left = cache.get_many([f"tag:{tag}" for tag in (movie_tag(2), movie_tag(949), movie_tag(3), LISTS)])
    assert set(left) == {f"tag:{movie_tag(3)}"}


def test_ratings_and_holders_move(films):
    Movie.objects.filter(pk=2).update(rating_total=17, rating_count=2, holder_count=3)
    Movie.objects.filter(pk=949).update(rating_total=9, rating_count=1, holder_count=5)
    assert merge(2, 949).ratings == 2
    columns = "rating_total", "rating_count", "holder_count"
    assert list(Movie.objects.filter(pk__in=[2, 949]).order_by("pk").values_list(*columns)) == [(0, 0, 0), (26, 3, 8)]


def test_holders_are_counted_anew_where_somebody_tells_who_they_are(films):
    held = {2: {1, 2, 3}, 949: {3, 4}}

    @merging.moves_holdings
    def move(old_id, new_id):
        held[new_id] |= held[old_id]
        held[old_id] = set()
        return 3

    merging.tells_holders(lambda movie_id: held.get(movie_id, ()))
    Movie.objects.filter(pk=2).update(holder_count=3)
    assert merge(2, 949).moved == 3
    counts = dict(Movie.objects.values_list("pk", "holder_count"))
    assert (counts[2], counts[949]) == (0, 4)


def test_a_rating_of_both_films_is_taken_off_by_who_drops_it(films):
    Movie.objects.filter(pk=2).update(rating_total=15, rating_count=2)
    Movie.objects.filter(pk=949).update(rating_total=9, rating_count=1)

    @merging.moves_holdings
    def move(old_id, new_id):
        Movie.objects.filter(pk=old_id).update(rating_total=8, rating_count=1)
        return 1

    assert merge(2, 949).ratings == 1
    assert Movie.objects.values_list("rating_total", "rating_count").get(pk=949) == (17, 2)


def test_twice_is_once(films):
    Movie.objects.filter(pk=2).update(rating_total=7, rating_count=1, holder_count=1)
    merge(2, 949)
    before = list(Movie.objects.order_by("pk").values())
    done = merge(2, 949)
    assert (done.moved, done.ratings) == (0, 0)
    assert list(Movie.objects.order_by("pk").values()) == before


def test_what_came_to_the_old_film_since_is_moved_too(films):
    merge(2, 949)
    Movie.objects.filter(pk=2).update(rating_total=7, rating_count=1)
    merge(2, 949)
    assert Movie.objects.get(pk=949).rating_count == 1


def test_chains_are_one_link_long(films):
    merge(2, 3)
    merge(4, 2)
    assert into() == {2: 3, 4: 3}
    merge(3, 949)
    assert into() == {2: 949, 3: 949, 4: 949}


def test_merging_back_leaves_no_circle(films):
    Movie.objects.filter(pk=2).update(rating_total=7, rating_count=1)
    merge(2, 949)
    done = merge(949, 2)
    assert done.is_reversal
    assert into() == {949: 2}
    double, heat = Movie.objects.get(pk=2), Movie.objects.get(pk=949)
    assert (double.gone_at, double.suspected_at, double.rating_count) == (None, NOW, 1)
    assert heat.gone_at == NOW
    merge(2, 949)
    assert into() == {2: 949}


def test_merging_back_takes_along_what_was_merged_besides(films):
    merge(2, 949)
    merge(3, 949)
    merge(949, 2)
    assert into() == {949: 2, 3: 2}


def test_a_wrong_one_can_be_merged_into_another(films):
    merge(2, 949)
    merge(2, 3)
    assert into() == {2: 3}


def test_what_cannot_be_merged_is_told(films):
    assert refusal(2, 2) == "A movie cannot be merged into itself."
    assert refusal(2, 77) == "Movie 77 is not held. If TMDB has it: manage.py sync_catalog --movie 77"
    assert "Movie 77 is not held" in refusal(77, 2)
    Movie.objects.filter(pk=3).update(gone_at=EARLIER)
    assert refusal(2, 3) == "Movie 3 is itself gone from TMDB, since 2026-11-12."
    assert not into()
    assert Movie.objects.get(pk=2).gone_at is None


def test_a_tombstone_keeps_its_time(films):
    Movie.objects.filter(pk=2).update(gone_at=EARLIER, suspected_at=EARLIER)
    merge(2, 949)
    assert Movie.objects.values_list("gone_at", "suspected_at").get(pk=2) == (EARLIER, None)


def test_offers_end_and_what_was_put_aside_is_forgotten(films):
    make_offer(films[1], make_provider(8, "Netflix"), region="US")
    SyncFailure.objects.create(tmdb_id=2, reason="unavailable", first_failed_at=NOW, last_failed_at=NOW, retry_at=NOW)
    merge(2, 949)
    assert Offer.objects.get().left_at == NOW
    assert not SyncFailure.objects.exists()


def test_a_dry_run_tells_and_changes_nothing(films):
    moved = []
    merging.moves_holdings(lambda old_id, new_id: moved.append((old_id, new_id)) or 5)
    before = list(Movie.objects.order_by("pk").values())
    done = merge(2, 949, is_dry=True)
    assert (done.moved, moved) == (5, [(2, 949)])
    assert list(Movie.objects.order_by("pk").values()) == before


def test_what_fails_leaves_everything_as_it_was(films):
    Movie.objects.filter(pk=2).update(rating_total=7, rating_count=1)

    @merging.moves_holdings
    def move(old_id, new_id):
        Movie.objects.filter(pk=new_id).update(title="Half done")
        raise RuntimeError("in the middle")

    before = list(Movie.objects.order_by("pk").values())
    with pytest.raises(RuntimeError):
        merge(2, 949)
    assert list(Movie.objects.order_by("pk").values()) == before


def test_who_registers_twice_is_called_once(films):
    calls = []

    def move(old_id, new_id):
        calls.append(old_id)
        return 1

    merging.moves_holdings(move)
    merging.moves_holdings(move)
    assert merge(2, 949).moved == 1
    assert calls == [2]
