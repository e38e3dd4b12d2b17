"""For front ends of somebody's own: allauth's headless API, whose tokens are this site's, of this site's sessions."""

import re
import uuid
from typing import Any

from allauth.headless.tokens.strategies.sessions import SessionTokenStrategy
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts import sessions
from accounts.browsing import KEY

# Of Django's keys of sessions.
KEY_SHAPE = re.compile(r"[a-z0-9]{8,64}")


class TokenStrategy(SessionTokenStrategy):
    """Beside the session token, which leads through allauth's API, the pair that `/api/v1` takes, of one session."""

    def lookup_session(self, session_token: str) -> SessionBase | None:
        """None also where the member's session was ended elsewhere."""
        session = super().lookup_session(session_token) if KEY_SHAPE.fullmatch(session_token) else None
        if session is None or SESSION_KEY not in session:
            return session
        held = session.get(KEY)
        return session if held and sessions.is_live(uuid.UUID(held), int(session[SESSION_KEY])) else None

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        """`{"access_token": ..., "refresh_token": ...}` of who was signed in just now."""
        held = request.session.get(KEY)
        pair = sessions.give_tokens(uuid.UUID(held)) if held else None
        return pair and {"access_token": pair["access"], "refresh_token": pair["refresh"]}

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        try:
            pair = sessions.carry_on(refresh_token)
        except sessions.Refused:
            return None
        return pair["access"], pair["refresh"]
