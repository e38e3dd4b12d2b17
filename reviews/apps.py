from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        for module in ("holdings", "leaving", "rounds"):  # found by being there
            import_module(f"reviews.{module}")
        for module in ("notices", "moderation.telling"):
            import_module(f"reviews.{module}").learn()
