"""Where things are kept, in Django's and Celery's words: in servers that are named, else in the data folder."""

from pathlib import Path
from typing import Any

from config import addresses
from config.data_folder import make_file, make_folder


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """PostgreSQL or SQLite; without a URL a file in the data folder, which is made. `ValueError` for a wrong URL."""
    found = addresses.database(url) if url else addresses.sqlite(make_folder(data_dir) / "marquee.sqlite3")
    if found["ENGINE"] != addresses.SQLITE:
        options = {"connect_timeout": 5} | found.get("OPTIONS", {})
        return {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True, **found, "OPTIONS": options}
    make_file(Path(found["NAME"]))
    return found | {
        "TEST": {"NAME": data_dir / "test.sqlite3"},  # in memory, threads would not see each other
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN, where SQLite's busy timeout works
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
            " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
        },
    }


def shared_cache(redis_url: str, data_dir: Path) -> dict[str, Any]:
    if redis_url:
        return {"BACKEND": "web.caches.GuardedRedisCache", "LOCATION": redis_url}
    # The worker is another process: what it drops must be gone for the web server too, so the embedded cache is files.
    return {"BACKEND": "web.caches.FileCache", "LOCATION": data_dir / "cache", "OPTIONS": {"MAX_ENTRIES": 5000}}


def broker_options(url: str, folder: Path, prefix: str) -> dict[str, Any]:
    """What the broker's transport is told; its `folder` is made where the broker is one."""
    if url == addresses.FOLDER:
        make_folder(make_folder(folder.parent) / folder.name)
        in_and_out = dict.fromkeys(("data_folder_in", "data_folder_out"), str(folder))
        return {**in_and_out, "control_folder": str(folder / "control")}
    if url.startswith(("redis:", "rediss:")):
        return {
            # Two installations on one Redis would else take each other's tasks.
            "global_keyprefix": f"{prefix}:celery:",
            # After so long, what a killed worker had taken is another's: longer than any task lasts, or waits for a
            # retry.
            "visibility_timeout": 2700,
        }
    return {}


def languages(folder: Path) -> dict[str, Any]:
    """Those that the pages are in, and where their texts are."""
    return {"LANGUAGE_CODE": "en", "LANGUAGES": [("en", "English"), ("fr", "Français")], "LOCALE_PATHS": [folder]}
