"""A member's pages: who they are, which of their rooms are open to the viewer, and what one does to them there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts import profiles
from accounts.models import Follow, Privacy, User
from accounts.models.visibility import Viewer, visible
from accounts.people_pages import DEEDS

# What of a member's is found under their name, and the column that tells who may see it.
ROOMS = {
    "watchlist": "watchlist_privacy",
    "diary": "history_privacy",
    "favorites": "favorites_privacy",
    "reviews": "reviews_privacy",
    "lists": "profile_privacy",
}


def shown_member(viewer: Viewer, username: str) -> User:
    """The member with what ties the viewer to them, and `rooms`, the names of those that are open; of a profile for
    followers none is. Raises `Http404` where not even the name is to be seen.
    """
    return _with_rooms(get_object_or_404(profiles.profiles(viewer).named(username)), viewer)


def open_member(viewer: Viewer, username: str, room: str) -> User:
    """As `shown_member`, of one whose room is open to the viewer."""
    members = profiles.profiles(viewer).filter(visible(viewer, "", ROOMS[room]))
    return _with_rooms(get_object_or_404(members.named(username)), viewer)


@login_required
@require_POST
def tie(request: HttpRequest, username: str, deed: str) -> HttpResponseRedirect:
    """Does one thing to the member, and shows their page again, or one's own people where it is not to be seen."""
    if deed not in DEEDS:
        raise Http404
    doing = DEEDS[deed]
    other = get_object_or_404(doing.found(request.user).named(username))
    try:
        doing.do(**{doing.me: request.user, doing.them: other})
        messages.success(request, doing.done)
    except (User.DoesNotExist, Follow.DoesNotExist) as fault:
        raise Http404 from fault
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    is_shown = User.objects.shown_to(request.user).filter(pk=other.pk).exists()
    return redirect("member", other.username) if is_shown else redirect("account_people", "following")


def _with_rooms(member: Any, viewer: Viewer) -> User:
    is_own = member.pk == viewer.pk
    seen = {Privacy.PUBLIC} | ({Privacy.FOLLOWERS} if getattr(member, "viewer_follows", None) else set())
    member.is_own = is_own
    member.rooms = [
        room for room, column in ROOMS.items() if is_own or (member.is_open and getattr(member, column) in seen)
    ]
    return member
