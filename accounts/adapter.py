"""What allauth asks of a site, answered for this one."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts import sessions
from accounts.identity import tell_changed
from accounts.limits import count_try, may_send_to
from accounts.models import User
from accounts.tasks import send_mail
from web.callers import client_address
from web.errors import is_api

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Mail goes by the worker; tries are counted with those of the API; a new password ends every other session."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Renders the message, and leaves it to the worker: a mail server that is slow or away holds nobody up.

        One too many goes to nobody, as do those that hide that there is nobody.
        """
        context = {"request": self.request, "email": email, "current_site": get_current_site(self.request)} | context
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        words = {"subject": message.subject, "body": message.body, "html": html}
        if email and not may_send_to(email):
            log.warning("too_many_mails", to=email)
            email = ""
        transaction.on_commit(lambda: send_mail.delay(to=email, **words))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """As allauth's, which does not know that the address may be another member's by now."""
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            told = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, told, {"email": email_address.email})
            return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try in place of allauth, whose count two tries at once can pass together."""
        if not count_try(credentials.get("email") or credentials.get("username") or "").allowed:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """There is none: a try counts, whether or not it succeeds."""

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """For pages alone: an app on the API sees no message, and must not be given a cookie for it."""
        if not is_api(request.path_info):
            super().add_message(request, *args, **kwargs)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Ends all sessions but the one that asks, where one does."""
        user.set_password(password)
        User.objects.filter(pk=user.pk).update(password=user.password)  # its other columns may be a minute old
        sessions.end_all(user, but=getattr(self.request, "session_id", None))
        tell_changed(user)
        log.info("password_set", user_id=user.pk)
