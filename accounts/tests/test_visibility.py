"""Who may see what: every kind of viewer, every setting, every kind of thing."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import ApiKey, Block, Follow, Mute, OwnedQuerySet, User
from accounts.tests.members import API, LEVELS, SCANS, VIEWERS, befriend, caller, make_member, make_viewer, planned

pytestmark = pytest.mark.django_db
COLUMNS = ("watchlist_privacy", "history_privacy", "favorites_privacy", "reviews_privacy")
# Who sees what is open so far, whoever is asking; staff see what members see.
MAY_SEE = {
    "public": {"owner", "friend", "follower", "followed", "waiting", "stranger", "anonymous", "staff"},
    "followers": {"owner", "friend", "follower"},
    "private": {"owner"},
}
# Whose name is shown at least: one may ask to follow where followers are chosen.
SHOWN = {
    "public": MAY_SEE["public"] | {"blocker"},
    "followers": MAY_SEE["public"] | {"blocker"},
    "private": {"owner"},
}
LISTS = ("followers", "following", "friends")


def owned_by(column: str) -> OwnedQuerySet:
    """Keys stand in for the things of later apps, which too have a `user`."""
    kind = type("Things", (OwnedQuerySet,), {"privacy": (f"user__{column}",)})
    return kind(ApiKey)


@pytest.mark.parametrize(("viewer", "level"), list(product(VIEWERS, LEVELS)))
def test_a_profile_is_for_those_whom_its_owner_chose(viewer, level):
    owner = make_member(profile_privacy=level)
    seen = User.objects.visible_to(make_viewer(viewer, owner)).filter(pk=owner.pk)
    assert seen.exists() is (viewer in MAY_SEE[level])


@pytest.mark.parametrize(("viewer", "level"), list(product(VIEWERS, LEVELS)))
def test_over_http_too_where_strangers_see_a_card_of_what_is_for_followers(viewer, level):
    owner = make_member("owner", profile_privacy=level, bio="Mostly noir.")
    response = caller(make_viewer(viewer, owner)).get(f"{API}/profiles/OWNER")
    assert response.status_code == (200 if viewer in SHOWN[level] else 404)
    if response.status_code == 200:
        body = response.json()
        assert body["bio"] == ("Mostly noir." if viewer in MAY_SEE[level] else None)
        assert (body["joined_at"] is not None) is (viewer in MAY_SEE[level])
        assert body["is_private"] is (level != "public")


@pytest.mark.parametrize(("viewer", "level", "name"), list(product(VIEWERS, LEVELS, LISTS)))
def test_the_lists_of_a_profile_are_for_those_who_see_all_of_it(viewer, level, name):
    owner = make_member("owner", profile_privacy=level)
    response = caller(make_viewer(viewer, owner)).get(f"{API}/profiles/owner/{name}")
    assert response.status_code == (200 if viewer in MAY_SEE[level] else 404)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_thing_is_as_open_as_the_narrower_of_its_own_setting_and_the_profile(viewer, column):
    for profile, thing in product(LEVELS, LEVELS):
        owner = make_member(profile_privacy=profile, **{column: thing})
        key = ApiKey.objects.create(user=owner, name="Stands in", secret_hash=f"{owner.pk}")
        seen = owned_by(column).visible_to(make_viewer(viewer, owner)).filter(pk=key.pk)
        assert seen.exists() is (viewer in MAY_SEE[profile] & MAY_SEE[thing]), (profile, thing)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_setting_of_the_things_own_counts_too(viewer):
    """A member stands in for a thing that has a column of its own."""
    kind = type("Things", (OwnedQuerySet,), {"owner": "", "privacy": ("watchlist_privacy", "history_privacy")})
    for first, second in product(LEVELS, LEVELS):
        owner = make_member(watchlist_privacy=first, history_privacy=second)
        seen = kind(User).visible_to(make_viewer(viewer, owner)).filter(pk=owner.pk)
        assert seen.exists() is (viewer in MAY_SEE[first] & MAY_SEE[second]), (first, second)


@pytest.mark.parametrize("columns", [{"is_active": False}, {"erased_from": timezone.now() + timedelta(days=14)}])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_who_leaves_is_seen_by_themselves_alone(viewer, columns):
    owner = make_member(**columns)
    key = ApiKey.objects.create(user=owner, name="Stands in", secret_hash="x")
    asking = make_viewer(viewer, owner)
    is_own = viewer == "owner"
    assert User.objects.visible_to(asking).filter(pk=owner.pk).exists() is is_own
    assert User.objects.findable_by(asking).filter(pk=owner.pk).exists() is is_own
    assert owned_by("reviews_privacy").visible_to(asking).filter(pk=key.pk).exists() is is_own


def test_all_is_asked_in_one_statement_and_each_thing_is_there_once(ann, django_assert_num_queries):
    owners = [make_member(profile_privacy="followers") for _ in range(3)]
    for owner in owners:
        befriend(owner, ann)
        for number in range(2):
            ApiKey.objects.create(user=owner, name="Stands in", secret_hash=f"{owner.pk}-{number}")
    with django_assert_num_queries(1):
        assert len(owned_by("watchlist_privacy").visible_to(ann)) == 6


def test_what_is_asked_goes_through_indexes(ann):
    plan = planned(User.objects.visible_to(ann).named("ann"))
    assert not SCANS.search(plan), plan


def test_a_block_counts_whichever_way_it_goes_and_however_else_they_are_tied(ann, bob):
    befriend(ann, bob)
    for blocker, blocked in ((ann, bob), (bob, ann)):
        block = Block.objects.create(blocker=blocker, blocked=blocked)
        assert not User.objects.visible_to(ann).filter(pk=bob.pk).exists()
        assert not User.objects.visible_to(bob).filter(pk=ann.pk).exists()
        block.delete()
    assert User.objects.visible_to(ann).filter(pk=bob.pk).exists()


def test_nobody_known_is_not_taken_for_the_owner_of_anything(db):
    make_member(profile_privacy="private")
    assert not User.objects.visible_to(AnonymousUser()).exists()


def test_another_path_leads_to_the_owner_as_well(ann, bob):
    kind = type("Ties", (OwnedQuerySet,), {"owner": "followed"})
    Follow.objects.create(follower=ann, followed=bob)
    User.objects.filter(pk=bob.pk).update(profile_privacy="followers")
    assert kind(Follow).visible_to(ann).count() == 1
    assert kind(Follow).visible_to(make_member()).count() == 0


def test_what_one_would_rather_not_hear_of_can_be_left_out(ann, bob):
    ApiKey.objects.create(user=bob, name="Stands in", secret_hash="x")
    things = owned_by("watchlist_privacy")
    assert things.unmuted_by(ann).count() == things.unmuted_by(AnonymousUser()).count() == 1
    Mute.objects.create(muter=ann, muted=bob)
    assert things.unmuted_by(ann).count() == 0
    assert things.visible_to(ann).count() == things.unmuted_by(bob).count() == 1


@pytest.mark.parametrize("tie", ["follower", "waiting", "followed", "blocker", "muted", "friend"])
def test_whom_one_is_tied_to_can_be_named_also_when_hidden(tie):
    owner = make_member("owner", profile_privacy="private")
    viewer = make_viewer(tie, owner)
    if tie == "muted":
        Mute.objects.create(muter=viewer, muted=owner)
    assert not User.objects.shown_to(viewer).named("owner").exists()
    assert User.objects.tied_to(viewer).named("owner").exists()
    assert not User.objects.tied_to(make_member()).named("owner").exists()
