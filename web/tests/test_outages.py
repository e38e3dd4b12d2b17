"""While a dependency is away every request says so in one line; what is the matter is told once."""

import logging

import pytest
from django.core.signals import got_request_exception
from django.test import Client

from web import errors

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
PATHS = ["/api/v1/faults/database", "/api/v1/plain-faults/database", "/faults/database"]


@pytest.fixture(autouse=True)
def all_was_well(monkeypatch):
    monkeypatch.setattr(errors, "database_outages", errors.Outages())


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(params=[False, True], ids=["production", "debug"])
def either_way(request, settings):
    settings.DEBUG = request.param


def told(lines: list[dict]) -> list[dict]:
    """The lines beside the requests' own."""
    return [line for line in lines if line["event"] != "request"]


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("path", PATHS)
def test_a_database_that_is_away_is_a_line_for_each_request_and_one_trace(client, lines, path):
    assert [client.get(path).status_code for _ in range(4)] == [503] * 4
    first, *others = told(lines())
    assert (first["level"], first["event"]) == ("error", "database_away")
    assert "OperationalError" in first["exception"]
    assert [(line["level"], line["event"], line["reason"]) for line in others] == [
        ("warning", "unavailable", "OperationalError")
    ] * 3
    assert not [line for line in others if "exception" in line]


def test_one_outage_is_one_however_it_is_met(client, lines):
    for path in PATHS * 2:
        client.get(path)
    assert [line["event"] for line in told(lines())] == ["database_away"] + ["unavailable"] * 5


def test_the_next_outage_is_told_anew(client, lines, monkeypatch):
    monkeypatch.setattr(errors, "OUTAGE_OVER_AFTER", -1)
    for _ in range(2):
        client.get(PATHS[0])
    assert [line["event"] for line in told(lines())] == ["database_away"] * 2


@pytest.mark.parametrize("path", PATHS)
def test_who_listens_to_errors_hears_of_an_outage_once(client, caplog, path):
    heard = []

    def listen(**_) -> None:
        heard.append(path)

    got_request_exception.connect(listen)
    try:
        for _ in range(3):
            client.get(path)
    finally:
        got_request_exception.disconnect(listen)
    assert heard == []
    faults = [record for record in caplog.records if record.levelno >= logging.ERROR]
    # Of Django's own line for each 5xx nothing is written, and Sentry's integration for Django passes it by.
    assert [record.name for record in faults if record.name != "django.request"] == ["web.errors"]
    assert not [record for record in faults if record.name == "django.request" and record.exc_info]


def test_another_dependency_that_is_away_has_no_trace_at_all(client, lines):
    for _ in range(2):
        client.get("/api/v1/faults/unavailable")
    assert [(line["level"], line["event"]) for line in told(lines())] == [("warning", "unavailable")] * 2


def test_what_is_no_outage_is_reported_as_ever(client, lines):
    client.get("/api/v1/faults/crash")
    (crash,) = told(lines())
    assert "ZeroDivisionError" in crash["exception"]
