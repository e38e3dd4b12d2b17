"""Where films stream: regions, services, and what is on them."""

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import FRANCE, NETFLIX, ROW, example
from catalog.api.reads import PAGED, CatalogueViewSet, MovieRowsViewSet, asked, kept_list, kept_reference
from catalog.filters import StreamingFilter
from catalog.models import Movie, Provider, Region
from catalog.regions import RegionQuery
from catalog.serializers.streaming import ProviderSerializer, RegionSerializer


class StreamingViewSet(CatalogueViewSet):
    """The lists around streaming. The data is JustWatch's, by way of TMDB: name JustWatch wherever you show it."""

    queryset = Region.objects.none()
    serializer_class = RegionSerializer
    filter_backends: list = []
    cached = {"list": kept_reference(*PAGED), "providers": kept_reference(*PAGED, "region")}

    @extend_schema(
        operation_id="listStreamingRegions",
        summary="Regions with streaming data",
        tags=["streaming"],
        examples=[example(FRANCE, "A region")],
    )
    def list(self, request: Request) -> Response:
        """The countries for which services are known, by name."""
        return self.page_of(Region.objects.filter(has_streaming=True).order_by("name", "pk"))

    @extend_schema(
        operation_id="listStreamingProviders",
        summary="Streaming services of a region",
        tags=["streaming"],
        parameters=[RegionQuery],
        responses=ProviderSerializer(many=True),
        examples=[example(NETFLIX, "A service")],
    )
    def providers(self, request: Request) -> Response:
        """The region's services, in the order that TMDB ranks them there."""
        self.serializer_class = ProviderSerializer
        there = Provider.objects.filter(regions__region=asked(RegionQuery, request)["region"])
        return self.page_of(there.order_by("regions__priority", "name", "pk"))


class StreamingMovieViewSet(MovieRowsViewSet):
    filterset_class = StreamingFilter
    cached = {"list": kept_list(3600, *PAGED, *StreamingFilter.base_filters)}

    def get_queryset(self) -> QuerySet[Movie]:
        return Movie.objects.detailed().order_by(F("released_on").desc(nulls_last=True), "-pk")

    @extend_schema(
        operation_id="listStreamingMovies",
        summary="Films on streaming services",
        tags=["streaming"],
        examples=[example(ROW, "A film")],
    )
    def list(self, request: Request) -> Response:
        """Films that some service of the region has, or one of those named; the newest first. Name JustWatch.

        With `new_since`, those alone that came to it on that day or later. What a film had when it was first looked
        at is not new: nobody knows how long it had been there. What was away for three days or less is not new either.
        """
        return self.page_of(self.filter_queryset(self.get_queryset()))
