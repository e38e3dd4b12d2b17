"""What comes of the members' ratings of a film, moved by difference: at the cost of two rows, however many rated it.

Rows are locked in one order everywhere: the member's, then the films' from the lowest id, then what belongs to these.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, FloatField, Sum
from django.db.models.functions import Abs, Cast, Greatest

from accounts.models import User
from catalog.holders import Merged
from catalog.models import Movie
from catalog.statements import Update
from reviews import freshness
from reviews.models import Rating, Score
from reviews.models.ratings import VALUES

# As many ratings of the mean as all films have are taken to be there already, so that one 10 makes no film the best.
PRIOR_COUNT = 25
# While nobody has rated anything: the middle.
NO_MEAN = 5.5
MEAN_KEY, MEAN_SECONDS = "reviews:mean", 3600
# What differs by less is not worth a row written.
NEAR = 0.0005
Given = Mapping[int, int]


def move(movie_id: int, given: Given, *, holders: int = 0) -> None:
    """Counts as many more, or less, of each value of the film, as `given` says: `{8: 1, 3: -1}`.

    With `holders` more of those who hold it, in the same statement: until the transaction ends all others who rate the
    film wait. Raises `Merged`, and `Movie.DoesNotExist`.
    """
    film, score = _updates(tuple((value, number) for value, number in given.items() if number), holders)
    if not film.of(movie_id):
        raise_gone(movie_id)
    if score and not score.of(movie_id):
        Score.objects.bulk_create([Score(movie_id=movie_id)], ignore_conflicts=True)
        score.of(movie_id)
    freshness.rated(movie_id)


@lru_cache(1000)
def _updates(given: tuple[tuple[int, int], ...], holders: int) -> tuple[Update, Update | None]:
    """Those of the film, and of its score: to write them anew with each rating would be a third of what one takes."""
    by = dict(given)
    columns = _moved_columns(by) | ({"holder_count": _moved("holder_count", holders)} if holders else {})
    film = Update(lambda: (Movie.objects.filter(merged_into=None).filter(pk=0), columns))
    return film, Update(lambda: (Score.objects.filter(pk=0), _moved_score(by))) if by else None


def raise_gone(movie_id: int) -> None:
    """Raises `Merged` where the film has become another, and `Movie.DoesNotExist`."""
    into = Movie.objects.values_list("merged_into", flat=True).get(pk=movie_id)
    if into is not None:
        raise Merged(movie_id, into)


@transaction.atomic
def count_out(user: User) -> int:
    """Takes the member's ratings out of every score, as of one who is suspended or shut out; how many that were."""
    return _turn(user, is_counted=False)


@transaction.atomic
def count_in(user: User) -> int:
    """Undoes `count_out`; also counts what they rated meanwhile."""
    return _turn(user, is_counted=True)


def _turn(user: User, *, is_counted: bool) -> int:
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk").first()
    ratings = Rating.objects.filter(user=user.pk, is_counted=not is_counted)
    films = Movie.objects.filter(pk__in=ratings.values("movie"))
    locked = list(films.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    scored = set(Score.objects.filter(pk__in=ratings.values("movie")).values_list("pk", flat=True))
    Score.objects.bulk_create([Score(movie_id=pk) for pk in locked if pk not in scored], ignore_conflicts=True)
    by = 1 if is_counted else -1
    for value in set(ratings.values_list("value", flat=True)):
        rated = ratings.filter(value=value).values("movie")
        Movie.objects.filter(pk__in=rated).update(**_moved_columns({value: by}))
        _move_scores(rated, {value: by})
    freshness.rated_all(locked)
    return ratings.update(is_counted=is_counted)


def join(old_id: int, new_id: int, off_old: Given, off_new: Given) -> None:
    """Adds the old film's score to the new one's, without the ratings that gave way to another by the same member.

    The columns of the two films are freed of these alone: the merge itself adds the one's to the other's.
    """
    for movie_id, off in ((old_id, off_old), (new_id, off_new)):
        if off:
            by = {value: -number for value, number in off.items()}
            Movie.objects.filter(pk=movie_id).update(**_moved_columns(by))
    old = Score.objects.filter(pk=old_id).first()
    held = old.distribution if old else {}
    given = {value: held.get(value, 0) - off_old.get(value, 0) - off_new.get(value, 0) for value in VALUES}
    if any(given.values()):
        Score.objects.bulk_create([Score(movie_id=new_id)], ignore_conflicts=True)
        _move_scores([new_id], given)
    Score.objects.filter(pk=old_id).delete()


def mean() -> float:
    """The mean of all ratings there are, kept for an hour."""
    kept = cache.get(MEAN_KEY)
    if kept is None:
        sums = Score.objects.aggregate(**{f"n{value}": Sum(f"n{value}") for value in VALUES})
        count = sum(sums[f"n{value}"] or 0 for value in VALUES)
        total = sum(value * (sums[f"n{value}"] or 0) for value in VALUES)
        kept = total / count if count else NO_MEAN
        cache.set(MEAN_KEY, kept, MEAN_SECONDS)
    return kept


def weighted(score: Score) -> float:
    """(C × m + total) / (C + count), as IMDb once told of its Top 250: beside those there are, C more of the mean m."""
    given = score.distribution
    total = sum(value * number for value, number in given.items())
    return (PRIOR_COUNT * mean() + total) / (PRIOR_COUNT + sum(given.values()))


def weigh_anew() -> int:
    """Writes what films are ranked by, as `weighted` gives it, wherever it has moved; gives how many that were.

    Once an hour: with each rating it would cost that one more than all the rest, and lists are kept for as long.
    """
    cache.delete(MEAN_KEY)
    total: Any = PRIOR_COUNT * mean()
    count: Any = float(PRIOR_COUNT)
    for value in VALUES:
        total, count = F(f"n{value}") * float(value) + total, F(f"n{value}") + count
    weight = Cast(total, FloatField()) / Cast(count, FloatField())
    return Score.objects.alias(off=Abs(weight - F("weighted"))).filter(off__gt=NEAR).update(weighted=weight)


def _moved_columns(by: Given) -> dict[str, Greatest]:
    total, count = sum(value * number for value, number in by.items()), sum(by.values())
    return {"rating_total": _moved("rating_total", total), "rating_count": _moved("rating_count", count)}


def _move_scores(movie_ids: Iterable[int], by: Given) -> int:
    return Score.objects.filter(pk__in=movie_ids).update(**_moved_score(by))


def _moved_score(by: Given) -> dict[str, Greatest]:
    return {f"n{value}": _moved(f"n{value}", number) for value, number in by.items() if number}


def _moved(column: str, by: int) -> Greatest:
    """A count that somebody's hand made too small must not keep anyone from rating."""
    return Greatest(F(column) + by, 0)
