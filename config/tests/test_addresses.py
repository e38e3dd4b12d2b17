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


@pytest.mark.parametrize(
    ("host", "allowed", "is_told"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1"], False),
        ("::1", ["localhost"], False),
        ("localhost", ["localhost"], False),
        ("0.0.0.0", ["localhost", "127.0.0.1", "[::1]"], True),
        ("192.168.1.5", ["localhost"], True),
        ("0.0.0.0", ["localhost", "192.168.1.5"], False),
        ("0.0.0.0", ["*"], False),
    ],
)
def test_one_who_listens_for_others_and_answers_none_of_them_is_told(settings, host, allowed, is_told):
    settings.HOST, settings.ALLOWED_HOSTS = host, allowed
    assert ("ALLOWED_HOSTS" in greeting("http://localhost:8000", "admin")) is is_told


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [("/admin", "/admin/"), ("/admin?next=x", "/admin/?next=x"), ("/admin/login", "/admin/login/")],
)
def test_a_page_without_its_slash_is_found(client, staff, path, elsewhere):
    client.force_login(staff)
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, elsewhere)
    assert client.head(path).status_code == 301
    assert client.get(response["Location"]).status_code in {200, 302}


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_a_form_is_not_sent_elsewhere(client, settings, debug):
    settings.DEBUG = debug
    assert client.post("/admin", {"username": "ann"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere", "/static/none.css", "/api", "/api/v1", "/api/v1/nowhere"])
def test_what_is_nowhere_stays_there(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_a_page_is_under_the_limit_of_strangers_too(client, settings, path):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "2/min"}
    answers = [client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit"].startswith('"anon";r=1;')
    assert answers[2]["Content-Type"].startswith("text/html")
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert len(answers[2].content) < 2_000
    assert client.get("/api/v1/movies").status_code == 429
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/api/docs", "/api/redoc"])
def test_the_readers_of_the_document_are_under_it_too(client, settings, path):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "2/min"}
    answers = [client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["Content-Type"].startswith("text/html")
    assert answers[2].json()["errors"][0]["code"] == "throttled"


@pytest.mark.django_db
def test_a_member_s_pages_count_as_theirs(client, settings, ann):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "1/min", "user": "2/min"}
    client.force_login(ann)
    assert [client.get("/").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_signing_in_is_counted_apart_from_looking_at_the_form(client, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "2/min", "login": "1/min"}
    form = {"login": "ann", "password": "wrong"}
    assert [client.post("/accounts/login/", form).status_code for _ in range(2)] == [200, 429]
    assert [client.get("/accounts/login/").status_code for _ in range(3)] == [200, 200, 429]
