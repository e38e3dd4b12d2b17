"""The doors of a film's page to what members hold."""

from django.urls import path

from watchlists.views import film
from web.limited import limited

FILM = "movies/<number:movie_id>"

urlpatterns = [
    path(f"{FILM}/watchlist", limited(film.want, "write"), name="film_watchlist"),
    path(f"{FILM}/favorite", limited(film.love, "write"), name="film_favorite"),
    path(f"{FILM}/viewings", limited(film.log, "write"), name="film_viewings"),
    path(f"{FILM}/lists", limited(film.put_into_list, "write"), name="film_lists"),
    path(f"{FILM}/lists/remove", limited(film.take_out_of_list, "write"), name="film_lists_remove"),
]
