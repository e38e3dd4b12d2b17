"""What is sent to Sentry tells what broke, and nothing about whom it broke for."""

import subprocess
import sys

from web.redaction import REDACTED
from web.reporting import scrubbed

EVENT = {
    "user": {"id": 1, "email": "ann@example.org", "ip_address": "10.0.0.1"},
    "request": {
        "url": "https://movies.example.org/api/v1/auth/reset?token=abc",
        "method": "POST",
        "query_string": "token=abc",
        "data": {"password": "hunter2"},
        "cookies": {"sessionid": "abc"},
        "headers": {
            "Authorization": "Bearer abcdefgh",
            "Cookie": "sessionid=abc",
            "User-Agent": "curl",
            "Referer": "/?a=b",
        },
        "env": {"REMOTE_ADDR": "10.0.0.1"},
    },
    "exception": {"values": [{"type": "ValueError", "value": "no such user: ann@example.org"}]},
    "extra": {"api_key": "abc", "film": 949},
    "tags": {"route": "auth/reset"},
}


def test_the_person_is_taken_out_and_the_fault_stays():
    assert scrubbed(EVENT | {}, {}) == {
        "request": {
            "url": "https://movies.example.org/api/v1/auth/reset",
            "method": "POST",
            "headers": {"User-Agent": "curl"},
        },
        "exception": {"values": [{"type": "ValueError", "value": f"no such user: {REDACTED}"}]},
        "extra": {"api_key": REDACTED, "film": 949},
        "tags": {"route": "auth/reset"},
    }


def loaded_after(dsn: str) -> str:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from web.reporting import start_error_reporting\n"
        f"start_error_reporting({dsn!r})\n"
        "sdk = sys.modules.get('sentry_sdk')\n"
        "print(sdk and sdk.get_client().options['send_default_pii'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_without_an_address_nothing_is_loaded():
    assert loaded_after("") == "None"


def test_with_an_address_it_starts_without_personal_data():
    assert loaded_after("http://key@127.0.0.1:9/1") == "False"
