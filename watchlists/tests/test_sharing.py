"""Lists made together, and viewings at which another is named."""

import pytest

from accounts.models import Block, User
from accounts.tests.members import make_member
from watchlists import diary, lists, sharing
from watchlists.models import Collaborator, Companion
from watchlists.tests.calls import API, HISTORY, LISTS, USERS, caller, faults, ids

pytestmark = pytest.mark.django_db
NAMED = f"{USERS}/companionships"


@pytest.fixture
def secret(ann):
    return lists.make(owner=ann, name="Between us", visibility="private")


@pytest.fixture
def url(secret):
    return f"{LISTS}/{secret.pk}"


class TestCollaborators:
    def test_one_is_asked_accepts_edits_and_leaves(self, as_ann, as_bob, url, heat):
        assert as_bob.get(url).status_code == 404
        assert as_ann.put(f"{url}/collaborators/BOB").status_code == 201
        (row,) = as_bob.get(f"{LISTS}/shared").json()["results"]
        assert (row["name"], row["role"], row["accepted"], row["key"]) == ("Between us", "editor", False, None)
        assert as_bob.post(f"{url}/items", {"movie_id": 949}).status_code == 403
        for _ in range(2):
            assert as_bob.put(f"{url}/collaboration").status_code == 204
        assert as_bob.post(f"{url}/items", {"movie_id": 949}).status_code == 201
        assert as_ann.get(f"{url}/items").json()["results"][0]["added_by"]["username"] == "bob"
        assert as_bob.patch(url, {"name": "Mine"}).status_code == as_bob.delete(url).status_code == 403
        assert as_bob.delete(f"{url}/collaboration").status_code == 204
        assert as_bob.get(url).status_code == as_bob.delete(f"{url}/collaboration").status_code == 404
        assert ids(as_ann.get(f"{url}/items")) == [949]

    def test_a_viewer_looks_and_an_editor_may_become_one(self, as_ann, as_bob, url, heat):
        as_ann.put(f"{url}/collaborators/bob", {"role": "viewer"})
        as_bob.put(f"{url}/collaboration")
        assert as_bob.get(url).json()["role"] == "viewer"
        assert as_bob.post(f"{url}/items", {"movie_id": 949}).status_code == 403
        promoted = as_ann.put(f"{url}/collaborators/bob", {"role": "editor"})
        assert (promoted.status_code, promoted.json()["role"]) == (200, "editor")
        assert as_bob.post(f"{url}/items", {"movie_id": 949}).status_code == 201

    def test_the_owner_is_rid_of_one_however_often_that_is_asked(self, as_ann, as_bob, url):
        as_ann.put(f"{url}/collaborators/bob")
        for name in ("bob", "bob", "nobody"):
            assert as_ann.delete(f"{url}/collaborators/{name}").status_code == 204
        assert as_bob.put(f"{url}/collaboration").status_code == 404

    def test_only_the_owner_asks_and_nobody_accepts_unasked(self, as_bob, url, secret, ann):
        sharing.invite(secret, member=User.objects.get(username="bob"))
        assert as_bob.put(f"{url}/collaborators/{make_member().username}").status_code == 403
        assert as_bob.delete(f"{url}/collaborators/bob").status_code == 403
        stranger = caller(make_member())
        assert stranger.put(f"{url}/collaboration").status_code == 404
        lists.change(secret, visibility="public")
        assert stranger.put(f"{url}/collaboration").status_code == 404

    def test_those_who_have_not_accepted_are_shown_to_the_owner_alone(self, as_ann, as_bob, api, url, secret):
        waiting = make_member("waiting")
        for name in ("bob", "waiting"):
            as_ann.put(f"{url}/collaborators/{name}")
        as_bob.put(f"{url}/collaboration")

        def names(client):
            return [row["username"] for row in client.get(f"{url}/collaborators").json()["results"]]

        assert names(as_ann) == ["bob", "waiting"]
        assert names(as_bob) == ["bob"]
        assert names(caller(waiting)) == ["bob", "waiting"]
        assert api.get(f"{url}/collaborators").status_code == 401

    @pytest.mark.usefixtures("heat")
    def test_a_block_ends_what_was_shared(self, as_ann, as_bob, ann, bob, url):
        as_ann.put(f"{url}/collaborators/bob")
        as_bob.put(f"{url}/collaboration")
        Block.objects.create(blocker=bob, blocked=ann)
        assert as_bob.get(url).status_code == as_bob.post(f"{url}/items", {"movie_id": 949}).status_code == 404
        assert as_bob.get(f"{LISTS}/shared").json()["results"] == []
        assert as_ann.put(f"{url}/collaborators/bob").status_code == 404

    def test_there_is_an_end_to_how_many_share(self, as_ann, secret, url, monkeypatch):
        monkeypatch.setattr(sharing, "MOST_COLLABORATORS", 1)
        assert as_ann.put(f"{url}/collaborators/{make_member().username}").status_code == 201
        assert faults(as_ann.put(f"{url}/collaborators/{make_member().username}")) == [(None, "too_many")]

    @pytest.mark.parametrize("body", [{"role": "owner"}, {"role": 5}, {"role": None}, [1]])
    def test_nonsense_is_told(self, as_ann, bob, url, body):
        assert as_ann.put(f"{url}/collaborators/bob", body).status_code == 400
        assert not Collaborator.objects.exists()

    def test_one_does_not_share_in_ones_own(self, as_ann, url):
        assert faults(as_ann.put(f"{url}/collaborators/ann")) == [("username", "yourself")]


class TestCompanions:
    @pytest.fixture
    def viewing(self, as_ann, bob, heat):
        return as_ann.post(HISTORY, {"movie_id": 949, "watched_on": "2024-05-05", "companions": ["BOB", "bob"]}).json()

    def names(self, client, path=HISTORY):
        return [row["username"] for row in client.get(path).json()["results"][0]["companions"]]

    def test_who_is_named_sees_it_and_may_decline_and_think_again(self, as_ann, as_bob, api, viewing):
        assert self.names(as_ann) == self.names(api, f"{API}/profiles/ann/history") == ["bob"]
        (row,) = as_bob.get(NAMED).json()["results"]
        assert (row["viewing_id"], row["member"]["username"], row["declined"]) == (viewing["id"], "ann", False)
        assert row["movie"]["title"] == "Heat"
        for _ in range(2):
            assert as_bob.delete(f"{NAMED}/{viewing['id']}").status_code == 204
        assert self.names(as_ann) == []
        assert as_bob.get(NAMED).json()["results"][0]["declined"] is True
        as_bob.put(f"{NAMED}/{viewing['id']}")
        assert self.names(as_ann) == ["bob"]

    def test_who_declined_is_not_named_again_by_writing_it_anew(self, as_ann, as_bob, viewing):
        as_bob.delete(f"{NAMED}/{viewing['id']}")
        eve = make_member("eve")
        changed = as_ann.patch(f"{HISTORY}/{viewing['id']}", {"companions": ["bob", "eve"]})
        assert [row["username"] for row in changed.json()["companions"]] == ["eve"]
        as_ann.patch(f"{HISTORY}/{viewing['id']}", {"companions": []})
        assert not Companion.objects.filter(member=eve).exists()
        assert Companion.objects.get().declined_at is not None

    def test_one_answers_for_oneself_alone(self, as_ann, viewing):
        for client in as_ann, caller(make_member()):
            assert client.delete(f"{NAMED}/{viewing['id']}").status_code == 404
            assert client.put(f"{NAMED}/{viewing['id']}").status_code == 404

    @pytest.mark.parametrize("is_blocker", [True, False])
    @pytest.mark.usefixtures("viewing")
    def test_across_a_block_nobody_is_named(self, as_ann, as_bob, ann, bob, is_blocker):
        Block.objects.create(blocker=ann if is_blocker else bob, blocked=bob if is_blocker else ann)
        assert self.names(as_ann) == []
        assert as_bob.get(NAMED).json()["results"] == []
        again = as_ann.post(HISTORY, {"movie_id": 949, "companions": ["bob"]})
        assert faults(again) == [("companions", "unknown")]

    def test_whose_profile_is_private_cannot_be_named(self, as_ann, heat):
        make_member("hidden", profile_privacy="private")
        assert faults(as_ann.post(HISTORY, {"movie_id": 949, "companions": ["hidden"]})) == [("companions", "unknown")]

    def test_who_is_hidden_from_the_reader_is_not_shown(self, as_bob, ann, bob, viewing):
        eve = make_member("eve")
        Block.objects.create(blocker=bob, blocked=eve)
        assert self.names(caller(eve), f"{API}/profiles/ann/history") == []

    def test_it_goes_with_the_viewing(self, as_ann, as_bob, viewing):
        as_ann.delete(f"{HISTORY}/{viewing['id']}")
        assert as_bob.get(NAMED).json()["results"] == []
        assert not diary.Viewing.objects.exists()
