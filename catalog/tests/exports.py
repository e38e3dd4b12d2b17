"""Exports of ids for the tests, as TMDB writes them."""

import gzip
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson

from catalog.sync.export_lines import Export, ExportRow

# The name of a real one tells its day.
NAME = "movie_ids_11_20_2026.json.gz"


def line(key: Any, title: Any = None, popularity: Any = 1.5, **more: Any) -> bytes:
    """One film's line; the title tells the id unless it is given."""
    told = {"adult": False, "id": key, "original_title": f"Film {key}" if title is None else title}
    return orjson.dumps(told | {"popularity": popularity, "video": False} | more)


def lines(keys: Iterable[int], **more: Any) -> list[bytes]:
    return [line(key, **more) for key in keys]


def text(rows: Iterable[bytes]) -> bytes:
    return b"".join(row + b"\n" for row in rows)


def written(folder: Path, rows: Iterable[bytes], name: str = NAME) -> str:
    """The path of an export of these lines: packed where the name says so."""
    path = folder / name
    path.write_bytes(gzip.compress(text(rows), compresslevel=1) if name.endswith(".gz") else text(rows))
    return str(path)


def read(content: bytes, *, packed: bool = False) -> tuple[Export, list[ExportRow]]:
    """The export that was read, and its rows."""
    export = Export(BytesIO(gzip.compress(content) if packed else content))
    return export, [row for rows in export.rows() for row in rows]


def ids(rows: Iterable[ExportRow]) -> list[int]:
    return [row.tmdb_id for row in rows]
