"""`{% load watchlists %}`: what the page of a film shows of what its reader holds."""

from typing import Any

from django import template

from watchlists.forms import ToListForm, ViewingForm
from watchlists.held import held_by

register = template.Library()


@register.simple_tag(takes_context=True)
def held_of(context: dict[str, Any], movie_id: int) -> dict[str, Any]:
    """What the signed-in reader holds of the film, with the forms: as they were sent, where they were refused."""
    user = context["user"]
    held = held_by(user, movie_id)
    return held._asdict() | {
        "viewing_form": context.get("viewing_form") or ViewingForm(member=user),
        "list_form": context.get("list_form") or ToListForm(lists=[one for one in held.lists if not one.has_film]),
        "in_lists": [one for one in held.lists if one.has_film],
    }
