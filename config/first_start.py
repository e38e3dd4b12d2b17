"""What a first start makes, and a later one finds made."""

import hashlib
import secrets
import subprocess

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError

from config import processes
from config.children import end_with_parent

FILMS = 2500
ENOUGH = 1500
STAFF = "admin"


class StartError(Exception):
    """Why the platform cannot start, or go on, in one line."""


def prepare() -> None:
    """Brings the database and the static files to what this version needs."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as fault:
        raise StartError(f"the database cannot be used: {' '.join(str(fault).split())}") from fault
    try:
        gather_static_files()
    except OSError as fault:
        raise StartError(f"STATIC_ROOT cannot be used: {fault}") from fault


def gather_static_files() -> None:
    """Gathers, names and compresses the static files, which takes seconds, unless nothing in them has changed."""
    fingerprint = static_fingerprint()
    mark = settings.STATIC_ROOT / "gathered"
    if mark.is_file() and mark.read_text(encoding="ascii") == fingerprint:
        return
    # Without the mark it is the first time, and what lies there is not ours to clear away.
    call_command("collectstatic", verbosity=0, interactive=False, clear=mark.is_file())
    mark.write_text(fingerprint, encoding="ascii")


def static_fingerprint() -> str:
    """Tells this version's static files from another's: its packages, and each file of its own."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted(path for folder in settings.STATICFILES_DIRS for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def make_staff_account() -> str:
    """What to say of the staff's sign-in; the password of an account made now is told this once, and kept nowhere."""
    accounts = get_user_model().objects
    if accounts.filter(is_superuser=True).exists():
        return "sign in as before; manage.py changepassword sets a new password"
    password = secrets.token_urlsafe(12)
    accounts.create_superuser(STAFF, f"{STAFF}@marquee.invalid", password)
    return f"{STAFF} / {password}, shown this once"


def fill_catalogue() -> None:
    """Fetches the reference data and the popular films that are not held yet; TMDB's faults do not stop a start."""
    if apps.get_model("catalog", "Movie").objects.exclude(synced_at=None).count() >= ENOUGH:
        return
    arguments = ["--reference", "--charts", "--popular", str(FILMS)]
    print("Filling the catalogue; this is done once.", flush=True)
    command = processes.manage("sync_catalog", *arguments)
    if subprocess.run(command, check=False, preexec_fn=end_with_parent).returncode:
        print("The catalogue is not complete yet: the worker goes on with it.", flush=True)
