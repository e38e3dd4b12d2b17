"""Who may open a mailbox: its owner, and apps of theirs."""

from notifications.services import notify
from tests.doors import button, form, page, reads, writes

ROUTES = {
    "api/v1/notifications": {"GET": reads()},
    "api/v1/notifications/unread-count": {"GET": reads()},
    "api/v1/notifications/read-all": {"POST": writes(200)},
    "api/v1/notifications/<int:notification_id>/read": {"PUT": writes(200).owners()},
    **form("notifications", page(405)),
    **button("notifications/read", page(302)),
    **button("notifications/<int:notification_id>/open", page(302).owners()),
}


def furnish(owner):
    return {"notification_id": notify(recipient=owner, kind="doors").pk}
