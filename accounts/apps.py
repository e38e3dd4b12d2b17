from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        for module in ("schema", "signals", "tidying"):  # found by being there
            import_module(f"accounts.{module}")
