"""The sync against the stand-in, each in a process of its own: as fast as it goes, and within TMDB's limit."""

import re
from collections.abc import Iterator

from bench.place import manage
from bench.report import Row
from catalog.tmdb.standin import StandIn

LIMIT = 40
LIMITED_FILMS = 800
SUMMARY = re.compile(r"fetched ([\d,]+):.*?([\d.]+) s, ([\d.,]+) films a second")
FORGET_FILMS = "from catalog.models import Movie; Movie.objects.all().delete()"


def unlimited(environment: dict[str, str]) -> Row:
    """Fills the empty database with all that the stand-in has."""
    with StandIn(remember=0) as standin:
        told = manage(environment | at(standin, rate=0), "sync_catalog", "--reference", "--popular", "2500")
    films, seconds, rate = SUMMARY.search(told).groups()
    is_met = float(rate.replace(",", "")) >= 200
    return Row(
        "sync of the starter catalogue, no limit", f"{rate} films a second ({films} in {seconds} s)", "≥ 200", is_met
    )


def limited(environment: dict[str, str]) -> Iterator[Row]:
    """The budget at TMDB's 40 a second, counted where the calls arrive."""
    manage(environment, "shell", "--no-imports", "-c", FORGET_FILMS)
    with StandIn(rate=LIMIT) as standin:
        manage(environment | at(standin, rate=LIMIT), "sync_catalog", "--popular", str(LIMITED_FILMS))
        calls = standin.calls
        busiest = standin.max_calls_in_any_second()
    span = max(call.at for call in calls) - min(call.at for call in calls)
    rate, refused = (len(calls) - 1) / span, sum(call.status == 429 for call in calls)
    yield Row("sync with the limit on", f"{rate:.2f} calls a second over {len(calls)} calls", "≥ 38 of 40", rate >= 38)
    told = f"{busiest} calls; {refused} answered 429"
    yield Row("its busiest second", told, "≤ 40; none", busiest <= LIMIT and not refused)


def at(standin: StandIn, rate: int) -> dict[str, str]:
    return {"TMDB_BASE_URL": standin.base_url, "TMDB_TOKEN": standin.token, "TMDB_RATE": str(rate)}
