"""A film merged into another: ratings and reviews of both are kept, and one of each is left to a member."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Movie
from catalog.sync.merging import merge
from catalog.tests.films import make_movie
from reviews.discussion import like_review, write_comment
from reviews.models import Comment, Like, Rating, Review, ReviewRevision, Score, Status
from reviews.services import rate_movie, write_review
from reviews.tests.calls import assert_counts_are_right, assert_scores_are_right, make_members

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1)


@pytest.fixture
def old(heat):
    return make_movie(5, "Heat, once more")


def merged() -> None:
    merge(5, 949, timezone.now())
    assert_scores_are_right()
    assert_counts_are_right()


def test_ratings_move_and_the_score_is_exact(old, heat, ann, bob):
    rate_movie(user=ann, movie=old, value=4)
    rate_movie(user=bob, movie=heat, value=9)
    merged()
    assert dict(Rating.objects.values_list("user__username", "movie")) == {"ann": 949, "bob": 949}
    movie = Movie.objects.get(pk=949)
    assert (movie.rating_total, movie.rating_count, movie.holder_count) == (13, 2, 2)
    assert Score.objects.get().pk == 949


def test_of_two_ratings_by_one_member_the_later_stays(old, heat, ann, bob):
    for member, films in ((ann, (old, heat)), (bob, (heat, old))):
        for value, film in zip((3, 8), films, strict=True):
            rate_movie(user=member, movie=film, value=value)
    merged()
    assert list(Rating.objects.values_list("value", flat=True)) == [8, 8]
    assert Movie.objects.get(pk=949).rating_total == 16


def test_a_rating_that_does_not_count_is_not_counted_afterwards_either(old, heat, ann, bob):
    rate_movie(user=ann, movie=old, value=3)
    rate_movie(user=ann, movie=heat, value=8)
    rate_movie(user=bob, movie=old, value=8)
    from reviews.scores import count_out

    count_out(ann)
    merged()
    assert Movie.objects.get(pk=949).rating_count == 1


def test_reviews_move_with_likes_and_comments(old, ann, bob):
    review = write_review(author=ann, movie=old, body="x")
    like_review(review=review, user=bob)
    write_comment(review=review, author=bob, body="y")
    merged()
    review.refresh_from_db()
    assert (review.movie_id, review.like_count, review.comment_count) == (949, 1, 1)


@pytest.mark.parametrize("later", ["old", "new"])
def test_of_two_reviews_by_one_member_the_later_stays_and_the_other_is_its_history(old, heat, ann, later):
    first = write_review(author=ann, movie=old, body="old")
    second = write_review(author=ann, movie=heat, body="new", contains_spoilers=True)
    shift = LATER if later == "old" else -LATER
    Review.objects.filter(pk=first.pk).update(published_at=second.published_at + shift)
    members = make_members(3)
    for member, reviews in zip(members, ([first], [second], [first, second]), strict=True):
        for review in reviews:
            like_review(review=review, user=member)
            write_comment(review=review, author=member, body=review.body)
    merged()
    kept, lost = Review.objects.get(), ReviewRevision.objects.get()
    assert (kept.body, lost.body) == (later, {"old": "new", "new": "old"}[later])
    assert kept.contains_spoilers is (later == "new")
    assert lost.contains_spoilers is (later == "old")
    assert (kept.html, kept.movie_id, kept.like_count, kept.comment_count) == (f"<p>{later}</p>\n", 949, 3, 4)
    assert (Like.objects.count(), Comment.objects.count()) == (3, 4)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HELD, Status.HIDDEN, Status.REMOVED])
@pytest.mark.parametrize("published", [5, 949])
def test_what_is_published_stays_before_what_is_not(old, heat, ann, status, published):
    for film in old, heat:
        write_review(author=ann, movie=film, body=f"{film.pk}")
    Review.objects.exclude(movie=published).update(status=status, published_at=timezone.now() + LATER)
    merged()
    assert Review.objects.get(status=Status.PUBLISHED).body == f"{published}"
    assert ReviewRevision.objects.get().body != f"{published}"


def test_merging_back_takes_everything_along(old, heat, ann, bob):
    rate_movie(user=ann, movie=old, value=4)
    write_review(author=bob, movie=old, body="x", rating=7)
    merged()
    merge(949, 5, timezone.now())
    assert_scores_are_right()
    assert Movie.objects.get(pk=5).rating_total == 11
    assert Review.objects.get().movie_id == 5
