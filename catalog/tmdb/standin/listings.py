"""The paged lists of films: TMDB's charts, trending, changes and search."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.starter.catalogue import Film
from catalog.tmdb.standin.replies import RefusedError
from catalog.tmdb.standin.shelf import FilmShelf

Json = dict[str, Any]
Query = dict[str, str]

PAGE_SIZE = 20
CHANGES_PAGE_SIZE = 100
LAST_PAGE = 500
LONGEST_CHANGE_WINDOW = timedelta(days=14)
VOTES_TO_BE_TOP_RATED = 200
IN_CINEMAS = timedelta(days=42)
COMING_WITHIN = timedelta(days=183)


def paged(rows: Sequence[Any], query: Query, size: int = PAGE_SIZE) -> Json:
    """The asked page of the rows, with TMDB's totals; a page outside 1 to 500 is refused."""
    asked = query.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= LAST_PAGE):
        raise RefusedError(22)
    page = int(asked)
    return {
        "page": page,
        "results": rows[(page - 1) * size : page * size],
        "total_pages": -(-len(rows) // size),
        "total_results": len(rows),
    }


def film_page(shelf: FilmShelf, films: Sequence[Film], query: Query, **more: Any) -> Json:
    """A page of film summaries; `more` is added to each."""
    body = paged(films, query)
    return body | {"results": [shelf.summary(film) | more for film in body["results"]]}


def by(films: Iterable[Film], key: Callable[[Film], Any]) -> list[Film]:
    """The films with the greatest first; equals by id, so that pages do not overlap."""
    return sorted(films, key=lambda film: (key(film), -film["id"]), reverse=True)


def popular(shelf: FilmShelf, query: Query) -> Json:
    return film_page(shelf, by(shelf.facts(), lambda film: film["popularity"]), query)


def top_rated(shelf: FilmShelf, query: Query) -> Json:
    voted = [film for film in shelf.facts() if film["vote_count"] >= VOTES_TO_BE_TOP_RATED]
    return film_page(shelf, by(voted, lambda film: film["vote_average"]), query)


def trending(shelf: FilmShelf, query: Query, today: date, window: str) -> Json:
    """What is popular for its age: the day's list leans to the new more than the week's."""
    lean = 2 if window == "day" else 1
    ranked = by(shelf.facts(), lambda film: film["popularity"] / (1 + _years_old(film, today)) ** lean)
    return film_page(shelf, ranked, query, media_type="movie")


def now_playing(shelf: FilmShelf, query: Query, today: date) -> Json:
    return _released_between(shelf, query, today - IN_CINEMAS, today)


def upcoming(shelf: FilmShelf, query: Query, today: date) -> Json:
    return _released_between(shelf, query, today + timedelta(days=1), today + COMING_WITHIN)


def changes(shelf: FilmShelf, query: Query) -> Json:
    """The ids changed within the window, newest change first; a day's window unless asked otherwise."""
    today = datetime.now(UTC).date()
    end = _day(query.get("end_date"), today)
    start = _day(query.get("start_date"), end - timedelta(days=1))
    if not timedelta(0) <= end - start <= LONGEST_CHANGE_WINDOW:
        raise RefusedError(20)
    within = sorted((change for change in list(shelf.changes) if start <= change[0] <= end), reverse=True)
    ids = list(dict.fromkeys(film_id for _, film_id in within))
    body = paged(ids, query, CHANGES_PAGE_SIZE)
    # TMDB no longer knows of a film that is gone whether it was for adults.
    return body | {"results": [{"id": number, "adult": _is_adult(shelf, number)} for number in body["results"]]}


def search(shelf: FilmShelf, query: Query) -> Json:
    """Films with a word that begins with each asked word, in either title; most popular first."""
    asked = _words(query.get("query", ""))
    years = {query[key] for key in ("year", "primary_release_year") if query.get(key)}
    found = [
        film
        for film in shelf.facts()
        if asked and _matches(film, asked) and all(film["release_date"].startswith(year) for year in years)
    ]
    return film_page(shelf, by(found, lambda film: film["popularity"]), query)


def find_by_imdb(shelf: FilmShelf, imdb_id: str, query: Query) -> Json:
    if query.get("external_source") != "imdb_id":
        raise RefusedError(5)
    found = [shelf.summary(film) | {"media_type": "movie"} for film in shelf.facts() if film["imdb_id"] == imdb_id]
    empty = ("person_results", "tv_results", "tv_episode_results", "tv_season_results")
    return {"movie_results": found} | {name: [] for name in empty}


def _released_between(shelf: FilmShelf, query: Query, first: date, last: date) -> Json:
    dates = {"maximum": last.isoformat(), "minimum": first.isoformat()}
    films = [film for film in shelf.facts() if dates["minimum"] <= film["release_date"] <= dates["maximum"]]
    return {"dates": dates} | film_page(shelf, by(films, lambda film: film["popularity"]), query)


def _years_old(film: Film, today: date) -> int:
    year = film["release_date"][:4]
    return max(0, today.year - int(year)) if year.isdigit() else today.year


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise RefusedError(23) from None


def _is_adult(shelf: FilmShelf, film_id: int) -> bool | None:
    film = shelf.facts_of(film_id)
    return film.get("adult", False) if film else None


def _matches(film: Film, asked: list[str]) -> bool:
    return any(
        all(any(word.startswith(begin) for word in words) for begin in asked)
        for words in (_words(film["title"]), _words(film["original_title"]))
    )


def _words(text: str) -> list[str]:
    """The words without case and accents."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(char if char.isalnum() else " " for char in plain.casefold()).split()
