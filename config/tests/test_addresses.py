"""Where a site says it is, what it keeps apart, and that its documents are limited like the rest."""

import pytest
from django.conf import settings as django_settings
from rest_framework.test import APIClient

from config.first_start import StartError
from config.launch import check_port, greeting, host_in_address


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("::", "localhost"), ("::1", "[::1]")],
)
def test_a_site_is_shown_by_an_address_that_a_browser_takes(host, shown):
    assert host_in_address(host) == shown


def test_the_greeting_is_four_lines():
    lines = greeting("http://127.0.0.1:8000", "admin / secret").splitlines()
    assert len(lines) == 4
    assert "admin / secret" in lines[2]


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_is_none_is_said_in_one_line(port):
    with pytest.raises(StartError, match=r"Set PORT to another\.$"):
        check_port("127.0.0.1", port)


@pytest.mark.skipif(not django_settings.REDIS_URL, reason="the broker is a folder in this run")
def test_two_sites_on_one_redis_keep_their_tasks_apart():
    prefix = django_settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    assert prefix.startswith(django_settings.CACHE_KEY_PREFIX)


def test_the_document_is_under_the_limit_too(settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "2/min"}
    answers = [APIClient().get("/api/schema") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
