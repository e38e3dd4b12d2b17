"""`/movie/{id}` with its appended parts, and each part at its own address."""

from functools import lru_cache
from typing import Any

import orjson

from catalog.tmdb.standin.bodies import PARTS
from catalog.tmdb.standin.listings import film_page
from catalog.tmdb.standin.neighbours import Neighbours
from catalog.tmdb.standin.replies import RefusedError
from catalog.tmdb.standin.shelf import COMPUTED, FilmShelf

Json = dict[str, Any]
Query = dict[str, str]

MOST_PARTS = 20
BODIES_KEPT = 128
TRANSLATED = ("title", "overview", "tagline")
IMAGE_KINDS = ("backdrops", "logos", "posters")
# The parameter that says of which languages a part is asked for.
LANGUAGES_OF = {"images": "include_image_language", "videos": "include_video_language"}


class FilmDesk:
    """Answers for single films; the bytes of untouched starter films are kept for a while."""

    def __init__(self, shelf: FilmShelf) -> None:
        self.shelf = shelf
        self.neighbours = Neighbours(shelf)
        self._kept = lru_cache(maxsize=BODIES_KEPT)(self._kept_bytes)

    def details(self, film_id: int, query: Query) -> bytes:
        names = [name for name in query.get("append_to_response", "").split(",") if name]
        if len(names) > MOST_PARTS:
            raise RefusedError(27)
        if self.shelf.is_untouched(film_id):
            return self._kept(film_id, tuple(names), tuple(sorted(query.items())), self.shelf.version)
        return orjson.dumps(self._whole(film_id, names, query))

    def part(self, film_id: int, name: str, query: Query) -> Json:
        """The part as its own endpoint gives it: with the film's id, but for the paged ones."""
        if film_id not in self.shelf:
            raise RefusedError(34)
        body = self._part(film_id, name, query)
        return body if name in COMPUTED or not isinstance(body, dict) else {"id": film_id} | body

    def _kept_bytes(self, film_id: int, names: tuple[str, ...], query: tuple[tuple[str, str], ...], _v: int) -> bytes:
        return orjson.dumps(self._whole(film_id, names, dict(query)))

    def _whole(self, film_id: int, names: list[str] | tuple[str, ...], query: Query) -> Json:
        body = self.shelf.details(film_id)
        if body is None:
            raise RefusedError(34)
        # What is appended has no page of its own: it is always the first.
        first_page = query | {"page": "1"}
        parts = {name: self._part(film_id, name, first_page) for name in names if name in PARTS | COMPUTED}
        return self._translated(body, query) | parts

    def _part(self, film_id: int, name: str, query: Query) -> Any:
        body = self.shelf.part(film_id, name)
        if body is None and name in COMPUTED:
            more = {"media_type": "movie"} if name == "recommendations" else {}
            return film_page(self.shelf, self.neighbours.of(film_id, name), query, **more)
        if name in LANGUAGES_OF and isinstance(body, dict):
            return _of_languages(body, query, LANGUAGES_OF[name])
        return body

    def _translated(self, body: Json, query: Query) -> Json:
        """The body in the asked language: untranslated, the title is the original and the texts are empty."""
        language = query.get("language", "en")[:2]
        if language == "en":
            return body
        told = self.shelf.part(body["id"], "translations") or {}
        data = next((row["data"] for row in told.get("translations", []) if row["iso_639_1"] == language), {})
        words = {name: data.get(name) or "" for name in TRANSLATED}
        return body | words | {"title": words["title"] or body["original_title"]}


def _of_languages(body: Json, query: Query, parameter: str) -> Json:
    """Images or videos in the asked languages; `null` in the list asks for those without any."""
    if not (asked := query.get(parameter) or query.get("language", "")[:2]):
        return body
    wanted = {None if code == "null" else code for code in asked.split(",")}
    return {
        key: [row for row in rows if row.get("iso_639_1") in wanted] if key in (*IMAGE_KINDS, "results") else rows
        for key, rows in body.items()
    }
