"""The worker as it is started everywhere, but with a Redis that soon gives back what a killed worker had taken.

Run as a program. In earnest that is after three quarters of an hour, which no test can wait for. And what is done in
one go for hundreds of rows is done for a few, so that there is a middle to be killed in.
"""

import django

from config import processes
from config.celery import app

SECONDS = 6
ROWS = 10
ENTRIES = 200  # the index pauses after each part, so that few of them are a middle


def arguments() -> list[str]:
    command = processes.worker(with_beat=False)
    return command[command.index("worker") :]


def in_small_steps() -> None:
    from catalog.search import index
    from catalog.sync import retention

    retention.CHUNK, index.CHUNK = ROWS, ENTRIES


if __name__ == "__main__":
    django.setup()
    in_small_steps()
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, "visibility_timeout": SECONDS}
    app.worker_main(arguments())
