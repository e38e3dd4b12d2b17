"""The folder that Marquee keeps its things in, and what lies in it: for its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# What Marquee makes there, and nobody else has to read. The static files are for everyone.
OWN = ("secret_key", "*.sqlite3*", "beat-schedule*", "broker", "cache", "log", "metrics")


def make_folder(folder: Path) -> Path:
    """Makes the folder, closed to others, where there is none; one that is there stays as open as it was made.

    Raises `ImproperlyConfigured` where it cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(f"DATA_DIR cannot be used: {folder}: {fault.strerror}") from fault
    return folder


def make_file(path: Path) -> None:
    """Makes an empty file, closed to others, where there is none and its folder is there.

    SQLite gives what it puts beside its database the database's own permissions.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except (FileExistsError, FileNotFoundError):
        return
    except OSError as fault:
        raise ImproperlyConfigured(f"DATABASE_URL or DATA_DIR: the database cannot be made: {fault}") from fault


def close_to_others(folder: Path) -> None:
    """Closes what a version before this one left open; not what another user has put in its place, or a link."""
    for path in (path for pattern in OWN for path in folder.glob(pattern)):
        with suppress(FileNotFoundError):  # SQLite's own come and go
            found = path.lstat()
            if found.st_mode & 0o077 and found.st_uid == os.geteuid() and not path.is_symlink():
                path.chmod(found.st_mode & 0o700)


def kept_secret(data_dir: Path | None, *, make: bool) -> str:
    """The secret key kept under `data_dir`, made now where `make run` allows it.

    Raises `ImproperlyConfigured` where there is none, and without a `data_dir`: a real deployment brings its own.
    """
    path = data_dir and data_dir / "secret_key"
    try:
        if not path or not (path.is_file() or make):
            raise ImproperlyConfigured("SECRET_KEY is not set. Give the environment one: long, random, kept secret.")
        # Nobody has signed in with an empty one: nothing is lost with it.
        if make and not (path.is_file() and path.stat().st_size):
            _write_whole(make_folder(data_dir) / path.name, secrets.token_urlsafe(64))
        key = path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"SECRET_KEY is not set, and {path} holds no key.") from None
    except OSError as fault:
        raise ImproperlyConfigured(f"SECRET_KEY is not set, and none can be kept: {fault}") from fault
    if not key:
        raise ImproperlyConfigured(f"SECRET_KEY is not set, and {path} is empty: make run makes a new one.")
    return key


def _write_whole(path: Path, text: str) -> None:
    """Writes the file so that it is there whole or not at all, whenever the process or the machine stops."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
