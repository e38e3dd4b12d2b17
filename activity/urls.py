"""Members' own pages, and the feed of those one follows."""

from django.urls import path

from activity.views import profile, stats
from web.limited import limited

urlpatterns = [
    path("members/<str:username>", limited(profile.profile), name="member"),
    path("members/<str:username>/stats", limited(stats.stats), name="member_stats"),
    path("members/<str:username>/stats/<int:year>", limited(stats.stats), name="member_year"),
]
