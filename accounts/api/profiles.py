"""Members, as others see them."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import profiles
from accounts.api.people import ROW, USERNAME, PeopleViewSet
from accounts.models import User
from accounts.serializers.profiles import FoundMemberSerializer, MemberRowSerializer, MemberSerializer
from catalog.api.examples import example
from catalog.api.reads import asked
from catalog.api.search import NOTHING, SOMETHING, WordsField
from web.pagination import PageNumberPagination

PROFILE = ROW | {"bio": "Mostly noir.", "joined_at": "2026-11-20T08:15:00Z"}
STRANGER = ROW | {"is_private": True, "bio": None, "joined_at": None, "relation": None}


class MemberQuery(serializers.Serializer):
    search = WordsField(
        SOMETHING,
        max_length=60,
        error_messages={"invalid": NOTHING, "blank": NOTHING},
        help_text="The beginning of a username or of a display name.",
    )


class MemberSearchViewSet(PeopleViewSet):
    permission_classes = [AllowAny]
    serializer_class = FoundMemberSerializer
    pagination_class = PageNumberPagination

    @extend_schema(
        operation_id="searchMembers",
        summary="Search members",
        tags=["profiles"],
        parameters=[MemberQuery],
        responses=FoundMemberSerializer(many=True),
        examples=[example(ROW, "A member found")],
    )
    def list(self, request: Request) -> Response:
        """Members whose username or display name begins so, whatever the capitals: exact ones first, then the most
        followed; 200 at the most. Private profiles are not found, nor whom you block, nor who blocks you.
        """
        ids = self.paginate_queryset(profiles.search(asked(MemberQuery, request)["search"], request.user))
        held = profiles.profiles(request.user).in_bulk(ids)
        found = [held[pk] for pk in ids if pk in held]
        return self.get_paginated_response(self.get_serializer(found, many=True).data)


def listing(name: str, summary: str, whose: str) -> object:
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["profiles"],
        parameters=[USERNAME],
        responses=MemberRowSerializer(many=True),
        examples=[example(ROW, whose)],
    )


class MemberViewSet(PeopleViewSet):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="getMember",
        summary="A member's profile",
        tags=["profiles"],
        parameters=[USERNAME],
        responses=MemberSerializer,
        examples=[example(PROFILE, "Of a friend"), example(STRANGER, "For followers, as a stranger sees it")],
    )
    def retrieve(self, request: Request, username: str) -> Response:
        """Of a profile that is for followers, others see the name, the picture and the counts, and may ask to follow.
        A private one, and that of who blocks you, is a 404. Of one whom you block you see as much as a stranger does.
        """
        member = get_object_or_404(profiles.profiles(request.user).named(username))
        return Response(MemberSerializer(member, context=self.get_serializer_context()).data)

    def owner(self) -> User:
        return get_object_or_404(User.objects.visible_to(self.request.user).named(self.kwargs["username"]))

    @listing("listFollowers", "A member's followers", "A follower")
    def followers(self, request: Request, username: str) -> Response:
        """The last first. Only you see those of your followers whose profile is private."""
        return self.page_of(profiles.followers_of(self.owner(), request.user), "follower")

    @listing("listFollowing", "Whom a member follows", "One who is followed")
    def following(self, request: Request, username: str) -> Response:
        """The last first."""
        return self.page_of(profiles.following_of(self.owner(), request.user), "followed")

    @listing("listFriends", "A member's friends", "A friend")
    def friends(self, request: Request, username: str) -> Response:
        """Those whom the member follows, and who follow the member; the last that the member followed first."""
        return self.page_of(profiles.friends_of(self.owner(), request.user), "followed")
