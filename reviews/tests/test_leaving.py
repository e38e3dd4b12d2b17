"""What becomes of a member's ratings and texts when they are erased, and what they may take along."""

import io
import json
import zipfile

import pytest

from accounts import erasing, exports
from catalog.models import Movie
from catalog.tests.films import make_movie
from reviews.discussion import like_review, write_comment
from reviews.models import Comment, Like, Rating, Review, ReviewRevision
from reviews.services import edit_review, rate_movie, write_review
from reviews.tests.calls import assert_counts_are_right, assert_scores_are_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(ann, bob, heat):
    """Ann has done all there is to do, and bob has answered."""
    other = make_movie(5, "Film 5")
    rate_movie(user=ann, movie=other, value=2)
    rate_movie(user=bob, movie=other, value=8)
    hers = write_review(author=ann, movie=heat, body="=1+1", rating=9)
    edit_review(hers, body="Steel @bob.")
    his = write_review(author=bob, movie=heat, body="Rain.")
    like_review(review=his, user=ann)
    like_review(review=hers, user=bob)
    asked = write_comment(review=his, author=ann, body="Why?")
    write_comment(review=his, author=ann, body="How?")
    write_comment(review=his, author=bob, body="So.", parent_id=asked.pk)
    return ann


def test_what_others_count_is_right_afterwards(busy, bob):
    erasing.remove(busy)
    assert_scores_are_right()
    assert_counts_are_right()
    assert list(Rating.objects.values_list("user__username", "value")) == [("bob", 8)]
    assert list(Review.objects.values_list("author__username", "like_count", "comment_count")) == [("bob", 0, 1)]
    assert Comment.objects.get().parent is None, "what bob answered is his"
    assert not Like.objects.exists()
    assert not ReviewRevision.objects.exists()
    assert [told.kind for told in bob.notifications.all()] == []
    assert dict(Movie.objects.values_list("pk", "holder_count")) == {949: 1, 5: 1}


def test_who_was_counted_out_is_erased_all_the_same(busy):
    from reviews.scores import count_out

    count_out(busy)
    erasing.remove(busy)
    assert_scores_are_right()


def test_everything_is_in_the_archive(busy):
    with zipfile.ZipFile(io.BytesIO(exports.archive_of(busy))) as archive:
        held = json.loads(archive.read("data.json"))
        sheet = archive.read("earlier_reviews.csv").decode()
    assert [(row["movie__title"], row["value"]) for row in held["ratings"]] == [("Film 5", 2), ("Heat", 9)]
    assert [row["body"] for row in held["reviews"]] == ["Steel @bob."]
    assert [row["body"] for row in held["earlier_reviews"]] == ["=1+1"]
    assert [row["body"] for row in held["comments"]] == ["Why?", "How?"]
    assert len(held["likes"]) == 1
    assert "'=1+1" in sheet, "no spreadsheet takes it for a formula"
    assert {row["kind"] for row in held["notifications"]} == {"like", "answer"}
