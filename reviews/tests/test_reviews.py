"""Writing, changing and taking away one's one review of a film."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import suspension
from accounts.models import User
from catalog.models import Movie
from reviews.models import Review, ReviewRevision, Status
from reviews.services import write_review
from reviews.standing import set_status
from reviews.tests.calls import API, RATINGS, REVIEWS, assert_scores_are_right, caller, code, faults

pytestmark = pytest.mark.django_db
NEW = {"body": "Steel and *rain*."}


def url(review: Review, more: str = "") -> str:
    return f"{API}/reviews/{review.pk}{more}"


def test_a_review_is_written_and_read(ann, api, heat):
    response = caller(ann).post(REVIEWS, NEW | {"contains_spoilers": True, "language": "pt-BR", "rating": 9})
    assert response.status_code == 201, response.content
    body = response.json()
    assert body["movie"]["title"] == "Heat"
    assert body["author"] == {"username": "ann", "display_name": "", "avatar": None}
    assert (body["body"], body["html"]) == ("Steel and *rain*.", "<p>Steel and <em>rain</em>.</p>\n")
    assert (body["rating"], body["contains_spoilers"], body["language"]) == (9, True, "pt-BR")
    assert (body["status"], body["liked"], body["like_count"], body["comment_count"]) == ("published", False, 0, 0)
    assert body["published_at"] == body["created_at"]
    assert body["edited_at"] is None
    assert api.get(f"{API}/reviews/{body['id']}").json() == body
    assert api.get(REVIEWS).json()["results"] == [body]
    assert_scores_are_right()


def test_the_rating_beside_it_is_what_its_author_gives_now(ann, review):
    assert caller(ann).get(url(review)).json()["rating"] is None
    caller(ann).put(RATINGS, {"value": 4})
    assert caller(ann).get(url(review)).json()["rating"] == 4
    assert caller(ann).patch(url(review), {"rating": 10}).json()["rating"] == 10
    assert caller(ann).patch(url(review), {"rating": None}).json()["rating"] is None
    assert_scores_are_right()


def test_a_second_review_of_a_film_is_a_conflict(ann, review):
    assert code(caller(ann).post(REVIEWS, {"body": "Again.", "rating": 3})) == (409, "already_reviewed")
    assert Review.objects.get().body == "Steel and *rain*."
    assert caller(ann).get(RATINGS).json()["mine"] is None, "nor is the rating beside it given"


def test_a_draft_is_its_authors_until_it_is_published(ann, api, heat):
    draft = caller(ann).post(REVIEWS, NEW | {"status": "draft"}).json()
    where = f"{API}/reviews/{draft['id']}"
    assert (draft["status"], draft["published_at"]) == ("draft", None)
    assert api.get(where).status_code == 404
    assert api.get(REVIEWS).json()["results"] == []
    assert caller(ann).get(REVIEWS).json()["results"] == []
    assert code(caller(ann).post(REVIEWS, NEW)) == (409, "already_reviewed")
    caller(ann).patch(where, {"body": "Rain and steel."})
    assert not ReviewRevision.objects.exists(), "nobody has seen what it said"
    assert caller(ann).patch(where, {"status": "published"}).json()["published_at"]
    assert api.get(where).json()["body"] == "Rain and steel."


def test_what_was_published_does_not_become_a_draft_again(ann, review):
    assert faults(caller(ann).patch(url(review), {"status": "draft"})) == [("status", "published")]
    assert caller(ann).patch(url(review), {"status": "published"}).json()["edited_at"] is None


def test_what_it_said_before_stays_in_its_history(ann, bob, staff, review):
    for body in "Second.", "Second.", "Third.":
        assert caller(ann).patch(url(review), {"body": body}).json()["edited_at"]
    caller(ann).patch(url(review), {"contains_spoilers": True})
    caller(ann).patch(url(review), {"language": "en"})
    earlier = caller(ann).get(url(review, "/revisions")).json()["results"]
    assert [(row["body"], row["contains_spoilers"]) for row in earlier] == [
        ("Third.", False),
        ("Second.", False),
        ("Steel and *rain*.", False),
    ]
    assert caller(staff).get(url(review, "/revisions")).json()["results"] == earlier
    assert code(caller(bob).get(url(review, "/revisions"))) == (403, "not_yours")
    assert caller().get(url(review, "/revisions")).status_code in (401, 403)


def test_a_review_is_taken_away_with_all_that_hangs_on_it(ann, bob, heat, review):
    caller(bob).put(url(review, "/like"))
    caller(bob).post(url(review, "/comments"), {"body": "So it is."})
    assert caller(ann).delete(url(review)).status_code == 204
    assert caller(ann).delete(url(review)).status_code == 404
    assert Movie.objects.get(pk=949).holder_count == 0
    assert caller(ann).post(REVIEWS, NEW).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        *(
            {"body": body}
            for body in ("", "  ", None, 7, [], "a\x00b", "\u200b", "x" * 10_001, "a" + "\u0301" * 100_000)
        ),
        *({"contains_spoilers": value} for value in (None, 1, "true", "x")),
        *({"language": value} for value in ("english please", 5, "e", None)),
        *({"status": value} for value in ("held", "hidden", "removed", "", None, 3)),
        *({"rating": value} for value in (0, 11, 7.5, "8", True)),
    ],
)
def test_what_cannot_be_is_refused_by_its_name_and_loses_nothing(ann, bob, review, change):
    ((name, _),) = change.items()
    assert faults(caller(ann).patch(url(review), change))[0][0] == name
    assert Review.objects.get().body == "Steel and *rain*."
    assert faults(caller(bob).post(REVIEWS, NEW | change))[0][0] == name
    assert Review.objects.count() == 1


def test_a_body_of_a_hundred_kilobytes_and_of_two_megabytes_is_refused(ann, heat):
    assert faults(caller(ann).post(REVIEWS, {"body": "é" * 50_000})) == [("body", "max_length")]
    assert caller(ann).post(REVIEWS, {"body": "x" * 2_000_000}).status_code == 413


def test_what_is_sent_along_changes_nothing(ann, bob, heat):
    body = (
        caller(ann).post(REVIEWS, NEW | {"author": "bob", "like_count": 99, "html": "<b>", "id": 1, "movie": 5}).json()
    )
    assert (body["author"]["username"], body["like_count"], body["movie"]["id"]) == ("ann", 0, 949)
    assert "<b>" not in body["html"]


def test_another_changes_nothing(bob, staff, review):
    for member in bob, staff:
        assert code(caller(member).patch(url(review), {"body": "x"})) == (403, "not_yours")
        assert code(caller(member).delete(url(review))) == (403, "not_yours")
    assert caller().patch(url(review), {"body": "x"}).status_code == 401
    assert Review.objects.get().body == "Steel and *rain*."


def test_who_is_suspended_reads_and_takes_away_and_writes_nothing(ann, heat, review):
    suspension.suspend(ann, timezone.now() + timedelta(days=1))
    ann = User.objects.get(pk=ann.pk)
    assert caller(ann).get(url(review)).status_code == 200
    for call in (
        lambda: caller(ann).patch(url(review), {"body": "x"}),
        lambda: caller(ann).post(REVIEWS, NEW),
        lambda: caller(ann).post(url(review, "/comments"), NEW),
        lambda: caller(ann).put(url(review, "/like")),
    ):
        assert code(call()) == (403, "suspended")
    assert caller(ann).delete(url(review)).status_code == 204


def test_who_was_suspended_a_moment_ago_is_known_where_it_is_written(ann, heat, review):
    """As the caller's row was read before."""
    User.objects.filter(pk=ann.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert code(caller(ann).patch(url(review), {"body": "x"})) == (403, "suspended")
    assert Review.objects.get().body == "Steel and *rain*."


def test_what_breaks_a_rule_waits_and_only_its_author_sees_it(links_wait, ann, bob, heat, api):
    body = caller(ann).post(REVIEWS, {"body": "Buy at http://shop.example @bob"}).json()
    assert body["status"] == "held"
    where = f"{API}/reviews/{body['id']}"
    assert (caller(ann).get(where).status_code, caller(bob).get(where).status_code) == (200, 404)
    assert caller(ann).patch(where, {"body": "No link any more."}).json()["status"] == "held", "a moderator looks at it"
    assert not bob.notifications.exists()
    set_status(Review.objects.get(), Status.PUBLISHED)
    assert caller(bob).get(where).status_code == 200


def test_a_link_added_to_what_is_published_has_it_wait(links_wait, ann, review, api):
    assert caller(ann).patch(url(review), {"body": "www.shop.example"}).json()["status"] == "held"
    assert api.get(url(review)).status_code == 404


def test_one_who_has_been_here_for_a_while_may_link(links_wait, ann, heat):
    User.objects.filter(pk=ann.pk).update(joined_at=timezone.now() - timedelta(days=30))
    body = caller(User.objects.get(pk=ann.pk)).post(REVIEWS, {"body": "[x](http://a.example)"}).json()
    assert body["status"] == "published"


def test_what_a_moderator_decided_on_is_not_taken_away(ann, review):
    set_status(review, Status.HIDDEN)
    assert code(caller(ann).delete(url(review))) == (409, "decided")
    assert caller(ann).patch(url(review), {"body": "Milder."}).json()["status"] == "hidden"
    set_status(review, Status.REMOVED)
    assert code(caller(ann).patch(url(review), {"body": "x"})) == (409, "decided")
    assert code(caller(ann).delete(url(review))) == (409, "decided")


def test_a_film_that_is_not_held_is_fetched_to_be_reviewed(ann, tmdb):
    body = caller(ann).post(f"{API}/movies/603/reviews", NEW).json()
    assert body["movie"]["title"] == "The Matrix"
    assert caller(ann).post(f"{API}/movies/99999999/reviews", NEW).status_code == 404
    assert caller(ann).get(f"{API}/movies/99999999/reviews").status_code == 404


def test_a_review_of_a_film_that_has_become_another_is_of_that_one(ann, heat):
    from catalog.tests.films import make_movie

    old = make_movie(5, "Heat, once more")
    Movie.objects.filter(pk=5).update(merged_into=heat)
    assert write_review(author=ann, movie=old, body="x").movie_id == 949
    assert caller().get(f"{API}/movies/5/reviews").json()["results"]


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "12345"])
def test_what_is_not_there_is_not_found(ann, number):
    for method, more in (("get", ""), ("patch", ""), ("delete", ""), ("put", "/like"), ("get", "/comments")):
        assert getattr(caller(ann), method)(f"{API}/reviews/{number}{more}").status_code == 404
