"""The catalogue's pages."""

from django.urls import path

from catalog.views import browse, movie, people, search, sitemap
from web.limited import limited
from web.slugs import numbered

urlpatterns = [
    path("movies", limited(browse.browse), name="browse"),
    *numbered("movies", "movie_id", limited(movie.movie), "movie"),
    *numbered("people", "person_id", limited(people.person), "person"),
    *numbered("collections", "collection_id", limited(people.collection), "collection"),
    path("search", limited(search.search), name="search"),
    path("search/suggestions", limited(search.suggestions), name="suggestions"),
    path("sitemap.xml", limited(sitemap.index), name="sitemap"),
    path("sitemap-<slug:section>.xml", limited(sitemap.part), name="sitemap_part"),
    path("robots.txt", limited(sitemap.robots), name="robots"),
]
