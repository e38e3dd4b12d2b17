"""What it costs to be known: the same kept read by those who show a token, and by those who show nothing."""

import itertools
import subprocess
import sys
from collections.abc import Iterator

from bench.load import request, side_by_side
from bench.place import ROOT
from bench.report import Row
from bench.servers import serving
from bench.web import CALLERS, DETAIL, ratio


def measure(environment: dict[str, str]) -> Iterator[Row]:
    tokens = sign_in(environment, CALLERS)
    with serving("config.wsgi:application", environment | {"THROTTLE_USER": environment["THROTTLE_ANON"]}) as server:

        def compare(what: str, known: list[bytes], unknown: list[bytes], goal: float | None) -> Row:
            rounds = [(server, itertools.cycle(callers)) for callers in (known, unknown)]
            return ratio(what, *side_by_side(*rounds, 3_000), goal)

        one = [request(DETAIL, token=tokens[0])]
        yield compare("cached detail, one busy member, against a busy stranger", one, [request(DETAIL)], 0.6)
        members = [request(DETAIL, token=token) for token in tokens]
        strangers = [request(DETAIL, f"192.0.{n // 250}.{n % 250}") for n in range(CALLERS)]
        what = f"cached detail, {CALLERS:,} members in turn, against as many strangers (not the goal's case)"
        yield compare(what, members, strangers, None)


def sign_in(environment: dict[str, str], members: int) -> list[str]:
    command = [sys.executable, "-m", "bench.signed_in", str(members)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.split() if line.count(".") == 2]
