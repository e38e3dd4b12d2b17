"""One's mailbox as a page."""

from django.urls import path

from notifications import views
from web.limited import limited

urlpatterns = [
    path("notifications", limited(views.listed), name="notifications"),
    path("notifications/read", limited(views.read_all, "write"), name="notifications_read"),
    path("notifications/<int:notification_id>/open", limited(views.open_one, "write"), name="notification_open"),
]
