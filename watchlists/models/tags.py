"""A member's own words for viewings, kept with each as a list."""

import json
import unicodedata
from typing import Any

from django.db.models import JSONField, Lookup

LONGEST_TAG, MOST_TAGS = 40, 20
IN_JSON = "EXISTS (SELECT 1 FROM json_each({}) WHERE value = %s)"


def tidy(tag: str) -> str:
    """In small letters, with single spaces, so that the same word is the same tag."""
    return unicodedata.normalize("NFC", " ".join(tag.lower().split()))


@JSONField.register_lookup
class Holds(Lookup):
    """`tags__holds="noir"`: of a list of texts, that this one is in it; SQLite has no `contains` for it."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, given = self.process_lhs(compiler, connection)
        return IN_JSON.format(column), [*given, self.rhs]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} @> %s::jsonb", [*given, json.dumps([self.rhs])]
