"""The providers by which one may sign in, as allauth is told of them."""

import re
from typing import Any
from urllib.parse import urlsplit

import orjson

GOOGLE, FACEBOOK = "https://accounts.google.com", "https://www.facebook.com"
OIDC_WANTED = (
    'a JSON list of providers, each like {"id": "work", "name": "Work", "server_url": "https://id.example.org", '
    '"client_id": "marquee", "secret": "..."}'
)
OIDC_FIELDS = {"id", "name", "server_url", "client_id", "secret"}
PROVIDER_ID = re.compile(r"[a-z0-9-]{1,30}")


def oidc(text: str) -> list[dict[str, str]]:
    """The OpenID Connect providers of a setting. `ValueError` for anything else."""
    told = orjson.loads(text)
    if not isinstance(told, list) or not all(map(_is_provider, told)):
        raise ValueError(text)
    if len({one["id"] for one in told} - {"google", "facebook"}) != len(told):
        raise ValueError("an id twice, or one that has a setting of its own")
    return told


def _is_provider(told: Any) -> bool:
    if not isinstance(told, dict) or told.keys() != OIDC_FIELDS:
        return False
    if not all(isinstance(value, str) and value and value.isprintable() for value in told.values()):
        return False
    address = urlsplit(told["server_url"])
    return bool(PROVIDER_ID.fullmatch(told["id"]) and address.scheme in ("http", "https") and address.hostname)


def social(google: tuple[str, str], facebook: tuple[str, str], others: list[dict[str, str]]) -> dict[str, Any]:
    """allauth's settings for those that are set up: each pair is a client's id and its secret."""
    ours = {"id": "google", "name": "Google", "server_url": GOOGLE, "client_id": google[0], "secret": google[1]}
    apps = [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {"server_url": one["server_url"]},
        }
        for one in ([ours] if all(google) else []) + others
    ]
    at_facebook = {"APPS": [{"client_id": facebook[0], "secret": facebook[1]}]} if all(facebook) else {"APPS": []}
    return {
        "SOCIALACCOUNT_ADAPTER": "accounts.social.SocialAdapter",
        # What a provider says of an address makes nobody another's.
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps},
            "facebook": at_facebook,
        },
    }


def origins(set_up: dict[str, Any]) -> list[str]:
    """Where the forms that begin at these providers lead to."""
    addresses = [urlsplit(app["settings"]["server_url"]) for app in set_up["openid_connect"]["APPS"]]
    ours = [f"{address.scheme}://{address.netloc}" for address in addresses]
    return ours + [FACEBOOK] * bool(set_up["facebook"]["APPS"])
