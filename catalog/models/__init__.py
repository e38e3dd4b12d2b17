"""The catalogue's tables. What TMDB numbers has its TMDB id as primary key."""

from catalog.models.charts import ChartEntry
from catalog.models.in_array import InArray
from catalog.models.movies import Collection, Genre, Keyword, Movie
from catalog.models.parts import MovieTitle, Poster, ReleaseDate, Video
from catalog.models.people import Credit, Person
from catalog.models.search import MovieSearch, PersonSearch, SearchForm, SearchWord
from catalog.models.streaming import Offer, Provider, Region, RegionalProvider
from catalog.models.upkeep import SyncFailure, SyncRound, TMDBCalls, TMDBConfiguration

__all__ = [
    "ChartEntry",
    "Collection",
    "Credit",
    "Genre",
    "InArray",
    "Keyword",
    "Movie",
    "MovieSearch",
    "MovieTitle",
    "Offer",
    "Person",
    "PersonSearch",
    "Poster",
    "Provider",
    "Region",
    "RegionalProvider",
    "ReleaseDate",
    "SearchForm",
    "SearchWord",
    "SyncFailure",
    "SyncRound",
    "TMDBCalls",
    "TMDBConfiguration",
    "Video",
]
