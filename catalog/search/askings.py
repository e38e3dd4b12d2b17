"""One question about entries, of which a search asks several in turn."""

from typing import NamedTuple

from django.db.models import QuerySet

from catalog.search.patterns import Pattern

# How far down the ranks one looks: the tiers of `SearchEntry.tier`, each with all above it.
TIERS = (0, 1, 2, 3)
# More than there are entries.
NEVER_ENOUGH = 2**31 - 1


class Asking(NamedTuple):
    """Entries down to the `tier` that fit the pattern, at most `limit`; of these years, or of `within`, where given.

    Once it has found `enough`, what was to be asked after it is not asked. It is itself asked only where the one asked
    before it found as many as make it `worth` that.
    """

    pattern: Pattern
    tier: int
    limit: int
    enough: int = NEVER_ENOUGH
    years: tuple[int, int] | None = None
    within: QuerySet | None = None
    worth: int = 0

    def narrowed(self, key: str) -> tuple[str, list]:
        """What more must be true of an entry, as SQL with its parameters."""
        sql, parameters = "", []
        if self.years:
            sql, parameters = " AND year BETWEEN %s AND %s", [*self.years]
        if self.within is not None:
            keys, given = self.within.order_by().values("pk").query.sql_with_params()
            sql, parameters = f"{sql} AND {key} IN ({keys})", [*parameters, *given]
        return sql, parameters
