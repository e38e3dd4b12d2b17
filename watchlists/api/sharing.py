"""Who makes a list together with its owner."""

from django.db.models import Q
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.people import USERNAME
from accounts.api.rooms import checked
from accounts.models import User
from accounts.models.visibility import findable
from watchlists import sharing
from watchlists.api.examples import COLLABORATOR
from watchlists.api.lists import LIST_ID, ListsViewSet
from watchlists.models import Collaborator
from watchlists.serializers.lists import CollaboratorSerializer, RoleSerializer

SHOWN = example(COLLABORATOR, "One who shares in a list")


class CollaboratorViewSet(ListsViewSet):
    queryset = Collaborator.objects.none()
    serializer_class = CollaboratorSerializer

    @extend_schema(
        operation_id="listCollaborators",
        summary="Who shares in a list",
        tags=["users"],
        parameters=[LIST_ID],
        examples=[SHOWN],
    )
    def list(self, request: Request, list_id: int) -> Response:
        """In the order in which they were asked. Those who have not accepted yet are shown to the owner alone."""
        made, viewer = self.seen_list(), request.user
        shares = made.shares.filter(Q(member=viewer.pk) | findable(viewer, "member"))
        if made.owner_id != viewer.pk:
            shares = shares.filter(Q(accepted_at__isnull=False) | Q(member=viewer.pk))
        return self.page_of(shares.select_related("member").order_by("pk"))

    @extend_schema(
        operation_id="inviteCollaborator",
        summary="Ask a member to share in a list",
        tags=["users"],
        parameters=[LIST_ID, USERNAME],
        request=RoleSerializer,
        responses={201: CollaboratorSerializer, 200: CollaboratorSerializer},
        examples=[
            asked_with({"role": "editor"}),
            SHOWN,
            example(COLLABORATOR | {"accepted_at": None}, "Asked now", status_codes=["201"]),
        ],
    )
    def update(self, request: Request, list_id: int, username: str) -> Response:
        """They may once they have accepted. Of one who shares in it already it sets the role (`200`)."""
        made = self.own_list()
        member = get_object_or_404(User.objects.findable_by(request.user).named(username))
        share, is_new = sharing.invite(made, member=member, **checked(RoleSerializer, request))
        return self.one(share, 201 if is_new else 200)

    @extend_schema(
        operation_id="removeCollaborator",
        summary="Let a member share in a list no more",
        tags=["users"],
        parameters=[LIST_ID, USERNAME],
        responses={204: OpenApiResponse(description="They do not share in it. What they added stays.")},
    )
    def destroy(self, request: Request, list_id: int, username: str) -> Response:
        members = User.objects.named(username).values("pk")
        for share in self.own_list().shares.filter(member__in=members):
            sharing.end(share)
        return Response(status=204)

    @extend_schema(
        operation_id="acceptCollaboration",
        summary="Accept to share in a list",
        tags=["users"],
        parameters=[LIST_ID],
        request=None,
        responses={204: OpenApiResponse(description="You share in it.")},
    )
    def accept(self, request: Request, list_id: int) -> Response:
        """`404` where you were not asked."""
        sharing.accept(get_object_or_404(self.seen_list().shares, member=request.user))
        return Response(status=204)

    @extend_schema(
        operation_id="endCollaboration",
        summary="Leave a list, or do not accept",
        tags=["users"],
        parameters=[LIST_ID],
        responses={204: OpenApiResponse(description="You do not share in it. What you added stays.")},
    )
    def leave(self, request: Request, list_id: int) -> Response:
        """`404` where you neither share in it nor were asked to."""
        sharing.end(get_object_or_404(self.seen_list().shares, member=request.user))
        return Response(status=204)
