"""Passwords and addresses: changed, lost, confirmed."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import passwords, registration
from accounts.api.examples import asked_with
from accounts.api.rooms import DoorViewSet, InPersonViewSet, checked, plain, told
from accounts.passwords import NOT_GOOD
from accounts.serializers.signing_in import (
    AddressSerializer,
    ConfirmationSerializer,
    PasswordChangeSerializer,
    PasswordResetSerializer,
)

KEY = "3-cz4j1v-8c1d2b0f3c4a5e6f7a8b9c0d1e2f3a4b"
ADDRESS = asked_with({"email": "ann@example.org"})
NEW = "another quiet sentence"


class PasswordChangeViewSet(InPersonViewSet):
    throttle_scope = "login"

    @extend_schema(
        operation_id="changePassword",
        summary="Change the password",
        tags=["auth"],
        request=PasswordChangeSerializer,
        responses={204: OpenApiResponse(description="Changed.")},
        examples=[asked_with({"password": "a long and quiet sentence", "new_password": NEW})],
    )
    def change(self, request: Request) -> Response:
        """Wants the present one too. Every other session ends."""
        given = checked(PasswordChangeSerializer, request)
        prove(request, given["password"])
        asking = plain(request)
        asking.session_id = request.auth
        with told("new_password"):
            passwords.change(request=asking, user=request.user, password=given["new_password"])
        return Response(status=204)


class PasswordResetViewSet(DoorViewSet):
    @extend_schema(
        operation_id="askForPasswordReset",
        summary="Ask for a mail to set a new password",
        tags=["auth"],
        request=AddressSerializer,
        responses={204: OpenApiResponse(description="Sent, if there is such an account: nobody is told.")},
        examples=[ADDRESS],
    )
    def ask(self, request: Request) -> Response:
        passwords.ask_for_reset(request=plain(request), email=checked(AddressSerializer, request)["email"])
        return Response(status=204)

    @extend_schema(
        operation_id="resetPassword",
        summary="Set a new password by the key of the mail",
        tags=["auth"],
        request=PasswordResetSerializer,
        responses={204: OpenApiResponse(description="Set; sign in with it.")},
        examples=[asked_with({"key": KEY, "password": NEW})],
    )
    def confirm(self, request: Request) -> Response:
        """Every session ends. A second factor stays on, and is asked for at the next sign-in."""
        given = checked(PasswordResetSerializer, request)
        with told("password"):
            passwords.reset(request=plain(request), **given)
        return Response(status=204)


class ConfirmationViewSet(DoorViewSet):
    @extend_schema(
        operation_id="confirmEmail",
        summary="Confirm an e-mail address by the key of the mail",
        tags=["auth"],
        request=ConfirmationSerializer,
        responses={204: OpenApiResponse(description="Confirmed.")},
        examples=[asked_with({"key": "NQ:1vNQxF:8c1d2b0f3c4a5e6f7a8b9c0d1e2f3a4b"})],
    )
    def confirm(self, request: Request) -> Response:
        if not registration.confirm(request=plain(request), key=checked(ConfirmationSerializer, request)["key"]):
            raise exceptions.ValidationError({"key": [NOT_GOOD]}, "not_valid")
        return Response(status=204)

    @extend_schema(
        operation_id="sendConfirmationAgain",
        summary="Ask for the confirmation mail again",
        tags=["auth"],
        request=AddressSerializer,
        responses={204: OpenApiResponse(description="Sent, if it waits for one: nobody is told.")},
        examples=[ADDRESS],
    )
    def resend(self, request: Request) -> Response:
        registration.confirm_again(request=plain(request), email=checked(AddressSerializer, request)["email"])
        return Response(status=204)


def prove(request: Request, password: str) -> None:
    """That it is the caller who asks, and not who found their device open. Raises what the API answers."""
    try:
        is_theirs = passwords.is_theirs(user=request.user, password=password)
    except passwords.TooManyTries as fault:
        raise exceptions.Throttled(fault.seconds) from fault
    if not is_theirs:
        raise exceptions.ValidationError({"password": [_("This is not your password.")]}, "wrong_password")
