"""The embedded broker's folder: whole messages, each taken once, none lost."""

import itertools
import threading
from queue import Empty

import pytest
from kombu import Connection

from config.broker import UNFINISHED, Transport, restore

# kombu remembers in the process what it has declared, so each test has a queue of its own.
NAMES = (f"queue{number}" for number in itertools.count())


@pytest.fixture
def name():
    return next(NAMES)


def connect(folder):
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    return Connection(transport=Transport, transport_options=options)


@pytest.fixture
def connection(tmp_path):
    with connect(tmp_path) as connection:
        yield connection


def put(connection, name, *bodies):
    with connection.SimpleQueue(name) as queue:
        for body in bodies:
            queue.put(body)


def take(connection, name):
    with connection.SimpleQueue(name) as queue:
        message = queue.get(timeout=1)
        message.ack()
        return message.payload


def messages(folder, ending=".msg"):
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(ending))


def test_messages_come_in_their_order_and_leave_nothing_behind(connection, tmp_path, name):
    put(connection, name, {"number": 1}, {"number": 2}, {"number": 3})
    assert len(messages(tmp_path)) == 3
    assert [take(connection, name)["number"] for _ in range(3)] == [1, 2, 3]
    assert messages(tmp_path, "") == ["control"]


def test_an_empty_queue_is_empty(connection, name):
    with connection.SimpleQueue(name) as queue, pytest.raises(Empty):
        queue.get(timeout=0.1)


def test_queues_do_not_mix(connection, name):
    put(connection, name, {"to": "sync"})
    with connection.SimpleQueue(f"{name}-other") as other, pytest.raises(Empty):
        other.get(timeout=0.1)
    assert take(connection, name) == {"to": "sync"}


def test_what_was_taken_and_not_acknowledged_can_be_restored(tmp_path, name):
    connection = connect(tmp_path)
    put(connection, name, {"number": 1})
    queue = connection.SimpleQueue(name)
    queue.get(timeout=1)
    assert messages(tmp_path) == []
    assert restore(tmp_path) == 1
    assert restore(tmp_path) == 0
    with connect(tmp_path) as another:
        assert take(another, name) == {"number": 1}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"properties": {}}'])
def test_what_is_no_message_is_put_aside_and_the_next_is_taken(connection, tmp_path, content, name):
    (tmp_path / f"0_broken.{name}.msg").write_bytes(content)
    put(connection, name, {"number": 1})
    assert take(connection, name) == {"number": 1}
    assert messages(tmp_path, ".broken") == [f"0_broken.{name}.msg.broken"]
    assert (tmp_path / f"0_broken.{name}.msg.broken").read_bytes() == content


def test_a_message_that_is_still_being_written_is_none_yet(connection, tmp_path, name):
    half = tmp_path / f"1_half.{name}.msg{UNFINISHED}"
    half.write_bytes(b'{"body": "ha')
    assert connection.default_channel._size(name) == 0
    with connection.SimpleQueue(name) as queue, pytest.raises(Empty):
        queue.get(timeout=0.1)
    assert half.exists()


def test_two_takers_never_take_the_same_message(connection, tmp_path, name):
    put(connection, name, *[{"number": number} for number in range(40)])
    taken = []

    def work():
        with connect(tmp_path) as own, own.SimpleQueue(name) as queue:
            try:
                while True:
                    message = queue.get(timeout=0.5)
                    taken.append(message.payload["number"])
                    message.ack()
            except Empty:
                return

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == list(range(40))


def test_a_queue_can_be_counted_and_emptied(connection, tmp_path, name):
    put(connection, name, {"number": 1}, {"number": 2})
    channel = connection.default_channel
    assert channel._size(name) == 2
    assert channel._purge(name) == 2
    assert messages(tmp_path) == []


def test_a_folder_without_messages_has_nothing_to_restore(tmp_path):
    assert restore(tmp_path) == 0
    assert restore(tmp_path / "missing") == 0
