"""Members' diaries and ratings in numbers."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import USERNAME
from accounts.api.rooms import OwnViewSet
from accounts.models import User
from accounts.models.visibility import visible
from activity.api.examples import STATS
from activity.serializers.stats import StatsSerializer, YearQuery
from activity.stats import stats_of
from catalog.api.examples import example
from catalog.api.reads import ACCEPT_LANGUAGE, asked
from catalog.languages import accepted_language

EXAMPLE = example(STATS, "A year")


class StatsViewSet(OwnViewSet):
    serializer_class = StatsSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"language": accepted_language(self.request)}

    def shared_parameters(self) -> list[OpenApiParameter]:
        return [ACCEPT_LANGUAGE]

    @extend_schema(
        operation_id="getMyStats",
        summary="Your diary and ratings in numbers",
        tags=["users"],
        parameters=[YearQuery],
        examples=[EXAMPLE],
    )
    def own(self, request: Request) -> Response:
        """What you write counts at once; what others gave the films may be an hour old."""
        return self.told(request.user)

    def told(self, member: User, *, with_ratings: bool = True) -> Response:
        year = asked(YearQuery, self.request).get("year")
        numbers = {"year": year} | stats_of(member, year, timezone.now().date())
        return Response(self.get_serializer(numbers if with_ratings else numbers | {"ratings": None}).data)


class MemberStatsViewSet(StatsViewSet):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="getMemberStats",
        summary="A member's diary and ratings in numbers",
        tags=["profiles"],
        parameters=[USERNAME, YearQuery],
        examples=[EXAMPLE],
    )
    def retrieve(self, request: Request, username: str) -> Response:
        """Of a member who keeps their diary from you, a 404; `ratings` is null where they keep their reviews."""
        open_to = {name: visible(request.user, "", f"{name}_privacy") for name in ("history", "reviews")}
        members = User.objects.filter(open_to["history"]).annotate(
            shows_ratings=ExpressionWrapper(open_to["reviews"], BooleanField())
        )
        member = get_object_or_404(members.named(username))
        return self.told(member, with_ratings=member.shows_ratings)
