"""What may no longer be kept: TMDB's terms end the keeping of its facts after six months."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import models, transaction

from catalog import caching
from catalog.models import Credit, Movie, MovieTitle, Offer, Poster, ReleaseDate, TMDBCalls, Video
from catalog.retrying import retried
from catalog.search import index, search_key

# Less than any six months are, and time for an operator to notice.
KEPT_FOR = timedelta(days=170)
CALLS_KEPT_FOR = timedelta(days=35)
CHUNK = 200
# What the daily export says too is kept, with the IMDb id, by which a merged film is found.
FACTS = (
    *("overview", "tagline", "homepage", "status", "budget", "revenue", "countries", "languages"),
    *("backdrop_path", "collection", "title_key", "tmdb_vote_average", "tmdb_vote_count", "weighted_rating"),
    *("digest", "synced_at"),
)
PARTS = (Credit, MovieTitle, Poster, Video, ReleaseDate, Offer, Movie.keywords.through)
# A member's list goes on showing the film by its title, poster, year, length and genres.
FACTS_IN_LISTS = ("poster_path", "released_on", "runtime", "original_language", "genre_bits")
PARTS_IN_LISTS = (Movie.genres.through,)


def forget_old_facts(now: datetime) -> int:
    """Takes the films that TMDB did not give for 170 days back to what is known of them; gives their number.

    Their rows stay, with title and popularity, and what the site's members gave them; those that are not gone await
    their details anew.
    """
    forgotten = 0
    while batch := retried(partial(_forget_batch, now - KEPT_FOR)):
        forgotten += batch
    if forgotten:
        caching.drop_lists()
    return forgotten


def forget_old_calls(now: datetime) -> int:
    return TMDBCalls.objects.filter(hour__lt=now - CALLS_KEPT_FOR).delete()[0]


@transaction.atomic
def _forget_batch(moment: datetime) -> int:
    old = Movie.objects.filter(synced_at__lte=moment).order_by("synced_at").values_list("pk", flat=True)[:CHUNK]
    rows = Movie.objects.filter(pk__in=list(old), synced_at__lte=moment).order_by("pk").select_for_update(no_key=True)
    films = list(rows.only("title", "original_title", "holder_count"))
    ids = [film.pk for film in films]
    _clear(ids, FACTS, PARTS)
    _clear([film.pk for film in films if not film.holder_count], FACTS_IN_LISTS, PARTS_IN_LISTS)
    for film in films:
        film.search_key = search_key(film.title, film.original_title)
    Movie.objects.bulk_update(films, ["search_key"])
    index.put_movies(ids)
    caching.change_movies(ids)
    return len(films)


def _clear(ids: list[int], facts: Iterable[str], parts: Iterable[type[models.Model]]) -> None:
    """Gives these facts of the films their defaults, and deletes these parts."""
    fields = [Movie._meta.get_field(name) for name in facts]
    Movie.objects.filter(pk__in=ids).update(
        **{field.name: None if field.null else field.get_default() for field in fields}
    )
    for part in parts:
        part.objects.filter(movie__in=ids).delete()
