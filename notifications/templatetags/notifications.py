"""`{% load notifications %}`: what every page shows of its reader's mailbox."""

from typing import Any

from django import template

from notifications.models import Notification

register = template.Library()
MOST_TOLD = 99


@register.simple_tag
def unread_by(member: Any) -> str:
    """How many are unread, as the bell shows it; empty where none is. One query, and never a long count."""
    number = Notification.objects.filter(recipient=member).unread()[: MOST_TOLD + 1].count()
    return f"{MOST_TOLD}+" if number > MOST_TOLD else str(number or "")
