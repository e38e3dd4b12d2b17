"""The members that one is tied to, as pages: who follows whom, who asks to, whom one hides from."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts import people, profiles
from accounts.models import Follow, User
from web.keyset import Keyset

SHOWN = 50


class Room(NamedTuple):
    """One list: its title, the ties in it, at which end of them the member is, and what can be done to each."""

    title: Promise
    ties: Callable[[User], QuerySet]
    person: str
    deeds: tuple[str, ...]


class Deed(NamedTuple):
    """What one does to a member, who is found as the API would find them; `me` and `them` are whose part each has."""

    label: Promise
    done: Promise
    do: Callable[..., object]
    me: str
    them: str
    found: Callable[[User], QuerySet]


ROOMS = {
    "followers": Room(_("Followers"), lambda me: profiles.followers_of(me, me), "follower", ("remove", "block")),
    "following": Room(_("Following"), lambda me: profiles.following_of(me, me), "followed", ("unfollow", "mute")),
    "requests": Room(_("Requests"), profiles.requests_to, "follower", ("accept", "refuse", "block")),
    "muted": Room(_("Muted"), profiles.mutes_of, "muted", ("unmute",)),
    "blocked": Room(_("Blocked"), profiles.blocks_of, "blocked", ("unblock",)),
}
SHOWN_TO, TIED_TO = User.objects.shown_to, User.objects.tied_to
DEEDS = {
    "follow": Deed(_("Follow"), _("Done."), people.follow, "follower", "followed", SHOWN_TO),
    "unfollow": Deed(_("Unfollow"), _("You follow them no more."), people.unfollow, "follower", "followed", TIED_TO),
    "accept": Deed(_("Accept"), _("They follow you now."), people.accept, "followed", "follower", TIED_TO),
    "refuse": Deed(_("Refuse"), _("Refused."), people.refuse, "followed", "follower", TIED_TO),
    "remove": Deed(_("Remove"), _("They follow you no more."), people.unfollow, "followed", "follower", TIED_TO),
    "mute": Deed(_("Mute"), _("Muted."), people.mute, "muter", "muted", SHOWN_TO),
    "unmute": Deed(_("Unmute"), _("Heard again."), people.unmute, "muter", "muted", TIED_TO),
    "block": Deed(_("Block"), _("Blocked."), people.block, "blocker", "blocked", TIED_TO),
    "unblock": Deed(_("Unblock"), _("Blocked no more."), people.unblock, "blocker", "blocked", TIED_TO),
}


@login_required
@require_safe
def room(request: HttpRequest, name: str = "followers") -> HttpResponse:
    """One list, the last first, fifty at a time."""
    here = ROOMS.get(name)
    if here is None:
        raise Http404
    ties = Keyset(here.ties(request.user))
    try:
        cursor = request.GET.get("cursor")
        rows = ties.page(ties.position(cursor) if cursor else None, SHOWN + 1)
    except BadSignature:
        return redirect("account_people", name)
    more = ties.cursor(rows[SHOWN - 1]) if len(rows) > SHOWN else None
    members = [getattr(tie, here.person) for tie in rows[:SHOWN]]
    deeds = [(deed, DEEDS[deed].label) for deed in here.deeds]
    rooms = [(one, ROOMS[one].title) for one in ROOMS]
    known = {"name": name, "room": here, "rooms": rooms, "members": members, "deeds": deeds, "more": more}
    return render(request, "account/people.html", known)


@login_required
@require_POST
def tie(request: HttpRequest, deed: str) -> HttpResponseRedirect:
    """Does one thing to the member named in the form, and shows the list again that it was asked from."""
    doing = DEEDS.get(deed)
    if doing is None:
        raise Http404
    username = request.POST.get("username", "").strip().removeprefix("@")
    back = request.POST.get("room", "")
    try:
        other = get_object_or_404(doing.found(request.user).named(username))
        doing.do(**{doing.me: request.user, doing.them: other})
        messages.success(request, doing.done)
    except (Http404, User.DoesNotExist, Follow.DoesNotExist):
        messages.error(request, _("There is nobody of that name to do this to."))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return redirect("account_people", back if back in ROOMS else "following")
