from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.health import NOTES
from web.metrics import measure


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        watching = import_module("catalog.watching")  # models, which are not there before
        NOTES["rounds"] = watching.rounds_in_trouble
        measure(watching.Gauges())
