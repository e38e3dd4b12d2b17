"""Background work of accounts. Each task may run twice, or beside itself, and leave the same."""

from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError
from django.utils import timezone

from accounts import exports, tidying

RETRY = {"autoretry_for": (OperationalError,), "retry_backoff": 30, "retry_backoff_max": 1800, "acks_late": True}


@shared_task(autoretry_for=(OSError,), retry_backoff=30, retry_backoff_max=3600, max_retries=10, acks_late=True)
def send_mail(to: str, subject: str, body: str, html: str = "") -> None:
    """Sends it; without an address there is nobody to send it to, which is not to be told from outside."""
    if not to:
        return
    alternatives = [(html, "text/html")] if html else []
    EmailMultiAlternatives(subject, body, to=[to], alternatives=alternatives).send()


@shared_task(**RETRY)
def make_export(export_id: int) -> None:
    exports.make(export_id)


@shared_task(**RETRY)
def tidy_up() -> None:
    """Erases who left, and forgets archives and sessions whose time is up; the logbook tells how it ended."""
    tidying.tidy_up(timezone.now())
