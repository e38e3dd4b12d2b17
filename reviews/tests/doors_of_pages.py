"""Who may open the pages of reviews; what one sends from a film's page is about what one said oneself."""

from reviews.models import Decision
from reviews.moderation.keys import key_of
from reviews.tests import doors
from tests.doors import MOVED, SHOWN, everyone, page

FILM = "movies/<number:movie_id>"
# A page's own doors are not led to by an address.
NO_PAGE = everyone(405)
ROUTES = {
    f"{FILM}/rating": {"GET": NO_PAGE, "POST": page(302, body={"value": "9"})},
    f"{FILM}/review": {"GET": NO_PAGE, "POST": page(302, body=doors.SAID)},
    f"{FILM}/review/remove": {"GET": NO_PAGE, "POST": page(302)},
    f"{FILM}/reviews": MOVED,
    f"{FILM}<tail:slug>/reviews": SHOWN,
    # Of one's own it tells on the film's page that one may not.
    "reviews/<number:review_id>/like": {"GET": NO_PAGE, "POST": page(302, body={"on": "yes"})},
    # Who has the key is who was told, also where they are shut out.
    "appeals/<str:key>": {"GET": everyone(200), "POST": everyone(302, {"text": "It was a joke."})},
}


def furnish(owner):
    places = doors.furnish(owner)
    return places | {"slug": "-heat", "key": key_of(Decision.objects.get(pk=places["decision_id"]))}
