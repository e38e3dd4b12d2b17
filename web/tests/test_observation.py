"""Every response carries a request id; every request leaves one line, with nothing in it that should not be."""

import logging
import re

import pytest
from django.test import Client, RequestFactory

from web.observation import known_user_id

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(params=[False, True], ids=["production", "debug"])
def either_way(request, settings):
    settings.DEBUG = request.param


def requests_in(lines: list[dict]) -> list[dict]:
    return [line for line in lines if line["event"] == "request"]


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/api/v1/notes", "/api/v1/faults/crash", "/api/v1/x?q=%00"])
def test_a_response_carries_an_id_also_when_it_is_a_fault(client, path):
    assert re.fullmatch(r"[0-9a-f]{12}4[0-9a-f]{3}a[0-9a-f]{15}", client.get(path)["X-Request-ID"])
    assert client.get(path, headers={"X-Request-ID": "caller-1.a_b"})["X-Request-ID"] == "caller-1.a_b"


@pytest.mark.parametrize(
    "given", ["short", "x" * 129, "has space", "new\nline-1", "<script>alert(1)</script>", "ééééééééé"]
)
def test_an_id_that_is_not_sane_is_replaced(client, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})
    assert len(response["X-Request-ID"]) == 32


def test_two_requests_have_two_ids(client):
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


def test_a_request_leaves_one_line_that_names_its_route(client, lines):
    client.get("/api/v1/faults/conflict?api_key=hunter2", headers={"X-Request-ID": "caller-0001"})
    (line,) = requests_in(lines())
    assert line.pop("timestamp").endswith("Z")
    assert line.pop("duration_ms") > 0
    assert line == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "api/v1/faults/<str:fault>",
        "status": 409,
        "user_id": None,
        "request_id": "caller-0001",
    }


def test_a_fault_by_the_caller_leaves_that_line_and_no_other(client, lines):
    for path in "/nowhere", "/api/v1/nowhere", "/api/v1/users?page=0":
        client.get(path)
        assert [line["event"] for line in lines()] == ["request"]


@pytest.mark.parametrize("path", ["/api/v1/faults/crash", "/api/v1/plain-faults/crash", "/faults/crash"])
def test_a_crash_is_logged_once_with_its_traceback_and_id_and_without_its_secrets(client, lines, path):
    client.get(path, headers={"X-Request-ID": "caller-0002"})
    written = lines()
    (crash,) = [line for line in written if line["level"] == "error"]
    assert crash["request_id"] == "caller-0002"
    assert crash["logger"] == "django.request"
    assert "ZeroDivisionError" in crash["exception"]
    assert "hunter2" not in crash["exception"]
    assert "ann@example.org" not in crash["exception"]
    assert len(written) == 2


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("path", ["/page", "/api/v1/notes"])
@pytest.mark.parametrize("host", ["evil.example", "a b", "x" * 5000, "[::1"])
def test_a_host_that_is_not_ours_is_a_warning_of_one_line(client, lines, path, host):
    assert client.get(path, headers={"Host": host}).status_code == 400
    refused, request = lines()
    assert (refused["level"], refused["event"]) == ("warning", "host_not_allowed")
    assert host[:50] in refused["reason"]
    assert len(refused["reason"]) <= 200
    assert "exception" not in refused
    assert request["status"] == 400


def test_a_host_that_is_not_ours_is_no_error_for_whoever_listens_to_errors(client, caplog):
    client.get("/page", headers={"Host": "evil.example"})
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_another_suspicion_is_one_line_without_a_traceback(client, lines):
    client.get("/faults/suspicious")
    suspicion, _ = lines()
    assert suspicion["logger"] == "django.security.SuspiciousOperation"
    assert "exception" not in suspicion


def test_a_user_who_was_asked_for_is_named_by_id(client, ann, lines):
    client.force_login(ann)
    client.get("/api/v1/notes")
    (line,) = requests_in(lines())
    assert line["user_id"] == ann.pk


def test_nobody_is_looked_up_for_the_log(client, ann, django_assert_num_queries):
    client.force_login(ann)
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_user_whom_an_authenticator_found_is_known(ann):
    request = RequestFactory().get("/")
    assert known_user_id(request) is None
    request.user = ann
    assert known_user_id(request) == ann.pk


def test_an_id_ends_with_its_request(client, lines):
    import structlog

    client.get("/healthz", headers={"X-Request-ID": "caller-0003"})
    lines()
    structlog.get_logger("after").warning("later")
    assert "request_id" not in lines()[0]
