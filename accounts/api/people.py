"""What members are to one another: following, blocking, muting, and letting follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import people, profiles
from accounts.api.rooms import OwnViewSet
from accounts.models import Follow, User
from accounts.serializers.profiles import (
    ACCEPTED,
    REQUESTED,
    BlockedSerializer,
    FollowingSerializer,
    MemberRowSerializer,
)
from catalog.api.examples import example
from web.pagination import CursorPagination

USERNAME = OpenApiParameter(
    "username",
    {"type": "string", "maxLength": 30},
    OpenApiParameter.PATH,
    description="The member's username, whatever its capitals.",
)
RELATION = {
    "following": True,
    "requested": False,
    "followed_by": True,
    "friend": True,
    "muted": False,
    "blocked": False,
}
NAME = {
    "username": "bob",
    "display_name": "Bob",
    "avatar": "https://movies.example.org/pictures/Jf3Yx0vYVxq9b1k2PzN8eA.webp",
}
ROW = NAME | {"is_private": False, "follower_count": 12, "following_count": 9, "relation": RELATION}


class PeopleViewSet(OwnViewSet):
    """A room where each caller sees what is for them to see."""

    queryset = User.objects.none()  # `OPTIONS` looks for one; each action has its own
    lookup_field = "username"
    serializer_class = MemberRowSerializer
    pagination_class = CursorPagination

    def handle_exception(self, exc: Exception) -> Response:
        """What the work refuses, as the API's own faults."""
        if isinstance(exc, User.DoesNotExist | Follow.DoesNotExist):
            exc = exceptions.NotFound()
        elif isinstance(exc, ValidationError):
            exc = exceptions.ValidationError({"username": get_error_detail(exc)})
        return super().handle_exception(exc)

    def page_of(self, ties: QuerySet, person: str, serializer: type = MemberRowSerializer) -> Response:
        """The asked-for page of the members at the ends of ties."""
        page = self.paginate_queryset(ties)
        context = self.get_serializer_context() | {"person": person}
        return self.get_paginated_response(serializer(page, many=True, context=context).data)


class TieViewSet(PeopleViewSet):
    """One tie of the caller's to a member: `PUT` makes it, `DELETE` ends it, and twice is once."""

    def shown(self) -> User:
        return get_object_or_404(User.objects.shown_to(self.request.user).named(self.kwargs["username"]))

    def tied(self) -> User:
        """Also one who is hidden by now, where there is something between them and the caller."""
        return get_object_or_404(User.objects.tied_to(self.request.user).named(self.kwargs["username"]))

    def anyone(self) -> User:
        """Also one who is hidden: one must be able to hide from them."""
        return get_object_or_404(User.objects.present().named(self.kwargs["username"]))


def ending(name: str, summary: str, tag: str = "profiles") -> Any:
    """The document's entry for what answers nothing."""
    responses = {204: None}
    return extend_schema(
        operation_id=name, summary=summary, tags=[tag], parameters=[USERNAME], request=None, responses=responses
    )


class FollowViewSet(TieViewSet):
    @extend_schema(
        operation_id="followMember",
        summary="Follow a member",
        tags=["profiles"],
        parameters=[USERNAME],
        request=None,
        responses=FollowingSerializer,
        examples=[example({"following": ACCEPTED}, "At once"), example({"following": REQUESTED}, "Once accepted")],
    )
    def update(self, request: Request, username: str) -> Response:
        """Follows at once where the profile is public (`accepted`), else when the member accepts it (`requested`)."""
        tie = people.follow(follower=request.user, followed=self.shown())
        return Response({"following": ACCEPTED if tie.is_accepted else REQUESTED})

    @ending("unfollowMember", "Follow a member no more")
    def destroy(self, request: Request, username: str) -> Response:
        """Also takes back a request."""
        people.unfollow(follower=request.user, followed=self.tied())
        return Response(status=204)


class BlockViewSet(TieViewSet):
    @ending("blockMember", "Block a member")
    def update(self, request: Request, username: str) -> Response:
        """Hides you and all that is yours from them, and them from you. Neither follows the other any more."""
        people.block(blocker=request.user, blocked=self.anyone())
        return Response(status=204)

    @ending("unblockMember", "Block a member no more")
    def destroy(self, request: Request, username: str) -> Response:
        """Who followed whom before is not brought back."""
        people.unblock(blocker=request.user, blocked=self.tied())
        return Response(status=204)


class MuteViewSet(TieViewSet):
    @ending("muteMember", "Mute a member")
    def update(self, request: Request, username: str) -> Response:
        """What they do is not told to you any more. They are not told of it."""
        people.mute(muter=request.user, muted=self.shown())
        return Response(status=204)

    @ending("unmuteMember", "Mute a member no more")
    def destroy(self, request: Request, username: str) -> Response:
        people.unmute(muter=request.user, muted=self.tied())
        return Response(status=204)


class OwnTiesViewSet(TieViewSet):
    """The caller's own lists of members, and who follows the caller."""

    @extend_schema(
        operation_id="listBlocks",
        summary="Whom you block",
        tags=["users"],
        responses=BlockedSerializer(many=True),
        examples=[example(NAME | {"blocked_at": "2026-11-20T08:15:00Z"}, "One who is blocked")],
    )
    def blocks(self, request: Request) -> Response:
        """The last first."""
        return self.page_of(profiles.blocks_of(request.user), "blocked", BlockedSerializer)

    @extend_schema(
        operation_id="listMutes",
        summary="Whom you mute",
        tags=["users"],
        responses=MemberRowSerializer(many=True),
        examples=[example(ROW | {"relation": RELATION | {"muted": True}}, "One who is muted")],
    )
    def mutes(self, request: Request) -> Response:
        """The last first."""
        return self.page_of(profiles.mutes_of(request.user), "muted")

    @extend_schema(
        operation_id="listFollowRequests",
        summary="Who asks to follow you",
        tags=["users"],
        responses=MemberRowSerializer(many=True),
        examples=[example(ROW | {"relation": dict.fromkeys(RELATION, False)}, "One who asks")],
    )
    def requests(self, request: Request) -> Response:
        """The last first. Nobody has to ask while your profile is public."""
        return self.page_of(profiles.requests_to(request.user), "follower")

    @ending("acceptFollowRequest", "Let one follow you", "users")
    def accept(self, request: Request, username: str) -> Response:
        people.accept(follower=self.tied(), followed=request.user)
        return Response(status=204)

    @ending("refuseFollowRequest", "Do not let one follow you", "users")
    def refuse(self, request: Request, username: str) -> Response:
        """They are not told. One who follows you already goes on."""
        people.refuse(follower=self.tied(), followed=request.user)
        return Response(status=204)

    @ending("removeFollower", "Be rid of a follower", "users")
    def remove_follower(self, request: Request, username: str) -> Response:
        """They are not told, and may follow you, or ask to, again."""
        people.unfollow(follower=self.tied(), followed=request.user)
        return Response(status=204)
