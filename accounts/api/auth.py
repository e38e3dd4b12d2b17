"""Signing up, in, on and out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import sessions
from accounts.api.examples import PAIR, SIGNED_IN, asked_with, example
from accounts.api.rooms import DoorViewSet, checked, plain, told
from accounts.authentication import TokenAuthentication
from accounts.models import Session
from accounts.passwords import check
from accounts.registration import must_confirm, register
from accounts.serializers.signing_in import (
    PairSerializer,
    RefreshSerializer,
    RegisteredSerializer,
    RegistrationSerializer,
    SignedInSerializer,
    SignInSerializer,
    SignOutSerializer,
)
from accounts.serializers.users import UserSerializer
from accounts.signing_in import CodeRequired, NotConfirmed, TooManyTries, WrongCredentials, admit, sign_in
from accounts.tokens import pair_for

WRONG = _("There is no such account, or this is not its password.")
CODE_REQUIRED = _("Give the code of your authenticator, or a recovery code, as otp.")
NOT_CONFIRMED = _("Confirm your e-mail address first, by the link that was sent to it.")
SENT = _("A mail was sent to this address. Follow its link, then sign in.")
NOT_GOOD = _("This token is not, or no longer, good. Sign in.")


@contextmanager
def refused() -> Iterator[None]:
    """Why somebody is not signed in, as the API says it."""
    try:
        yield
    except WrongCredentials as fault:
        raise exceptions.AuthenticationFailed(WRONG, "wrong_credentials") from fault
    except CodeRequired as fault:
        raise exceptions.AuthenticationFailed(CODE_REQUIRED, "otp_required") from fault
    except NotConfirmed as fault:
        raise exceptions.PermissionDenied(NOT_CONFIRMED, "email_not_confirmed") from fault
    except TooManyTries as fault:
        raise exceptions.Throttled(fault.seconds) from fault


class AuthViewSet(DoorViewSet):
    """The doors of the API."""

    @extend_schema(
        operation_id="register",
        summary="Sign up",
        tags=["auth"],
        request=RegistrationSerializer,
        responses={201: RegisteredSerializer},
        examples=[
            asked_with({"email": "ann@example.org", "username": "ann", "password": "a long and quiet sentence"}),
            example(SIGNED_IN, "Signed up, and in", status_codes=["201"]),
        ],
    )
    def register(self, request: Request) -> Response:
        """Makes an account. Where addresses must be confirmed, there are no tokens yet: `detail` says what to do."""
        given = checked(RegistrationSerializer, request)
        with told():
            check(given["password"], email=given["email"], username=given["username"])
            user = register(request=plain(request), **given)
        body = {"user": UserSerializer(user).data}
        if must_confirm():
            return Response(body | {"detail": SENT}, 201)
        return Response(body | pair_for(admit(request=plain(request), user=user)), 201)

    @extend_schema(
        operation_id="login",
        summary="Sign in",
        tags=["auth"],
        request=SignInSerializer,
        responses=SignedInSerializer,
        examples=[
            asked_with({"username": "ann", "password": "a long and quiet sentence"}),
            example(SIGNED_IN, "Signed in"),
        ],
    )
    def login(self, request: Request) -> Response:
        """By username or e-mail address. With a second factor on, `otp` is wanted: without it the code of the `401` is
        `otp_required`. Tries are limited for each address and each account.
        """
        given = checked(SignInSerializer, request)
        with refused():
            session = sign_in(
                request=plain(request),
                login=given.get("username") or given["email"],
                password=given["password"],
                code=given.get("otp", ""),
            )
        return signed_in(session)


class TokenViewSet(DoorViewSet):
    """What one does with a refresh token."""

    throttle_scope = None

    @extend_schema(
        operation_id="refreshTokens",
        summary="Get a new pair of tokens",
        tags=["auth"],
        request=RefreshSerializer,
        responses=PairSerializer,
        examples=[asked_with({"refresh": PAIR["refresh"]}), example(PAIR, "A new pair")],
    )
    def refresh(self, request: Request) -> Response:
        """Spends the refresh token. One that was spent before has been copied: its whole session ends."""
        try:
            return Response(sessions.carry_on(checked(RefreshSerializer, request)["refresh"]))
        except sessions.Refused as fault:
            raise exceptions.AuthenticationFailed(NOT_GOOD, "token_not_valid") from fault


class SignOutViewSet(TokenViewSet):
    authentication_classes = [TokenAuthentication]

    @extend_schema(
        operation_id="logout",
        summary="Sign out",
        tags=["auth"],
        request=SignOutSerializer,
        responses={204: OpenApiResponse(description="Signed out, or it was so already.")},
        examples=[asked_with({"refresh": PAIR["refresh"]})],
    )
    def logout(self, request: Request) -> Response:
        """Ends the session of the refresh token; with `all`, every session of the caller's. Access tokens end too."""
        given = checked(SignOutSerializer, request)
        if given["all"]:
            if not request.user.is_authenticated:
                raise exceptions.NotAuthenticated
            sessions.end_all(request.user)
            return Response(status=204)
        try:
            sessions.end_by(given["refresh"])
        except sessions.Refused as fault:
            raise exceptions.AuthenticationFailed(NOT_GOOD, "token_not_valid") from fault
        return Response(status=204)


def signed_in(session: Session) -> Response:
    return Response({"user": UserSerializer(session.user).data, **pair_for(session)})
