"""The ranked lists, as queries over films (day: a date in UTC)."""

from datetime import date, timedelta

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.models import ChartEntry, Movie, ReleaseDate

IN_CINEMAS = (ReleaseDate.Kind.LIMITED, ReleaseDate.Kind.THEATRICAL)
RUN = timedelta(weeks=6)
AHEAD = timedelta(weeks=26)


def trending(movies: QuerySet[Movie]) -> QuerySet[Movie]:
    """In the order of TMDB's weekly chart; as they come where no chart has been fetched."""
    entries = ChartEntry.objects.filter(chart=ChartEntry.Chart.TRENDING)
    if not entries.exists():
        return movies
    return movies.filter(chart_entries__in=entries).order_by("chart_entries__position")


def top_rated(movies: QuerySet[Movie]) -> QuerySet[Movie]:
    return movies.detailed().filter(tmdb_vote_count__gt=0).order_by("-weighted_rating", "-pk")


def now_playing(movies: QuerySet[Movie], region: str, day: date) -> QuerySet[Movie]:
    """Those whose run in the region's cinemas began in the last six weeks, the most popular first."""
    return _opening(movies, region, day - RUN, day).order_by("-popularity", "-pk")


def upcoming(movies: QuerySet[Movie], region: str, day: date) -> QuerySet[Movie]:
    """Those that come to the region's cinemas after the day, the next first."""
    after = day + timedelta(days=1)
    return _opening(movies, region, after, day + AHEAD).order_by("opens_on", "-popularity", "-pk")


def _opening(movies: QuerySet[Movie], region: str, first: date, last: date) -> QuerySet[Movie]:
    """Those that open between the days: by the region's own date, by the first anywhere where none is known."""
    there = ReleaseDate.objects.filter(region=region, kind__in=IN_CINEMAS)
    has_own_date = Exists(there.filter(movie=OuterRef("pk")))
    elsewhere = Movie.objects.detailed().filter(~has_own_date, released_on__range=(first, last)).order_by()
    # Each half has an index of its days; of an OR of the two PostgreSQL would ask each film there is.
    found = there.filter(released_on__range=(first, last)).values("movie").union(elsewhere.values("pk"))
    opening = there.filter(movie=OuterRef("pk")).order_by().values("movie").annotate(day=Min("released_on"))
    return (
        movies.filter(pk__among=found)
        .annotate(opens_on=Coalesce(Subquery(opening.values("day")), F("released_on")))
        .filter(opens_on__range=(first, last))
    )
