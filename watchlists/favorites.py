"""What a member loves, in an order of their own; the first four stand on the profile."""

from typing import Unpack

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.holders import again_where_merged, counted
from watchlists import films
from watchlists.models import Favorite
from watchlists.positions import Place, place


@again_where_merged
def add(*, user: User, movie_id: int, **where: Unpack[Place]) -> tuple[Favorite, bool]:
    """Puts the film among the favorites, as the last unless a place is named; gives it, and
    whether it is new. One that is there stays where it is. Raises `NoSuchFilm`, and `ValidationError` of the place.
    """
    movie = films.held(movie_id)
    with counted(user.pk, [movie.pk]):
        found = Favorite.objects.filter(user=user, movie=movie).first()
        if found:
            return found, False
        at = place(_of(user), **where)
        return Favorite.objects.create(user=user, movie=movie, position=at, added_at=timezone.now()), True


@again_where_merged
def remove(*, user: User, movie_id: int) -> bool:
    """Whether it was there."""
    movie_id = films.current_id(movie_id)
    with counted(user.pk, [movie_id]):
        return _of(user).filter(movie=movie_id).delete()[0] > 0


@again_where_merged
def move(*, user: User, movie_id: int, **where: Unpack[Place]) -> Favorite:
    """Moves the film among the others. Raises `Favorite.DoesNotExist`, and `ValidationError` of the place."""
    movie_id = films.current_id(movie_id)
    with counted(user.pk, [movie_id]):
        favorite = _of(user).get(movie=movie_id)
        favorite.position = place(_of(user).exclude(pk=favorite.pk), **where)
        favorite.save(update_fields=["position"])
        return favorite


def _of(user: User) -> QuerySet[Favorite]:
    return Favorite.objects.filter(user=user)
