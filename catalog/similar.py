"""Films like another, by what they share: collection, people, keywords; genres where nothing nearer is known.

Until members' own ratings can tell, this is all there is to go by. Points are a judgement, not a measurement.
"""

from collections import Counter

from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from catalog.models import Credit, Movie

COLLECTION_POINTS, PERSON_POINTS, KEYWORD_POINTS, GENRE_POINTS = 8.0, 3.0, 1.0, 0.1
LEADS = 6
# What more films than these have in common tells little, and would be read through by everyone who asks.
TOO_COMMON = 1_000
MOST_SIMILAR = 100
POPULAR_ENOUGH = 500


def similar_ids(movie: Movie) -> list[int]:
    """Ids of at most `MOST_SIMILAR` listed films, the most alike first; one query."""
    shares = [_same_collection(movie), _shared_people(movie), _shared_keywords(movie), _shared_genres(movie)]
    points: Counter[int] = Counter()
    for movie_id, share in shares[0].union(*shares[1:], all=True):
        points[movie_id] += share
    del points[movie.pk]
    ranked = sorted(points.items(), key=lambda row: (-row[1], -row[0]))
    return [movie_id for movie_id, _ in ranked[:MOST_SIMILAR]]


def _same_collection(movie: Movie) -> QuerySet:
    together = Movie.objects.detailed().filter(collection=movie.collection_id, collection__isnull=False)
    return together.order_by().values_list("pk", Value(COLLECTION_POINTS, FloatField()))


def _shared_people(movie: Movie) -> QuerySet:
    leads = Q(kind=Credit.Kind.CAST, position__lt=LEADS) | Q(job="Director")
    people = Credit.objects.filter(leads, movie=movie).values("person")
    theirs = Credit.objects.filter(leads, person__in=people, movie__in=Movie.objects.detailed())
    return _points(theirs, "person", PERSON_POINTS)


def _shared_keywords(movie: Movie) -> QuerySet:
    tagged = Movie.keywords.through.objects
    one_too_many = tagged.filter(keyword=OuterRef("keyword")).order_by("movie_id")[TOO_COMMON : TOO_COMMON + 1]
    own = tagged.filter(~Exists(one_too_many), movie=movie).values("keyword")
    return _points(tagged.filter(keyword__in=own, movie__in=Movie.objects.detailed()), "keyword", KEYWORD_POINTS)


def _shared_genres(movie: Movie) -> QuerySet:
    """Among the most popular alone: a genre is shared by a tenth of the whole catalogue."""
    tagged = Movie.genres.through.objects
    own = tagged.filter(movie=movie).values("genre")
    popular = Movie.objects.detailed().order_by("-popularity", "-pk").values("pk")[:POPULAR_ENOUGH]
    return _points(tagged.filter(genre__in=own, movie__in=popular), "genre", GENRE_POINTS)


def _points(rows: QuerySet, shared: str, points: float) -> QuerySet:
    counted = rows.order_by().values("movie_id").annotate(share=Count(shared, distinct=True))
    return counted.values_list("movie_id", Cast(F("share"), FloatField()) * Value(points))
