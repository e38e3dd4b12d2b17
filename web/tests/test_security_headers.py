"""What a browser is told it may load, and which other sites may ask."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.urls("web.tests.urls")
@pytest.mark.parametrize("path", ["/api/v1/notes", "/api/v1/nowhere", "/page", "/nowhere", "/healthz"])
def test_every_response_is_fenced_in(client, path):
    response = client.get(path)
    assert {name: response[name] for name in SAFE} == SAFE
    assert "Content-Security-Policy" in response.headers


@pytest.mark.urls("web.tests.urls")
def test_json_loads_nothing_at_all(client):
    assert client.get("/api/v1/notes")["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.urls("web.tests.urls")
def test_a_page_runs_no_inline_script_and_loads_from_here_and_from_the_image_cdn_alone(client):
    policy = client.get("/page")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert set(re.findall(r"https?://[^\s;]+", policy)) == {"https://image.tmdb.org"}
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/"])
def test_the_admin_has_nothing_inline_that_the_policy_forbids(client, staff, path):
    if path != "/admin/login/":
        client.force_login(staff)
    text = client.get(path).text
    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json.)[^>]*>", text)
    assert scripts == []
    assert not re.search(r"<[^>]+\son[a-z]+=", text)
    assert not re.search(r"<[^>]+\sstyle=|<style", text)


@pytest.mark.urls("web.tests.urls")
class TestOtherSites:
    SITE = "https://app.example.org"

    def test_are_let_in_by_none_unless_named(self):
        response = Client().get("/api/v1/notes", headers={"Origin": self.SITE})
        assert not [name for name in response.headers if name.startswith("Access-Control")]

    def test_that_are_named_may_read_the_answer_and_its_limits(self, settings):
        settings.CORS_ALLOWED_ORIGINS = [self.SITE]
        response = Client().get("/api/v1/notes", headers={"Origin": self.SITE})
        assert response["Access-Control-Allow-Origin"] == self.SITE
        assert "RateLimit" in response["Access-Control-Expose-Headers"]
        assert "origin" in response["Vary"].lower()

    def test_that_are_not_named_stay_out(self, settings):
        settings.CORS_ALLOWED_ORIGINS = [self.SITE]
        response = Client().get("/api/v1/notes", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "origin" in Client().get("/api/v1/notes")["Vary"].lower()

    def test_may_ask_first(self, settings):
        settings.CORS_ALLOWED_ORIGINS = [self.SITE]
        ask = {"Origin": self.SITE, "Access-Control-Request-Method": "POST"}
        response = Client().options("/api/v1/notes", headers=ask)
        assert response.status_code == 200
        assert "POST" in response["Access-Control-Allow-Methods"]


@pytest.mark.urls("web.tests.urls")
def test_a_stranger_s_read_touches_no_session_and_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/api/v1/notes")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.urls("web.tests.urls")
def test_a_member_s_session_is_known_to_the_api(client, ann):
    client.force_login(ann)
    assert client.get("/api/v1/notes")["RateLimit"].startswith('"user"')
