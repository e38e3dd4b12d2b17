"""What an operator may have misset: `manage.py check` says it, in a sentence that names the variable."""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import checks

Message = checks.CheckMessage
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
SHORTEST_SECRET = 50
TAG = "marquee"
# For commands that run again and again: what an operator may have misset is said each time. What a programmer has done
# is for `manage.py check`: to look at every model and address would be a third of such a command's start.
EACH_TIME = [TAG]


def _check(*tags: str, deploy: bool = False) -> Callable[[Callable[[], list[Message]]], Callable[..., list[Message]]]:
    def register(finding: Callable[[], list[Message]]) -> Callable[..., list[Message]]:
        def check(app_configs: Any = None, **kwargs: Any) -> list[Message]:
            return finding()

        check.__name__ = finding.__name__
        return checks.register(check, *tags, deploy=deploy)

    return register


@_check(TAG)
def proxies_are_counted() -> list[Message]:
    if settings.NUM_PROXIES >= 0:
        return []
    return [checks.Error("NUM_PROXIES is negative.", hint="0 without a proxy, 1 behind one.", id="marquee.E001")]


@_check(TAG)
def secret_is_long() -> list[Message]:
    if len(settings.SECRET_KEY) >= SHORTEST_SECRET:
        return []
    hint = f"Take at least {SHORTEST_SECRET} random characters: everything signed depends on it."
    return [checks.Warning("SECRET_KEY is short.", hint=hint, id="marquee.W001")]


@_check(TAG)
def processes_share_what_they_must() -> list[Message]:
    if settings.WEB_CONCURRENCY <= 1 or settings.REDIS_URL:
        return []
    hint = "Set REDIS_URL, or WEB_CONCURRENCY=1: without Redis each process counts calls by itself."
    return [checks.Warning("Several web processes do not share their limits.", hint=hint, id="marquee.W002")]


@_check(TAG)
def broker_is_fit_for_a_server() -> list[Message]:
    if not settings.DATABASE_URL or not settings.CELERY_BROKER_URL.startswith("filesystem:"):
        return []
    hint = "Set REDIS_URL or CELERY_BROKER_URL: the file-system broker serves one machine, slowly."
    return [checks.Warning("Background work goes through files.", hint=hint, id="marquee.W003")]


@_check(TAG, checks.Tags.security, deploy=True)
def the_public_site_is_encrypted() -> list[Message]:
    if settings.HTTPS or all(host in LOOPBACK for host in settings.ALLOWED_HOSTS):
        return []
    hint = "End TLS in a proxy and set HTTPS=true; cookies are sent in the clear otherwise."
    return [checks.Warning("ALLOWED_HOSTS are public, but HTTPS is off.", hint=hint, id="marquee.W004")]


@_check(TAG, checks.Tags.security, deploy=True)
def hosts_are_named() -> list[Message]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name them: links in answers and e-mails are built from the Host header."
    return [checks.Warning("ALLOWED_HOSTS lets every host in.", hint=hint, id="marquee.W005")]


@_check(TAG)
def films_have_a_source() -> list[Message]:
    if settings.TMDB_TOKEN or settings.TMDB_BASE_URL or not settings.DATABASE_URL:
        return []
    hint = "Without TMDB_TOKEN only the starter catalogue is served; TMDB gives tokens for free."
    return [checks.Info("TMDB_TOKEN is not set.", hint=hint, id="marquee.I001")]


@_check(TAG, deploy=True)
def metrics_can_be_scraped() -> list[Message]:
    if settings.METRICS_TOKEN:
        return []
    hint = "Set it for Prometheus; until then only signed-in staff see /metrics."
    return [checks.Info("METRICS_TOKEN is not set.", hint=hint, id="marquee.I002")]


@_check(TAG, deploy=True)
def metrics_are_of_all_processes() -> list[Message]:
    if settings.WEB_CONCURRENCY <= 1 or "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        return []
    hint = "Set it to a directory that is empty at each start; until then a scrape sees one process of several."
    return [checks.Info("PROMETHEUS_MULTIPROC_DIR is not set.", hint=hint, id="marquee.I003")]
