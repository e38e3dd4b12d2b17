import os
from importlib import import_module
from typing import Any

from celery import Celery, bootsteps, signals
from kombu.transport import TRANSPORT_ALIASES

from config import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "config.redis_broker:Transport"


class AnewWithEachConnection(bootsteps.StartStopStep):
    """When a worker starts, or has its broker back: what was changed before may not have been dropped."""

    requires = ("celery.worker.consumer.connection:Connection",)

    def start(self, consumer: Any) -> None:
        import_module("web.dropping").drop_all()  # needs Django, which is not set up when this file is read


@signals.celeryd_after_setup.connect
@signals.beat_init.connect
def start(**_: Any) -> None:
    """Everything is imported, and nothing was asked of the broker yet."""
    garbage.collect_from_now_on()


app = Celery("marquee")
app.steps["consumer"].add(AnewWithEachConnection)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
