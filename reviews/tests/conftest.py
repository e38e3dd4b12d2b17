"""A film, who writes about it, and a review of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def heat(db):
    from catalog.tests.films import make_movie  # models: not there yet when this file is read

    return make_movie(949, "Heat")


@pytest.fixture
def review(ann, heat):
    from reviews.services import write_review

    return write_review(author=ann, movie=heat, body="Steel and *rain*.")


@pytest.fixture
def at_end(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does what waits for the end of the transaction: the test's own never ends."""
    waiting: list[Callable[[], object]] = []
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: waiting.append(done))

    def do() -> None:
        while waiting:
            waiting.pop(0)()

    return do


@pytest.fixture
def links_wait(db):
    """What a new member writes with a link in it is held."""
    from reviews.models import HoldRule

    HoldRule.objects.update_or_create(kind="links", defaults={"is_on": True, "new_for_days": 7, "limit": 1})


@pytest.fixture
def joined_long_ago(ann, bob):
    """No rule for new members holds what these write."""
    for member in (ann, bob):
        member.joined_at = timezone.now() - timedelta(days=30)
        member.save()
