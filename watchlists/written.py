"""A viewing as its form shows it, and the form's word as the diary takes it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from watchlists.companions import shown_companions
from watchlists.forms import ViewingForm
from watchlists.models import Precision, Viewing

VAGUE = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m"}


def written(viewing: Viewing) -> dict[str, Any]:
    """What the form begins with, of one that is there."""
    day, precision = viewing.watched_on, viewing.precision
    named = [companion.member.username for companion in shown_companions([viewing], viewing.user)]
    return {
        "day": day if precision == Precision.DAY else None,
        "vague": f"{day:{VAGUE[precision]}}" if precision in VAGUE else "",
        "is_unknown": precision == Precision.UNKNOWN,
        "rating": viewing.rating or "",
        "rewatch": {True: "yes", False: "no"}[viewing.is_rewatch] if viewing.is_rewatch_set else "",
        "tags": ", ".join(viewing.tags),
        "companions": ", ".join(named),
        "note": viewing.note,
    }


def taken(form: ViewingForm, write: Callable[..., Any]) -> bool:
    """Whether what the form says was written; if not, the reason stands beside its field."""
    if form.is_valid():
        try:
            write(**form.told())
        except ValidationError as fault:
            form.blame(fault)
    return form.is_valid()
