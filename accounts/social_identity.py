"""Who somebody is at Google, at Facebook or at another provider, from what the provider gave to an app of theirs."""

from typing import Any

import jwt
import structlog
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest
from requests import RequestException

# What a provider signs with: its own key alone, never one that both sides hold.
ALGORITHMS = {f"{family}{size}" for family in ("RS", "PS", "ES") for size in (256, 384, 512)} | {"EdDSA"}
# What allauth lets through of an answer, or of a token, that is not as it should be.
MALFORMED = (jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError, ImproperlyConfigured)

log = structlog.get_logger(__name__)


class UnknownProvider(Exception):
    """No provider of this name is set up."""


class NotVouchedFor(Exception):
    """The provider does not stand by what was shown, or could not be asked."""


def identify(*, request: HttpRequest, provider: str, shown: dict[str, str]) -> SocialLogin:
    """Who is meant by an `id_token`, an `access_token`, or a `code` with its `redirect_uri`: asked of the provider.

    Signature, audience and expiry are checked, and the `nonce` where there is one. An access token is taken only of
    a provider that tells for which app it was made (Facebook). Raises what is declared above.
    """
    try:
        found = get_adapter().get_provider(request, provider)
    except (SocialApp.DoesNotExist, SocialApp.MultipleObjectsReturned) as fault:
        raise UnknownProvider from fault
    if found.sub_id != provider:  # allauth knows it by the name of its kind, too
        raise UnknownProvider
    try:
        login = _by_code(request, found, shown) if shown.get("code") else _by_token(request, found, shown)
        if not login.account.uid.isprintable():
            raise ValueError("no id")
        return login
    except (OAuth2Error, RequestException, ValidationError, *MALFORMED) as fault:
        log.warning("social_sign_in_refused", provider=provider, fault=type(fault).__name__)
        raise NotVouchedFor from fault


def _by_token(request: HttpRequest, provider: Any, shown: dict[str, str]) -> SocialLogin:
    return provider.verify_token(request, {name: shown.get(name) for name in ("id_token", "access_token", "nonce")})


def _by_code(request: HttpRequest, provider: Any, shown: dict[str, str]) -> SocialLogin:
    adapter = provider.get_oauth2_adapter(request)
    client = adapter.get_client(request, provider.app)
    client.callback_url = shown["redirect_uri"]
    answer = client.get_access_token(shown["code"], pkce_code_verifier=shown.get("code_verifier"))
    if answer.get("id_token"):
        _check(answer["id_token"], shown.get("nonce", ""))
        # OpenID Connect Core 1.0, 3.1.3.7, point 6: one that names no key came from the provider itself.
        adapter.did_fetch_access_token = not _key_named(answer["id_token"])
    return adapter.complete_login(request, provider.app, adapter.parse_token(answer), response=answer)


def check_alone(token: dict[str, Any]) -> None:
    """What is asked of an ID token that does not come from the provider itself. Raises one of `MALFORMED`."""
    if token.get("id_token"):
        _check(token["id_token"], token.get("nonce") or "")
        if not _key_named(token["id_token"]):
            raise ValueError("no key is named")


def _check(token: str, nonce: str) -> None:
    """What allauth does not look at; who signed it, for whom and until when is its to verify."""
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    if header.get("alg") not in ALGORITHMS or "exp" not in claims:
        raise ValueError("not a provider's token")
    if claims.get("nonce", "") != nonce:
        raise ValueError("another nonce")


def _key_named(token: str) -> bool:
    return isinstance(jwt.get_unverified_header(token).get("kid"), str)
