"""`python -m config.start web|worker|beat`: becomes one of the processes, once the settings have been read.

`python -m config.start prepare` brings the database and the static files to this version, and ends.
"""

import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import garbage, processes
from config.broker import restore
from config.first_start import StartError, prepare


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with garbage.ignored():
            django.setup()
    except (ImproperlyConfigured, OSError) as fault:
        sys.exit(f"marquee: {fault}")
    if sys.argv[1:] == ["prepare"]:
        return prepare_or_say_why()
    commands = {
        "web": processes.web,
        "worker": lambda: processes.worker(with_beat=False),
        "beat": processes.beat,
    }
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"usage: python -m config.start prepare|{'|'.join(commands)}")
    command = commands[sys.argv[1]]()
    if sys.argv[1] == "worker":
        restore(settings.BROKER_FOLDER)
    # The web server's alone: it empties the folder of metrics, which must outlive a worker's restart.
    environment = processes.web_environment() if sys.argv[1] == "web" else os.environ
    return os.execve(command[0], command, environment)


def prepare_or_say_why() -> None:
    try:
        prepare()
    except StartError as reason:
        sys.exit(f"marquee: {reason}")


if __name__ == "__main__":
    main()
