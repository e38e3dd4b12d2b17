"""Who sees whose reviews, in which state: by the API's lists and by each by itself."""

import pytest

from accounts.models import Privacy, User
from accounts.tests.members import LEVELS, VIEWERS, make_member, make_viewer
from catalog.tests.films import make_movie
from reviews.models import Comment, Rating, Review, Status
from reviews.services import rate_movie, write_review
from reviews.standing import set_status
from reviews.tests.calls import API, REVIEWS, caller

pytestmark = pytest.mark.django_db
SEES = {
    Privacy.PUBLIC: {"owner", "friend", "follower", "followed", "waiting", "stranger", "anonymous", "staff"},
    Privacy.FOLLOWERS: {"owner", "friend", "follower"},
    Privacy.PRIVATE: {"owner"},
}


@pytest.fixture
def owned(heat):
    return write_review(author=make_member("owner"), movie=heat, body="Steel.")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_review_is_as_open_as_its_author_says(owned, viewer):
    rate_movie(user=owned.author, movie=owned.movie, value=9)
    client = caller(user := make_viewer(viewer, owned.author))
    for profile in LEVELS:
        for reviews in LEVELS:
            User.objects.filter(pk=owned.author_id).update(profile_privacy=profile, reviews_privacy=reviews)
            sees = viewer in SEES[Privacy(profile)] & SEES[Privacy(reviews)]
            assert client.get(f"{API}/reviews/{owned.pk}").status_code == (200 if sees else 404), (profile, reviews)
            assert len(client.get(REVIEWS).json()["results"]) == sees
            assert client.get(f"{API}/profiles/owner/reviews").status_code == (200 if sees else 404)
            assert Rating.objects.visible_to(user).exists() == sees


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_is_not_published_is_its_authors_and_what_is_moderated_staffs_too(owned, viewer):
    client = caller(make_viewer(viewer, owned.author))
    for status in Status:
        Review.objects.update(status=status)
        sees = viewer == "owner" or (viewer == "staff" and status != Status.DRAFT)
        sees = sees or (status == Status.PUBLISHED and viewer in SEES[Privacy.PUBLIC])
        assert client.get(f"{API}/reviews/{owned.pk}").status_code == (200 if sees else 404), status
        listed = status == Status.PUBLISHED and viewer in SEES[Privacy.PUBLIC]
        assert len(client.get(REVIEWS).json()["results"]) == listed, status


def test_staff_do_not_read_what_its_author_keeps_to_themselves(owned, staff):
    set_status(owned, Status.HIDDEN)
    User.objects.filter(pk=owned.author_id).update(reviews_privacy=Privacy.PRIVATE)
    assert caller(staff).get(f"{API}/reviews/{owned.pk}").status_code == 404


def test_who_has_left_is_read_no_more(owned, api):
    User.objects.filter(pk=owned.author_id).update(is_active=False)
    assert api.get(f"{API}/reviews/{owned.pk}").status_code == 404
    assert api.get(f"{API}/profiles/owner/reviews").status_code == 404


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_comment_is_as_open_as_its_author_says_and_reaches_whose_review_it_is(owned, viewer, bob):
    comment = Comment.objects.create(review=owned, author=bob, body="So it is.")
    client = caller(make_viewer(viewer, bob))
    for level in LEVELS:
        User.objects.filter(pk=bob.pk).update(reviews_privacy=level)
        found = client.get(f"{API}/reviews/{owned.pk}/comments").json()["results"]
        assert [row["id"] for row in found] == [comment.pk] * (viewer in SEES[Privacy(level)]), level
        assert len(caller(owned.author).get(f"{API}/reviews/{owned.pk}/comments").json()["results"]) == 1


def test_ones_own_reviews_are_listed_in_every_state(ann, bob, heat):
    for pk, status in ((1, Status.DRAFT), (2, Status.PUBLISHED)):
        write_review(author=ann, movie=make_movie(pk, f"Film {pk}"), body="x", status=status)
    write_review(author=bob, movie=heat, body="x")
    own = f"{API}/users/reviews"
    assert [row["status"] for row in caller(ann).get(own).json()["results"]] == ["published", "draft"]
    assert [row["movie"]["id"] for row in caller(ann).get(f"{own}?status=draft").json()["results"]] == [1]
    assert caller(ann).get(f"{own}?status=lost").status_code == 400
    assert caller().get(own).status_code == 401


def test_a_films_reviews_are_listed_in_two_orders_page_by_page(heat, api):
    reviews = [write_review(author=make_member(), movie=heat, body="x") for _ in range(5)]
    for likes, review in zip((3, 0, 7, 3, 1), reviews, strict=True):
        Review.objects.filter(pk=review.pk).update(like_count=likes)
    one, two, three, four, five = (review.pk for review in reviews)
    for ordering, expected in (("newest", [five, four, three, two, one]), ("liked", [three, four, one, five, two])):
        first = api.get(f"{REVIEWS}?ordering={ordering}&page_size=2").json()
        second = api.get(first["next"]).json()
        found = first["results"] + second["results"] + api.get(second["next"]).json()["results"]
        assert [row["id"] for row in found] == expected
        assert api.get(second["previous"]).json()["results"] == first["results"]
    for bad in ("ordering=best", "page_size=0", "cursor=x"):
        assert api.get(f"{REVIEWS}?{bad}").status_code == 400


def test_titles_are_in_the_readers_language(owned, api):
    from catalog.models import MovieTitle

    MovieTitle.objects.create(movie=owned.movie, language="fr", region="FR", title="Le Duel")
    for url in (REVIEWS, f"{API}/reviews/{owned.pk}"):
        body = api.get(url, headers={"accept-language": "fr"}).json()
        assert (body["results"][0] if "results" in body else body)["movie"]["title"] == "Le Duel"


def test_thirty_reviews_cost_as_many_queries_as_one(heat, bob, django_assert_num_queries):
    first = write_review(author=make_member(), movie=heat, body="x")
    for count in 1, 29:
        for _ in range(count):
            review = write_review(author=make_member(), movie=heat, body="x")
            Comment.objects.create(review=first, author=review.author, body="x")
        with django_assert_num_queries(2):  # the film, and its reviews
            assert caller(bob).get(f"{REVIEWS}?page_size=50").status_code == 200
        with django_assert_num_queries(2):  # the review, and its comments
            caller(bob).get(f"{API}/reviews/{first.pk}/comments?page_size=50")
