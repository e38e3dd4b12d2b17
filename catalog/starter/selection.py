"""Which films the starter catalogue holds: the best known, of all decades and many languages."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]

WITH_PEOPLE_AND_POSTER = 800
OF_EARLIER_DECADES = 300
WITHOUT_POSTER_SINCE_2000 = 130
WITHOUT_PEOPLE_SINCE_2018 = 60
NOT_ENGLISH = 330
OF_EACH_LANGUAGE = 6
VOTES_TO_STAND_FOR_A_LANGUAGE = 5
COMING = 8
JUST_OUT = 8
DAYS_JUST_OUT = 42
VOTES_OF_A_RELEASED_FILM = 100


def choose(films: Iterable[Json]) -> list[Json]:
    """The films to keep, by id. Each rule adds its best known, so a film may be wanted by several."""
    sound = [film for film in films if film["release_date"] and film["title"]]
    as_of = facts_as_of(sound)
    known = [film for film in sound if film["runtime"] and film["release_date"] <= as_of]
    kept = _with_people(known) + _without_people(known) + _each_language(known) + _new(sound, as_of)
    return sorted({film["id"]: film for film in kept}.values(), key=lambda film: film["id"])


def facts_as_of(films: Iterable[Json]) -> str:
    """The day the newest facts were taken: when the last film that many had rated came out."""
    return max(film["release_date"] for film in films if film["vote_count"] >= VOTES_OF_A_RELEASED_FILM)


def _with_people(films: list[Json]) -> list[Json]:
    credited = [film for film in films if film["cast"]]
    kept = _best(credited, WITH_PEOPLE_AND_POSTER, lambda film: bool(film["poster_path"]))
    for decade in {film["release_date"][:3] for film in credited if film["release_date"] < "2000"}:
        kept += _best(credited, OF_EARLIER_DECADES, lambda film, decade=decade: film["release_date"][:3] == decade)
    return kept + _best(
        credited, WITHOUT_POSTER_SINCE_2000, lambda film: not film["poster_path"] and film["release_date"] >= "2000"
    )


def _without_people(films: list[Json]) -> list[Json]:
    bare = [film for film in films if not film["cast"]]
    return _best(bare, WITHOUT_PEOPLE_SINCE_2018, lambda film: film["release_date"] >= "2018") + _best(
        bare, NOT_ENGLISH, lambda film: film["original_language"] != "en"
    )


def _each_language(films: list[Json]) -> list[Json]:
    kept = []
    for language in sorted(Counter(film["original_language"] for film in films)):
        kept += _best(films, OF_EACH_LANGUAGE, lambda film, language=language: _stands_for(film, language))
    return kept


def _stands_for(film: Json, language: str) -> bool:
    return film["original_language"] == language and film["vote_count"] >= VOTES_TO_STAND_FOR_A_LANGUAGE


def _new(films: list[Json], as_of: str) -> list[Json]:
    """What had just come out, and what was to come: nobody had voted on them yet, so by popularity."""
    began = (date.fromisoformat(as_of) - timedelta(days=DAYS_JUST_OUT)).isoformat()
    ranked = sorted((film for film in films if film["poster_path"]), key=lambda film: (-film["popularity"], film["id"]))
    just_out = [film for film in ranked if began <= film["release_date"] <= as_of]
    return just_out[:JUST_OUT] + [film for film in ranked if film["release_date"] > as_of][:COMING]


def _best(films: list[Json], number: int, wanted: Callable[[Json], bool]) -> list[Json]:
    return sorted(filter(wanted, films), key=lambda film: (-film["vote_count"], film["id"]))[:number]
