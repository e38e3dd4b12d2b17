"""Where a form leads when its work is done: back to the page that it was sent from."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def go_back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """To the path in the form's field `next`, where it is one of this site; else to `fallback`."""
    asked = request.POST.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if is_ours else fallback)
