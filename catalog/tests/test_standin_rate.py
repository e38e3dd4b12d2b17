from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.tests.standin_calls import ask
from catalog.tmdb.standin import StandIn
from catalog.tmdb.standin.record import Call, Limit, Record

pytestmark = pytest.mark.embedded

FILM = {"id": 5, "title": "Five"}


def test_no_second_wherever_it_begins_has_more_calls_than_the_limit():
    limit = Limit(3)
    let_through = [at for at in (0.0, 0.4, 0.8, 0.9, 1.0, 1.2, 1.5, 1.9, 2.0) if limit.allows(at)]
    assert let_through == [0.0, 0.4, 0.8, 1.0, 1.5, 1.9, 2.0]


def test_without_a_limit_everything_is_let_through():
    assert all(Limit(None).allows(0.0) for _ in range(1_000))


def test_the_call_over_the_limit_is_told_when_to_come_back():
    with StandIn(films=[FILM], rate=3) as standin:
        answers = [ask(standin, "/movie/5") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "1"
    assert (answers[-1].json()["status_code"], answers[-1].json()["success"]) == (25, False)


def test_parallel_calls_get_exactly_as_many_answers_as_the_limit():
    with StandIn(films=[FILM], rate=10) as standin, ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: ask(standin, "/movie/5").status_code, range(40)))
        arrivals = [call.at for call in standin.calls if call.status == 200]
    assert set(statuses) == {200, 429}
    assert all(later - earlier >= 1 for earlier, later in zip(arrivals, arrivals[10:], strict=False))


@pytest.mark.parametrize(
    ("arrivals", "most"), [([], 0), ([1.0], 1), ([0.0, 0.5, 0.99, 1.0, 1.4], 4), ([0.0, 1.0, 2.0], 1)]
)
def test_the_record_finds_the_busiest_second(arrivals, most):
    record = Record(None)
    for at in arrivals:
        record.add(Call(at, "GET", "/movie/5", {}, 200))
    assert record.max_in_any_second() == most


def test_the_record_tells_what_was_asked_and_answered():
    with StandIn(films=[FILM]) as standin:
        ask(standin, "/movie/5", append_to_response="credits")
        ask(standin, "/movie/6")
        told = [(call.method, call.path, call.query, call.status) for call in standin.calls]
    assert told == [
        ("GET", "/movie/5", {"append_to_response": "credits"}, 200),
        ("GET", "/movie/6", {}, 404),
    ]


def test_the_record_keeps_to_its_bound_and_can_be_emptied():
    with StandIn(films=[FILM], remember=2) as standin:
        for _ in range(3):
            ask(standin, "/movie/5")
        assert (len(standin.calls), standin.record.total) == (2, 3)
        standin.record.forget()
        assert (standin.calls, standin.record.total) == ([], 0)
