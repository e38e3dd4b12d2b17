"""Limits count each call once, by caller, and tell what is left."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory

from web.callers import client_address
from web.throttling import allow, forget_calls
from web.windows import Limit

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
NOTES = "/api/v1/notes"


@pytest.fixture(autouse=True)
def small_limits(settings):
    settings.THROTTLE_RATES = {"anon": "3/min", "user": "5/min", "write": "2/min", "login": "1/min"}


def statuses(send, times: int) -> list[int]:
    return [send().status_code for _ in range(times)]


def test_the_limit_is_told_and_kept(api):
    first = api.get(NOTES)
    assert first["RateLimit-Policy"] == '"anon";q=3;w=60'
    assert re.fullmatch(r'"anon";r=2;t=(60|59)', first["RateLimit"])
    assert statuses(lambda: api.get(NOTES), 2) == [200, 200]
    last = api.get(NOTES)
    assert last.status_code == 429
    assert last.json()["errors"][0]["code"] == "throttled"
    assert last["RateLimit"].startswith('"anon";r=0;t=')
    assert 1 <= int(last["Retry-After"]) <= 60


def test_a_fault_on_a_limited_route_tells_the_limit_too(api):
    response = api.post(NOTES, {"text": ""})
    assert response.status_code == 400
    assert response["RateLimit"].startswith('"write";r=1;')


def test_a_user_has_a_limit_of_their_own_wherever_they_call_from(api, ann, bob):
    api.force_authenticate(ann)
    assert statuses(lambda: api.get(NOTES), 3) == [200] * 3
    assert statuses(lambda: api.get(NOTES, REMOTE_ADDR="10.1.1.1"), 3) == [200, 200, 429]
    api.force_authenticate(bob)
    assert api.get(NOTES)["RateLimit"].startswith('"user";r=4;')
    api.force_authenticate(None)
    assert api.get(NOTES)["RateLimit"].startswith('"anon";r=2;')


def test_writes_are_counted_apart_from_reads(api):
    assert statuses(lambda: api.post(NOTES, {"text": "x"}), 3) == [201, 201, 429]
    assert api.get(NOTES).status_code == 200


def test_a_view_may_name_its_scope(api):
    assert statuses(lambda: api.post("/api/v1/login", {"text": "x"}), 2) == [201, 429]


def test_asking_twice_counts_once(api):
    request = RequestFactory().get(NOTES)
    assert allow(request) is allow(request)
    assert api.get(NOTES)["RateLimit"].startswith('"anon";r=1;')


def test_what_is_not_limited_tells_nothing(api):
    for path in "/healthz", "/api/v1/faults/conflict", "/page":
        assert "RateLimit" not in api.get(path).headers


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, ["1.1.1.1", "2.2.2.2"], True),
        (1, ["9.9.9.9, 1.1.1.1", "8.8.8.8, 1.1.1.1"], True),
        (1, ["9.9.9.9, 1.1.1.1", "9.9.9.9, 1.1.1.2"], False),
        (2, ["6.6.6.6, 1.1.1.1, 10.0.0.1", "7.7.7.7, 1.1.1.1, 10.0.0.2"], True),
        (2, ["1.1.1.1", "1.1.1.2"], False),
        (1, ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"], True),
        (1, ["2001:db8:1:2::1", "2001:db8:1:3::1"], False),
        (1, ["::ffff:1.2.3.4", "1.2.3.4"], True),
        (1, ["", "nonsense"], True),
        (1, ["nonsense", "1.1.1.1:x"], True),
        (1, ["1.1.1.1:5678", "1.1.1.1:6789"], True),
        (1, ["1.1.1.1:5678", "1.1.1.1"], True),
        (1, ["1.1.1.1:5678", "1.1.1.2:5678"], False),
        (1, ["[2001:db8:1:2::1]:80", "2001:db8:1:2::2"], True),
        (1, ["[2001:db8:1:2::1]", "[2001:db8:1:2::2]:443"], True),
        (1, ["[2001:db8:1:2::1]:80", "[2001:db8:1:3::1]:80"], False),
        (1, ["[::ffff:1.2.3.4]:80", "1.2.3.4"], True),
        (1, ["1.1.1.1, _hidden", "2.2.2.2, unknown"], True),
    ],
)
def test_the_caller_is_whom_the_trusted_proxies_name(api, settings, proxies, forwarded, same):
    settings.NUM_PROXIES = proxies
    left = [api.get(NOTES, headers={"X-Forwarded-For": addresses})["RateLimit"] for addresses in forwarded]
    assert left[0].startswith('"anon";r=2;')
    assert left[1].startswith('"anon";r=1;' if same else '"anon";r=2;')


def test_a_caller_whom_no_proxy_names_is_the_peer(settings):
    settings.NUM_PROXIES = 1
    for nonsense in "", "nonsense", "1.2.3.4.5:80", "[1.2.3.4", "::::", "9" * 200:
        request = RequestFactory().get(NOTES, headers={"X-Forwarded-For": nonsense}, REMOTE_ADDR="10.1.1.1")
        assert client_address(request) == "10.1.1.1"
    assert client_address(RequestFactory().get(NOTES, REMOTE_ADDR="")) == "local"
    assert client_address(RequestFactory().get(NOTES, REMOTE_ADDR="a socket's path")) == "a socket's path"


def admitted(times: int, threads: int = 16) -> int:
    def call(_: int) -> bool:
        return allow(RequestFactory().get(NOTES)).allowed

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(call, range(times)))


@pytest.mark.parametrize("amount", [1, 50, 399])
def test_parallel_calls_get_exactly_the_limit_and_no_more(settings, amount):
    settings.THROTTLE_RATES = {"anon": f"{amount}/min"}
    assert admitted(500) == amount


def test_parallel_calls_never_exceed_a_limit_that_is_leased(settings):
    settings.THROTTLE_RATES = {"anon": "1000/min"}
    assert 990 <= admitted(3000) <= 1000


def test_several_processes_share_one_limit(settings):
    if not settings.REDIS_URL:
        pytest.skip("without Redis each process counts by itself")
    settings.THROTTLE_RATES = {"anon": "60/min"}
    counts = []
    for _ in range(3):
        counts.append(admitted(30))
        forget_calls()  # as another process: nothing in memory, the same Redis
    assert counts == [30, 30, 0]


def test_a_slow_caller_pays_for_no_token_but_their_own(settings, api):
    settings.THROTTLE_RATES = {"anon": "1000/min"}
    assert Limit("anon", 1000, 60).lease == 5
    forget_calls()
    api.get(NOTES)
    forget_calls()
    left = int(re.search(r"r=(\d+)", api.get(NOTES)["RateLimit"])[1])
    assert left == (998 if settings.REDIS_URL else 999)
