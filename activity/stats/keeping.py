"""A member's numbers, kept for as long as what they are made of is what it was."""

from datetime import date
from functools import lru_cache
from hashlib import blake2b

from django.core.cache import cache
from django.db.models import BigIntegerField, Count, Max, Sum

from accounts.models import User
from activity.statements import Given, Statement, written
from activity.stats.counting import Numbers, counted
from activity.stats.facts import facts_of
from reviews.models import Rating
from watchlists.models import Viewing

# What others gave the films, and what is known of them, may be as old as this.
SECONDS = 3600
# Other numbers than those kept before: other keys.
VERSION = 1


def stats_of(member: User, year: int | None, today: date) -> Numbers:
    """The member's numbers of that year, or of all (see `counting`); what changes in diary or ratings counts at once.

    Three queries where they are kept, else ten.
    """
    key = f"stats:{VERSION}:{member.pk}:{year or 'all'}:{today}:{fingerprint(member)}"
    numbers = cache.get(key)
    if numbers is None:
        numbers = counted(facts_of(member, year), today)
        cache.set(key, numbers, SECONDS)
    return numbers


def fingerprint(member: User) -> str:
    """Other after whatever was written, changed or taken out. Each of the statements is answered by one index."""
    told = [statement.run(member=member.pk) for statement in _statements()]
    return blake2b(repr(told).encode(), digest_size=12).hexdigest()


@lru_cache
def _statements() -> list[Statement]:
    member = Given("member", BigIntegerField())
    viewings, ratings = Viewing.objects.filter(user=member), Rating.objects.filter(user=member)
    return [
        # A film that was merged into another is one of another id.
        written(viewings.values("user").annotate(n=Count("pk"), last=Max("pk"), films=Sum("movie_id"))),
        written(viewings.order_by("-changed_at").values("changed_at")[:1]),
        written(ratings.values("user").annotate(n=Count("pk"), last=Max("pk"), at=Max("rated_at"))),
    ]
