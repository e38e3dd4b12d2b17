"""The doors of a film's page to ratings and reviews, and all of a film's reviews."""

from django.urls import path

from reviews.views import film
from web.limited import limited
from web.slugs import numbered_under

FILM = "movies/<number:movie_id>"

urlpatterns = [
    path(f"{FILM}/rating", limited(film.rate, "write"), name="film_rating"),
    path(f"{FILM}/review", limited(film.review, "write"), name="film_review"),
    path(f"{FILM}/review/remove", limited(film.remove_review, "write"), name="film_review_remove"),
    *numbered_under("movies", "movie_id", "reviews", limited(film.film_reviews), "film_reviews"),
    path("reviews/<number:review_id>/like", limited(film.like, "write"), name="review_like"),
]
