"""How GET /movies finds its films among a million: what an index must hold so that no film's row need be read.

A film's row is wide, and lies anywhere. So each order that one may ask for has an index which also holds every fact
that one may ask about: it alone tells a page's ids, or their count, however many films are passed over on the way.
Only the rows of the page are read. These indexes are partial: a film known by its title alone costs them nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Index, OrderBy, PositiveIntegerField, Q
from django.db.models.lookups import Exact, In

LISTED = Q(gone_at=None, is_adult=False, is_video=False)
# Those of which more is known than title and popularity. Of `title_key` PostgreSQL keeps no statistics (see migration
# 0005), so that it takes this for true of nearly all. How many films are of a language, say, it knows of all films, and
# these are detailed ones: it would else expect no more than the detailed films' share of them.
DETAILED = LISTED & Q(title_key__isnull=False)

# TMDB's genres of films, each by its place: the bit of `Movie.genre_bits`. A place is never given to another genre.
GENRES = (
    *(28, 12, 16, 35, 80, 99, 18, 10751, 14, 36),
    *(27, 10402, 9648, 10749, 878, 10770, 53, 10752, 37),
)
GENRE_BITS = {genre: 1 << place for place, genre in enumerate(GENRES)}


def genre_bits(genres: Iterable[int]) -> int:
    """The bits of those of the genres (TMDB ids) that have one."""
    return sum(GENRE_BITS.get(genre, 0) for genre in set(genres))


def is_of_genre(genre: int) -> Exact:
    """The condition that a film is of one of `GENRES`; migration 0005 gives PostgreSQL statistics of its left side."""
    bit = GENRE_BITS[genre]
    return Exact(F("genre_bits").bitand(bit), bit)


@PositiveIntegerField.register_lookup
class Among(In):
    """`pk__among=`: as `pk__in` of a subquery, found out once and first, and then each looked up by its id.

    PostgreSQL may else go through the whole of an order's index, asking of each film whether it is among them.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        film, film_values = self.process_lhs(compiler, connection)
        found, values = self.process_rhs(compiler, connection)
        return f"{film} = ANY(ARRAY{found})", [*film_values, *values]


class UnknownLast(Index):
    """An index whose columns say where nulls go; one that falls, nulls last, also serves rising, nulls first."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **options: Any) -> Any:
        """SQLite puts nulls there of its own accord, and lets no index say so."""
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using, **options)
        plain = [
            OrderBy(key.expression, descending=key.descending) if isinstance(key, OrderBy) else key
            for key in self.expressions
        ]
        index = Index(*plain, name=self.name, condition=self.condition)
        return index.create_sql(model, schema_editor, using, **options)


NEWEST_ID = F("tmdb_id").desc()
DATE, LENGTH, LANGUAGE, IS_OF = "released_on", "runtime", "original_language", "genre_bits"
VOTES, AVERAGE = "tmdb_vote_count", "tmdb_vote_average"
FACTS = (DATE, LENGTH, VOTES, AVERAGE, LANGUAGE, IS_OF)


def by(name: str, *keys: Any, kind: type[Index] = Index) -> Index:
    """An index of the detailed films in the order of the keys, with the facts that these leave out."""
    held = {key.expression.name if isinstance(key, OrderBy) else key for key in keys}
    return kind(*keys, *(fact for fact in FACTS if fact not in held), name=f"movie_by_{name}", condition=DETAILED)


INDEXES = [
    # GET /movies and /movies/popular as they come, with no filter; the home page.
    Index(F("popularity").desc(), NEWEST_ID, name="movie_by_popularity", condition=LISTED),
    # GET /movies with any filter, the most popular first.
    by("popularity_and_facts", F("popularity").desc(), NEWEST_ID),
    # GET /movies?ordering=release_date and ?year=, /movies/now-playing and /upcoming, /streaming/movies.
    by("release", F(DATE).desc(nulls_last=True), NEWEST_ID, kind=UnknownLast),
    # GET /movies/top-rated and ?ordering=rating.
    by("rating", F("weighted_rating").desc(), NEWEST_ID),
    # GET /movies?ordering=votes and ?votes_min=.
    by("votes", F(VOTES).desc(), NEWEST_ID),
    # GET /movies?ordering=runtime and ?runtime_min=&runtime_max=.
    by("runtime", LENGTH, "tmdb_id"),
    # GET /movies?ordering=title.
    by("title", "title_key", "tmdb_id"),
    # GET /movies?language=, the most popular first: of a rare one all films, of a common one those that are counted.
    by("language", LANGUAGE, F("popularity").desc(), NEWEST_ID),
    # GET /movies?provider=, ?keyword= and ?person= in any order: films whose ids another table tells.
    by("id", "tmdb_id", "popularity", "weighted_rating", "title_key"),
    # GET /movies?collection= and /collections/{id}.
    Index("collection", "tmdb_id", name="movie_by_collection", condition=Q(collection__isnull=False)),
]
