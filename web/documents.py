"""The API's document and its two readers, all served from this site alone."""

from functools import lru_cache
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView

from web.cached import Rule, kept
from web.limited import limited

TEN_MINUTES = 600


class DocumentGenerator(SchemaGenerator):
    """Makes the document once in each language: the same code tells the same, and it takes a second of a process."""

    def get_schema(self, request: HttpRequest | None = None, public: bool = False) -> dict[str, Any]:
        return _document(get_language())


@lru_cache(maxsize=2)  # English, and what was asked for last: a language may be any word
def _document(language: str | None) -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def swagger(request: HttpRequest) -> HttpResponse:
    return render(request, "api/swagger.html")


# ReDoc makes its styles as it runs. Inline scripts stay forbidden here as everywhere.
@csp_update({"style-src": ["'self'", "'unsafe-inline'"]})
def redoc(request: HttpRequest) -> HttpResponse:
    return render(request, "api/redoc.html")


document = SpectacularJSONAPIView.as_view(generator_class=DocumentGenerator)
urlpatterns = [
    path("schema", kept(document, Rule(TEN_MINUTES)), name="schema"),
    path("docs", limited(require_safe(swagger)), name="docs"),
    path("redoc", limited(require_safe(redoc)), name="redoc"),
]
