"""When a member saw what: one viewing each time, which the watchlist and the rating follow."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.holders import again_where_merged, counted
from reviews.services import rate_movie
from watchlists import films, watching
from watchlists.companions import name_companions
from watchlists.models import Precision, Viewing, WatchlistEntry
from watchlists.vague_dates import vague

MANUAL = "manual"
NEEDS_DAY = ValidationError({"watched_on": ValidationError(_("Say the day, or that it is unknown."), "required")})


class Told(TypedDict, total=False):
    """What may be said of a viewing beside its film and its day.

    The rating, 1 to 10, is the member's of the film from now on, unless a later viewing has another.
    """

    rating: int | None
    note: str
    tags: list[str]
    companions: Iterable[User]
    source: str
    external_id: str
    is_rewatch: bool | None


@again_where_merged
def log(
    *, user: User, movie_id: int, watched_on: date | None = None, precision: str = Precision.DAY, **told: Unpack[Told]
) -> tuple[Viewing, bool]:
    """Writes a viewing into the diary; gives it, and whether it is new: a source's event is one, however often told.

    Without a day the day is unknown. Whether it is a rewatch follows from the other viewings of the film unless it is
    said. Raises `NoSuchFilm`, and `ValidationError` of the day.
    """
    day = vague(watched_on, precision, timezone.now())
    movie = films.held(movie_id)
    with counted(user.pk, [movie.pk]):
        if viewing := _told_before(user, told):
            return viewing, False
        viewing = _write(Viewing(user=user, movie=movie, **day), told)
        # Wanted once more, and seen again: the diary tells from now on.
        WatchlistEntry.objects.filter(user=user, movie=movie, is_watched=False).update(is_watched_set=False)
        watching.follow(user.pk, [movie.pk])
        viewing.refresh_from_db()
        return viewing, True


@again_where_merged
def change(viewing: Viewing, **values: Any) -> Viewing:
    """Sets what is given of `watched_on`, `precision` and `Told`, but where it comes from; `is_rewatch` None lets the
    other viewings tell. Raises `Viewing.DoesNotExist` where it is gone by now, and `ValidationError` of the day.
    """
    with counted(viewing.user_id, [viewing.movie_id]):
        viewing = Viewing.objects.get(pk=viewing.pk)
        if "watched_on" in values or "precision" in values:
            _set_day(viewing, values)
        viewing.changed_at = timezone.now()
        _write(viewing, values)
        watching.follow(viewing.user_id, [viewing.movie_id])
        viewing.refresh_from_db()
        return viewing


@again_where_merged
def remove(viewing: Viewing) -> None:
    """Takes the viewing out of the diary; that it is gone already is as well."""
    with counted(viewing.user_id, [viewing.movie_id]):
        Viewing.objects.filter(pk=viewing.pk).delete()
        watching.follow(viewing.user_id, [viewing.movie_id])


def _told_before(user: User, told: Mapping[str, Any]) -> Viewing | None:
    """The viewing that is this very event."""
    event = {"source": told.get("source", MANUAL), "external_id": told.get("external_id", "")}
    return Viewing.objects.filter(user=user, **event).first() if event["external_id"] else None


def _write(viewing: Viewing, told: Mapping[str, Any]) -> Viewing:
    for name in ("rating", "note", "tags", "source", "external_id"):
        setattr(viewing, name, told.get(name, getattr(viewing, name)))
    if "is_rewatch" in told:
        viewing.is_rewatch_set = told["is_rewatch"] is not None
        viewing.is_rewatch = bool(told["is_rewatch"])
    viewing.save()
    if "companions" in told:
        name_companions(viewing, told["companions"])
    if told.get("rating") and viewing == _last_rated(viewing):
        rate_movie(user=viewing.user, movie=viewing.movie, value=viewing.rating)
    return viewing


def _last_rated(viewing: Viewing) -> Viewing:
    rated = Viewing.objects.filter(user=viewing.user_id, movie=viewing.movie_id, rating__isnull=False)
    return rated.latest_first().first()


def _set_day(viewing: Viewing, values: Mapping[str, Any]) -> None:
    watched_on = values.get("watched_on", viewing.watched_on)
    was_unknown = viewing.precision == Precision.UNKNOWN
    precision = values.get("precision", Precision.DAY if was_unknown else viewing.precision)
    if watched_on is None and "watched_on" not in values and precision != Precision.UNKNOWN:
        raise NEEDS_DAY
    for name, value in vague(watched_on, precision, timezone.now()).items():
        setattr(viewing, name, value)
