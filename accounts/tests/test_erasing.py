"""Members who left are erased when their time is up, with all that is told of in the table."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from accounts import api_keys, erasing, own
from accounts.models import Block, Follow, Session, User
from accounts.tasks import tidy_up
from accounts.tests.calls import call, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


def relations():
    """Every foreign key to a member there is, also those that Django makes by itself."""
    models = [model for model in apps.get_models(include_auto_created=True) if ".tests." not in model.__module__]
    for model in models:
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model is User and not field.many_to_many:
                yield f"{model._meta.label}.{field.name}"


def test_the_table_tells_of_every_relation_to_a_member():
    assert set(erasing.TABLE) == set(relations())


@pytest.fixture
def left(ann, bob, staff):
    Follow.objects.create(follower=ann, followed=bob)
    Follow.objects.create(follower=bob, followed=ann)
    Follow.objects.create(follower=ann, followed=staff, is_accepted=False)
    User.objects.update(follower_count=1, following_count=1)
    Block.objects.create(blocker=staff, blocked=ann)
    api_keys.make(user=ann, name="x", can_write=False)
    tokens = sign_in("ann")
    own.leave(ann)
    return tokens


def test_until_then_nothing_is_erased(left, ann):
    tidy_up()
    assert User.objects.filter(pk=ann.pk).exists()


def test_then_everything_is(left, ann, bob, staff):
    User.objects.filter(pk=ann.pk).update(erased_from=timezone.now() - timedelta(seconds=1))
    tidy_up()
    assert set(User.objects.values_list("username", flat=True)) == {"bob", "staff"}
    for label in erasing.TABLE:
        model, _, field = label.rpartition(".")
        assert not apps.get_model(model).objects.filter(**{f"{field}_id": ann.pk}).exists(), label
    assert call("get", "users/profile", access=left["access"]).status_code == 401


def test_what_others_count_is_right_afterwards(left, ann, bob, staff):
    User.objects.filter(pk=ann.pk).update(erased_from=timezone.now() - timedelta(seconds=1))
    tidy_up()
    bob.refresh_from_db()
    staff.refresh_from_db()
    assert (bob.follower_count, bob.following_count) == (0, 0)
    assert (staff.follower_count, staff.following_count) == (1, 1), "one who was never accepted was never counted"


def test_one_who_stayed_is_not_erased(left, ann):
    now = timezone.now()
    User.objects.filter(pk=ann.pk).update(erased_from=now - timedelta(seconds=1))
    own.stay(ann)
    assert not erasing.erase(ann.pk, now)
    assert User.objects.filter(pk=ann.pk).exists()


def test_twice_is_once(left, ann):
    now = timezone.now()
    User.objects.filter(pk=ann.pk).update(erased_from=now - timedelta(seconds=1))
    assert [erasing.erase(ann.pk, now) for _ in range(2)] == [True, False]


def test_sessions_of_long_ago_are_forgotten(bob):
    sign_in("bob")
    sign_in("bob")
    old = Session.objects.first()
    Session.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=31))
    tidy_up()
    assert Session.objects.count() == 1
