"""Reporting what should not stand here, and reading and appealing what was decided about oneself."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import example
from accounts.api.rooms import InPersonViewSet, OwnViewSet, checked
from reviews import moderation
from reviews.cases import Subject
from reviews.models import Comment, Decision, Report, Review
from reviews.serializers.moderation import AppealSerializer, DecisionSerializer, ReportSerializer
from web.errors import Conflict
from web.pagination import CursorPagination

REPORT = {"reason": "spoiler", "note": "The third line tells who did it.", "created_at": "2026-11-25T18:30:00Z"}
APPEAL = {
    "text": "This is the plot of the trailer.",
    "made_at": "2026-11-25T20:00:00Z",
    "answered_at": None,
    "is_granted": None,
    "answer": "",
}
DECISION = {
    "id": 7,
    "kind": "hide",
    "reason": "A spoiler that is not marked",
    "until": None,
    "made_at": "2026-11-25T19:00:00Z",
    "undone_at": None,
    "review_id": 12,
    "comment_id": None,
    "appeal": None,
}


def path_id(name: str, what: str) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description=what)


class ReportViewSet(OwnViewSet):
    """Members report what they can see; one's own there is nothing to report of."""

    serializer_class = ReportSerializer
    queryset = Report.objects.none()

    @extend_schema(
        operation_id="reportReview",
        summary="Report a review",
        tags=["reviews"],
        parameters=[path_id("review_id", "The review's id.")],
        responses={201: ReportSerializer, 200: ReportSerializer},
        examples=[example(REPORT, "Reported", status_codes=["201"])],
    )
    def review(self, request: Request, review_id: int) -> Response:
        """Tells the moderators, once: told again, it stays as it was told first (200)."""
        return self.reported(get_object_or_404(Review.objects.visible_to(request.user), pk=review_id))

    @extend_schema(
        operation_id="reportComment",
        summary="Report a comment",
        tags=["reviews"],
        parameters=[path_id("comment_id", "The comment's id.")],
        responses={201: ReportSerializer, 200: ReportSerializer},
        examples=[example(REPORT, "Reported", status_codes=["201"])],
    )
    def comment(self, request: Request, comment_id: int) -> Response:
        """Tells the moderators, once: told again, it stays as it was told first (200)."""
        user = request.user
        shown = Comment.objects.visible_to(user).filter(review__in=Review.objects.visible_to(user))
        return self.reported(get_object_or_404(shown, pk=comment_id))

    def reported(self, subject: Subject) -> Response:
        if subject.author_id == self.request.user.pk:
            raise exceptions.PermissionDenied("This is your own.", "own")
        told = checked(ReportSerializer, self.request)
        found, is_new = moderation.report(reporter=self.request.user, subject=subject, **told)
        return Response(self.get_serializer(found).data, 201 if is_new else 200)


class DecisionViewSet(InPersonViewSet):
    """What moderators decided about the caller."""

    serializer_class = DecisionSerializer
    pagination_class = CursorPagination
    queryset = Decision.objects.none()

    def get_queryset(self) -> QuerySet[Decision]:
        rows = Decision.objects.filter(member=self.request.user).exclude(kind=Decision.Kind.DISMISS)
        return rows.select_related("case", "appeal").order_by("-made_at", "-pk")

    @extend_schema(
        operation_id="listDecisions",
        summary="What moderators decided about you",
        tags=["users"],
        examples=[example(DECISION, "A review that was hidden")],
    )
    def list(self, request: Request) -> Response:
        """The last first, with what became of your appeals."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="appealDecision",
        summary="Appeal to a decision",
        tags=["users"],
        parameters=[path_id("decision_id", "The decision's id.")],
        request=AppealSerializer,
        responses={201: AppealSerializer},
        examples=[example(APPEAL, "Waits to be answered", status_codes=["201"])],
    )
    def appeal(self, request: Request, decision_id: int) -> Response:
        """Once: a second time, or where it was undone, it is a 409. Somebody else than who decided answers."""
        decision = get_object_or_404(self.get_queryset(), pk=decision_id)
        text = checked(AppealSerializer, request)["text"]
        try:
            made = moderation.appeal(decision=decision, text=text)
        except ValidationError as fault:
            raise Conflict(" ".join(fault.messages), fault.code) from fault
        return Response(AppealSerializer(made).data, 201)
