"""What is measured against: Django with no middleware, and views written by hand for one purpose each.

`BENCH_BODIES` names a folder with the bodies to return and `list.sql`, the statements of the list, one a line.
"""

import os
from pathlib import Path

import django
import orjson
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ["BENCH_BODIES"])
BODIES = {file.stem: file.read_bytes() for file in FOLDER.glob("*.json")}
STATEMENTS = orjson.loads((FOLDER / "list.sql").read_bytes())
CDN = "https://image.tmdb.org/t/p/"
POSTERS = ("w185", "w342", "w500", "original")
BACKDROPS = ("w185", "w342", "w500", "w780", "w1280", "original")


def body(request: HttpRequest, name: str) -> HttpResponse:
    return whole(BODIES[name])


def whole(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/json", headers={"Content-Length": str(len(content))})


def rows(request: HttpRequest) -> HttpResponse:
    """The list of twenty by ready-made statements, those that the real view runs: what the database alone costs."""
    count_sql, rows_sql, genres_sql = STATEMENTS
    with connection.cursor() as cursor:
        cursor.execute(count_sql)
        count = cursor.fetchone()[0]
        cursor.execute(rows_sql)
        columns = [column[0] for column in cursor.description]
        movies = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(genres_sql)
        genres: dict[int, list[dict]] = {}
        for movie_id, genre_id, name in cursor.fetchall():
            genres.setdefault(movie_id, []).append({"id": genre_id, "name": name})
    results = [row(movie, genres.get(movie["tmdb_id"], [])) for movie in movies]
    return whole(orjson.dumps({"count": count, "next": "?page=2", "previous": None, "results": results}))


def written(request: HttpRequest) -> HttpResponse:
    """The list of twenty as one would write it by hand for this site: the same statements, made by Django's ORM."""
    listed = Movie.objects.filter(gone_at=None, is_adult=False, is_video=False, runtime__lte=19_999)
    count = listed.values("pk")[:10_000].count()
    movies = list(listed.order_by("-popularity", "-pk").values(*ROW_COLUMNS)[:20])
    tagged = Movie.genres.through.objects.filter(movie__in=[movie["tmdb_id"] for movie in movies])
    genres: dict[int, list[dict]] = {}
    names = tagged.order_by("genre__name").values_list("movie_id", "genre_id", "genre__name")
    for movie_id, genre_id, name in names:
        genres.setdefault(movie_id, []).append({"id": genre_id, "name": name})
    results = [row(movie, genres.get(movie["tmdb_id"], [])) for movie in movies]
    return whole(orjson.dumps({"count": count, "next": "?page=2", "previous": None, "results": results}))


def row(movie: dict, genres: list[dict]) -> dict:
    poster, backdrop = movie["poster_path"], movie["backdrop_path"]
    votes, ratings = movie["tmdb_vote_count"], movie["rating_count"]
    return {
        "id": movie["tmdb_id"],
        "title": movie["title"],
        "release_date": movie["released_on"],
        "poster": {size: f"{CDN}{size}{poster}" for size in POSTERS} if poster else None,
        "original_title": movie["original_title"],
        "original_language": movie["original_language"],
        "runtime": movie["runtime"],
        "genres": genres,
        "backdrop": {size: f"{CDN}{size}{backdrop}" for size in BACKDROPS} if backdrop else None,
        "popularity": movie["popularity"],
        "tmdb_rating": {"average": movie["tmdb_vote_average"] if votes else None, "count": votes},
        "community_rating": {"average": movie["rating_total"] / ratings if ratings else None, "count": ratings},
    }


django.setup()

from catalog.models import Movie
from catalog.rows import ROW_COLUMNS

urlpatterns = [path("body/<str:name>", body), path("rows", rows), path("written", written)]
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare"
application = get_wsgi_application()
