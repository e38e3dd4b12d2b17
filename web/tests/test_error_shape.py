"""Under /api/ every fault is the same JSON, whoever found it; elsewhere it is a page; nowhere a stack trace."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def fault_of(response) -> dict:
    assert response["Content-Type"] == "application/json"
    assert set(response.json()) == {"type", "errors"}
    (fault,) = response.json()["errors"]
    assert set(fault) == {"code", "detail", "attr"}
    assert "Traceback" not in response.text
    return fault


@pytest.fixture(params=[False, True], ids=["production", "debug"])
def either_way(request, settings):
    settings.DEBUG = request.param


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/faults/crash", 500, "error"),
        ("/api/v1/faults/database", 503, "unavailable"),
        ("/api/v1/faults/unavailable", 503, "unavailable"),
        ("/api/v1/faults/conflict", 409, "conflict"),
        ("/api/v1/faults/nobody", 401, "not_authenticated"),
        ("/api/v1/faults/suspicious", 400, "parse_error"),
        ("/api/v1/plain-faults/crash", 500, "error"),
        ("/api/v1/plain-faults/suspicious", 400, "bad_request"),
        ("/api/v1/nowhere", 404, "not_found"),
        ("/api/", 404, "not_found"),
        ("/api", 404, "not_found"),
    ],
)
def test_a_fault_under_the_api_is_json_with_debug_on_or_off(client, path, status, code):
    response = client.get(path)
    assert response.status_code == status
    assert fault_of(response)["code"] == code


def test_a_database_that_is_away_is_a_503_outside_drf_too(client):
    response = client.get("/api/v1/plain-faults/database")
    assert response.status_code == 503
    assert fault_of(response)["code"] == "unavailable"


def test_a_dependency_that_is_away_says_when_to_come_back(client):
    assert client.get("/api/v1/faults/unavailable")["Retry-After"] == "42"
    assert int(client.get("/api/v1/faults/database")["Retry-After"]) > 0
    assert int(client.get("/api/v1/plain-faults/database")["Retry-After"]) > 0
    assert int(client.get("/faults/database")["Retry-After"]) > 0


def test_nobody_known_is_a_401_with_a_challenge(client):
    assert client.get("/api/v1/faults/nobody")["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_verb_is_a_405_that_lists_the_right_ones(client):
    response = client.delete("/api/v1/notes")
    assert response.status_code == 405
    assert fault_of(response)["code"] == "method_not_allowed"
    assert "POST" in response["Allow"]


def test_a_wrong_content_type_is_a_415(client):
    response = client.post("/api/v1/notes", "text=x", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 415
    assert fault_of(response)["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    "body", [b"{", b'{"text": NaN}', b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"[" * 5000, b"{'text': 1}", b" "]
)
def test_a_body_that_is_not_json_is_a_400(client, body):
    response = client.post("/api/v1/notes", body, content_type="application/json")
    assert response.status_code == 400
    assert fault_of(response)["code"] == "parse_error"


@pytest.mark.parametrize(
    "body", [b"[]", b"1", b'"x"', b"null", b'{"text": 1e400}', b'{"text": {}}', b'{"text": "a\\u0000"}']
)
def test_json_of_the_wrong_shape_is_a_400(client, body):
    response = client.post("/api/v1/notes", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["type"] in {"validation_error", "client_error"}


def test_a_field_at_fault_is_named(client):
    response = client.post("/api/v1/notes", {"text": "x" * 21, "stars": 11}, content_type="application/json")
    assert {fault["attr"] for fault in response.json()["errors"]} == {"text", "stars"}


def test_what_is_accepted_changes_nothing(client):
    response = client.get("/api/v1/notes?format=html", headers={"Accept": "text/html;q=1, */*;q=0"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_an_unknown_host_is_a_400(client):
    assert fault_of(client.get("/api/v1/notes", headers={"Host": "evil.example"}))["code"] == "bad_request"
    page = client.get("/page", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "evil.example" not in page.text


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/faults/crash", 500), ("/faults/suspicious", 400)])
def test_elsewhere_a_fault_is_a_page_of_our_own(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert "Marquee" in response.text
    assert "hunter2" not in response.text


def test_a_form_from_another_site_is_a_page_that_says_so(settings, ann):
    settings.ROOT_URLCONF = "config.urls"
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "ann", "password": "x"})
    assert response.status_code == 403
    assert "came from another site" in response.text


def test_a_session_write_without_a_csrf_token_is_json(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    response = client.post("/api/v1/notes", {"text": "x"}, content_type="application/json")
    assert response.status_code == 403
    assert fault_of(response)["code"] == "permission_denied"
