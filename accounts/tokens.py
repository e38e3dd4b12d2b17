"""The tokens that a member carries: simplejwt's, signed with a key that the header names, and tied to a session."""

import time
import uuid
from functools import lru_cache
from typing import Any, NamedTuple

import jwt
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.models import Session
from accounts.signing import is_good, signing_key, verifying_key

ALGORITHM = "HS256"
SESSION = "sid"
MEMBER = "sub"
# Some of the tokens that are shown again and again; a verified signature stays right.
MOST_REMEMBERED = 2_048


class Refused(Exception):
    """The token is no token of ours, or is good no more."""


class Held(NamedTuple):
    """What a token says: of which session, whose, and which token it is."""

    session: uuid.UUID
    user: int
    jti: str


class KeyedBackend(TokenBackend):
    """Signs with the newest key and names it; verifies with the key that is named, of those that are good."""

    def encode(self, payload: dict[str, Any]) -> str:
        kid, secret = signing_key()
        claims = payload | {"aud": self.audience}
        return jwt.encode(claims, secret, algorithm=self.algorithm, headers={"kid": kid})

    def get_verifying_key(self, token: Any) -> bytes:
        try:
            secret = verifying_key(jwt.get_unverified_header(token).get("kid"))
        except jwt.InvalidTokenError as fault:
            raise TokenBackendError(_("Token is invalid")) from fault
        if secret is None:
            raise TokenBackendError(_("Token is invalid"))
        return secret


_backend = KeyedBackend(ALGORITHM, settings.SECRET_KEY, audience=settings.SIMPLE_JWT["AUDIENCE"])


class Access(AccessToken):
    """Good for minutes, and no longer than its session."""

    _token_backend = _backend


class Refresh(RefreshToken):
    """Good once, for a new pair."""

    _token_backend = _backend
    access_token_class = Access


def pair_for(session: Session) -> dict[str, str]:
    """The tokens of the session as it stands: `{"access": ..., "refresh": ...}`."""
    refresh = Refresh()
    refresh["jti"], refresh[MEMBER], refresh[SESSION] = session.refresh_jti, str(session.user_id), session.id.hex
    return {"access": str(refresh.access_token), "refresh": str(refresh)}


def read(kind: type[Access] | type[Refresh], token: str) -> Held:
    """What the token says, verified. Raises `Refused`."""
    try:
        claims = kind(token)
        return Held(uuid.UUID(claims[SESSION]), int(claims[MEMBER]), str(claims["jti"]))
    except (TokenError, KeyError, ValueError, TypeError, AttributeError) as fault:
        raise Refused from fault


def read_again(token: str) -> Held:
    """`read` of an access token, which verifies one signature once. Raises `Refused`."""
    held, kid, expires_at = _verified(token, settings.SECRET_KEY)
    if expires_at <= time.time() or not is_good(kid):
        raise Refused
    return held


@lru_cache(maxsize=MOST_REMEMBERED)
def _verified(token: str, secret_key: str) -> tuple[Held, str, float]:
    """What an access token says, the key that signed it, and until when it is good. Raises `Refused`, each time.

    It is right for as long as the site's secret key is the one given.
    """
    held = read(Access, token)
    parts = jwt.decode_complete(token, options={"verify_signature": False})
    return held, parts["header"]["kid"], parts["payload"]["exp"]
