"""The caller's diary, and the diaries of others that name the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from catalog.api.reads import path_id
from watchlists import companions, diary
from watchlists.api.examples import COMPANIONSHIP, VIEWING
from watchlists.api.rooms import FilmsViewSet
from watchlists.filters import HistoryFilter
from watchlists.models import Companion, Viewing
from watchlists.serializers.history import (
    CompanionshipSerializer,
    NewViewingSerializer,
    ViewingSerializer,
    ViewingWordsSerializer,
)

VIEWING_ID = path_id("viewing_id", "The viewing.")
SHOWN = example(VIEWING, "A viewing")


class HistoryViewSet(FilmsViewSet):
    """When the caller saw what."""

    queryset = Viewing.objects.none()
    serializer_class = ViewingSerializer
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = HistoryFilter

    def get_queryset(self) -> QuerySet[Viewing]:
        return Viewing.objects.filter(user=self.request.user).latest_first()

    def viewing(self) -> Viewing:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["viewing_id"])

    def given(self, serializer: type) -> dict[str, Any]:
        """What the body says, with the members that it names."""
        given = checked(serializer, self.request)
        if "companions" in given:
            given["companions"] = companions.members_named(given["companions"], self.request.user)
        return given

    @extend_schema(operation_id="listHistory", summary="Your diary", tags=["users"], examples=[SHOWN])
    def list(self, request: Request) -> Response:
        """One row for each viewing, the last first; those of which nobody knows when they were come last."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(
        operation_id="logViewing",
        summary="Write a viewing into your diary",
        tags=["users"],
        request=NewViewingSerializer,
        responses={201: ViewingSerializer, 200: ViewingSerializer},
        examples=[
            asked_with({"movie_id": 603, "watched_on": "2026-11-01", "precision": "month", "rating": 9}),
            example(VIEWING, "Written", status_codes=["201"]),
            example(VIEWING, "Told before"),
        ],
    )
    def create(self, request: Request) -> Response:
        """`201`; `200` where this event of its `source` is there already. It marks the film watched on your watchlist,
        and a rating is your rating of the film from now on, unless you gave one at a later viewing.
        """
        viewing, is_new = diary.log(user=request.user, **self.given(NewViewingSerializer))
        return self.one(viewing, 201 if is_new else 200)

    @extend_schema(
        operation_id="getViewing",
        summary="A viewing of yours",
        tags=["users"],
        parameters=[VIEWING_ID],
        examples=[SHOWN],
    )
    def retrieve(self, request: Request, viewing_id: int) -> Response:
        return self.one(self.viewing())

    @extend_schema(
        operation_id="changeViewing",
        summary="Correct a viewing",
        tags=["users"],
        parameters=[VIEWING_ID],
        request=ViewingWordsSerializer,
        responses=ViewingSerializer,
        examples=[asked_with({"precision": "unknown", "rewatch": True}), SHOWN],
    )
    def partial_update(self, request: Request, viewing_id: int) -> Response:
        """What follows from it follows anew: the watchlist, and which viewings are rewatches."""
        return self.one(diary.change(self.viewing(), **self.given(ViewingWordsSerializer)))

    @extend_schema(
        operation_id="deleteViewing",
        summary="Take a viewing out of your diary",
        tags=["users"],
        parameters=[VIEWING_ID],
        responses={204: OpenApiResponse(description="It is gone. Your rating of the film stays.")},
    )
    def destroy(self, request: Request, viewing_id: int) -> Response:
        diary.remove(self.viewing())
        return Response(status=204)


class CompanionshipViewSet(FilmsViewSet):
    """Viewings of others at which the caller is named."""

    queryset = Companion.objects.none()
    serializer_class = CompanionshipSerializer

    def get_queryset(self) -> QuerySet[Companion]:
        named = companions.naming(self.request.user).select_related("viewing__user")
        return named.order_by("-viewing__created_at", "-pk")

    def companionship(self) -> Companion:
        return get_object_or_404(self.get_queryset(), viewing=self.kwargs["viewing_id"])

    @extend_schema(
        operation_id="listCompanionships",
        summary="Where others name you",
        tags=["users"],
        examples=[example(COMPANIONSHIP, "Named by another")],
    )
    def list(self, request: Request) -> Response:
        """Viewings of others who say that they saw a film with you, the last written first."""
        return self.page_of(self.get_queryset())

    @extend_schema(
        operation_id="agreeToCompanionship",
        summary="Be named at a viewing again",
        tags=["users"],
        parameters=[VIEWING_ID],
        request=None,
        responses={204: OpenApiResponse(description="You are named there.")},
    )
    def update(self, request: Request, viewing_id: int) -> Response:
        companions.agree(self.companionship())
        return Response(status=204)

    @extend_schema(
        operation_id="declineCompanionship",
        summary="Do not be named at a viewing",
        tags=["users"],
        parameters=[VIEWING_ID],
        responses={204: OpenApiResponse(description="You are named there no more. Nobody is told.")},
    )
    def destroy(self, request: Request, viewing_id: int) -> Response:
        companions.decline(self.companionship())
        return Response(status=204)
