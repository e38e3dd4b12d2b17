"""Genres, people and collections."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import ACTION, COLLECTION_ROW, PERSON, PERSON_ROW, ROW, example
from catalog.api.reads import PAGED, CatalogueViewSet, asked, kept_list, kept_reference, path_id
from catalog.api.search import HALF_AN_HOUR, SearchQuery
from catalog.details import with_filmography
from catalog.models import Collection, Genre, Person
from catalog.search import search_people
from catalog.serializers.movies import CollectionSerializer, GenreSerializer
from catalog.serializers.people import PersonRowSerializer, PersonSerializer


class GenreViewSet(CatalogueViewSet):
    queryset = Genre.objects.all()
    serializer_class = GenreSerializer
    filter_backends: list = []
    cached = {"list": kept_reference(*PAGED)}

    @extend_schema(
        operation_id="listGenres", summary="Genres", tags=["reference"], examples=[example(ACTION, "Action")]
    )
    def list(self, request: Request) -> Response:
        """TMDB's genres of films, by name."""
        return self.page_of(self.get_queryset())


class PersonViewSet(CatalogueViewSet):
    """Everyone who directed, wrote or played in a film that is held."""

    queryset = Person.objects.all()
    serializer_class = PersonRowSerializer
    filter_backends: list = []
    cached = {"retrieve": kept_list(), "search": kept_list(HALF_AN_HOUR, *PAGED, "q", language=None)}

    @extend_schema(
        operation_id="getPerson",
        summary="One person and their films",
        tags=["people"],
        parameters=[path_id("person_id", "The person's TMDB id.")],
        responses=PersonSerializer,
        examples=[example(PERSON, "Keanu Reeves")],
    )
    def retrieve(self, request: Request, person_id: int) -> Response:
        """The person, and their part in each film that is listed, the newest first."""
        person = get_object_or_404(with_filmography(self.get_queryset()), pk=person_id)
        return Response(PersonSerializer(person, context=self.get_serializer_context()).data)

    @extend_schema(
        operation_id="searchPeople",
        summary="Search people",
        tags=["people"],
        parameters=[SearchQuery],
        responses=PersonRowSerializer(many=True),
        examples=[example(PERSON_ROW, "A person found")],
    )
    def search(self, request: Request) -> Response:
        """People by name, near ones and well-known ones first, misspelt ones too; the best 200. Kept for 30 minutes."""
        ids = self.paginate_queryset(search_people(asked(SearchQuery, request)["q"]))
        held = self.get_queryset().in_bulk(ids)
        people = [held[person_id] for person_id in ids if person_id in held]
        return self.get_paginated_response(self.get_serializer(people, many=True).data)


class CollectionViewSet(CatalogueViewSet):
    queryset = Collection.objects.all()
    serializer_class = CollectionSerializer
    filter_backends: list = []
    cached = {"retrieve": kept_list()}

    @extend_schema(
        operation_id="getCollection",
        summary="Films that belong together",
        tags=["movies"],
        parameters=[path_id("collection_id", "The collection's TMDB id.")],
        examples=[example(COLLECTION_ROW | {"movies": [ROW]}, "A collection")],
    )
    def retrieve(self, request: Request, collection_id: int) -> Response:
        """The collection's films that are held, the oldest first."""
        collection = get_object_or_404(self.get_queryset(), pk=collection_id)
        return Response(self.get_serializer(collection).data)
