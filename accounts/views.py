"""Members' own pages; every one of them works without a script."""

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import api_keys, exports, own, passwords, sessions
from accounts.forms import ApiKeyForm, LeavingForm, ProfileForm
from accounts.limits import TooManyTries
from accounts.models import ApiKey, DataExport, Picture, Session, User
from catalog.models import Provider

SHOWN = 100
OFFERED = 40


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Anybody's who has its name. Another picture has another name, so browsers may keep it; not beyond a day, since it
    may have been taken away.
    """
    content = Picture.objects.filter(name=name).values_list("content", flat=True).first()
    if content is None:
        raise Http404
    return HttpResponse(bytes(content), "image/webp", headers={"Cache-Control": "public, max-age=86400, immutable"})


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    address = EmailAddress.objects.filter(user=request.user, email=request.user.email).first()
    known = {"address": address, "has_second_factor": is_mfa_enabled(request.user)}
    return render(request, "account/overview.html", known)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """The services offered are those that TMDB ranks first, and the member's own."""
    user = User.objects.get(pk=request.user.pk)
    ranked = Provider.objects.order_by("priority", "pk").values_list("pk", flat=True)[:OFFERED]
    offered = [*ranked, *user.streaming_providers.values_list("pk", flat=True)]
    form = ProfileForm(request.POST or None, request.FILES or None, instance=user, providers=offered)
    if request.method == "POST" and form.is_valid():
        own.change(request.user, **form.values())
        messages.success(request, _("Your profile was changed."))
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form})


@login_required
def sessions_page(request: HttpRequest) -> HttpResponse:
    rows = _live_sessions(request).order_by("-last_seen_at")[:SHOWN]
    return render(request, "account/sessions.html", {"sessions": rows, "current": request.session_id})


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    sessions.end([get_object_or_404(_live_sessions(request), pk=session_id)])
    messages.success(request, _("Signed out there."))
    return redirect("account_sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    sessions.end_all(request.user, but=request.session_id)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("account_sessions")


@login_required
def api_keys_page(request: HttpRequest) -> HttpResponse:
    form = ApiKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _shown(request, *api_keys.make(user=request.user, **form.cleaned_data))
        except api_keys.TooMany:
            form.add_error(None, _("You have as many keys as one may have. Revoke one first."))
    return _keys(request, form)


@login_required
@require_POST
def rotate_key(request: HttpRequest, key_id: int) -> HttpResponse:
    key = get_object_or_404(_live_keys(request), pk=key_id)
    return _shown(request, key, api_keys.rotate(key))


@login_required
@require_POST
def revoke_key(request: HttpRequest, key_id: int) -> HttpResponse:
    api_keys.revoke(get_object_or_404(_live_keys(request), pk=key_id))
    messages.success(request, _("The key was revoked."))
    return redirect("account_api_keys")


@login_required
def exports_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        own.ask_for_export(request.user)
        messages.success(request, _("Your archive is being made. Come back in a minute."))
        return redirect("account_exports")
    return render(request, "account/exports.html", {"exports": DataExport.objects.kept_for(request.user)[:SHOWN]})


@login_required
@require_safe
def archive(request: HttpRequest, export_id: int) -> HttpResponse:
    return exports.attached(get_object_or_404(DataExport.objects.kept_for(request.user), pk=export_id))


@login_required
def leave(request: HttpRequest) -> HttpResponse:
    form = LeavingForm(
        request.POST if request.method == "POST" else None, has_password=request.user.has_usable_password()
    )
    if request.method == "POST" and form.is_valid() and _has_left(request, form):
        logout(request)
        messages.success(request, _("You are signed out everywhere. Sign in within 14 days to stay."))
        return redirect("home")
    return render(request, "account/leave.html", {"form": form})


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    own.stay(request.user)
    messages.success(request, _("Good to have you back."))
    return redirect("account")


def _has_left(request: HttpRequest, form: LeavingForm) -> bool:
    try:
        if "password" not in form.fields:
            if not sessions.began_lately(session_id=request.session_id, user=request.user):
                form.add_error(None, _("Sign out, sign in again, and come back within ten minutes."))
                return False
        elif not passwords.is_theirs(user=request.user, password=form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password."))
            return False
        own.leave(request.user)
    except TooManyTries:
        form.add_error(None, _("Too many tries. Wait a while, and try again."))
    except ValidationError as fault:
        form.add_error(None, fault)
    return form.is_valid()


def _shown(request: HttpRequest, key: ApiKey, secret: str) -> HttpResponse:
    """Shows the secret, this once: no copy of the page is to be kept."""
    page = _keys(request, ApiKeyForm(), {"made": key, "secret": secret})
    page.headers["Cache-Control"] = "no-store"
    return page


def _keys(request: HttpRequest, form: ApiKeyForm, more: dict | None = None) -> HttpResponse:
    known = {"form": form, "keys": _live_keys(request).order_by("-created_at")[:SHOWN]}
    return render(request, "account/api_keys.html", known | (more or {}))


def _live_sessions(request: HttpRequest):
    return Session.objects.live(timezone.now()).filter(user=request.user)


def _live_keys(request: HttpRequest):
    return ApiKey.objects.live(timezone.now()).filter(user=request.user)
