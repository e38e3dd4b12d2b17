"""What members do to one another at the same moment: counts stay right, and nobody waits in a circle."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from django.db import connection

from accounts import people
from accounts.models import Block, Follow, Mute, Privacy, User
from accounts.tests.members import assert_counts_are_right, counts, follow, make_member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*attempts: Callable[[], object]) -> list[BaseException]:
    """Starts all of them together; what went wrong."""
    start = threading.Barrier(len(attempts))

    def go(attempt: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            attempt()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return [fault for fault in (done.exception() for done in [pool.submit(go, one) for one in attempts]) if fault]


def test_two_who_follow_each_other_at_once_become_friends():
    for _ in range(5):
        one, other = make_member(), make_member()
        assert not at_once(lambda a=one, b=other: follow(a, b), lambda a=one, b=other: follow(b, a))
        assert counts(one, other) == [(1, 1), (1, 1)]


def test_the_same_follow_many_times_at_once_counts_once(ann, bob):
    assert not at_once(*[lambda: follow(ann, bob)] * 6)
    assert counts(ann, bob) == [(0, 1), (1, 0)]
    assert not at_once(*[lambda: people.unfollow(follower=ann, followed=bob)] * 6)
    assert counts(ann, bob) == [(0, 0), (0, 0)]


def test_many_who_follow_one_at_once_are_all_counted(ann):
    members = [make_member() for _ in range(8)]
    assert not at_once(*(lambda member=member: follow(member, ann) for member in members))
    assert counts(ann) == [(8, 0)]
    assert_counts_are_right()


def test_a_crowd_that_follows_and_unfollows_itself_is_counted_right():
    members = [make_member() for _ in range(5)]
    ways = list(permutations(members, 2))

    def stroll(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(25):
            follower, followed = dice.choice(ways)
            if dice.random() < 0.6:
                follow(follower, followed)
            else:
                people.unfollow(follower=follower, followed=followed)

    assert not at_once(*(lambda seed=seed: stroll(seed) for seed in range(6)))
    assert_counts_are_right()


def test_who_blocks_while_being_followed_is_followed_no_more(ann, bob):
    for _ in range(5):
        faults = at_once(
            lambda: follow(bob, ann),
            lambda: people.block(blocker=ann, blocked=bob),
            lambda: people.block(blocker=bob, blocked=ann),
        )
        # The follow came too late: it is refused as if it had come the next day.
        assert all(isinstance(fault, User.DoesNotExist | people.ValidationError) for fault in faults)
        assert not Follow.objects.exists()
        assert counts(ann, bob) == [(0, 0), (0, 0)]
        Block.objects.all().delete()


def test_the_same_block_or_mute_at_once_is_one(ann, bob):
    assert not at_once(*[lambda: people.mute(muter=ann, muted=bob)] * 4)
    assert not at_once(*[lambda: people.block(blocker=ann, blocked=bob)] * 4)
    assert (Mute.objects.count(), Block.objects.count()) == (1, 1)
    assert not at_once(*[lambda: people.unblock(blocker=ann, blocked=bob)] * 4)


def test_one_request_accepted_and_taken_back_at_once_ends_one_way(ann, bob):
    User.objects.filter(pk=bob.pk).update(profile_privacy=Privacy.FOLLOWERS)
    for _ in range(5):
        follow(ann, bob)
        faults = at_once(
            lambda: people.accept(follower=ann, followed=bob),
            lambda: people.accept(follower=ann, followed=bob),
            lambda: people.unfollow(follower=ann, followed=bob),
            lambda: people.refuse(follower=ann, followed=bob),
        )
        assert all(isinstance(fault, Follow.DoesNotExist) for fault in faults)
        assert_counts_are_right()
        people.unfollow(follower=ann, followed=bob)


def test_requests_that_come_while_all_are_accepted_are_counted_right(ann):
    """`ann` has the lowest id of some, and the highest of others, and all of them move at once."""
    early = [make_member() for _ in range(6)]
    late = make_member("late")
    for owner in ann, late:
        User.objects.filter(pk=owner.pk).update(profile_privacy=Privacy.FOLLOWERS)
        for member in early[:3]:
            follow(member, owner)
    faults = at_once(
        *(lambda owner=owner: people.accept_all_waiting(owner) for owner in (ann, late)),
        *(lambda member=member: follow(member, ann) for member in early[3:]),
        *(lambda member=member: follow(member, late) for member in early[3:]),
        lambda: people.unfollow(follower=early[0], followed=late),
    )
    assert not faults
    assert_counts_are_right()


def test_one_who_leaves_everyone_while_being_followed_leaves_the_counts_right(ann):
    others = [make_member() for _ in range(6)]
    for other in others[:3]:
        follow(other, ann)
        follow(ann, other)
    faults = at_once(
        lambda: people.part_from_all(ann),
        *(lambda other=other: follow(other, ann) for other in others[3:]),
        *(lambda other=other: follow(ann, other) for other in others[3:]),
        *(lambda other=other: people.unfollow(follower=other, followed=ann) for other in others[:2]),
    )
    assert not faults
    assert_counts_are_right()
