"""The catalogue's tables. What TMDB numbers has its TMDB id as primary key."""

from catalog.models.charts import ChartEntry
from catalog.models.movies import Collection, Genre, Keyword, Movie
from catalog.models.parts import MovieTitle, ReleaseDate, Video
from catalog.models.people import Credit, Person
from catalog.models.streaming import Offer, Provider, Region, RegionalProvider
from catalog.models.upkeep import SyncFailure, TMDBConfiguration

__all__ = [
    "ChartEntry",
    "Collection",
    "Credit",
    "Genre",
    "Keyword",
    "Movie",
    "MovieTitle",
    "Offer",
    "Person",
    "Provider",
    "Region",
    "RegionalProvider",
    "ReleaseDate",
    "SyncFailure",
    "TMDBConfiguration",
    "Video",
]
