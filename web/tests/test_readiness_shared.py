"""Anybody may ask whether the site is ready: asked often, or at once, it examines itself no oftener."""

import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from celery import current_app
from django.test import Client
from kombu.exceptions import OperationalError

from web import health

pytestmark = pytest.mark.urls("web.tests.urls")
WITHIN = 30


class Check:
    """A check that counts how often it is asked, and answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.is_asked, self.go_on = 0, Event(), Event()

    def __call__(self) -> None:
        self.asked += 1
        self.is_asked.set()
        assert self.go_on.wait(WITHIN)


@pytest.fixture
def check(monkeypatch):
    check = Check()
    monkeypatch.setattr(health, "PATIENCE", WITHIN)
    monkeypatch.setattr(health, "CHECKS", {"tide": check})
    monkeypatch.setattr(health, "NOTES", {})
    yield check
    check.go_on.set()


@contextmanager
def broker_at(url: str):
    usual = current_app.conf.broker_write_url
    current_app.conf.broker_write_url = url
    try:
        yield
    finally:
        current_app.conf.broker_write_url = usual


def ask(_: int = 0) -> int:
    return Client().get("/readyz").status_code


def test_calls_one_after_the_other_share_what_was_found(check):
    check.go_on.set()
    assert [ask() for _ in range(5)] == [200] * 5
    assert check.asked == 1


def test_what_was_found_is_kept_for_a_moment_only(check, monkeypatch):
    check.go_on.set()
    monkeypatch.setattr(health, "KEPT_FOR", 0)
    assert [ask() for _ in range(3)] == [200] * 3
    assert check.asked == 3


def test_calls_at_the_same_time_share_one_examination(check):
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask) for _ in range(6)]
        assert check.is_asked.wait(WITHIN)
        check.go_on.set()
        assert [each.result(WITHIN) for each in asked] == [200] * 6
    assert check.asked == 1


def test_who_asks_during_an_examination_is_told_what_was_found_last(check, monkeypatch):
    check.go_on.set()
    monkeypatch.setattr(health, "KEPT_FOR", 0)
    ask()
    check.go_on.clear()
    check.is_asked.clear()
    with ThreadPoolExecutor(1) as pool:
        examining = pool.submit(ask)
        assert check.is_asked.wait(WITHIN)
        assert ask() == 200  # or this test would stand still
        check.go_on.set()
        assert examining.result(WITHIN) == 200


def test_what_was_found_too_long_ago_is_told_to_nobody(check, monkeypatch):
    check.go_on.set()
    ask()
    monkeypatch.setattr(health, "KEPT_FOR", 0)
    monkeypatch.setattr(health, "LAST_WORD_FOR", 0)
    with health._examining, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask)
        with pytest.raises(TimeoutError):
            waiting.result(0.2)
        health._examining.release()
        assert waiting.result(WITHIN) == 200
        health._examining.acquire()
    assert check.asked == 2


def test_a_check_that_hangs_is_not_asked_beside_itself(check, monkeypatch):
    monkeypatch.setattr(health, "KEPT_FOR", 0)
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    assert [ask() for _ in range(3)] == [503] * 3
    assert check.asked == 1
    check.go_on.set()
    health._under_way[check].result(WITHIN)
    monkeypatch.setattr(health, "PATIENCE", WITHIN)
    assert ask() == 200
    assert check.asked == 2


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_is_named(client, redis_server, monkeypatch):
    monkeypatch.setattr(health, "CHECKS", {"broker": health.broker, "database": health.database})
    with broker_at(redis_server.url):
        assert client.get("/readyz").status_code == 200
        monkeypatch.setattr(health, "KEPT_FOR", 0)
        redis_server.process.send_signal(signal.SIGSTOP)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["broker"]["status"] == "unavailable"
    assert response.json()["checks"]["database"] == {"status": "ok"}


def test_a_broker_that_hangs_is_tried_once(monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.setblocking(False)
        with broker_at(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"), pytest.raises(OperationalError):
            health.broker()
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
