"""The API's document and its two readers, all served from this site alone."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularJSONAPIView

from web.cached import Rule, kept
from web.limited import limited

TEN_MINUTES = 600


def swagger(request: HttpRequest) -> HttpResponse:
    return render(request, "api/swagger.html")


# ReDoc makes its styles as it runs. Inline scripts stay forbidden here as everywhere.
@csp_update({"style-src": ["'self'", "'unsafe-inline'"]})
def redoc(request: HttpRequest) -> HttpResponse:
    return render(request, "api/redoc.html")


urlpatterns = [
    path("schema", kept(SpectacularJSONAPIView.as_view(), Rule(TEN_MINUTES)), name="schema"),
    path("docs", limited(require_safe(swagger)), name="docs"),
    path("redoc", limited(require_safe(redoc)), name="redoc"),
]
