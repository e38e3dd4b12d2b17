"""What one does to another member on their own page."""

from django.urls import path

from accounts import member_pages
from web.limited import limited

urlpatterns = [path("members/<str:username>/ties/<str:deed>", limited(member_pages.tie, "write"), name="member_tie")]
