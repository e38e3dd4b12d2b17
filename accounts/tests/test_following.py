"""Following, blocking and muting, and what it does to the counts."""

import pytest
from django.core.exceptions import ValidationError

from accounts import people
from accounts.models import Block, Follow, Mute, Privacy, User
from accounts.tests.members import assert_counts_are_right, befriend, counts, follow, make_member

pytestmark = pytest.mark.django_db
NOTHING = (0, 0)


def close(member: User, level: str = Privacy.FOLLOWERS) -> None:
    User.objects.filter(pk=member.pk).update(profile_privacy=level)


def test_following_a_public_profile_counts_at_once_and_once(ann, bob):
    for _ in range(2):
        assert follow(ann, bob).is_accepted
    assert Follow.objects.count() == 1
    assert counts(ann, bob) == [(0, 1), (1, 0)]


def test_each_way_is_its_own(ann, bob):
    follow(ann, bob)
    follow(bob, ann)
    assert counts(ann, bob) == [(1, 1), (1, 1)]
    people.unfollow(follower=ann, followed=bob)
    assert counts(ann, bob) == [(1, 0), (0, 1)]


def test_unfollowing_twice_counts_once(ann, bob):
    follow(ann, bob)
    for _ in range(2):
        people.unfollow(follower=ann, followed=bob)
    assert counts(ann, bob) == [NOTHING, NOTHING]
    assert not Follow.objects.exists()


def test_following_a_profile_for_followers_waits_and_does_not_count(ann, bob):
    close(bob)
    for _ in range(2):
        assert not follow(ann, bob).is_accepted
    assert counts(ann, bob) == [NOTHING, NOTHING]


def test_the_setting_counts_as_it_is_now_and_not_as_it_was_read(ann, bob):
    close(bob)
    assert bob.profile_privacy == Privacy.PUBLIC
    assert not follow(ann, bob).is_accepted


def test_accepting_counts_once_and_makes_it_the_newest(ann, bob):
    close(bob)
    asked_at = follow(ann, bob).created_at
    first = people.accept(follower=ann, followed=bob)
    again = people.accept(follower=ann, followed=bob)
    assert asked_at < first.created_at == again.created_at
    assert counts(ann, bob) == [(0, 1), (1, 0)]


def test_nobody_is_accepted_who_did_not_ask(ann, bob):
    follow(bob, ann)
    with pytest.raises(Follow.DoesNotExist):
        people.accept(follower=ann, followed=bob)


def test_refusing_ends_the_request_and_nothing_else(ann, bob):
    close(bob)
    follow(ann, bob)
    for _ in range(2):
        people.refuse(follower=ann, followed=bob)
    assert not Follow.objects.exists()
    follow(ann, bob)
    people.accept(follower=ann, followed=bob)
    people.refuse(follower=ann, followed=bob)
    assert counts(ann, bob) == [(0, 1), (1, 0)]


def test_taking_a_request_back_moves_no_count(ann, bob):
    close(bob)
    follow(ann, bob)
    people.unfollow(follower=ann, followed=bob)
    assert not Follow.objects.exists()
    assert counts(ann, bob) == [NOTHING, NOTHING]


def test_who_follows_already_goes_on_when_followers_are_chosen(ann, bob):
    follow(ann, bob)
    close(bob)
    assert follow(ann, bob).is_accepted
    assert counts(ann, bob) == [(0, 1), (1, 0)]


def test_a_request_is_accepted_by_asking_again_once_the_profile_is_public(ann, bob):
    close(bob)
    follow(ann, bob)
    close(bob, Privacy.PUBLIC)
    assert follow(ann, bob).is_accepted
    assert counts(ann, bob) == [(0, 1), (1, 0)]


def test_whoever_waits_is_accepted_at_once_when_the_profile_becomes_public(ann, bob, django_assert_max_num_queries):
    eve = make_member("eve")
    follow(eve, ann)
    close(ann)
    asking = [bob, *(make_member() for _ in range(20))]
    for member in asking:
        follow(member, ann)
    with django_assert_max_num_queries(9):
        assert people.accept_all_waiting(ann) == 21
    assert people.accept_all_waiting(ann) == 0
    assert counts(ann, eve, *asking) == [(22, 0), *[(0, 1)] * 22]
    assert_counts_are_right()


@pytest.mark.parametrize("level", [Privacy.PUBLIC, Privacy.FOLLOWERS])
def test_blocking_ends_what_was_between_the_two(ann, bob, level):
    close(bob, level)
    follow(ann, bob)
    follow(bob, ann)
    for _ in range(2):
        people.block(blocker=ann, blocked=bob)
    assert Block.objects.count() == 1
    assert not Follow.objects.exists()
    assert counts(ann, bob) == [NOTHING, NOTHING]


def test_blocking_leaves_the_others_alone(ann, bob):
    eve = make_member("eve")
    for one, other in ((ann, bob), (bob, ann), (eve, ann), (bob, eve)):
        follow(one, other)
    people.block(blocker=ann, blocked=bob)
    assert counts(ann, bob, eve) == [(1, 0), (0, 1), (1, 1)]
    assert_counts_are_right()


def test_unblocking_brings_nothing_back(ann, bob):
    follow(ann, bob)
    people.block(blocker=bob, blocked=ann)
    for _ in range(2):
        people.unblock(blocker=bob, blocked=ann)
    assert not Block.objects.exists()
    assert counts(ann, bob) == [NOTHING, NOTHING]
    assert follow(ann, bob).is_accepted


def test_each_may_block_the_other(ann, bob):
    people.block(blocker=ann, blocked=bob)
    people.block(blocker=bob, blocked=ann)
    people.unblock(blocker=ann, blocked=bob)
    assert list(Block.objects.values_list("blocker", "blocked")) == [(bob.pk, ann.pk)]


def test_nobody_follows_across_a_block(ann, bob):
    people.block(blocker=ann, blocked=bob)
    with pytest.raises(User.DoesNotExist):
        follow(bob, ann)
    with pytest.raises(ValidationError, match="You block them"):
        follow(ann, bob)
    assert not Follow.objects.exists()


@pytest.mark.parametrize("columns", [{"profile_privacy": "private"}, {"is_active": False}])
def test_nobody_follows_who_is_hidden(ann, columns):
    with pytest.raises(User.DoesNotExist):
        follow(ann, make_member(**columns))


def test_nobody_is_tied_to_one_who_is_gone(ann, bob):
    gone = User.objects.get(pk=bob.pk)
    bob.delete()
    for attempt in (
        lambda: follow(ann, gone),
        lambda: people.block(blocker=ann, blocked=gone),
        lambda: people.mute(muter=ann, muted=gone),
    ):
        with pytest.raises(User.DoesNotExist):
            attempt()


def test_nobody_is_tied_to_themselves(ann):
    for attempt in (
        lambda: follow(ann, ann),
        lambda: people.block(blocker=ann, blocked=ann),
        lambda: people.mute(muter=ann, muted=ann),
        lambda: people.accept(follower=ann, followed=ann),
    ):
        with pytest.raises(ValidationError, match="This is you"):
            attempt()


def test_muting_twice_is_once_and_touches_no_follow(ann, bob):
    follow(ann, bob)
    for _ in range(2):
        people.mute(muter=ann, muted=bob)
    assert Mute.objects.count() == 1
    assert counts(ann, bob) == [(0, 1), (1, 0)]
    for _ in range(2):
        people.unmute(muter=ann, muted=bob)
    assert not Mute.objects.exists()


def test_one_who_is_erased_is_taken_out_of_the_counts_of_the_others(ann, bob):
    eve = make_member("eve")
    for one, other in ((ann, bob), (bob, ann), (eve, ann), (ann, eve), (bob, eve)):
        follow(one, other)
    close(ann)
    follow(make_member("zed"), ann)
    people.part_from_all(ann)
    people.part_from_all(ann)
    assert counts(ann, bob, eve) == [NOTHING, (0, 1), (1, 0)]
    assert not Follow.objects.filter(is_accepted=False).exists()
    ann.delete()
    assert_counts_are_right()


def test_a_count_that_is_too_small_keeps_nobody_from_blocking(ann, bob):
    befriend(ann, bob)  # past the services, and so not counted
    people.block(blocker=ann, blocked=bob)
    assert counts(ann, bob) == [NOTHING, NOTHING]


def test_following_costs_the_same_however_many_do(ann, bob, django_assert_max_num_queries):
    for _ in range(10):
        follow(make_member(), ann)
    with django_assert_max_num_queries(11):
        follow(bob, ann)
    assert counts(ann)[0][0] == 11
