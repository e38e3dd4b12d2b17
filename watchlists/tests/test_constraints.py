"""What the database itself refuses, whatever code asks for it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.models import Movie
from watchlists.models import Collaborator, Companion, Favorite, List, ListItem, Viewing, WatchlistEntry
from watchlists.models.diary import LONG_AGO

pytestmark = pytest.mark.django_db
DAY = {"watched_on": date(2026, 5, 1), "sorted_on": date(2026, 5, 1)}


@pytest.fixture
def heat() -> Movie:
    return Movie.objects.create(pk=949, title="Heat")


def refused(model: type, **columns: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**columns)


def test_a_film_stands_once_on_a_watchlist_among_favorites_and_in_a_list(ann, heat):
    made = List.objects.create(owner=ann, name="Heists")
    for model, columns in (
        (WatchlistEntry, {"user": ann}),
        (Favorite, {"user": ann, "position": 1}),
        (ListItem, {"list": made, "position": 1}),
    ):
        model.objects.create(movie=heat, **columns)
        refused(model, movie=heat, **columns)


def test_a_film_may_be_seen_twice_but_an_event_from_outside_is_one(ann, bob, heat):
    for _ in range(2):
        Viewing.objects.create(user=ann, movie=heat, **DAY)
    event = {"source": "player", "external_id": "77"}
    Viewing.objects.create(user=ann, movie=heat, **DAY, **event)
    refused(Viewing, user=ann, movie=heat, **DAY, **event)
    Viewing.objects.create(user=bob, movie=heat, **DAY, **event)
    Viewing.objects.create(user=ann, movie=heat, **DAY, **event | {"source": "phone"})


def test_a_viewing_has_a_date_unless_it_is_unknown(ann, heat):
    refused(Viewing, user=ann, movie=heat, watched_on=None, sorted_on=LONG_AGO, precision="day")
    refused(Viewing, user=ann, movie=heat, **DAY, precision="unknown")
    Viewing.objects.create(user=ann, movie=heat, watched_on=None, sorted_on=LONG_AGO, precision="unknown")


@pytest.mark.parametrize("rating", [0, 11])
def test_a_rating_is_between_one_and_ten(ann, heat, rating):
    refused(Viewing, user=ann, movie=heat, **DAY, rating=rating)


def test_what_is_not_watched_was_watched_at_no_time(ann, heat):
    refused(WatchlistEntry, user=ann, movie=heat, is_watched=False, watched_at=timezone.now())
    refused(WatchlistEntry, user=ann, movie=heat, priority=4)


def test_a_member_is_a_companion_and_a_collaborator_once(ann, bob, heat):
    viewing, made = Viewing.objects.create(user=ann, movie=heat, **DAY), List.objects.create(owner=ann, name="Heists")
    Companion.objects.create(viewing=viewing, member=bob)
    refused(Companion, viewing=viewing, member=bob)
    Collaborator.objects.create(list=made, member=bob)
    refused(Collaborator, list=made, member=bob)


def test_a_list_has_ten_thousand_films_at_the_most_and_a_key_of_its_own(ann):
    List.objects.create(owner=ann, name="Everything", item_count=10_000, link_key="k")
    refused(List, owner=ann, name="More", item_count=10_001)
    refused(List, owner=ann, name="Other", link_key="k")
