"""The processes that Marquee is made of, as command lines."""

import os
import sys
from pathlib import Path

from django.conf import settings

from config.schedule import SCHEDULE

QUEUES = "default,sync,imports,training,mail"
# A round lasts up to a quarter of an hour, and is one of its kind: what is asked for meanwhile need not wait for it.
WORKER_THREADS = len(SCHEDULE) + 2
STANDIN_SAYS = "TMDB stand-in at "
STANDIN_BEARER = "standin"
# glibc gives each thread a heap of its own, eight for each core, and hardly any of what they once grew to back. It also
# raises the size from which a block is given back at once when a large one is freed, as bodies are: then a process
# grows with the number of wide lists that were ever asked for.
HEAPS = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
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
        *("--queues", QUEUES, "--loglevel", "WARNING", "--pool", "threads", "--concurrency", f"{WORKER_THREADS}"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *beat_too,
    ]


def beat() -> list[str]:
    return [sys.executable, "-m", "celery", "--quiet", "--app", "config", "beat", "--loglevel", "WARNING"]


def web_environment() -> dict[str, str]:
    """The environment of a web server. Metrics of several processes are added up in a folder of files."""
    environment = HEAPS | os.environ
    if settings.WEB_CONCURRENCY == 1:
        return environment
    folder = settings.DATA_DIR / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink(missing_ok=True)
    return environment | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
