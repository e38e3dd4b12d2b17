"""What `sync_catalog --ids` does and prints."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from catalog import sync
from catalog.sync.stages import stages_on
from catalog.tmdb.errors import TMDBError


def import_ids(command: BaseCommand, source: str, *, is_dry: bool) -> None:
    """Imports an export and tells of it. Raises CommandError, also where only part of the file could be stored."""
    try:
        with stages_on(command.stderr) as show:
            done = sync.import_export(source, timezone.now(), show=show, is_dry=is_dry)
    except sync.NotAnExport as fault:
        raise CommandError(f"{fault}. Nothing was changed.") from fault
    except TMDBError as fault:
        raise CommandError(f"The export cannot be had: {fault}.") from fault
    except DatabaseError as fault:
        raise CommandError(f"The database did not store all of it: {fault}") from fault
    except OSError as fault:
        raise CommandError(f"{source} cannot be read: {fault.strerror}.") from fault
    command.stdout.write(f"{'would store ' if is_dry else ''}{done}")
    command.stdout.write(f"{done.suspicion}")
    if not is_dry:
        command.stdout.write(f"search: {done.indexed:,} entries made in {done.index_seconds:.1f} s")
    if done.faults:
        raise CommandError("; ".join(done.faults))
