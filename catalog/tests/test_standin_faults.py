import pytest
import requests

from catalog.tests.standin_calls import ask, ids
from catalog.tmdb.standin import StandIn
from catalog.tmdb.standin.faults import KINDS, parsed

pytestmark = pytest.mark.embedded

FILMS = [{"id": number, "title": f"Film {number}"} for number in (5, 55, 6)]


@pytest.fixture
def standin():
    with StandIn(films=FILMS) as standin:
        yield standin


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("status500", 500, 11),
        ("status502", 502, 43),
        ("status503", 503, 9),
        ("status504", 504, 24),
        ("error_in_200", 200, 21),
        ("suspended", 401, 10),
        ("vanish", 404, 34),
        ("status429", 429, 25),
    ],
)
def test_a_planned_error_is_tmdbs_own(standin, kind, status, code):
    standin.faults.add(5, kind)
    answer = ask(standin, "/movie/5")
    assert (answer.status_code, answer.json()["status_code"]) == (status, code)


@pytest.mark.parametrize(("kind", "status"), [("html500", 500), ("not_json", 200), ("empty200", 200)])
def test_what_stands_before_tmdb_does_not_speak_json(standin, kind, status):
    standin.faults.add(5, kind)
    answer = ask(standin, "/movie/5")
    assert answer.status_code == status
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_list_may_come_where_an_object_should_be(standin):
    standin.faults.add(5, "list_instead_of_object")
    assert ask(standin, "/movie/5").json() == []


def test_a_truncated_body_breaks_off(standin):
    standin.faults.add(5, "truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        ask(standin, "/movie/5")


def test_a_reset_is_a_reset(standin):
    standin.faults.add(5, "reset", times=1)
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        ask(standin, "/movie/5")
    assert [call.status for call in standin.calls] == [0]
    assert ask(standin, "/movie/5").status_code == 200


def test_a_stall_outlasts_the_clients_patience_and_then_answers(standin):
    standin.faults.add(5, "stall", times=1, seconds=0.6)
    headers = {"Authorization": f"Bearer {standin.token}"}
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{standin.base_url}/movie/5", headers=headers, timeout=0.2)
    standin.faults.add(5, "stall", times=1, seconds=0.1)
    assert ask(standin, "/movie/5").json()["title"] == "Film 5"


def test_a_stand_in_stops_in_the_middle_of_a_stall():
    with StandIn(films=FILMS) as standin:
        standin.faults.add(5, "stall", seconds=3_600)
        with pytest.raises(requests.ReadTimeout):
            requests.get(f"{standin.base_url}/movie/5", headers={"Authorization": "Bearer stand-in"}, timeout=0.1)


@pytest.mark.parametrize("retry_after", [None, 7])
def test_a_429_comes_with_or_without_a_time(standin, retry_after):
    standin.faults.add("/movie/*", "status429", retry_after=retry_after)
    expected = None if retry_after is None else str(retry_after)
    assert ask(standin, "/movie/5").headers.get("Retry-After") == expected


def test_a_fault_hits_its_film_and_the_parts_of_it_alone(standin):
    standin.faults.add(5, "status500")
    statuses = [
        ask(standin, path).status_code for path in ("/movie/5", "/movie/5/credits", "/movie/55", "/movie/popular")
    ]
    assert statuses == [500, 500, 200, 200]


def test_a_vanished_film_is_still_listed(standin):
    standin.faults.add(5, "vanish")
    assert 5 in ids(standin, "/movie/popular")
    assert ask(standin, "/movie/5").status_code == 404


def test_faults_are_counted_off_and_follow_each_other(standin):
    standin.faults.add("/movie/*", "status500", times=2)
    standin.faults.add("/movie/5", "html500", times=1)
    assert [ask(standin, "/movie/5").status_code for _ in range(4)] == [500, 500, 500, 200]


def test_cleared_faults_no_longer_happen(standin):
    standin.faults.add("*", "status500")
    standin.faults.chaos(1.0)
    standin.faults.clear()
    assert ask(standin, "/movie/5").status_code == 200


def test_the_same_seed_gives_the_same_chaos(standin):
    def sequence(seed: int) -> list[str | None]:
        standin.faults.chaos(0.5, seed)
        taken = [standin.faults.take("/movie/5") for _ in range(60)]
        return [fault.kind if fault else None for fault in taken]

    assert sequence(1) == sequence(1) != sequence(2)
    assert 15 < sequence(1).count(None) < 45


def test_chaos_has_only_faults_that_pass(standin):
    standin.faults.chaos(1.0, seed=3)
    kinds = {standin.faults.take("/movie/5").kind for _ in range(500)}
    assert kinds == set(KINDS) - {"vanish", "suspended", "error_in_200"}


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("949=html500", {"target": "949", "kind": "html500", "times": None}),
        ("/movie/*=stall:0.5*2", {"target": "/movie/*", "kind": "stall", "times": 2, "seconds": 0.5}),
        ("5=status429:none", {"target": "5", "kind": "status429", "times": None, "retry_after": None}),
        ("reset*1", {"target": "*", "kind": "reset", "times": 1}),
    ],
)
def test_a_fault_can_be_written_as_text(text, planned):
    assert parsed(text) == planned


@pytest.mark.parametrize("text", ["5=explode", "5=reset*often", ""])
def test_a_fault_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match=r"fault|invalid literal"):
        parsed(text)
