"""Every page speaks French to who reads French: what is the same in both is names, and what members wrote."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.members import make_member
from accounts.tests.translations import texts, word
from catalog.models import Collection, Movie, Region
from catalog.tests.films import make_heat
from reviews.models import Decision
from reviews.moderation import appeal
from reviews.moderation.keys import key_of
from reviews.services import rate_movie
from reviews.tests.moderating import decided, make_comment, make_review, reported
from tests.browser import PHONE, let_in, open_page, width_needed
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import List

pytestmark = pytest.mark.embedded
TOLD = {"aria-label", "title", "alt", "placeholder", "hx-confirm"}
WORDS = re.compile(r"[a-z]{2,}", re.IGNORECASE)
# Names of languages are Django's; those that are the same in French are many.
LANGUAGES = re.compile(r'<select[^>]* name="language".*?</select>', re.DOTALL)
# Where a number is no text, a comma breaks it.
BROKEN = re.compile(r'\b(?:x|y|width|height|min|max|value)="[\d\s]*\d,\d')
NAMES = [
    *("Al", "Pacino", "Michael", "Mann", "Vincent", "Hanna", "Heat", "Heists", "Collection", "Crime", "US", "France"),
    *("Netflix", "YouTube", "IMDb", "TMDB", "JustWatch", "Marquee", "MFA", "bob", "staff", "inspector"),
    *("Director", "robbery"),  # jobs and keywords are TMDB's, which has them in English
]
# Of the same letters in both.
SHORT = ["film", "Films", "Notifications", "min", "Genres", "votes", "Jan", "Mar", "Jul", "Sep", "Oct", "Nov"]
SAID = {
    *("It was a joke.", "No.", "Again and again.", "Because."),
    "This product uses the TMDB API but is not endorsed or certified by TMDB.",  # to be shown in these words
    *("Authenticators", "Search", "None"),  # of libraries, which do not translate them
}
ROOMS = ["", "/stats", "/stats/2025", "/diary", "/diary/calendar", "/watchlist", "/favorites", "/lists", "/reviews"]
DESK = [
    *("case/", "case/{case}/change/", "case/overview/", "appeal/", "appeal/{appeal}/change/"),
    *("holdrule/", "heldword/add/"),
]
ADDRESSES = [
    *("", "notifications", "search?q=heat", "search?q=nothing", "movies", "nothing/here"),
    *(f"members/{{reader}}{room}" for room in ROOMS),
    *(f"members/bob{room}" for room in ROOMS),
    *("movies/949-heat", "movies/949-heat/reviews"),
    *("people/{person}-al-pacino", "collections/{collection}-heat-collection"),
    *("reviews/{review}", "reviews/{review}/report", "comments/{comment}", "comments/{other}/report"),
    *("lists/{list}-heists", "lists/new", "lists/{list}/edit", "lists/{list}/people", "lists/{list}/items/949/note"),
    *("diary/log", "diary/log?q=heat", "diary/log/949", "diary/{viewing}", "appeals/{key}"),
    *("admin/", "admin/reviews/", *(f"admin/reviews/{room}" for room in DESK)),
]


class Texts(HTMLParser):
    """What a reader of the page reads, or is read to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._is_code = False
        self.feed(LANGUAGES.sub("", page))

    def handle_starttag(self, tag, attrs):
        self._is_code = tag in ("script", "style")
        self.found |= {" ".join(value.split()) for name, value in attrs if name in TOLD and value}

    def handle_endtag(self, tag):
        self._is_code = False

    def handle_data(self, data):
        if not self._is_code:
            self.found.add(" ".join(data.split()))


def keep(member: User, heat: Movie) -> dict[str, int]:
    """The film wherever the member can keep it."""
    watchlist.add(user=member, movie_id=949)
    favorites.add(user=member, movie_id=949)
    rate_movie(user=member, movie=heat, value=8)
    made = lists.make(owner=member, name="Heists", visibility="public")
    list_items.add(made, movie_id=949, by=member)
    return {"list": made.pk, "viewing": diary.log(user=member, movie_id=949, watched_on=date(2025, 5, 1))[0].pk}


@pytest.fixture
def places(staff, bob):
    """A film, and all that the reader and bob can keep of it and say about it."""
    heat = make_heat()
    Region.objects.create(code="FR", name="France", has_streaming=True)
    keep(bob, heat)
    kept = keep(staff, heat)
    sharing.invite(List.objects.get(pk=kept["list"]), member=bob)
    review, own = make_review(bob), make_review(staff)
    case = reported(make_comment(staff, own), bob)
    decision = decided(case, Decision.Kind.HIDE, make_member("inspector", is_staff=True))
    return kept | {
        "reader": staff.username,
        "person": heat.credits.first().person_id,
        "collection": Collection.objects.create(tmdb_id=7, name="Heat Collection").pk,
        "review": review.pk,
        "comment": make_comment(staff, review).pk,
        "other": make_comment(bob, review).pk,
        "case": case.pk,
        "key": key_of(decision),
        "appeal": appeal(decision=decision, text="It was a joke.").pk,
    }


def in_both(client: Client, path: str) -> set[str]:
    """What the page says to who reads English, and to who reads French."""
    english, french = (client.get(path, headers={"Accept-Language": language}) for language in ("en", "fr"))
    assert english.status_code == french.status_code, path
    assert '<html lang="fr"' in french.text, path
    assert not BROKEN.search(french.text), path
    return Texts(english.text).found & Texts(french.text).found


@pytest.mark.django_db
@pytest.mark.usefixtures("no_transaction")
def test_no_page_has_a_word_of_english(places, staff):
    client = Client()
    client.force_login(staff)
    known = {word(text).lower() for (_, text), told in texts().items() if word(text) == word(told)}
    left = {}
    for address in ADDRESSES:
        found = in_both(client, "/" + address.format(**places)) - SAID
        strange = {text for text in found if text.lower() not in known and {*WORDS.findall(text)} - {*NAMES, *SHORT}}
        if strange:
            left[address] = strange
    assert left == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_its_longer_words_fit_a_phone(live_server, places, staff):
    User.objects.update(language="fr")
    wide = {}
    with open_page(PHONE) as (page, _):
        let_in(page, live_server.url, staff)
        for address in ADDRESSES:
            page.goto(f"{live_server.url}/{address.format(**places)}")
            wide[address] = width_needed(page)
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}
