"""What breaks a rule waits for a moderator, who is told which rule, and what in the text broke it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.members import make_member
from catalog.search.words import normalise
from catalog.tests.films import make_movie
from reviews.holds import broken
from reviews.models import Case, Comment, HeldWord, HoldRule, Review
from reviews.services import edit_review, write_review
from reviews.tests.moderating import Kind, decided, make_comment, make_moderator, make_review, status_of

pytestmark = pytest.mark.django_db
LINK = "See https://example.org/offer"


@pytest.fixture
def old(db):
    member = make_member("old")
    User.objects.filter(pk=member.pk).update(joined_at=timezone.now() - timedelta(days=30))
    return User.objects.get(pk=member.pk)


def word(text):
    return HeldWord.objects.create(word=text, folded=normalise(text))


def rule_of(author, text):
    found = broken(author, text, timezone.now())
    return found and (found.rule, found.found)


def test_links_of_new_accounts_and_not_of_old_ones_nor_of_staff(ann, old, staff):
    assert rule_of(ann, LINK) == ("links", "1 links")
    assert rule_of(ann, "No link here.") is None
    assert rule_of(old, LINK) is None
    assert rule_of(staff, LINK) is None


def test_a_new_account_that_writes_much(ann, old):
    review = make_review(old)
    for number in range(10):
        make_comment(ann, review, f"Comment {number}")
        make_comment(old, review, f"Comment {number}")
    assert rule_of(ann, "One more.") == ("rate", "11 in an hour")
    assert rule_of(old, "One more.") is None
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert rule_of(ann, "One more.") is None


def test_the_same_text_again_whatever_its_capitals(old):
    make_review(old, 1, "Watch it on MY site!")
    assert rule_of(old, "watch it on my site") is None
    make_review(old, 2, "Watch it on my site.")
    assert rule_of(old, "watch it on my site") == ("repeated", "3 times")
    assert rule_of(old, "🔥🔥") is None


@pytest.mark.parametrize(
    ("held", "text", "is_held"),
    [
        ("casino", "Play at our Casíno!", True),
        ("casino", "He owns casinos.", False),
        ("free money", "FREE, money", True),
        ("赌场", "来我们的赌场玩", True),
        ("казино", "Моё КАЗИНО", True),
    ],
)
def test_words_of_the_list(old, held, text, is_held):
    word(held)
    assert rule_of(old, text) == (("words", held) if is_held else None)


def test_a_rule_that_is_off_holds_nothing(ann):
    HoldRule.objects.update(is_on=False)
    assert rule_of(ann, LINK) is None


def test_a_text_is_not_compared_with_itself(old):
    HoldRule.objects.filter(kind="repeated").update(limit=2)
    review = make_review(old, body="As it was.")
    assert edit_review(review, body="As it was!").status == "published"


def test_what_is_held_is_seen_by_its_author_alone_until_it_is_released(ann, bob):
    review = write_review(author=ann, movie=make_movie(949, "Heat"), body=LINK)
    case = Case.objects.get()
    assert (review.status, case.held_by, case.held_for) == ("held", "links", "1 links")
    assert [Review.objects.visible_to(viewer).exists() for viewer in (ann, bob)] == [True, False]
    mod = make_moderator()
    decision = decided(case, Kind.WARN, mod)
    assert Case.objects.open().exists(), "it still waits"
    decided(case, Kind.DISMISS, mod)
    assert status_of(review) == "published"
    assert not Case.objects.open().exists()
    assert decision.member == ann


def test_an_edit_that_breaks_a_rule_again_is_held_again(ann):
    review = write_review(author=ann, movie=make_movie(949, "Heat"), body=LINK)
    mod = make_moderator()
    decided(Case.objects.get(), Kind.DISMISS, mod)
    review.refresh_from_db()
    edit_review(review, body=LINK + "/2")
    assert (status_of(review), Case.objects.open().count()) == ("held", 1)
