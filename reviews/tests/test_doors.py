"""Each door of ratings, reviews, comments and the mailbox: which method, at which address, for whom, gives what."""

import pytest
from django.urls import get_resolver

from accounts import api_keys
from accounts.tests.members import API, caller, make_member, make_viewer
from catalog.tests.films import make_movie
from notifications.services import notify
from reviews.discussion import write_comment
from reviews.models import Comment, Rating, Review
from reviews.services import write_review

pytestmark = pytest.mark.django_db
ASKING = ("owner", "stranger", "blocked", "anonymous", "staff")
# What each answers to whose it is, a stranger, one whom they block, nobody known, and staff.
OWN = (200, 200, 200, 401, 200)
SHOWN = (200, 200, 404, 200, 200)
CHANGED = (200, 403, 404, 401, 403)
TAKEN = (204, 403, 404, 401, 403)
ROUTES = {
    ("get", "movies/top-rated/members"): (200, 200, 200, 200, 200),
    ("get", "movies/949/ratings"): (200, 200, 200, 200, 200),
    ("put", "movies/949/ratings"): OWN,
    ("delete", "movies/949/ratings"): (204, 204, 204, 401, 204),
    ("get", "movies/949/reviews"): (200, 200, 200, 200, 200),
    ("post", "movies/949/reviews"): (409, 201, 201, 401, 201),
    ("get", "users/ratings"): OWN,
    ("get", "users/reviews"): OWN,
    ("get", "profiles/owner/reviews"): SHOWN,
    ("get", "reviews/{review}"): SHOWN,
    ("patch", "reviews/{review}"): CHANGED,
    ("delete", "reviews/{review}"): TAKEN,
    ("get", "reviews/{review}/revisions"): (200, 403, 404, 401, 200),
    ("put", "reviews/{review}/like"): (400, 204, 404, 401, 204),
    ("delete", "reviews/{review}/like"): (204, 204, 404, 401, 204),
    ("get", "reviews/{review}/comments"): SHOWN,
    ("post", "reviews/{review}/comments"): (201, 201, 404, 401, 201),
    ("patch", "comments/{comment}"): CHANGED,
    ("delete", "comments/{comment}"): TAKEN,
    ("get", "notifications"): OWN,
    ("get", "notifications/unread-count"): OWN,
    ("put", "notifications/{notification}/read"): (200, 404, 404, 401, 404),
    ("post", "notifications/read-all"): OWN,
}
DOORS = [(door, viewer, status) for door, told in ROUTES.items() for viewer, status in zip(ASKING, told, strict=True)]
BODIES = {"ratings": {"value": 8}, "reviews": {"body": "Rain."}, "comments": {"body": "So it is."}}
HOLES = {
    "<int:movie_id>": "949",
    "<int:review_id>": "{review}",
    "<int:comment_id>": "{comment}",
    "<int:notification_id>": "{notification}",
    "<str:username>": "owner",
}
ROOMS = ("reviews.api.ratings", "reviews.api.reviews", "reviews.api.comments", "notifications.api")


@pytest.fixture(scope="module")
def heat(kept_for_all):
    return make_movie(949, "Heat")


@pytest.fixture(scope="module")
def owner(heat):
    return make_member("owner")


@pytest.fixture(scope="module")
def places(owner, heat):
    review = write_review(author=owner, movie=heat, body="Steel.")
    comment = write_comment(review=review, author=owner, body="Mine.")
    return {"review": review.pk, "comment": comment.pk, "notification": notify(recipient=owner, kind="like").pk}


def test_every_route_has_its_row():
    routes = set()
    for resolver in get_resolver().url_patterns:
        for pattern in resolver.url_patterns if str(resolver.pattern) == "api/v1/" else ():
            route = str(pattern.pattern)
            for hole, name in HOLES.items():
                route = route.replace(hole, name)
            if pattern.callback.cls.__module__ in ROOMS:
                routes |= {(method, route) for method in pattern.callback.actions if method != "head"}
    assert routes == ROUTES.keys()


@pytest.mark.parametrize(("door", "viewer", "status"), DOORS)
def test_a_door_opens_to_whom_it_should(owner, places, door, viewer, status):
    method, route = door
    body = BODIES.get(route.split("/")[-1] if method != "patch" else "comments")
    response = getattr(caller(make_viewer(viewer, owner)), method)(f"{API}/{route.format(**places)}", body)
    assert response.status_code == status, response.content
    if status < 300 and "top-rated" not in route:
        assert response.headers["Cache-Control"] == "no-store"


def test_a_key_that_may_only_read_writes_nothing(owner, places):
    _, secret = api_keys.make(user=owner, name="x", can_write=False)
    before = [model.objects.count() for model in (Rating, Review, Comment)]
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    for method, route in ROUTES:
        if method != "get":
            response = getattr(client, method)(f"{API}/{route.format(**places)}", BODIES.get(route.split("/")[-1]))
            assert response.status_code == 403, (method, route)
    assert [model.objects.count() for model in (Rating, Review, Comment)] == before


@pytest.mark.parametrize("route", sorted({route for _, route in ROUTES}))
def test_what_a_door_takes_can_be_asked(owner, places, route):
    assert caller(owner).options(f"{API}/{route.format(**places)}").status_code == 200
