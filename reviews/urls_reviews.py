"""Reviews as pages: each with what is said below it, and all of a member's."""

from django.urls import path

from reviews.feeds import review_feed
from reviews.views import discussion, members, reports
from web.limited import limited

urlpatterns = [
    path("reviews/<number:review_id>", limited(discussion.review), name="review"),
    path("reviews/<number:review_id>/comments", limited(discussion.comment, "write"), name="review_comment"),
    path("comments/<number:comment_id>", limited(discussion.edit, "write"), name="comment"),
    path("comments/<number:comment_id>/remove", limited(discussion.remove, "write"), name="comment_remove"),
    path("reviews/<number:review_id>/report", limited(reports.review, "write"), name="report_review"),
    path("comments/<number:comment_id>/report", limited(reports.comment, "write"), name="report_comment"),
    path("members/<str:username>/reviews", limited(members.said), name="member_reviews"),
    path("members/<str:username>/reviews.atom", limited(review_feed), name="member_reviews_feed"),
]
