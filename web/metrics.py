"""What is counted of every request, for Prometheus; across processes where `PROMETHEUS_MULTIPROC_DIR` is set."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter("marquee_http_requests_total", "Requests answered.", ["method", "route", "status"])
DURATION = Histogram("marquee_http_request_duration_seconds", "Time to answer.", ["route"], buckets=BUCKETS)
_series: dict[tuple[str, str, int], tuple] = {}
# What is the same whichever process is asked, such as a count of rows.
_shared: list[Collector] = []


def measure(collector: Collector) -> None:
    """Adds what a floor above measures; it is asked at each scrape, and so must be cheap."""
    _shared.append(collector)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """`route` must be a URL pattern, never a path: each combination is a series kept for ever."""
    key = (method, route, status)
    series = _series.get(key)
    if series is None:
        verb = method if method in METHODS else "OTHER"
        series = REQUESTS.labels(verb, route, str(status)).inc, DURATION.labels(route).observe
        if verb == method:
            _series[key] = series
    count, observe = series
    count()
    observe(seconds)


def exposition() -> bytes:
    """The metrics of all processes that share the directory, or of this one, in Prometheus' text format."""
    shared = CollectorRegistry(auto_describe=False)
    for collector in _shared:
        shared.register(collector)
    own: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        own = CollectorRegistry()
        MultiProcessCollector(own)
    return generate_latest(own) + generate_latest(shared)
