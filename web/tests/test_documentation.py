"""The document tells of every operation its faults with examples, its limits, and its request id."""

import re

import pytest
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.viewsets import GenericViewSet

from web.cached import CachedReads, Rule
from web.openapi import in_order
from web.shared_parts import share
from web.tests import urls


@pytest.fixture(scope="module")
def document() -> dict:
    return SchemaGenerator(patterns=urls.urlpatterns).get_schema(request=None, public=True)


def operation(document: dict, path: str, verb: str) -> dict:
    return document["paths"][path][verb]


def whole(document: dict, part: dict) -> dict:
    """The part itself, or what it refers to."""
    if "$ref" not in part:
        return part
    found = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def test_the_document_is_valid(document):
    validate_schema(document)


def test_a_list_tells_its_faults_its_parameters_and_its_pages(document):
    listing = operation(document, "/api/v1/users", "get")
    assert set(listing["responses"]) == {"200", "400", "401", "404", "429", "503"}
    parameters = {parameter["name"]: parameter["schema"] for parameter in listing["parameters"]}
    assert parameters["page_size"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    page = document["components"]["schemas"]["PaginatedUserList"]
    assert page["required"] == ["count", "next", "previous", "results"]
    assert page["properties"]["next"]["type"] == ["string", "null"]


def test_what_nobody_signs_in_for_asks_for_nothing():
    class Open(urls.Notes):
        authentication_classes = []

    document = SchemaGenerator(patterns=[path("open", Open.as_view())]).get_schema(request=None, public=True)
    assert "security" not in operation(document, "/open", "get")


def test_a_list_by_cursor_has_no_count_and_no_404(document):
    listing = operation(document, "/api/v1/users/by-cursor", "get")
    assert set(listing["responses"]) == {"200", "400", "401", "429", "503"}
    assert [parameter["name"] for parameter in listing["parameters"]] == ["cursor", "page_size"]


def test_every_fault_has_a_meaning_and_an_example_of_its_own_shape(document):
    responses = operation(document, "/api/v1/users", "get")["responses"]
    for status in "400", "404", "429", "503":
        response = whole(document, responses[status])
        assert response["description"]
        (example,) = response["content"]["application/json"]["examples"].values()
        (fault,) = example["value"]["errors"]
        assert set(fault) == {"code", "detail", "attr"}
    schemas = document["components"]["schemas"]
    assert {"InvalidRequest", "ClientError", "ServerError", "Fault"} <= set(schemas)
    assert schemas["Fault"]["properties"]["attr"]["type"] == ["string", "null"]


def test_headers_are_told_where_they_come(document):
    responses = operation(document, "/api/v1/users", "get")["responses"]
    assert set(responses["200"]["headers"]) == {"X-Request-ID", "RateLimit", "RateLimit-Policy"}
    assert set(whole(document, responses["429"])["headers"]) == {"X-Request-ID", "Retry-After"}
    assert set(whole(document, responses["404"])["headers"]) == {"X-Request-ID"}
    assert all(whole(document, header)["description"] for header in responses["200"]["headers"].values())


def test_text_that_is_sent_holds_no_nul_and_where_blanks_are_nothing_more_than_those():
    class Written(urls.NoteSerializer):
        secret = serializers.CharField(trim_whitespace=False)
        mail = serializers.EmailField()

    class Doors(GenericAPIView):
        serializer_class = Written

        def post(self, request):
            """Never called."""

    document = SchemaGenerator(patterns=[path("notes", Doors.as_view())]).get_schema(request=None, public=True)
    sent = document["components"]["schemas"]["WrittenRequest"]["properties"]
    told = {name: re.compile(sent[name]["pattern"]) for name in ("text", "secret")}
    for text, fits in ("a b", (1, 1)), (" ", (0, 1)), ("\x1f ", (0, 1)), ("a\x00", (0, 0)), ("\x19", (1, 1)):
        assert [bool(pattern.search(text)) for pattern in told.values()] == list(map(bool, fits)), text
        assert Written(data={"text": text, "secret": "x", "mail": "a@b.org"}).is_valid() == fits[0]
    assert "pattern" not in sent["mail"]


def test_what_many_answer_is_told_once(document):
    told = document["components"]["responses"]
    for verb, where in (("get", "/api/v1/users"), ("get", "/api/v1/users/by-cursor")):
        for status in ("400", "401", "429", "503"):
            shared = operation(document, where, verb)["responses"][status]
            assert shared == {"$ref": f"#/components/responses/Answer{status}"}
            assert told[f"Answer{status}"]["content"]


def test_an_answer_that_is_an_operation_s_own_stays_with_it():
    own, common = ({"description": text, "headers": {}} for text in ("Its own.", "As everywhere."))
    paths = {f"/{number}": {"get": {"responses": {"409": dict(common)}}} for number in range(2)}
    document = share({"paths": paths | {"/own": {"get": {"responses": {"409": own, "200": dict(common)}}}}})
    assert operation(document, "/own", "get")["responses"] == {"409": own, "200": common}
    assert operation(document, "/1", "get")["responses"] == {"409": {"$ref": "#/components/responses/Answer409"}}


def test_a_success_has_words_and_a_kept_read_tells_of_its_304(document):
    assert operation(document, "/api/v1/users", "get")["responses"]["200"]["description"]

    class Kept(CachedReads, GenericViewSet):
        serializer_class = serializers.Serializer
        cached = {"list": Rule(60)}

        def list(self, request):
            return None

    routes = [path("kept", Kept.as_view({"get": "list"}))]
    kept = SchemaGenerator(patterns=routes).get_schema(request=None, public=True)
    responses = operation(kept, "/kept", "get")["responses"]
    assert "304" in responses
    assert {"ETag", "Cache-Control"} <= responses["200"]["headers"].keys()
    assert "304" not in operation(document, "/api/v1/users", "get")["responses"]


def test_the_methods_of_a_path_are_always_in_the_same_order():
    endpoints = [(path, path, method, None) for path in ("/b", "/a") for method in ("DELETE", "PATCH", "GET", "PUT")]
    told = [(path, method) for path, _, method, _ in in_order(endpoints)]
    assert told == [(path, method) for path in ("/b", "/a") for method in ("GET", "PUT", "PATCH", "DELETE")]
