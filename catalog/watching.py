"""What the catalogue tells those who watch over the site: `/readyz` beside its checks, and `/metrics`."""

from collections.abc import Iterator
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import KombuError
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from catalog.sync.coverage import calls_of_last_day, film_states, put_aside_by_reason
from catalog.sync.logbook import reports, scheduled

# However often `/metrics` is scraped, a table of a million films is counted this often.
COUNTED_FOR = 60
PATIENCE = 1.0
QUEUE = "sync"


def rounds_in_trouble() -> list[dict[str, Any]]:
    """The rounds that fail, did not end, or are overdue; without their faults, which are for the operator's eyes."""
    try:
        found = reports(timezone.now(), scheduled())
    finally:
        connection.close()
    return [
        {"name": report.name, "status": report.state.value, "succeeded_at": report.row.succeeded_at}
        for report in found
        if report.is_trouble
    ]


class Gauges(Collector):
    """The catalogue in numbers. A database that is away has none, and spoils no other metric."""

    def collect(self) -> Iterator[Metric]:
        try:
            counted = cache.get_or_set("catalogue-counted", counts, COUNTED_FOR)
        except DatabaseError:
            return
        now = timezone.now().timestamp()
        yield gauge("round_succeeded_age_seconds", "Since the round last ended well.", "round", {
            name: now - moment for name, moment in counted["succeeded_at"].items()
        })  # fmt: skip
        yield gauge("round_in_trouble", "1 where it failed, did not end, or is overdue.", "round", counted["trouble"])
        yield gauge("films", "Films held; stale ones are among the detailed.", "state", counted["films"])
        yield gauge("films_put_aside", "Films that TMDB did not give.", "reason", counted["aside"])
        yield gauge("tmdb_calls_last_day", "Calls to TMDB in the last day.", "outcome", counted["calls"])
        if counted["queued"] is not None:
            yield gauge("queued_tasks", "Tasks that wait for a worker.", "queue", {QUEUE: counted["queued"]})


def counts() -> dict[str, Any]:
    now = timezone.now()
    rounds = reports(now, scheduled())
    return {
        "succeeded_at": {one.name: one.row.succeeded_at.timestamp() for one in rounds if one.row.succeeded_at},
        "trouble": {one.name: int(one.is_trouble) for one in rounds},
        "films": film_states(now),
        "aside": put_aside_by_reason(),
        "calls": calls_of_last_day(now),
        "queued": queued(),
    }


def queued() -> int | None:
    """How many tasks wait in the queue of the rounds; None where the broker does not say at once."""
    is_redis = str(current_app.conf.broker_read_url or current_app.conf.broker_url).startswith("redis")
    options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} if is_redis else {}
    line = current_app.connection_for_read(connect_timeout=PATIENCE, transport_options=options)
    try:
        with line, line.channel() as channel:
            return channel.queue_declare(QUEUE).message_count
    except (*line.connection_errors, *line.channel_errors, KombuError):
        return None


def gauge(name: str, told: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"marquee_{name}", told, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
