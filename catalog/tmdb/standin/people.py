"""People and collections, as far as the films tell of them."""

from collections import Counter
from typing import Any

from catalog.starter.catalogue import Film
from catalog.tmdb.standin.bodies import ACTING, credit_id, department, rows_of
from catalog.tmdb.standin.replies import RefusedError
from catalog.tmdb.standin.shelf import FilmShelf

Json = dict[str, Any]
Query = dict[str, str]

UNTOLD: Json = {
    "adult": False,
    "biography": "",
    "birthday": None,
    "deathday": None,
    "homepage": None,
    "imdb_id": None,
    "place_of_birth": None,
    "popularity": 0.0,
}
SITES = ("facebook_id", "instagram_id", "tiktok_id", "twitter_id", "youtube_id", "wikidata_id")


def person(shelf: FilmShelf, person_id: int, query: Query) -> Json:
    """One person, with `movie_credits` and `external_ids` where they are to be appended."""
    credits = movie_credits(shelf, person_id)
    known = _known(shelf, person_id)
    body = UNTOLD | {
        "also_known_as": [],
        "gender": known["gender"],
        "id": person_id,
        "known_for_department": known.get("known_for_department") or _department(credits),
        "name": known["name"],
        "profile_path": known["profile_path"],
    }
    appended = query.get("append_to_response", "").split(",")
    if "movie_credits" in appended:
        body["movie_credits"] = {"cast": credits["cast"], "crew": credits["crew"]}
    if "external_ids" in appended:
        body["external_ids"] = {"imdb_id": None} | dict.fromkeys(SITES)
    return body


def movie_credits(shelf: FilmShelf, person_id: int) -> Json:
    """What the person did in the films that are held; nobody is known for nothing."""
    cast, crew = [], []
    for film in shelf.facts():
        cast += _parts_played(shelf, film, person_id)
        crew += _jobs_done(shelf, film, person_id)
    if not cast and not crew:
        raise RefusedError(34)
    return {"cast": cast, "crew": crew, "id": person_id}


def collection(shelf: FilmShelf, collection_id: int) -> Json:
    """The collection with those of its films that are held, oldest first."""
    films = sorted(
        (film for film in shelf.facts() if film["collection"] == collection_id), key=lambda film: film["release_date"]
    )
    if not films:
        raise RefusedError(34)
    told = (shelf.details(films[0]["id"]) or {})["belongs_to_collection"]
    return {
        "id": collection_id,
        "name": told["name"],
        "overview": "",
        "poster_path": told.get("poster_path"),
        "backdrop_path": told.get("backdrop_path"),
        "parts": [shelf.summary(film) | {"media_type": "movie"} for film in films],
    }


def _known(shelf: FilmShelf, person_id: int) -> Json:
    for body in shelf.bodies():
        for row in rows_of(body, "credits", "cast") + rows_of(body, "credits", "crew"):
            if row["id"] == person_id:
                return {"gender": 0, "profile_path": None} | row
    return shelf.library.people[person_id] | {"known_for_department": shelf.library.known_for[person_id]}


def _department(credits: Json) -> str:
    return department(Counter([ACTING] * len(credits["cast"]) + [row["department"] for row in credits["crew"]]))


def _parts_played(shelf: FilmShelf, film: Film, person_id: int) -> list[Json]:
    return [
        shelf.summary(film)
        | {"character": character, "credit_id": credit_id(film["id"], person_id, "cast", order), "order": order}
        for order, (number, character) in enumerate(film["cast"])
        if number == person_id
    ]


def _jobs_done(shelf: FilmShelf, film: Film, person_id: int) -> list[Json]:
    return [
        shelf.summary(film) | {"credit_id": credit_id(film["id"], person_id, job), "department": department, "job": job}
        for number, department, job in film["crew"]
        if number == person_id
    ]
