"""What a file of the embedded broker must be, to be given to Celery."""

import base64
import json
import os

import pytest

from config.messages import MOST_BYTES, NoMessageError, read

pytestmark = pytest.mark.embedded


def message(content=((), {}, {}), **headers):
    """As Celery writes a call of a task."""
    body = base64.b64encode(json.dumps(list(content)).encode()).decode()
    return {
        "body": body,
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"task": "catalog.tasks.refresh_movie", "id": "1", **headers},
        "properties": {"body_encoding": "base64", "delivery_info": {"exchange": "", "routing_key": "sync"}},
    }


def written(folder, payload):
    path = folder / "1.msg"
    path.write_text(payload if isinstance(payload, str) else json.dumps(payload), encoding="utf-8")
    return path


CALL = ([603], {}, {})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"eta": "2026-11-24T01:00:00+00:00", "expires": None, "retries": 3},
        {"timelimit": [None, 30], "stamped_headers": []},
    ],
)
def test_a_call_is_read_as_it_was_written(tmp_path, headers):
    payload = message(CALL, **headers)
    assert read(written(tmp_path, payload)) == payload


def test_a_message_that_calls_no_task_is_read_too(tmp_path):
    payload = message({"method": "ping"}.items()) | {"headers": {}}
    assert read(written(tmp_path, payload)) == payload


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"eta": "tomorrow"}, "its header eta makes no sense"),
        ({"expires": 5}, "its header expires makes no sense"),
        ({"retries": "three"}, "its header retries makes no sense"),
        ({"timelimit": [1, 2, 3]}, "its header timelimit makes no sense"),
        ({"timelimit": ["long", None]}, "its header timelimit makes no sense"),
        ({"stamped_headers": "all"}, "its header stamped_headers makes no sense"),
        ({"task": 5}, "it has not the parts of a call"),
        ({"compression": "zlib"}, "it has not the parts of a message"),
    ],
)
def test_headers_that_celery_would_fall_over_are_refused(tmp_path, headers, why):
    with pytest.raises(NoMessageError, match=why):
        read(written(tmp_path, message(CALL, **headers)))


@pytest.mark.parametrize(
    "payload",
    ["", "{", "[]", "5", "null", "\x00", "[" * 100_000, '{"body": "x"}', json.dumps(message(CALL) | {"body": "no!"})],
)
def test_what_is_no_message_is_refused(tmp_path, payload):
    with pytest.raises(NoMessageError):
        read(written(tmp_path, payload))


@pytest.mark.parametrize("content", [[1, {}, {}], [[], []], {"task": "old"}, "text"], ids=str)
def test_what_is_no_call_is_refused(tmp_path, content):
    payload = message(CALL) | {"body": base64.b64encode(json.dumps(content).encode()).decode()}
    with pytest.raises(NoMessageError, match="it has not the parts of a call"):
        read(written(tmp_path, payload))


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "1.msg"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(NoMessageError, match="larger than 1,000,000 bytes"):
        read(path)


def test_what_is_no_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "1.msg")  # to read it would wait for ever
    (tmp_path / "2.msg").mkdir()
    (tmp_path / "3.msg").symlink_to(written(tmp_path / "2.msg", message(CALL)))
    for number in (1, 2, 3):
        with pytest.raises(NoMessageError, match="it is not a file"):
            read(tmp_path / f"{number}.msg")
    with pytest.raises(NoMessageError, match="it cannot be read"):
        read(tmp_path / "4.msg")


@pytest.mark.parametrize(
    "part",
    [
        {"content-type": "application/x-python-serialize"},
        {"content-encoding": "binary"},
        {"properties": {"body_encoding": None, "delivery_info": {"exchange": "", "routing_key": "sync"}}},
        {"properties": {"body_encoding": "base64", "delivery_info": {"routing_key": "sync"}}},
        {"properties": {"body_encoding": "base64", "delivery_info": {"exchange": ""}}},
        {"headers": None},
    ],
    ids=str,
)
def test_a_message_with_a_part_of_another_kind_is_refused(tmp_path, part):
    with pytest.raises(NoMessageError, match="it has not the parts of a message"):
        read(written(tmp_path, message(CALL) | part))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("decimal", "ten"),
        ("datetime", "now"),
        ("datetime", 5),
        ("base64", 5),
        ("uuid", {"hex": 5}),
        ([], ""),
        ("no", ""),
    ],
)
def test_what_kombu_s_decoders_fall_over_is_refused(tmp_path, kind, value):
    bad = {"__type__": kind, "__value__": value}
    for payload in (message(([bad], {}, {})), message(CALL, eta=bad)):
        with pytest.raises(NoMessageError, match="it cannot be decoded"):
            read(written(tmp_path, payload))


def test_a_call_without_an_id_or_with_a_wrong_last_part_is_refused(tmp_path):
    for payload in (message(CALL, id=None), message(([603], {}, None))):
        with pytest.raises(NoMessageError, match="it has not the parts of a call"):
            read(written(tmp_path, payload))


def test_a_call_in_celery_s_old_form_is_refused(tmp_path):
    body = base64.b64encode(json.dumps({"task": "old", "id": "1"}).encode()).decode()
    with pytest.raises(NoMessageError, match="it calls a task in an old form"):
        read(written(tmp_path, message() | {"headers": {}, "body": body}))


def test_a_file_as_large_as_may_be_is_read(tmp_path):
    text = json.dumps(message(CALL))
    assert read(written(tmp_path, text.ljust(MOST_BYTES))) == json.loads(text)
