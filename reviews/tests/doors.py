"""Who may open the doors of ratings, reviews and comments: others see what the owner said, and leave it as it is."""

from reviews.models import Decision, Rating
from reviews.tests.moderating import make_comment, make_review
from tests.doors import anyone, in_person, reads, writes

SAID = {"body": "Quiet, and then loud."}
SPAM = {"reason": "spam"}
# The owner has reviewed the film, likes no review of their own, and does not report themselves.
TWICE, OWN = 409, 400
NOT_ONESELF = writes(201, SPAM).but(owner=403, writing_key=403)
MOVIE, REVIEW, COMMENT = "movies/<int:movie_id>", "reviews/<int:review_id>", "comments/<int:comment_id>"
DOORS = {
    "movies/top-rated/members": {"GET": anyone(200)},
    f"{MOVIE}/reviews": {"GET": anyone(200), "POST": writes(201, SAID).but(owner=TWICE, writing_key=TWICE)},
    f"{MOVIE}/ratings": {"GET": anyone(200), "PUT": writes(200, {"value": 9}), "DELETE": writes(204)},
    REVIEW: {
        "GET": anyone(200),
        "PATCH": writes(200, SAID).owners_to_do(),
        "DELETE": writes(204).owners_to_do(),
    },
    # Staff read what a review said before.
    f"{REVIEW}/revisions": {"GET": reads().but(stranger=403)},
    f"{REVIEW}/like": {"PUT": writes(204).but(owner=OWN, writing_key=OWN), "DELETE": writes(204)},
    f"{REVIEW}/comments": {"GET": anyone(200), "POST": writes(201, SAID)},
    f"{REVIEW}/report": {"POST": NOT_ONESELF},
    COMMENT: {"PATCH": writes(200, SAID).owners_to_do(), "DELETE": writes(204).owners_to_do()},
    f"{COMMENT}/report": {"POST": NOT_ONESELF},
    "users/ratings": {"GET": reads()},
    "users/reviews": {"GET": reads()},
    "users/decisions": {"GET": in_person()},
    "users/decisions/<int:decision_id>/appeal": {"POST": in_person(201, {"text": "It was a joke."}).owners()},
    "profiles/<str:username>/reviews": {"GET": anyone(200)},
}
ROUTES = {f"api/v1/{route}": rows for route, rows in DOORS.items()}


def furnish(owner):
    """A rating, a review and a comment by the owner, who was warned once."""
    review = make_review(owner)
    Rating.objects.create(user=owner, movie=review.movie, value=8)
    return {
        "movie_id": review.movie_id,
        "username": owner.username,
        "review_id": review.pk,
        "comment_id": make_comment(owner, review).pk,
        "decision_id": Decision.objects.create(member=owner, kind=Decision.Kind.WARN, reason="Be kind.").pk,
    }
