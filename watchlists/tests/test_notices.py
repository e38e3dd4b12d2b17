"""Whom the library tells, once, and whom it does not."""

import pytest

from accounts.models import Block, Mute
from accounts.tests.members import make_member
from notifications.models import Notification
from watchlists import lists, sharing
from watchlists.tests.calls import API, HISTORY, LISTS, faults

pytestmark = pytest.mark.django_db


def told(client):
    return [(row["kind"], row["text"], row["url"]) for row in client.get(f"{API}/notifications").json()["results"]]


def test_who_is_named_at_a_viewing_is_told_once(as_ann, as_bob, bob, heat):
    url = f"{HISTORY}/{as_ann.post(HISTORY, {'movie_id': 949, 'companions': ['bob']}).json()['id']}"
    for companions in (["bob"], [], ["bob"]):
        as_ann.patch(url, {"companions": companions, "note": "Again."})
    assert told(as_bob) == [("companion", "ann saw Heat with you.", "/members/ann/diary")]
    assert told(as_ann) == []


def test_who_is_asked_to_share_in_a_list_is_told_once(as_ann, as_bob, ann, bob):
    made = lists.make(owner=ann, name="Heists {braces}", visibility="private")
    for role in ("viewer", "editor"):
        as_ann.put(f"{LISTS}/{made.pk}/collaborators/bob", {"role": role})
    asked = ("list_invitation", "ann asks you to share in the list Heists {braces}.", f"/lists/{made.pk}")
    assert told(as_bob) == [asked]


@pytest.mark.parametrize("tie", [Mute(), Block()])
def test_who_would_rather_not_hear_is_not_told(as_ann, ann, bob, heat, tie):
    if isinstance(tie, Mute):
        Mute.objects.create(muter=bob, muted=ann)
        assert as_ann.post(HISTORY, {"movie_id": 949, "companions": ["bob"]}).status_code == 201
    else:
        Block.objects.create(blocker=bob, blocked=ann)
        assert faults(as_ann.post(HISTORY, {"movie_id": 949, "companions": ["bob"]})) == [("companions", "unknown")]
    sharing.invite(lists.make(owner=ann, name="x"), member=bob)
    assert not Notification.objects.exists()


def test_in_the_readers_own_mailbox_only(as_ann, as_bob, bob, heat):
    make_member("eve")
    as_ann.post(HISTORY, {"movie_id": 949, "companions": ["bob", "eve"]})
    assert len(told(as_bob)) == 1
    assert Notification.objects.count() == 2
