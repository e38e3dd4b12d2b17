"""Alive, ready, and measured: for machines, and for nobody else."""

import pytest
from django.db import connection

from web import health

pytestmark = pytest.mark.urls("web.tests.urls")
CHECKS = {"database", "cache", "broker", "migrations"}


def test_alive_asks_nothing_of_anybody(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"
    assert "RateLimit" not in response.headers
    assert client.post("/healthz").status_code == 405


def test_a_balancer_may_ask_by_address(client):
    assert client.get("/healthz", headers={"Host": "10.2.3.4:8000"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_ready_names_each_thing_that_is_there(client, monkeypatch):
    monkeypatch.setattr(health, "NOTES", {})
    response = client.get("/readyz")
    assert response.json() == {"status": "ok", "checks": {name: {"status": "ok"} for name in CHECKS}}
    assert response.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_is_told_beside_makes_nobody_unready(client, monkeypatch):
    notes = {"tide": lambda: ["high"], "broken": lambda: 1 / 0}
    monkeypatch.setattr(health, "NOTES", notes)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert {name: response.json()[name] for name in notes} == {"tide": ["high"], "broken": None}


@pytest.mark.django_db(transaction=True)
def test_what_is_told_beside_is_not_waited_for(client, monkeypatch):
    import threading

    release = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.5)
    monkeypatch.setattr(health, "NOTES", {"slow": release.wait})
    try:
        response = client.get("/readyz")
    finally:
        release.set()
    assert response.json()["slow"] is None


@pytest.mark.django_db(transaction=True)
def test_a_cache_that_is_away_is_named_without_its_address(client, settings, nobody_listens, monkeypatch):
    url = nobody_listens.replace("://", "://user:hunter2@")
    settings.CACHES = {"default": {"BACKEND": "web.caches.GuardedRedisCache", "LOCATION": url}}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response.json()["checks"]["cache"] == {"status": "unavailable", "reason": "ConnectionError"}
    assert response.json()["checks"]["database"] == {"status": "ok"}
    assert "hunter2" not in response.text


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_named(client, nobody_listens):
    from celery import current_app

    usual = current_app.conf.broker_write_url
    current_app.conf.broker_write_url = nobody_listens
    try:
        checks = client.get("/readyz").json()["checks"]
    finally:
        current_app.conf.broker_write_url = usual
    assert checks["broker"]["status"] == "unavailable"
    assert checks["broker"]["reason"]


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_not_applied_is_counted(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    try:
        response = client.get("/readyz")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('sessions', '0001_initial', '2026-01-01')"
            )
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == {"status": "unavailable", "reason": "1 to apply"}


@pytest.mark.django_db(transaction=True)
def test_what_does_not_answer_is_not_waited_for(client, monkeypatch):
    import threading

    release = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    monkeypatch.setitem(health.CHECKS, "broker", release.wait)
    try:
        checks = client.get("/readyz").json()["checks"]
    finally:
        release.set()
    assert checks["broker"]["status"] == "unavailable"
    assert "no answer" in checks["broker"]["reason"]


@pytest.mark.django_db
def test_metrics_are_not_for_strangers(client, settings, ann):
    settings.METRICS_TOKEN = ""
    for headers in {}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}:
        response = client.get("/metrics", headers=headers)
        assert response.status_code == 403
        assert response.json()["errors"][0]["code"] == "permission_denied"
    client.force_login(ann)
    assert client.get("/metrics").status_code == 403


@pytest.mark.django_db
def test_metrics_are_for_staff_and_for_the_token(client, settings, staff):
    settings.METRICS_TOKEN = "scrape"
    assert client.get("/metrics", headers={"Authorization": "Bearer scrap"}).status_code == 403
    response = client.get("/metrics", headers={"Authorization": "Bearer scrape"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    client.force_login(staff)
    assert client.get("/metrics").status_code == 200


def series(client, settings) -> dict[str, float]:
    settings.METRICS_TOKEN = "scrape"
    text = client.get("/metrics", headers={"Authorization": "Bearer scrape"}).text
    lines = [line.rpartition(" ") for line in text.splitlines() if line.startswith("marquee_http")]
    return {name: float(value) for name, _, value in lines}


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_path(client, settings):
    for path in "/api/v1/notes?q=1", "/api/v1/notes/", "/nowhere/1", "/nowhere/2", "/static/none.css":
        client.get(path)
    client.generic("BREW", "/api/v1/notes")
    counted = series(client, settings)
    assert counted['marquee_http_requests_total{method="GET",route="api/v1/notes",status="200"}'] >= 2
    assert counted['marquee_http_requests_total{method="GET",route="unmatched",status="404"}'] >= 2
    assert counted['marquee_http_requests_total{method="OTHER",route="api/v1/notes",status="405"}'] >= 1
    assert counted['marquee_http_request_duration_seconds_count{route="api/v1/notes"}'] >= 3
    assert not [name for name in counted if "nowhere" in name or "BREW" in name]


@pytest.mark.django_db
@pytest.mark.parametrize("processes", ["one", "several"])
def test_what_a_floor_above_measures_is_told_once_whatever_the_processes(
    client, settings, monkeypatch, tmp_path, processes
):
    from prometheus_client.core import GaugeMetricFamily

    from web import metrics

    class Tide:
        def collect(self):
            yield GaugeMetricFamily("marquee_tide", "How high it is.", value=3)

    if processes == "several":
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(metrics, "_shared", [])
    metrics.measure(Tide())
    settings.METRICS_TOKEN = "scrape"
    text = client.get("/metrics", headers={"Authorization": "Bearer scrape"}).text
    assert text.count("marquee_tide 3.0\n") == 1
