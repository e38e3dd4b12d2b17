"""All of /api/v1 on one screen. A path is canonical without a trailing slash; with one it answers the same."""

from django.urls import URLPattern, path

from catalog.api.movie import MovieViewSet
from catalog.api.movies import MovieListViewSet
from catalog.api.people import CollectionViewSet, GenreViewSet, PersonViewSet
from catalog.api.search import MovieSearchViewSet
from catalog.api.streaming import StreamingMovieViewSet, StreamingViewSet


def get(route: str, viewset: type, action: str) -> URLPattern:
    return path(route, viewset.as_view({"get": action}))


urlpatterns = [
    get("movies", MovieListViewSet, "list"),
    get("movies/popular", MovieListViewSet, "popular"),
    get("movies/trending", MovieListViewSet, "trending"),
    get("movies/top-rated", MovieListViewSet, "top_rated"),
    get("movies/now-playing", MovieListViewSet, "now_playing"),
    get("movies/upcoming", MovieListViewSet, "upcoming"),
    get("movies/search", MovieSearchViewSet, "search"),
    get("movies/suggest", MovieSearchViewSet, "suggest"),
    get("movies/<int:movie_id>", MovieViewSet, "retrieve"),
    get("movies/<int:movie_id>/credits", MovieViewSet, "credits"),
    get("movies/<int:movie_id>/similar", MovieViewSet, "similar"),
    get("movies/<int:movie_id>/streaming", MovieViewSet, "streaming"),
    get("genres", GenreViewSet, "list"),
    get("people/search", PersonViewSet, "search"),
    get("people/<int:person_id>", PersonViewSet, "retrieve"),
    get("collections/<int:collection_id>", CollectionViewSet, "retrieve"),
    get("streaming", StreamingViewSet, "list"),
    get("streaming/providers", StreamingViewSet, "providers"),
    get("streaming/movies", StreamingMovieViewSet, "list"),
]
