"""A member's diary and ratings in numbers: all of it, or a year in review."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.member_pages import open_member
from accounts.models import User
from activity.serializers.stats import FIRST_YEAR, LAST_YEAR
from activity.stats import stats_of
from activity.stats.counting import Numbers
from activity.year_charts import charts_of
from catalog.cards import cards_of
from catalog.images import PROFILE_SIZES, image_urls
from catalog.readers import page_language


@require_safe
def stats(request: HttpRequest, username: str, year: int | None = None) -> HttpResponse:
    """Of a member who keeps their reviews from the viewer, without ratings."""
    member = open_member(request.user, username, "diary")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    numbers = _numbers(member, year)
    known = {
        "member": member,
        "here": "stats",
        "year": year,
        "years": [row["year"] for row in reversed((_numbers(member, None) if year else numbers)["by_year"])],
        "numbers": numbers,
        "charts": charts_of(numbers, year),
        "people": [_with_faces(numbers[part]) for part in ("directors", "actors")],
        **_films(numbers, request),
    }
    return render(request, "activity/stats.html", known)


def _numbers(member: User, year: int | None) -> Numbers:
    numbers = stats_of(member, year, timezone.now().date())
    if "reviews" not in member.rooms:
        numbers = numbers | {"ratings": None}
    kinder_by = _kinder_by(numbers)
    told = {"kinder_by": kinder_by, "stricter_by": -(kinder_by or 0)}
    return numbers | told | {"hours": round(numbers["minutes"] / 60)}


def _kinder_by(numbers: Numbers) -> float | None:
    """How much more the member gives than others do; None where nothing could be compared."""
    return numbers["ratings"] and numbers["ratings"]["community"]["mean_difference"]


def _with_faces(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"profile": image_urls(row["profile_path"], PROFILE_SIZES)} for row in people]


def _films(numbers: Numbers, request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """The films that the numbers name, as cards; one query, and one for a language."""
    again, community = numbers["most_rewatched"], (numbers["ratings"] or {}).get("community", {})
    parts = {name: community.get(name, []) for name in ("overrated", "underrated")}
    wanted = [pk for pk, _ in again] + [row["movie_id"] for rows in parts.values() for row in rows]
    cards = {card["id"]: card for card in cards_of(wanted, page_language(request))}
    found = {name: [row | {"card": cards[row["movie_id"]]} for row in rows] for name, rows in parts.items()}
    return found | {"rewatched": [{"card": cards[pk], "plays": plays} for pk, plays in again]}
