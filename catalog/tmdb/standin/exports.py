"""The daily export of ids: gzipped, one JSON object a line, in no order to rely on."""

import gzip
from datetime import datetime

import orjson

from catalog.tmdb.standin.replies import RefusedError
from catalog.tmdb.standin.shelf import FilmShelf


def movie_ids(shelf: FilmShelf, day: str) -> bytes:
    """The file for a day as `MM_DD_YYYY`; it tells what is held now, whatever the day."""
    try:
        datetime.strptime(f"{day} +0000", "%m_%d_%Y %z")
    except ValueError:
        raise RefusedError(34) from None
    lines = [
        orjson.dumps(
            {
                "adult": film.get("adult", False),
                "id": film["id"],
                "original_title": film["original_title"],
                "popularity": film["popularity"],
                "video": film.get("video", False),
            }
        )
        for film in shelf.facts()
    ]
    return gzip.compress(b"\n".join(lines) + b"\n", compresslevel=6, mtime=0)
