"""What came of asking TMDB for one film."""

from dataclasses import dataclass

from catalog.models import SyncFailure
from catalog.sync.parsing import MovieFacts, UnreadableMovie, read_movie
from catalog.tmdb.client import Patience, TMDBClient
from catalog.tmdb.errors import TMDBNotFound, TMDBRefused, TMDBUnavailable, TMDBUnreadable

Reason = SyncFailure.Reason


@dataclass(frozen=True, slots=True)
class Fetched:
    movie_id: int
    facts: MovieFacts


@dataclass(frozen=True, slots=True)
class Gone:
    """TMDB has it no more; `merged_into` is the film that took its place, where TMDB tells."""

    movie_id: int
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    movie_id: int
    reason: SyncFailure.Reason
    detail: str


Outcome = Fetched | Gone | Failed


def ask(client: TMDBClient, movie_id: int, *, patience: Patience | None = None) -> Outcome:
    """Asks for one film and reads the answer. Raises only what concerns all films (TMDBUnauthorized)."""
    try:
        return Fetched(movie_id, read_movie(client.movie(movie_id, patience=patience), movie_id))
    except TMDBNotFound:
        return Gone(movie_id)
    except TMDBRefused as fault:
        return Failed(movie_id, Reason.REFUSED, str(fault))
    except (TMDBUnreadable, UnreadableMovie) as fault:
        return Failed(movie_id, Reason.UNREADABLE, str(fault))
    except TMDBUnavailable as fault:
        return Failed(movie_id, Reason.UNAVAILABLE, str(fault))
