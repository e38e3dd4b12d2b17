"""What members say below reviews."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from catalog.api.reads import path_id
from reviews import discussion
from reviews.api.examples import COMMENT
from reviews.api.reviews import REVIEW_ID
from reviews.api.rooms import DECIDED, ReviewsViewSet, only_by_its_author
from reviews.models import Comment, Review
from reviews.serializers.comments import CommentChangingSerializer, CommentSerializer, CommentWritingSerializer

COMMENT_ID = path_id("comment_id", "The comment's id.")


class ReviewCommentsViewSet(ReviewsViewSet):
    serializer_class = CommentSerializer
    queryset = Comment.objects.none()

    def review(self, review_id: int) -> Review:
        return get_object_or_404(Review.objects.readable_by(self.request.user), pk=review_id)

    @extend_schema(
        operation_id="listComments",
        summary="A review's comments",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        examples=[example(COMMENT, "A comment")],
    )
    def list(self, request: Request, review_id: int) -> Response:
        """The oldest first, each followed by its answers (`parent_id`), and your own in every state."""
        found = Comment.objects.filter(review=self.review(review_id)).visible_to(request.user)
        return self.page_of(found.in_threads().select_related("author"))

    @extend_schema(
        operation_id="writeComment",
        summary="Comment on a review",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        request=CommentWritingSerializer,
        responses={201: CommentSerializer},
        examples=[
            asked_with({"body": "@ann, so it is.", "parent_id": None}),
            example(COMMENT, "Written", status_codes=["201"]),
        ],
    )
    def create(self, request: Request, review_id: int) -> Response:
        """With `parent_id`, in answer to a comment there; an answer itself is not answered.

        What breaks a rule is `held` until a moderator has looked at it.
        """
        values = checked(CommentWritingSerializer, request)
        comment = discussion.write_comment(review=self.review(review_id), author=request.user, **values)
        return self.one(comment, 201)


class CommentViewSet(ReviewsViewSet):
    serializer_class = CommentSerializer
    queryset = Comment.objects.none()

    def get_queryset(self) -> QuerySet[Comment]:
        """Those on reviews that the caller reads, and the caller's own wherever they are."""
        return Comment.objects.reached_by(self.request.user).select_related("author")

    def own(self, comment_id: int) -> Comment:
        comment = get_object_or_404(self.get_queryset(), pk=comment_id)
        only_by_its_author(comment, self.request.user)
        return comment

    @extend_schema(
        operation_id="changeComment",
        summary="Change your comment",
        tags=["reviews"],
        parameters=[COMMENT_ID],
        request=CommentChangingSerializer,
        responses={200: CommentSerializer, 409: DECIDED},
        examples=[asked_with({"body": "@ann, so it is."}), example(COMMENT, "Changed")],
    )
    def partial_update(self, request: Request, comment_id: int) -> Response:
        """What is not named stays as it is."""
        comment, changes = self.own(comment_id), checked(CommentChangingSerializer, request)
        return self.one(discussion.edit_comment(comment, **changes) if changes else comment)

    @extend_schema(
        operation_id="deleteComment",
        summary="Delete your comment",
        tags=["reviews"],
        parameters=[COMMENT_ID],
        request=None,
        responses={204: None, 409: DECIDED},
    )
    def destroy(self, request: Request, comment_id: int) -> Response:
        """What answers it stays. Not one that a moderator has decided on."""
        discussion.delete_comment(self.own(comment_id))
        return Response(status=204)
