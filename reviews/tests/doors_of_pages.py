"""Who may open the pages of reviews; what one sends from a film's page is about what one said oneself."""

from reviews.models import Decision
from reviews.moderation.keys import key_of
from reviews.tests import doors
from tests.doors import MOVED, SHOWN, button, everyone, form, page

FILM = "movies/<number:movie_id>"
REVIEW, COMMENT, MEMBER = "reviews/<number:review_id>", "comments/<number:comment_id>", "members/<str:username>"
# A page's own doors are not led to by an address.
NO_PAGE = everyone(405)
# One does not report oneself.
REPORT = page(200).but(owner=403), page(302, body=doors.SPAM).but(owner=403)
ROUTES = {
    f"{FILM}/rating": {"GET": NO_PAGE, "POST": page(302, body={"value": "9"})},
    f"{FILM}/review": {"GET": NO_PAGE, "POST": page(302, body=doors.SAID)},
    f"{FILM}/review/remove": {"GET": NO_PAGE, "POST": page(302)},
    f"{FILM}/reviews": MOVED,
    f"{FILM}<tail:slug>/reviews": SHOWN,
    # Of one's own it tells on the film's page that one may not.
    f"{REVIEW}/like": {"GET": NO_PAGE, "POST": page(302, body={"on": "yes"})},
    REVIEW: SHOWN,
    **button(f"{REVIEW}/comments", page(302, body=doors.SAID)),
    **form(COMMENT, page(302, body=doors.SAID).owners_to_do(), page(200).owners_to_do()),
    **button(f"{COMMENT}/remove", page(302).owners_to_do()),
    **{f"{text}/report": dict(zip(("GET", "POST"), REPORT, strict=True)) for text in (REVIEW, COMMENT)},
    **{f"{MEMBER}/{room}": SHOWN for room in ("reviews", "reviews.atom")},
    # Who has the key is who was told, also where they are shut out.
    "appeals/<str:key>": {"GET": everyone(200), "POST": everyone(302, {"text": "It was a joke."})},
}


def furnish(owner):
    places = doors.furnish(owner)
    return places | {"slug": "-heat", "key": key_of(Decision.objects.get(pk=places["decision_id"]))}
