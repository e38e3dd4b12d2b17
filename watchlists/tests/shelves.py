"""A member's library with a bit of everything, for the tests of pages."""

from datetime import date

from accounts.models import User
from catalog.models import Genre, Movie
from catalog.tests.films import make_movie
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import List

TITLES = (
    "Heat|1995|170",
    "Ronin|1998|122",
    "Le Samouraï|1967|105",
    "The Cook, the Thief, His Wife & Her Lover, in a cut that nobody has seen since|1989|124",
    "Collateral|2004|120",
    "Thief|1981|123",
    "Stalker|1979|163",
    "Days of Being Wild|1990|94",
    "Moonlight|2016|111",
    "The Third Man|1949|104",
    "Late Spring|1949|108",
    "A film without a date||",
)


def make_films() -> list[Movie]:
    crime = Genre.objects.get_or_create(tmdb_id=80, defaults={"name": "Crime"})[0]
    films = []
    for number, told in enumerate(TITLES, 101):
        title, year, minutes = told.split("|")
        released_on = date(int(year), 5, 1) if year else None
        film = make_movie(number, title, genres=(crime,), released_on=released_on, runtime=int(minutes or 0) or None)
        films.append(film)
    return films


def fill(user: User, friend: User, today: date) -> List:
    """Gives the user's ranked list."""
    films = make_films()
    for place, film in enumerate(films[:6]):
        day = today.replace(day=1 + place * 4 % 27)
        diary.log(
            user=user, movie_id=film.pk, watched_on=day, rating=10 - place, tags=["cinema", "with friends"][:place]
        )
    diary.log(user=user, movie_id=101, watched_on=today.replace(day=1), note="Better each time.", companions=[friend])
    diary.log(user=user, movie_id=107, watched_on=date(today.year, today.month, 1), precision="month", rating=8)
    diary.log(user=user, movie_id=108, watched_on=date(today.year, 1, 1), precision="year")
    diary.log(user=user, movie_id=109)
    for place, film in enumerate(films[3:]):
        watchlist.add(user=user, movie_id=film.pk, priority=place % 4, note="Bob says it is good." if place % 2 else "")
    for film in films[:6]:
        favorites.add(user=user, movie_id=film.pk)
    made = lists.make(
        owner=user, name="Films of the night", description="Neon, rain,\nand nobody sleeps.", is_ranked=True
    )
    for film in films[:8]:
        list_items.add(made, movie_id=film.pk, by=user, note="The diner." if film.pk == 101 else "")
    lists.make(owner=user, name="For a rainy day", visibility="link")
    shared = lists.make(owner=friend, name="Ours", visibility="private")
    sharing.invite(shared, member=user)
    return made
