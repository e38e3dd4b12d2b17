"""All that a film's own page shows, in a number of queries that does not grow with it."""

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Credit, Keyword, Movie, Offer, Person, RegionalProvider, ReleaseDate, Video


def detailed(movies: QuerySet[Movie], region: str) -> QuerySet[Movie]:
    """The films with what `MovieSerializer` writes: seven queries, whatever they hold (a language takes one more)."""
    return (
        with_streaming(with_credits(movies), region)
        .select_related("collection")
        .prefetch_related(
            "genres",
            Prefetch("keywords", Keyword.objects.order_by("name", "pk")),
            Prefetch("videos", trailers(), to_attr="trailers"),
            Prefetch("release_dates", certifications(region), to_attr="certified_releases"),
        )
    )


def with_credits(movies: QuerySet[Movie]) -> QuerySet[Movie]:
    """The films with cast and crew, each in the credits' order."""
    credits = Credit.objects.select_related("person").order_by("kind", "position")
    return movies.prefetch_related(Prefetch("credits", credits))


def with_streaming(movies: QuerySet[Movie], region: str) -> QuerySet[Movie]:
    """The films with `regional_offers`: the services as TMDB ranks them in the region, else as it does over all."""
    there = RegionalProvider.objects.filter(provider=OuterRef("provider"), region=region).values("priority")
    offers = Offer.objects.current().filter(region=region).select_related("provider")
    ranked = offers.order_by(Coalesce(Subquery(there), "provider__priority"), "provider__name", "provider")
    return movies.prefetch_related(Prefetch("offers", ranked, to_attr="regional_offers"))


def trailers() -> QuerySet[Video]:
    """Trailers before teasers; of each the official ones first, then the newest."""
    newest = F("published_at").desc(nulls_last=True)
    return Video.objects.filter(kind__in=["Trailer", "Teaser"]).order_by("-kind", "-is_official", newest, "key")


def certifications(region: str) -> QuerySet[ReleaseDate]:
    """The region's releases that have an age rating: the cinema's before a disc's."""
    return ReleaseDate.objects.filter(region=region).exclude(certification="").order_by("kind", "released_on")


def with_releases(movies: QuerySet[Movie]) -> QuerySet[Movie]:
    """The films with `ordered_releases`: country by country, the oldest first."""
    releases = ReleaseDate.objects.order_by("region", "released_on", "kind", "note")
    return movies.prefetch_related(Prefetch("release_dates", releases, to_attr="ordered_releases"))


# What a filmography shows: someone has 1,500 parts, and a film's row is wide.
PART_COLUMNS = ("person", "movie", "kind", "job", "character")
REFERENCE_COLUMNS = ("title", "original_title", "original_language", "released_on", "poster_path")


def with_filmography(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with `listed_credits`: their parts in films that are shown, the newest first."""
    listed = Credit.objects.filter(movie__gone_at=None, movie__is_adult=False, movie__is_video=False)
    shown = listed.select_related("movie").only(*PART_COLUMNS, *(f"movie__{name}" for name in REFERENCE_COLUMNS))
    newest = shown.order_by(F("movie__released_on").desc(nulls_first=True), "-movie_id", "kind", "position")
    return people.prefetch_related(Prefetch("credits", newest, to_attr="listed_credits"))
