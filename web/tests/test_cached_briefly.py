"""A view may say that what it tells is not to be kept for as long as its rule says."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web import cached
from web.cached import Rule, first_level, kept


class Rendered(HttpResponse):
    def render(self):
        return self


@pytest.fixture
def clock(monkeypatch):
    """The time of day by which bodies end, moved by hand."""
    moment = [1_800_000_000.0]
    monkeypatch.setattr(cached.time, "time", lambda: moment[0])
    return moment


def counting(keep_seconds=None):
    calls = []

    def view(request):
        calls.append(request)
        response = Rendered(json.dumps(len(calls)).encode())
        if keep_seconds is not None:
            response.keep_seconds = keep_seconds
        return response

    return kept(view, Rule(3600))


def get(view):
    first_level.clear()
    return json.loads(view(RequestFactory().get("/api/briefly")).content)


@pytest.mark.parametrize(("keep_seconds", "ends_after"), [(None, 3600), (30, 30), (9999, 3600)])
def test_a_body_is_kept_as_long_as_the_view_says_and_never_longer_than_the_rule(clock, keep_seconds, ends_after):
    view = counting(keep_seconds)
    assert get(view) == 1
    clock[0] += ends_after - 1
    assert get(view) == 1
    clock[0] += 1
    assert get(view) == 2


def test_also_where_the_process_has_it_in_its_memory(clock, monkeypatch):
    monkeypatch.setattr(cached, "CONFIRMED_FOR", 0)
    view = counting(30)
    request = RequestFactory().get("/api/briefly")
    assert view(request).content == b"1"
    clock[0] += 31
    assert view(RequestFactory().get("/api/briefly")).content == b"2"
