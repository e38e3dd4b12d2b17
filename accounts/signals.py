"""What others tell: Django, that a browser was signed in."""

import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import sessions
from accounts.browsing import KEY
from accounts.models import User


@receiver(user_logged_in)
def begin_session(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Notes in the browser's own session which of the member's it is."""
    request.session[KEY] = sessions.begin(user=user, request=request, is_browser=True).pk.hex


@receiver(user_logged_out)
def end_session(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """To sign out ends the session for good, also for the tokens that it may have."""
    held = request.session.get(KEY)
    if held:
        sessions.end_of_browser(uuid.UUID(held))
