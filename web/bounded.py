"""The first so many keys of a list in its order, a page of them and their number, in one statement."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

# Both go once through what is found, up to the bound: to find the page and to count are the same work.
# On PostgreSQL alone: its parallel workers take longer to start than most of these lists to read.
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"
POSTGRESQL = "SELECT COUNT(*), (ARRAY_AGG(pk))[%s:%s] FROM ({found}) AS found"
SQLITE = "SELECT COUNT(*) OVER (), pk FROM ({found}) AS found LIMIT %s OFFSET %s"


@dataclass
class BoundedKeys:
    """What `web.pagination` pages through, where rows are read by their keys once a page of these is known.

    The keys are whole numbers. Where an index holds what the queryset filters and orders by, no row is read for them.
    """

    rows: QuerySet

    def between(self, first: int, last: int, bound: int) -> tuple[list[int], int]:
        """The keys in the places from `first` to before `last`, and how many keys there are, up to the bound."""
        using = self.rows.db
        try:
            found, values = self.rows.values_list("pk")[:bound].query.get_compiler(using).as_sql()
        except EmptyResultSet:
            return [], 0
        with connections[using].cursor() as cursor:
            if connections[using].vendor == "postgresql":
                # Sent as one: a message of several statements is a transaction of its own.
                cursor.execute(f"{ALONE}; {POSTGRESQL.format(found=found)}", [first + 1, last, *values])
                cursor.nextset()
                count, keys = cursor.fetchone()
                return keys or [], count
            cursor.execute(SQLITE.format(found=found), [*values, last - first, first])
            rows = cursor.fetchall()
        return [key for _, key in rows], rows[0][0] if rows else 0
