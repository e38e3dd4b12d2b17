"""The two levels of kept bodies, apart from what is kept in them."""

import threading
import time

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from web import cached
from web.cached import Body, Rule, first_level, kept
from web.dropping import drop
from web.first_level import FirstLevel


class Rendered(HttpResponse):
    """As DRF's response: made when it is asked to be."""

    def render(self):
        return self


class Counting:
    """A view that counts its calls, and may be held up."""

    def __init__(self, status=200):
        self.calls, self.status = 0, status
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, request, **kwargs):
        self.calls += 1
        self.gate.wait(5)
        content = b'{"call": %d, "query": "%s"}' % (self.calls, request.META["QUERY_STRING"].encode())
        return Rendered(content, status=self.status, content_type="application/json")


@pytest.fixture
def view():
    return Counting()


def get(view, path="/api/thing", **headers):
    return view(RequestFactory().get(path, **headers))


def test_the_first_level_keeps_so_many_bytes_and_forgets_the_oldest():
    level = FirstLevel(most_bytes=20)
    for key in "abc":
        level.put(key, key.upper(), size=10, confirmed_for=60)
    assert level.get("a") == (None, False)
    assert level.get("b") == ("B", True)
    assert level.get("c") == ("C", True)
    level.put("b", "again", size=10, confirmed_for=60)
    level.put("d", "D", size=10, confirmed_for=60)
    assert level.get("c") == (None, False)
    assert level.get("b") == ("again", True)


def test_what_is_larger_than_all_the_room_is_not_kept():
    level = FirstLevel(most_bytes=20)
    level.put("large", "L", size=21, confirmed_for=60)
    assert level.get("large") == (None, False)
    level.put("small", "S", size=20, confirmed_for=60)
    assert level.get("small") == ("S", True)


def test_the_first_level_tells_what_has_to_be_confirmed():
    level = FirstLevel(most_bytes=20)
    level.put("a", "A", size=1, confirmed_for=-1)
    assert level.get("a") == ("A", False)
    level.clear()
    assert level.get("a") == (None, False)


def test_a_long_address_counts_towards_what_the_first_level_holds(view, monkeypatch):
    monkeypatch.setattr(first_level, "most_bytes", 5_000)
    for query in "x", "x" * 6_000:
        get(kept(view, Rule(60)), f"/api/thing?{query}")
        is_held = first_level.get(("/api/thing", query, None, "http", ""))[0] is not None
        assert is_held is (query == "x")


def test_a_body_is_made_once(view):
    answer = kept(view, Rule(60))
    assert get(answer).content == get(answer).content
    first_level.clear()
    get(answer)
    assert view.calls == 1


def test_a_body_is_made_anew_when_its_time_is_over(view):
    answer = kept(view, Rule(seconds=-1))
    get(answer)
    first_level.clear()
    get(answer)
    assert view.calls == 2


def test_only_the_parameters_of_the_rule_tell_bodies_apart(view):
    answer = kept(view, Rule(60, params=("page", "region")))
    assert b"page=1&region=FR" in get(answer, "/api/thing?junk=1&region=FR&page=1").content
    get(answer, "/api/thing?page=1&region=FR&other=2")
    assert view.calls == 1
    get(answer, "/api/thing?page=2&region=FR")
    assert view.calls == 2


def test_unknown_parameters_of_a_read_without_any_are_ignored(view):
    thing = kept(view, Rule(60))
    assert get(thing, "/api/thing?fields=title").content == get(thing).content
    assert view.calls == 1


def test_each_host_has_its_own_bodies(view, settings):
    settings.ALLOWED_HOSTS = ["one.example.org", "two.example.org"]
    answer = kept(view, Rule(60))
    get(answer, headers={"host": "one.example.org"})
    get(answer, headers={"host": "two.example.org"})
    assert view.calls == 2


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_only_a_success_is_kept(status):
    view = Counting(status)
    answer = kept(view, Rule(60))
    assert get(answer).status_code == get(answer).status_code == status
    assert view.calls == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reads_are_kept(view, method):
    answer = kept(view, Rule(60))
    for _ in range(2):
        answer(getattr(RequestFactory(), method)("/api/thing"))
    assert view.calls == 2


def test_a_dropped_tag_drops_its_bodies_alone(view):
    other = Counting()
    red = kept(view, Rule(60, tags=lambda kwargs: ["red"]))
    blue = kept(other, Rule(60, tags=lambda kwargs: ["blue"]))
    for _ in range(2):
        get(red, "/api/red")
        get(blue, "/api/blue")
        drop(["red"])
    assert (view.calls, other.calls) == (2, 1)


def test_a_drop_in_another_process_is_noticed(view, monkeypatch):
    monkeypatch.setattr(cached, "CONFIRMED_FOR", 0.05)
    answer = kept(view, Rule(60, tags=lambda kwargs: ["red"]))
    get(answer)
    cache.delete("tag:red")
    time.sleep(0.06)
    get(answer)
    assert view.calls == 2


def test_readers_wait_for_the_one_who_makes_it(view):
    answer = kept(view, Rule(60))
    view.gate.clear()
    bodies = []
    readers = [threading.Thread(target=lambda: bodies.append(get(answer).content)) for _ in range(8)]
    for reader in readers:
        reader.start()
    view.gate.set()
    for reader in readers:
        reader.join()
    assert view.calls == 1
    assert len(set(bodies)) == 1


def test_another_process_that_makes_it_is_waited_for(view):
    answer = kept(view, Rule(60))
    question = cached.Question(view, Rule(60), RequestFactory().get("/api/thing"), {})
    cache.add(question.claim, 1, 10)
    elsewhere = Body(b"{}", 'W/"x"', {}, time.time() + 60)
    fields = (elsewhere.content, elsewhere.etag, elsewhere.versions, elsewhere.expires_at)
    threading.Timer(0.1, cache.set, [question.key, fields]).start()
    assert get(answer).content == b"{}"
    assert view.calls == 0


def test_a_process_that_died_over_it_is_not_waited_for_for_ever(view, monkeypatch):
    monkeypatch.setattr(cached, "COMPUTED_WITHIN", 0.1)
    answer = kept(view, Rule(60))
    cache.add(cached.Question(view, Rule(60), RequestFactory().get("/api/thing"), {}).claim, 1, 60)
    assert get(answer).status_code == 200
    assert view.calls == 1


def test_a_view_that_fails_frees_the_others():
    def failing(request):
        raise RuntimeError("no body today")

    answer = kept(failing, Rule(60))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no body today"):
            get(answer)


def test_a_head_request_has_the_headers_of_its_get(view):
    answer = kept(view, Rule(60))
    asked = get(answer)
    head = answer(RequestFactory().head("/api/thing"))
    assert head.headers["ETag"] == asked.headers["ETag"]
    assert view.calls == 1
