"""Routes for the tests alone: writes, limits, faults and lists, as no real route has them all."""

from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import include, path
from rest_framework import serializers
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from web import errors
from web.pagination import CursorPagination

handler400, handler403 = errors.handler400, errors.handler403
handler404, handler500 = errors.handler404, errors.handler500


class NoteSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=20)
    stars = serializers.IntegerField(min_value=1, max_value=10, required=False)


class Notes(APIView):
    def get(self, request: Request) -> Response:
        return Response({"notes": ["quiet"] * int(request.query_params.get("many", 1))})

    def post(self, request: Request) -> Response:
        note = NoteSerializer(data=request.data)
        note.is_valid(raise_exception=True)
        return Response(note.data, status=201)


class Login(Notes):
    throttle_scope = "login"


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = get_user_model()
        fields = ["id", "username"]


class Users(ListAPIView):
    serializer_class = UserSerializer

    def get_queryset(self):
        return get_user_model().objects.order_by("username")


class UsersByCursor(Users):
    pagination_class = CursorPagination

    def get_queryset(self):
        return get_user_model().objects.order_by(*self.request.query_params.get("order", "-joined_at").split(","))


FAULTS = {
    "crash": ZeroDivisionError("the password=hunter2 of ann@example.org"),
    "database": OperationalError("connection to server at 10.0.0.1 failed"),
    "unavailable": errors.Unavailable(retry_after=42),
    "conflict": errors.Conflict("There is one already."),
    "nobody": NotAuthenticated(),
    "suspicious": SuspiciousOperation("forged"),
}


@api_view(["GET"])
@throttle_classes([])
def fail(request: Request, fault: str) -> Response:
    raise FAULTS[fault]


def fail_outside_drf(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]


def page(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("<p>words</p>" * 400)
    if "cookie" in request.GET:
        response.set_cookie("flavour", "plain")
    if "never" in request.GET:
        response.may_compress = False
    if "etag" in request.GET:
        response["ETag"] = '"one"'
    return response


def unchanged(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotModified(headers={"ETag": '"one"'})


urlpatterns = [
    path("", include("web.urls")),
    path("api/v1/notes", Notes.as_view()),
    path("api/v1/login", Login.as_view()),
    path("api/v1/users", Users.as_view()),
    path("api/v1/users/by-cursor", UsersByCursor.as_view()),
    path("api/v1/faults/<str:fault>", fail),
    path("api/v1/plain-faults/<str:fault>", fail_outside_drf),
    path("faults/<str:fault>", fail_outside_drf),
    path("page", page),
    path("admin/page", page),
    path("unchanged", unchanged),
]
