"""The caller's profile and preferences."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import own, sessions
from accounts.api.examples import PREFERENCES, PROFILE, asked_with, example
from accounts.api.passwords import prove
from accounts.api.rooms import OwnViewSet, checked, told
from accounts.authentication import InPerson
from accounts.models import User
from accounts.serializers.preferences import PreferencesSerializer
from accounts.serializers.signing_in import PasswordField
from accounts.serializers.users import OwnProfileSerializer
from web.rendering import JSONParser

# One who signed in so lately need not give the password again.
PASSWORD_WANTED = _("Give your password, or sign in anew and try again within ten minutes.")


class LeavingSerializer(serializers.Serializer):
    """With the password, unless one has just signed in."""

    password = PasswordField(required=False)


class ProfileViewSet(OwnViewSet):
    serializer_class = OwnProfileSerializer
    parser_classes = [JSONParser, MultiPartParser]

    def get_permissions(self) -> list:
        """Not with a key does one leave."""
        return [InPerson()] if self.action in {"destroy", "restore"} else super().get_permissions()

    @extend_schema(
        operation_id="getProfile", summary="Your profile", tags=["users"], examples=[example(PROFILE, "Ann")]
    )
    def retrieve(self, request: Request) -> Response:
        return Response(shown(request, fresh(request)))

    @extend_schema(
        operation_id="changeProfile",
        summary="Change your profile",
        tags=["users"],
        examples=[asked_with({"bio": "Mostly noir."}), example(PROFILE, "Changed")],
    )
    def partial_update(self, request: Request) -> Response:
        """What is not named stays as it is. A picture (`avatar`) is sent as `multipart/form-data`."""
        values = checked(OwnProfileSerializer, request, partial=True)
        return Response(shown(request, own.change(request.user, **values)))

    @extend_schema(
        operation_id="deleteProfile",
        summary="Leave",
        tags=["users"],
        request=LeavingSerializer,
        responses={202: OwnProfileSerializer},
        examples=[
            asked_with({"password": "a long and quiet sentence"}),
            example(PROFILE | {"erased_from": "2026-12-08T19:02:11Z"}, "Leaving", status_codes=["202"]),
        ],
    )
    def destroy(self, request: Request) -> Response:
        """Hides you from others and ends every session at once. After 14 days (`erased_from`) you are erased; until
        then you may sign in and stay.
        """
        password = checked(LeavingSerializer, request).get("password")
        if password:
            prove(request, password)
        elif not sessions.began_lately(session_id=request.auth, user=request.user):
            raise exceptions.ValidationError({"password": [PASSWORD_WANTED]}, "required")
        with told():
            return Response(shown(request, own.leave(request.user)), 202)

    @extend_schema(
        operation_id="restoreProfile",
        summary="Stay after all",
        tags=["users"],
        request=None,
        examples=[example(PROFILE, "Staying")],
    )
    def restore(self, request: Request) -> Response:
        """Undoes leaving, while it can be undone."""
        return Response(shown(request, own.stay(request.user)))


class PreferencesViewSet(OwnViewSet):
    serializer_class = PreferencesSerializer

    @extend_schema(
        operation_id="getPreferences",
        summary="Your preferences",
        tags=["users"],
        examples=[example(PREFERENCES, "Ann's")],
    )
    def retrieve(self, request: Request) -> Response:
        return Response(PreferencesSerializer(fresh(request)).data)

    @extend_schema(
        operation_id="changePreferences",
        summary="Change your preferences",
        tags=["users"],
        examples=[asked_with({"streaming_providers": [8, 337]}), example(PREFERENCES, "Changed")],
    )
    def partial_update(self, request: Request) -> Response:
        """What is not named stays as it is; a list takes the place of the one before."""
        values = checked(PreferencesSerializer, request, partial=True)
        return Response(PreferencesSerializer(own.change(request.user, **values)).data)


def shown(request: Request, user: User) -> dict:
    return OwnProfileSerializer(user, context={"request": request}).data


def fresh(request: Request) -> User:
    """The caller's row as it is now; what came with the call may be a minute old."""
    return User.objects.get(pk=request.user.pk)
