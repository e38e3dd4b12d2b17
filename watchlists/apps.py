from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchlistsConfig(AppConfig):
    name = "watchlists"
    verbose_name = _("Library")

    def ready(self) -> None:
        for module in ("exports", "holdings", "leaving"):  # found by being there
            import_module(f"watchlists.{module}")
        import_module("watchlists.notices").learn()
