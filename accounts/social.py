"""What allauth asks of a site about accounts at providers, answered for this one."""

from typing import Any

import structlog
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.provider import Provider
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from accounts.registration import free_username
from accounts.social_identity import MALFORMED, check_alone

LONGEST_NAME = 60
LONGEST_FAULT = 200

log = structlog.get_logger(__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Takes over a name and an address, and keeps nothing else that the provider told."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        """As allauth's, but at every door a token is looked at first, and a malformed one is none."""
        found = super().get_provider(request, provider, client_id=client_id)
        verify = found.verify_token

        def verify_token(request: HttpRequest, token: dict[str, Any]) -> SocialLogin:
            try:
                check_alone(token)
                return verify(request, token)
            except ValidationError:
                raise
            except MALFORMED as fault:
                raise self.validation_error("invalid_token") from fault

        found.verify_token = verify_token
        return found

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        names = [data.get(name) or "" for name in ("name", "first_name", "last_name", "username", "email")]
        whole, first, last, wished, email = map(_plain, names)
        user = sociallogin.user
        user.display_name = " ".join((whole or f"{first} {last}").split())[:LONGEST_NAME]
        user.email = (valid_email_or_none(email) or "").lower()
        user.username = free_username(wished, user.display_name, email.partition("@")[0])
        told = [one for one in sociallogin.email_addresses if isinstance(one.email, str)]
        sociallogin.email_addresses = [one for one in told if valid_email_or_none(one.email)]
        for address in sociallogin.email_addresses:
            address.email = address.email.lower()
            # Some providers tell it as a text, and "false" would count as true.
            address.verified = str(address.verified).lower() == "true"
        sociallogin.account.extra_data = {"name": user.display_name, "email": user.email}
        return user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """The page says that it failed; why is for the operator to know."""
        fault = told.get("exception")
        log.warning(
            "social_sign_in_failed",
            provider=getattr(provider, "sub_id", provider),  # its bare name, where there is none such
            error=told.get("error"),
            fault=str(fault or "")[:LONGEST_FAULT],
        )


def _plain(told: Any) -> str:
    """A text without what is not seen: NUL, which PostgreSQL does not take, or a sign that turns the direction."""
    return "".join(filter(str.isprintable, told)) if isinstance(told, str) else ""
