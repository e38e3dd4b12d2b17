"""What stands before views of allauth's that would fail where they should refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialApp
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.registration import TAKEN_ADDRESS

View = Callable[..., HttpResponseBase]


def if_set_up(view: View) -> View:
    """The way to a provider; a 404 where this site is not set up for it."""

    @wraps(view)
    def answered(request: HttpRequest, **places: Any) -> HttpResponseBase:
        try:
            return view(request, **places)
        except SocialApp.DoesNotExist as fault:
            raise Http404 from fault

    return answered


def unless_taken(view: View) -> View:
    """Where one changes one's address: it may have become another member's since it was added."""

    @wraps(view)
    def answered(request: HttpRequest, **places: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                return view(request, **places)
        except IntegrityError:
            if "json" in (request.content_type or ""):
                return JsonResponse({"status": 409}, status=409)  # as allauth's own conflicts
            messages.error(request, TAKEN_ADDRESS)
            return redirect("account_email")

    return answered
