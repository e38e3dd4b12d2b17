"""The feed tells nothing that may not be seen when it is read, however it stood when it was done."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from accounts import people
from accounts.models import Block, Follow, Mute, User
from accounts.tests.members import LEVELS, make_member
from activity.tests.rows import NOON, film, follow, love, make_list, put, rate, review, watch
from activity.tests.test_feed import feed
from reviews.models import Review, Status
from watchlists.models import Collaborator, List, Visibility

pytestmark = pytest.mark.django_db
LONG_BEFORE = NOON - timedelta(days=30)
OF_COLUMN = {
    "reviews_privacy": {"rating", "review"},
    "history_privacy": {"viewing"},
    "favorites_privacy": {"favorite"},
}
KINDS = {"rating", "review", "viewing", "favorite", "list", "list_items", "follow"}


@pytest.fixture
def followed(ann, bob):
    """Bob, who has done something of every kind."""
    follow(ann, bob)
    movie = film()
    for write in (rate, review, watch, love):
        write(bob, movie)
    make_list(bob)
    put(make_list(bob, created_at=LONG_BEFORE), movie)
    follow(bob, make_member("eve"), created_at=NOON)
    return bob


def kinds(viewer) -> set[str]:
    return {item["kind"] for item in feed(viewer)}


def test_a_follower_is_told_of_all_that_is_open(ann, followed):
    assert kinds(ann) == KINDS


def test_others_are_told_nothing(followed, bob):
    assert kinds(bob) == kinds(make_member()) == set()


@pytest.mark.parametrize(("column", "level"), list(product([*OF_COLUMN, "watchlist_privacy"], LEVELS)))
def test_what_a_member_closes_is_told_no_more(ann, followed, column, level):
    User.objects.filter(pk=followed.pk).update(**{column: level})
    closed = OF_COLUMN.get(column, set()) if level == "private" else set()
    assert kinds(ann) == KINDS - closed


@pytest.mark.parametrize("level", LEVELS)
def test_of_a_private_profile_nothing_is_told(ann, followed, level):
    User.objects.filter(pk=followed.pk).update(profile_privacy=level)
    assert kinds(ann) == (set() if level == "private" else KINDS)


def test_who_waits_to_be_accepted_is_told_nothing_even_of_what_is_public(ann, followed):
    Follow.objects.filter(follower=ann).update(is_accepted=False)
    assert kinds(ann) == set()


def test_nothing_is_told_after_one_unfollowed(ann, followed):
    people.unfollow(follower=ann, followed=followed)
    assert kinds(ann) == set()


def test_nothing_is_told_of_whom_one_mutes_until_one_does_no_more(ann, followed):
    Mute.objects.create(muter=ann, muted=followed)
    assert kinds(ann) == set()
    people.unmute(muter=ann, muted=followed)
    assert kinds(ann) == KINDS
    Mute.objects.create(muter=followed, muted=ann)
    assert kinds(ann) == KINDS


def test_nothing_is_told_across_a_block_whichever_way_it_goes(ann, followed):
    for one, other in ((ann, followed), (followed, ann)):
        block = Block.objects.create(blocker=one, blocked=other)
        assert kinds(ann) == set()
        block.delete()
    assert kinds(ann) == KINDS


@pytest.mark.parametrize("columns", [{"is_active": False}, {"erased_from": timezone.now() + timedelta(days=14)}])
def test_nothing_is_told_of_who_leaves(ann, followed, columns):
    User.objects.filter(pk=followed.pk).update(**columns)
    assert kinds(ann) == set()


@pytest.mark.parametrize("status", Status.values)
def test_a_review_is_told_of_only_while_it_is_published(ann, followed, status):
    Review.objects.update(status=status)
    assert kinds(ann) == KINDS - (set() if status == "published" else {"review"})


@pytest.mark.parametrize("visibility", Visibility.values)
def test_a_list_is_told_of_to_those_who_may_open_it(ann, followed, visibility):
    List.objects.update(visibility=visibility)
    is_open = visibility in ("public", "followers")
    assert kinds(ann) == KINDS - (set() if is_open else {"list", "list_items"})


def test_a_list_that_one_is_asked_to_share_in_is_no_news_while_it_is_private(ann, followed):
    List.objects.update(visibility="private")
    for made in List.objects.all():
        Collaborator.objects.create(list=made, member=ann)
    assert kinds(ann) == KINDS - {"list", "list_items"}


@pytest.mark.parametrize("way", ["private", "left", "blocks", "blocked"])
def test_whom_a_member_followed_is_not_named_where_one_may_not_know_of_them(ann, followed, way):
    eve = User.objects.get(username="eve")
    if way == "private":
        User.objects.filter(pk=eve.pk).update(profile_privacy="private")
    elif way == "left":
        User.objects.filter(pk=eve.pk).update(is_active=False)
    else:
        one, other = (eve, ann) if way == "blocks" else (ann, eve)
        Block.objects.create(blocker=one, blocked=other)
    assert kinds(ann) == KINDS - {"follow"}


def test_many_who_keep_their_acts_to_themselves_leave_room_for_others(ann, followed, django_assert_max_num_queries):
    for minute in range(70):
        member = make_member(history_privacy="private")
        follow(ann, member)
        watch(member, film(), created_at=NOON + timedelta(minutes=minute))
    with django_assert_max_num_queries(20):
        assert kinds(ann) == KINDS
