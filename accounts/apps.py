from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        for module in ("schema", "signals", "tidying"):  # found by being there
            import_module(f"accounts.{module}")
