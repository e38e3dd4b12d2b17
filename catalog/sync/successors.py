"""Which film TMDB has merged a film into. It does not say so: only that the IMDb id is another film's now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from catalog.models import Movie
from catalog.sync.merging import MergeRefused, merge
from catalog.sync.outcomes import Failed, Fetched, Gone, Outcome, Reason, ask
from catalog.sync.parsing.values import identity, objects
from catalog.tmdb.client import Patience, TMDBClient
from catalog.tmdb.errors import TMDBNotFound, TMDBRefused, TMDBStopped, TMDBUnavailable

BY_IMDB_ID = {"external_source": "imdb_id"}


def follow(client: TMDBClient, outcomes: list[Outcome], patience: Patience | None = None) -> list[Outcome]:
    """The outcomes, where a held film that is gone names the film it was merged into, which is fetched beside it.

    A film of which TMDB did not say is among the failed, and is asked for again; so is one that is left out, since the
    client was stopped. Raises only what concerns all films (TMDBUnauthorized).
    """
    gone = [outcome.movie_id for outcome in outcomes if isinstance(outcome, Gone)]
    if not gone:
        return outcomes
    held = Movie.objects.filter(pk__in=gone, merged_into=None).exclude(imdb_id="")
    imdb_ids = dict(held.values_list("pk", "imdb_id"))
    found: list[Outcome] = []
    for outcome in outcomes:
        if outcome.movie_id in imdb_ids and isinstance(outcome, Gone):
            found += _followed(client, outcome.movie_id, imdb_ids[outcome.movie_id], patience)
        else:
            found.append(outcome)
    return found


def merge_all(gone: Iterable[Gone], now: datetime) -> list[Failed]:
    """Merges each film into the one that it names; gives those whose new film could not be stored."""
    failed = []
    for film in gone:
        try:
            merge(film.movie_id, film.merged_into, now)
        except MergeRefused as fault:
            failed.append(Failed(film.movie_id, Reason.UNSTORABLE, str(fault)))
    return failed


def _followed(client: TMDBClient, old_id: int, imdb_id: str, patience: Patience | None) -> Iterator[Outcome]:
    try:
        new_id = _film_of(client, old_id, imdb_id, patience)
        if new_id is None:
            yield Gone(old_id)
            return
        if Movie.objects.filter(pk=new_id, gone_at=None, synced_at__isnull=False).exists():
            yield Gone(old_id, merged_into=new_id)
            return
        outcome = ask(client, new_id, patience=patience)
    except TMDBUnavailable as fault:
        yield Failed(old_id, Reason.UNAVAILABLE, str(fault))
    except TMDBStopped:
        return
    else:
        yield from _with(old_id, new_id, outcome)


def _with(old_id: int, new_id: int, outcome: Outcome) -> Iterator[Outcome]:
    if isinstance(outcome, Fetched):
        yield outcome
        yield Gone(old_id, merged_into=new_id)
    elif isinstance(outcome, Failed):
        yield Failed(old_id, outcome.reason, f"merged into {new_id}: {outcome.detail}")
    else:
        yield Gone(old_id)


def _film_of(client: TMDBClient, old_id: int, imdb_id: str, patience: Patience | None) -> int | None:
    """The film that has the IMDb id now, unless it is the old one, or nobody knows."""
    try:
        body = client.get(f"/find/{imdb_id}", BY_IMDB_ID, is_proper=_is_found, patience=patience)
    except (TMDBNotFound, TMDBRefused):
        return None
    ids = [identity(film.get("id")) for film in objects(body["movie_results"])]
    return next((key for key in ids if key and key != old_id), None)


def _is_found(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("movie_results"), list)
