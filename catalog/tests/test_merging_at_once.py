"""Merges that run beside each other and against each other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from catalog import sync
from catalog.models import Movie
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
WAYS = [(2, 949), (949, 2), (3, 2), (2, 3), (2, 949), (4, 3)]


def assert_nothing_is_lost():
    into = dict(Movie.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    assert into
    assert not set(into) & set(into.values())
    totals = Movie.objects.values_list("rating_total", "rating_count")
    assert [sum(column) for column in zip(*totals, strict=True)] == [40, 4]
    merged = Movie.objects.filter(pk__in=into)
    assert not merged.filter(gone_at=None).exists()
    assert not merged.exclude(rating_count=0).exists()


def test_two_at_once_and_against_each_other_leave_no_circle(monkeypatch):
    pauses = []
    monkeypatch.setattr("catalog.retrying.sleep", pauses.append)
    for key in (949, 2, 3, 4):
        make_movie(key, f"Film {key}", rating_total=10, rating_count=1)
    start = threading.Barrier(len(WAYS))

    def go(way):
        start.wait()
        try:
            sync.merge(*way, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(WAYS)) as pool:
        faults = [future.exception() for future in [pool.submit(go, way) for way in WAYS]]
    # What another has merged away meanwhile may be refused; nothing else may go wrong.
    assert not [fault for fault in faults if fault and not isinstance(fault, sync.MergeRefused)]
    assert_nothing_is_lost()
    # All lock in one order, and let go of what was locked in vain: none had to begin again.
    assert not pauses
