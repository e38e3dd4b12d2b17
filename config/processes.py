"""The processes that Marquee is made of, as command lines."""

import os
import sys
from pathlib import Path

from django.conf import settings

QUEUES = "default,sync,imports,training,mail"
STANDIN_SAYS = "TMDB stand-in at "
STANDIN_BEARER = "standin"
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(MANAGE), *arguments]


def standin() -> list[str]:
    """TMDB's stand-in with the starter catalogue, on a free port, which its first line tells."""
    return manage("tmdb_standin", "--port", "0", "--token", STANDIN_BEARER)


def web() -> list[str]:
    """The web server: Granian, whose threads take one request each, in `WEB_CONCURRENCY` processes."""
    return [
        *(sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", settings.HOST, "--port", str(settings.PORT)),
        *("--workers", str(settings.WEB_CONCURRENCY), "--blocking-threads", str(settings.WEB_THREADS)),
        *("--backlog", "1024", "--http", "1", "--log-level", "warning", "--respawn-failed-workers"),
        # One that is told to end while it still starts never does, and would keep the port when its parent is killed.
        *("--workers-kill-timeout", "5"),
    ]


def worker(*, with_beat: bool) -> list[str]:
    """The background worker; with the scheduler inside where there is only this one."""
    beat_too = ["--beat"] if with_beat else []
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker"),
        *("--queues", QUEUES, "--loglevel", "WARNING", "--pool", "threads", "--concurrency", "4"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *beat_too,
    ]


def beat() -> list[str]:
    return [sys.executable, "-m", "celery", "--quiet", "--app", "config", "beat", "--loglevel", "WARNING"]


def web_environment() -> dict[str, str]:
    """The environment of a web server of several processes, whose metrics are added up in a folder of files."""
    if settings.WEB_CONCURRENCY == 1:
        return dict(os.environ)
    folder = settings.DATA_DIR / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink(missing_ok=True)
    return dict(os.environ) | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
