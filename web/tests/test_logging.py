"""One JSON line an event, from structlog and the standard library alike, with nothing secret in any of it."""

import io
import logging
import subprocess
import sys

import orjson
import pytest
import structlog
from django.conf import settings as installed

from web.logging import configure_logging, outlet
from web.redaction import REDACTED, redact, redact_text

KEY = "sk_live_0123456789abcdef"


@pytest.fixture
def restored():
    yield
    configure_logging(level=installed.LOG_LEVEL, style=installed.LOG_FORMAT)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {KEY}",
        f"authorization: api-key {KEY}",
        f"GET /3/movie/1?api_key={KEY}&language=en",
        f"https://x.org/reset?uid=1&token={KEY}",
        f"Cookie: sessionid={KEY}; csrftoken=abc",
        f"{{'password': '{KEY}', 'name': 'x'}}",
        f'{{"refresh_token": "{KEY}"}}',
        f"secret={KEY}",
        f"redis://user:{KEY}@cache.internal:6379/0",
        f"postgres://:{KEY}@db/marquee",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl_0123456789abcdef sk_live_",
    ],
)
def test_a_secret_in_a_text_is_taken_out(text):
    redacted = redact_text(text)
    assert "0123456789abcdef" not in redacted
    assert REDACTED in redacted


@pytest.mark.parametrize(
    "text", ["ann@example.org", "to Ann.Lee+films@mail.example.co.uk today", "?email=ann%40example.org"]
)
def test_an_e_mail_address_in_a_text_is_taken_out(text):
    assert "example" not in redact_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 films in 3.4 s",
        "GET api/v1/movies/<int:pk> 200",
        "the key of the matter",
        "5 tokens left @ 12:00",
        "a @ b",
        "token budget spent",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact_text(text) == text


def test_whatever_lies_under_a_secret_name_is_gone_however_deep():
    event = {
        "user": {"E-Mail": "x", "id": 7, "keys": [{"api_key": KEY, "name": "phone"}]},
        "HTTP_COOKIE": KEY,
        "n": 1.5,
    }
    assert redact(event) == {
        "user": {"E-Mail": REDACTED, "id": 7, "keys": [{"api_key": REDACTED, "name": "phone"}]},
        "HTTP_COOKIE": REDACTED,
        "n": 1.5,
    }


def test_what_contains_itself_comes_to_an_end():
    loop = {}
    loop["again"] = [loop]
    assert REDACTED in str(redact(loop))


def test_both_kinds_of_logger_write_the_same_line(lines):
    structlog.get_logger("catalog.sync").warning("slow", film=949, token=KEY)
    logging.getLogger("catalog.sync").warning("slow: %s", "ann@example.org")
    ours, theirs = lines()
    assert ours.keys() == theirs.keys() | {"film", "token"}
    assert (ours["event"], ours["film"], ours["token"]) == ("slow", 949, REDACTED)
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (f"slow: {REDACTED}", "warning", "catalog.sync")


def test_an_exception_is_one_line_with_its_traceback(lines):
    try:
        raise ValueError(f"token={KEY}")
    except ValueError:
        logging.getLogger("catalog").exception("failed")
        structlog.get_logger("catalog").exception("failed")
    for line in lines():
        assert line["event"] == "failed"
        assert "ValueError" in line["exception"]
        assert KEY not in line["exception"]


def test_what_json_cannot_hold_is_shown_as_text(lines):
    structlog.get_logger("x").warning("odd", path=outlet.__class__, when={1, 2}, raw=b"\xff")
    assert "Outlet" in lines()[0]["path"]


def test_the_level_holds_for_all(restored, lines):
    configure_logging(level="ERROR", style="json")
    structlog.get_logger("x").warning("quiet")
    logging.getLogger("x").warning("quiet")
    logging.getLogger("x").error("loud")
    assert [line["event"] for line in lines()] == ["loud"]


def test_people_get_lines_to_read_and_no_secret_either(restored, capsys):
    configure_logging(level="INFO", style="console")
    structlog.get_logger("x").info("started", password=KEY)
    logging.getLogger("x").info("Bearer %s", KEY)
    text = capsys.readouterr().out
    assert "started" in text
    assert KEY not in text


def test_a_closed_stdout_leaves_stderr(monkeypatch):
    closed, open_still = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    monkeypatch.setattr(sys, "stderr", open_still)
    logging.getLogger("x").error("disk full")
    assert orjson.loads(open_still.buffer.getvalue())["event"] == "disk full"
    monkeypatch.setattr(sys, "stderr", None)
    logging.getLogger("x").error("nobody listens")


def test_a_broken_pipe_does_not_stop_a_process():
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from web.logging import configure_logging\n"
        "import logging, os\n"
        "configure_logging(level='INFO', style='json')\n"
        "reader, writer = os.pipe(); os.close(reader); os.dup2(writer, 1)\n"
        "logging.getLogger('x').error('lost'); logging.getLogger('x').error('lost again')\n"
        "sys.stderr.write('alive'); sys.stderr.flush(); os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "lost again" in done.stderr
    assert done.stderr.endswith("alive")
