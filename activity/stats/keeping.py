"""A member's numbers, kept for as long as what they are made of is what it was."""

from datetime import date
from hashlib import blake2b

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from accounts.models import User
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

    Two queries where they are kept, else nine.
    """
    key = f"stats:{VERSION}:{member.pk}:{year or 'all'}:{today}:{fingerprint(member)}"
    numbers = cache.get(key)
    if numbers is None:
        numbers = counted(facts_of(member, year), today)
        cache.set(key, numbers, SECONDS)
    return numbers


def fingerprint(member: User) -> str:
    """Other after whatever was written, changed or taken out, or moved with a film that was merged into another."""
    diary = Viewing.objects.filter(user=member).aggregate(Count("pk"), Max("pk"), Max("changed_at"), Sum("movie_id"))
    ratings = Rating.objects.filter(user=member).aggregate(
        Count("pk"), Max("pk"), Max("rated_at"), Sum("movie_id"), Sum("value")
    )
    told = repr([*diary.values(), *ratings.values()])
    return blake2b(told.encode(), digest_size=12).hexdigest()
