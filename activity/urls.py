"""Members' own pages, and the feed of those one follows."""

from django.urls import path

from activity.views import profile
from web.limited import limited

urlpatterns = [
    path("members/<str:username>", limited(profile.profile), name="member"),
]
