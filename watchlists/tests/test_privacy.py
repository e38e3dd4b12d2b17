"""Whose library is open to whom: every kind of viewer, every setting, every part."""

from datetime import date
from itertools import product

import pytest

from accounts.models import User
from accounts.tests.members import LEVELS, VIEWERS, caller, make_member, make_viewer
from accounts.tests.test_visibility import MAY_SEE
from catalog.tests.films import make_movie
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import Favorite, List, Viewing, WatchlistEntry
from watchlists.tests.calls import API, LISTS

pytestmark = pytest.mark.django_db
PARTS = {
    "watchlist": (WatchlistEntry, "watchlist_privacy"),
    "favorites": (Favorite, "favorites_privacy"),
    "history": (Viewing, "history_privacy"),
}


@pytest.fixture
def owner(heat):
    """One whose library has a film in each part."""
    made = make_member("owner")
    watchlist.add(user=made, movie_id=949, note="For myself.")
    favorites.add(user=made, movie_id=949)
    diary.log(user=made, movie_id=949, watched_on=date(2024, 5, 5), note="For myself.", tags=["noir"])
    list_items.add(lists.make(owner=made, name="Heists"), movie_id=949, by=made)
    return made


def open_to(owner: User, **columns: str) -> None:
    User.objects.filter(pk=owner.pk).update(**columns)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_part_is_as_open_as_the_narrower_of_its_setting_and_the_profile(owner, viewer, part):
    model, column = PARTS[part]
    asking = make_viewer(viewer, owner)
    for profile, setting in product(LEVELS, LEVELS):
        open_to(owner, profile_privacy=profile, **{column: setting})
        may = viewer in MAY_SEE[profile] & MAY_SEE[setting]
        response = caller(asking).get(f"{API}/profiles/OWNER/{part}")
        assert response.status_code == (200 if may else 404), (profile, setting)
        assert len(response.json().get("results", [])) == int(may)
        assert model.objects.visible_to(asking).filter(user=owner).exists() is may


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_list_is_as_open_as_the_narrower_of_its_own_and_the_profile(owner, viewer):
    client, made = caller(make_viewer(viewer, owner)), List.objects.get()
    for profile, setting in product(LEVELS, [*LEVELS, "link"]):
        open_to(owner, profile_privacy=profile)
        List.objects.update(visibility=setting)
        may = viewer in MAY_SEE[profile] & MAY_SEE.get(setting, {"owner"})
        told = [client.get(f"{LISTS}/{made.pk}{part}").status_code for part in ("", "/items")]
        assert told == [200 if may else 404] * 2, (profile, setting)
        listed = client.get(f"{API}/profiles/owner/lists")
        assert listed.status_code == (200 if viewer in MAY_SEE[profile] else 404)
        assert len(listed.json().get("results", [])) == int(may)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_key_opens_whatever_the_profile_says_but_not_across_a_block(owner, viewer):
    """Who gives out a link has said who may read it."""
    client, made = caller(make_viewer(viewer, owner)), List.objects.get()
    List.objects.update(visibility="link", link_key="k")
    for profile in LEVELS:
        open_to(owner, profile_privacy=profile)
        may = viewer not in ("blocked", "blocker")
        assert client.get(f"{LISTS}/{made.pk}?key=k").status_code == (200 if may else 404)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_who_is_asked_to_share_in_a_list_sees_it_unless_one_blocks_the_other(owner, viewer):
    asking, made = make_viewer(viewer, owner), List.objects.get()
    open_to(owner, profile_privacy="private")
    List.objects.update(visibility="private")
    if viewer not in ("anonymous", "owner"):
        sharing.invite(made, member=asking)
    may = viewer not in ("anonymous", "blocked", "blocker")
    assert List.objects.visible_to(asking).filter(pk=made.pk).exists() is may
    assert List.objects.visible_to(make_member()).count() == 0


@pytest.mark.parametrize("columns", [{"is_active": False}, {"erased_from": "2030-01-01T00:00:00Z"}])
def test_of_who_has_left_nothing_is_seen(owner, api, columns):
    made = List.objects.get()
    List.objects.update(visibility="link", link_key="k")
    open_to(owner, **columns)
    for part in (*PARTS, "lists"):
        assert api.get(f"{API}/profiles/owner/{part}").status_code == 404
    assert api.get(f"{LISTS}/{made.pk}?key=k").status_code == 404


def test_what_is_for_oneself_is_told_to_oneself_alone(owner, as_ann):
    """Notes of the watchlist and the diary, and where a viewing came from."""
    own = {"watchlist": {"note", "priority"}, "history": {"note", "source", "external_id"}}
    for part, names in own.items():
        (mine,) = caller(owner).get(f"{API}/users/{part}").json()["results"]
        (theirs,) = as_ann.get(f"{API}/profiles/owner/{part}").json()["results"]
        assert mine.keys() - theirs.keys() == names
        assert "For myself." not in as_ann.get(f"{API}/profiles/owner/{part}").content.decode()


def test_anothers_part_is_narrowed_as_ones_own_is(owner, as_ann):
    make_movie(1, "Other")
    watchlist.add(user=owner, movie_id=1)
    found = as_ann.get(f"{API}/profiles/owner/watchlist?watched=false").json()["results"]
    assert [row["movie"]["id"] for row in found] == [1]
    assert as_ann.get(f"{API}/profiles/owner/history?tag=noir").json()["results"]
    assert as_ann.get(f"{API}/profiles/owner/history?year=x").status_code == 400
