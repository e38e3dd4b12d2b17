#!/usr/bin/env python
"""The command line of Marquee: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, ManagementUtility

from config import garbage


class CommandLine(ManagementUtility):
    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Django's last step before the command has its turn: what it works with is imported."""
        command = super().fetch_command(subcommand)
        garbage.collect_from_now_on()
        return command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    garbage.ignore()
    try:
        CommandLine(sys.argv).execute()
    except ImproperlyConfigured as fault:
        sys.exit(f"marquee: {fault}")


if __name__ == "__main__":
    main()
