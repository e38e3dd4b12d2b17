"""`make run`: everything on one machine, from an empty folder to a site that answers."""

import os
import signal
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import environment, garbage, processes
from config.broker import restore
from config.children import Child, end, output_log
from config.environment import LOOPBACK, is_loopback_only
from config.first_start import StartError, fill_catalogue, make_staff_account, prepare

ANSWERS_WITHIN = 60
EVERY_ADDRESS = ("0.0.0.0", "::")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs with it ignored
    environment.first_start_allowed = True
    children: list[Child] = []
    try:
        run(children)
    except (StartError, ImproperlyConfigured, OSError) as reason:
        sys.exit(f"marquee: {reason}")
    except KeyboardInterrupt:
        print("\nStopping.")
    finally:
        end(children)


def run(children: list[Child]) -> None:
    """Prepares what is missing, starts the processes one after the other, and stays until one of them ends."""
    with garbage.ignored():
        django.setup()
    check_port(settings.HOST, settings.PORT)
    log = output_log(settings.DATA_DIR / "log")
    prepare()
    if not (settings.TMDB_TOKEN or settings.TMDB_BASE_URL):
        children.append(Child("TMDB stand-in", processes.standin(), os.environ, log))
        os.environ |= standin_environment(children[-1])
    children.append(Child("web server", processes.web(), processes.web_environment(), log))
    fill_catalogue()
    restore(settings.BROKER_FOLDER)
    children.append(Child("worker", processes.worker(with_beat=True), os.environ, log))
    site = f"http://{host_in_address(settings.HOST)}:{settings.PORT}"
    wait_until_it_answers(site, children)
    # Made last: its password is shown once, and whoever interrupts a start must not lose it.
    print(greeting(site, make_staff_account()), flush=True)
    while not (ended := [child for child in children if child.has_ended()]):
        time.sleep(0.5)
    raise StartError(f"the {ended[0].name} has ended {ended[0].ending()}")


def host_in_address(host: str) -> str:
    if host in EVERY_ADDRESS:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def listens_in_vain() -> bool:
    """Whether others reach the site, and are sent away since it answers to this machine's own names alone."""
    is_open = f"[{settings.HOST}]" not in LOOPBACK and settings.HOST not in LOOPBACK
    return is_open and is_loopback_only(settings.ALLOWED_HOSTS)


def check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as fault:
            raise StartError(f"cannot listen on {host} port {port} ({fault}). Set PORT to another.") from fault


def standin_environment(standin: Child) -> dict[str, str]:
    """What points the other processes at the stand-in, once it says where it listens."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and not standin.has_ended():
        for line in list(standin.last_lines):
            if line.startswith(processes.STANDIN_SAYS):
                url = line.removeprefix(processes.STANDIN_SAYS).strip()
                return {"TMDB_BASE_URL": url, "TMDB_TOKEN": processes.STANDIN_BEARER, "TMDB_RATE": "0"}
        time.sleep(0.05)
    how = f"and ended {standin.ending()}" if standin.has_ended() else f"within {ANSWERS_WITHIN} seconds"
    raise StartError(f"the TMDB stand-in did not start, {how}")


def wait_until_it_answers(site: str, children: list[Child]) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline:
        for child in children:
            if child.has_ended():
                raise StartError(f"the {child.name} did not start, and ended {child.ending()}")
        if is_alive(site):
            return
        time.sleep(0.1)
    raise StartError(f"{site} did not answer within {ANSWERS_WITHIN} seconds")


def is_alive(site: str) -> bool:
    address = urlsplit(site)
    connection = HTTPConnection(address.hostname, address.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def greeting(site: str, staff: str) -> str:
    lonely = ["Note      others get 400 until ALLOWED_HOSTS says by which names or addresses they call this machine"]
    return "\n".join(
        [
            *(lonely if listens_in_vain() else []),
            f"Site      {site}/",
            f"API docs  {site}/api/docs",
            f"Admin     {site}/admin/  ({staff})",
            f"Try       curl '{site}/api/v1/movies/popular?page_size=3'",
        ]
    )


if __name__ == "__main__":
    main()
