"""`{% load reviews %}`: what the page of a film shows of what members say of it."""

from typing import Any

from django import template
from django.utils.formats import number_format

from reviews.forms import ReviewForm
from reviews.said import Bar, bars, rating_by, review_by, reviews_of

register = template.Library()
SHOWN = 5


@register.simple_tag
def distribution_of(movie_id: int) -> list[Bar]:
    return bars(movie_id)


@register.simple_tag
def total_of(bars: list[Bar]) -> int:
    return sum(bar.count for bar in bars)


@register.simple_tag
def average_of(bars: list[Bar]) -> str:
    """To a tenth, as the reader's language writes it; of bars of which one is not empty."""
    return number_format(sum(bar.value * bar.count for bar in bars) / total_of(bars), 1)


@register.simple_tag(takes_context=True)
def reviews_on(context: dict[str, Any], movie_id: int) -> dict[str, Any]:
    """The first of a film's reviews, in the order that the address asks for."""
    order = "liked" if context["request"].GET.get("order") == "liked" else "newest"
    found = list(reviews_of(movie_id, context["user"], order)[: SHOWN + 1])
    return {"order": order, "shown": found[:SHOWN], "has_more": len(found) > SHOWN}


@register.simple_tag(takes_context=True)
def said_of(context: dict[str, Any], movie_id: int) -> dict[str, Any]:
    """What the signed-in reader says of the film, with the form: as it was sent, where it was refused."""
    user = context["user"]
    review = review_by(user, movie_id)
    form = context.get("review_form") or ReviewForm(review=review)
    return {"rating": rating_by(user, movie_id), "review": review, "form": form, "values": range(1, 11)}


@register.filter
def hides_something(text: Any) -> bool:
    """Whether a part of a review or comment is a spoiler."""
    return 'class="spoiler"' in text.html


@register.filter
def halves(value: int) -> str:
    """A rating from 1 to 10 as stars: 7 gives ★★★½."""
    return "★" * (value // 2) + "½" * (value % 2)
