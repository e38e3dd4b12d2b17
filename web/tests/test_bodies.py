"""Bodies are waited for by some threads and never by all, and no longer than need be by those."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from web import bodies
from web.bodies import Bodies, Refused

WITHIN = 30


class Held:
    """A body whose sender says nothing until told to."""

    def __init__(self) -> None:
        self.is_read, self.go_on = Event(), Event()

    def read(self, size: int) -> bytes:
        self.is_read.set()
        assert self.go_on.wait(WITHIN)
        return b"x" * size


class Counting(io.BytesIO):
    """A body that notes how much it was asked for."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.reads = []

    def read(self, size: int) -> bytes:
        self.reads.append(size)
        return super().read(size)


class Gone:
    def read(self, size: int) -> bytes:
        raise ConnectionResetError


@pytest.fixture
def silent():
    """Starts to read a body of a caller's that does not come; all of them come when the test is over."""
    held = []
    with ThreadPoolExecutor(8) as pool:

        def start(place: Bodies, caller: str) -> Held:
            held.append(Held())
            held[-1].result = pool.submit(place.read, held[-1], 4, caller)
            assert held[-1].is_read.wait(WITHIN)
            return held[-1]

        yield start
        for body in held:
            body.go_on.set()


def status_of(place: Bodies, caller: str, body=None) -> int:
    """200 where the body was taken, else what its sender is told."""
    try:
        place.read(body or io.BytesIO(b"here"), 4, caller)
    except Refused as reason:
        return reason.status
    return 200


@pytest.mark.parametrize(("threads", "places"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 4)])
def test_two_threads_are_left_to_those_who_read(silent, threads, places):
    place = Bodies(threads)
    for number in range(places):
        silent(place, f"10.0.0.{number}")
    assert status_of(place, "10.0.1.1") == 503


def test_nobody_alone_takes_all_places(silent):
    place = Bodies(6)
    silent(place, "10.0.0.1")
    silent(place, "10.0.0.1")
    assert status_of(place, "10.0.0.1") == 503
    assert status_of(place, "10.0.0.2") == 200


def test_a_place_is_free_again_however_its_reading_ended(silent):
    place = Bodies(1)
    assert status_of(place, "10.0.0.1", Gone()) == 400
    first = silent(place, "10.0.0.1")
    assert status_of(place, "10.0.0.2") == 503
    first.go_on.set()
    assert first.result.result(WITHIN) == b"xxxx"
    assert status_of(place, "10.0.0.2") == 200


def test_who_finds_no_place_waits_a_moment_for_one(silent, monkeypatch):
    monkeypatch.setattr(bodies, "PLACE_WITHIN", WITHIN)
    place = Bodies(1)
    first = silent(place, "10.0.0.1")
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(status_of, place, "10.0.0.2")
        first.go_on.set()
        assert second.result(WITHIN) == 200


def test_once_somebody_waited_in_vain_nobody_waits_for_a_while(silent, monkeypatch):
    place = Bodies(1)
    silent(place, "10.0.0.1")
    assert status_of(place, "10.0.0.2") == 503
    monkeypatch.setattr(bodies, "PLACE_WITHIN", 3600)
    assert status_of(place, "10.0.0.3") == 503


def test_a_crowd_is_one_line_in_the_log(silent, lines):
    place = Bodies(4)
    for caller in "10.0.0.1", "10.0.0.2":
        silent(place, caller)
    for _ in range(5):
        assert status_of(place, "10.0.0.3") == 503
    assert [(line["event"], line["places"]) for line in lines()] == [("bodies_crowded", 2)]


def test_a_body_that_comes_too_slowly_is_given_up(monkeypatch):
    place = Bodies(1)
    slow = Counting(b"here")
    monkeypatch.setattr(bodies, "PATIENCE", -1)
    assert status_of(place, "10.0.0.1", slow) == 408
    assert slow.reads == [1]
    monkeypatch.setattr(bodies, "PATIENCE", WITHIN)
    assert status_of(place, "10.0.0.1") == 200


def test_a_body_that_is_there_at_the_last_moment_is_taken(monkeypatch):
    monkeypatch.setattr(bodies, "PATIENCE", -1)
    assert Bodies(1).read(Counting(b"x"), 1, "10.0.0.1") == b"x"


@pytest.mark.parametrize("size", [1, 2, 5, 6, 1000, 1_048_577])
def test_a_body_is_whole_after_a_few_reads(size):
    body = bytes(number % 251 for number in range(size))
    stream = Counting(body + b"of the next request")
    assert Bodies(4).read(stream, size, "10.0.0.1") == body
    assert len(stream.reads) <= 11


@pytest.mark.parametrize("there", [0, 1, 3, 5, 999])
def test_a_body_that_ends_early_is_what_there_was(there):
    assert Bodies(4).read(io.BytesIO(b"x" * there), 1000, "10.0.0.1") == b"x" * there
