"""Reviews: a film's, one's own, a member's, and each by itself."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.people import USERNAME
from accounts.api.rooms import checked
from accounts.models import User
from catalog.api.movie import MOVIE_ID
from catalog.api.reads import asked, path_id
from reviews import discussion, films, services
from reviews.api.examples import REVIEW, REVISION, WRITTEN
from reviews.api.rooms import ALREADY_REVIEWED, DECIDED, FilmsViewSet, OwnFilmsViewSet, only_by_its_author
from reviews.models import Review, ReviewRevision, Status
from reviews.serializers.reviews import (
    ReviewChangingSerializer,
    ReviewSerializer,
    ReviewWritingSerializer,
    RevisionSerializer,
)
from web.openapi import fault_response

REVIEW_ID = path_id("review_id", "The review's id.")
NEWEST, LIKED = "newest", "liked"


class OrderQuery(serializers.Serializer):
    ordering = serializers.ChoiceField([NEWEST, LIKED], default=NEWEST, help_text="The newest or the most liked first.")


class StatusQuery(serializers.Serializer):
    status = serializers.ChoiceField(Status.values, required=False, help_text="Only those in this state.")


class MovieReviewsViewSet(FilmsViewSet):
    serializer_class = ReviewSerializer
    queryset = Review.objects.none()

    @extend_schema(
        operation_id="listMovieReviews",
        summary="A film's reviews",
        tags=["movies", "reviews"],
        parameters=[MOVIE_ID, OrderQuery],
        examples=[example(REVIEW, "A review")],
    )
    def list(self, request: Request, movie_id: int) -> Response:
        """Those that are open to you."""
        found = Review.objects.filter(movie=films.current(movie_id)).published_to(request.user)
        is_newest = asked(OrderQuery, request)["ordering"] == NEWEST
        return self.page_of((found.newest() if is_newest else found.most_liked()).for_reader(request.user))

    @extend_schema(
        operation_id="writeReview",
        summary="Review a film",
        tags=["movies", "reviews"],
        parameters=[MOVIE_ID],
        request=ReviewWritingSerializer,
        responses={201: ReviewSerializer, 409: ALREADY_REVIEWED},
        examples=[asked_with(WRITTEN), example(REVIEW, "Written", status_codes=["201"])],
    )
    def create(self, request: Request, movie_id: int) -> Response:
        """Each member reviews a film once; a second time is a `409`. `status` is `draft` for what is not ready yet.

        What breaks a rule is `held` until a moderator has looked at it.
        """
        values = checked(ReviewWritingSerializer, request)
        review = services.write_review(author=request.user, movie=films.wanted(movie_id), **values)
        return self.one(Review.objects.for_reader(request.user).get(pk=review.pk), 201)


class ReviewViewSet(FilmsViewSet):
    serializer_class = ReviewSerializer
    queryset = Review.objects.none()

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.readable_by(self.request.user).for_reader(self.request.user)

    def found(self, review_id: int) -> Review:
        return get_object_or_404(self.get_queryset(), pk=review_id)

    def own(self, review_id: int) -> Review:
        review = self.found(review_id)
        only_by_its_author(review, self.request.user)
        return review

    @extend_schema(
        operation_id="getReview",
        summary="A review",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        examples=[example(REVIEW, "A review")],
    )
    def retrieve(self, request: Request, review_id: int) -> Response:
        """What is not published is seen by its author; what is under moderation, also by staff."""
        return self.one(self.found(review_id))

    @extend_schema(
        operation_id="changeReview",
        summary="Change your review",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        request=ReviewChangingSerializer,
        responses={200: ReviewSerializer, 409: DECIDED},
        examples=[asked_with({"contains_spoilers": True}), example(REVIEW, "Changed")],
    )
    def partial_update(self, request: Request, review_id: int) -> Response:
        """What is not named stays as it is. What it said before stays in its history, for you and for staff."""
        services.edit_review(self.own(review_id), **checked(ReviewChangingSerializer, request))
        return self.one(self.found(review_id))

    @extend_schema(
        operation_id="deleteReview",
        summary="Delete your review",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        request=None,
        responses={204: None, 409: DECIDED},
    )
    def destroy(self, request: Request, review_id: int) -> Response:
        """With its likes and comments. Not one that a moderator has decided on."""
        services.delete_review(self.own(review_id))
        return Response(status=204)


class RevisionViewSet(ReviewViewSet):
    names_films = False
    serializer_class = RevisionSerializer

    def get_permissions(self) -> list:
        return [IsAuthenticated()]

    @extend_schema(
        operation_id="listReviewRevisions",
        summary="What your review said before",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        responses={200: RevisionSerializer(many=True), 403: fault_response("403")},
        examples=[example(REVISION, "An earlier text")],
    )
    def list(self, request: Request, review_id: int) -> Response:
        """The last first. For its author and staff; others get a `403`."""
        review = self.found(review_id)
        if not request.user.is_staff:
            only_by_its_author(review, request.user)
        return self.page_of(ReviewRevision.objects.filter(review=review).order_by("-saved_at", "-pk"))


class LikeViewSet(ReviewViewSet):
    names_films = False

    @extend_schema(
        operation_id="likeReview",
        summary="Like a review",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        request=None,
        responses={204: None},
    )
    def update(self, request: Request, review_id: int) -> Response:
        """Twice is once. Not your own."""
        discussion.like_review(review=self.found(review_id), user=request.user)
        return Response(status=204)

    @extend_schema(
        operation_id="unlikeReview",
        summary="Like a review no more",
        tags=["reviews"],
        parameters=[REVIEW_ID],
        request=None,
        responses={204: None},
    )
    def destroy(self, request: Request, review_id: int) -> Response:
        """Also one that you do not see any more."""
        seen = Review.objects.liked_or_readable_by(request.user)
        discussion.unlike_review(review=get_object_or_404(seen, pk=review_id), user=request.user)
        return Response(status=204)


class OwnReviewsViewSet(OwnFilmsViewSet):
    serializer_class = ReviewSerializer
    queryset = Review.objects.none()

    @extend_schema(
        operation_id="listOwnReviews",
        summary="Your reviews",
        tags=["users"],
        parameters=[StatusQuery],
        examples=[example(REVIEW, "A review")],
    )
    def list(self, request: Request) -> Response:
        """In every state, the last begun first. Drafts are those of `status=draft`."""
        own = Review.objects.filter(author=request.user, **asked(StatusQuery, request)).latest_written()
        return self.page_of(own.for_reader(request.user))


class MemberReviewsViewSet(FilmsViewSet):
    serializer_class = ReviewSerializer
    queryset = Review.objects.none()

    @extend_schema(
        operation_id="listMemberReviews",
        summary="A member's reviews",
        tags=["profiles", "reviews"],
        parameters=[USERNAME],
        examples=[example(REVIEW, "A review")],
    )
    def list(self, request: Request, username: str) -> Response:
        """The newest first. Where the member keeps them from you, a `404`."""
        member = get_object_or_404(User.objects.showing("reviews_privacy", request.user).named(username))
        found = Review.objects.filter(author=member, status=Status.PUBLISHED).newest()
        return self.page_of(found.for_reader(request.user))
