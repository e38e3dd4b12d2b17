"""Signing in with an account at a provider."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.auth import SENT, refused
from accounts.api.examples import SIGNED_IN, asked_with, example
from accounts.api.rooms import DoorViewSet, checked, plain, told
from accounts.serializers.signing_in import RegisteredSerializer, SignedInSerializer
from accounts.serializers.social import SocialSerializer
from accounts.serializers.users import UserSerializer
from accounts.social_identity import NotVouchedFor, UnknownProvider, identify
from accounts.social_signing_in import Entrance, ProofRequired, enter
from accounts.tokens import pair_for

NOT_VOUCHED_FOR = _("The provider does not stand by this token or code. Sign in there again.")
PROOF = _("There is an account with this e-mail address. Give its password to tie the two.")


class SocialViewSet(DoorViewSet):
    @extend_schema(
        operation_id="socialLogin",
        summary="Sign in by a provider",
        tags=["auth"],
        request=SocialSerializer,
        responses={200: SignedInSerializer, 201: RegisteredSerializer},
        examples=[
            asked_with({"id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ij..."}),
            example(SIGNED_IN, "Signed in", status_codes=["200"]),
            example(SIGNED_IN, "Signed up, and in", status_codes=["201"]),
        ],
    )
    def login(self, request: Request, provider: str) -> Response:
        """`google`, `facebook`, or the id of an OpenID Connect provider that this site is set up for; else a `404`.

        Give what the provider gave to your app: `id_token` (with its `nonce`, where it has one), `access_token`
        (Facebook alone, which tells whose it is), or `code` with the `redirect_uri` it was sent to.
        Someone unknown is signed up. An address that somebody here has already does not sign in as them: the code of
        the `401` is `proof_required`, and the same call with that account's `password` ties the two. A second factor
        is asked for as at `auth/login`.
        """
        given = checked(SocialSerializer, request)
        try:
            login = identify(request=plain(request), provider=provider, shown=given)
        except UnknownProvider as fault:
            raise exceptions.NotFound from fault
        except NotVouchedFor as fault:
            raise exceptions.AuthenticationFailed(NOT_VOUCHED_FOR, "not_vouched_for") from fault
        with told(), refused():
            try:
                return _answer(enter(request=plain(request), login=login, given=given))
            except ProofRequired as fault:
                raise exceptions.AuthenticationFailed(PROOF, "proof_required") from fault


def _answer(entrance: Entrance) -> Response:
    body: dict[str, Any] = {"user": UserSerializer(entrance.user).data}
    if entrance.session is None:
        return Response(body | {"detail": SENT}, 201)
    return Response(body | pair_for(entrance.session), 201 if entrance.is_new else 200)
