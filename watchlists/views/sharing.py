"""Who makes a list together: the owner asks, the member accepts or not, either may end it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from watchlists import sharing
from watchlists.list_forms import InviteForm
from watchlists.list_pages import own_list, seen_list
from watchlists.models import Collaborator, List
from watchlists.views.doors import own_door


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, list_id: int) -> HttpResponse:
    """Who shares in it, and a form to ask one more."""
    made = own_list(request, list_id)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _invited(request, made, form):
        messages.success(request, _("They were asked."))
        return redirect("list_people", made.pk)
    shares = made.shares.select_related("member").order_by("pk")
    known = {"list": made, "form": form, "shares": shares}
    return render(request, "watchlists/list_people.html", known, status=400 if form.errors else 200)


@own_door
@require_POST
def accept(request: HttpRequest, list_id: int) -> HttpResponse:
    made = seen_list(request, list_id)
    sharing.accept(get_object_or_404(Collaborator, list=made, member=request.user))
    messages.success(request, _("You make this list together now."))
    return redirect(made)


@own_door
@require_POST
def end(request: HttpRequest, list_id: int, share_id: int) -> HttpResponse:
    """For the owner, of anyone's share; for a member, of their own."""
    made = seen_list(request, list_id)
    share = get_object_or_404(Collaborator, list=made, pk=share_id)
    if request.user.pk not in (made.owner_id, share.member_id):
        raise PermissionDenied
    sharing.end(share)
    messages.success(request, _("They share in it no more.") if made.owner_id == request.user.pk else _("You left."))
    is_owner = made.owner_id == request.user.pk
    return redirect("list_people", made.pk) if is_owner else redirect("member_lists", request.user.username)


def _invited(request: HttpRequest, made: List, form: InviteForm) -> bool:
    found = User.objects.findable_by(request.user).named(form.cleaned_data["username"]).first()
    if found is None:
        form.add_error("username", _("There is nobody of that name."))
        return False
    try:
        sharing.invite(made, member=found, role=form.cleaned_data["role"])
    except ValidationError as fault:
        form.add_error("username", fault.messages)
    return form.is_valid()
