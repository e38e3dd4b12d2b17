"""Members found by the beginning of a name."""

import pytest

from accounts.models import Block, User
from accounts.profiles import MOST_FOUND
from accounts.tests.members import API, SCANS, caller, make_member, names, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(db) -> None:
    for username, display_name, followers in [
        ("ann", "", 1),
        ("annie", "Annie H.", 7),
        ("hannah", "Ann", 3),
        ("al_b", "Al 100%", 2),
        ("alxb", "Éric Åkesson", 0),
        ("zoe", "ÉRIC", 5),
        ("jan", "Ян Новак", 0),
    ]:
        make_member(username, display_name=display_name, follower_count=followers)


def search(text: str, viewer: User | None = None, **more: str) -> list[str]:
    return names(caller(viewer).get(f"{API}/profiles", {"search": text, **more}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ann", ["ann", "hannah", "annie"]),  # of the very name, of the very display name, then the most followed
        ("ANN", ["ann", "hannah", "annie"]),
        (" ann ", ["ann", "hannah", "annie"]),
        ("@ann", ["ann", "hannah", "annie"]),
        ("anni", ["annie"]),
        ("annie  h", ["annie"]),
        ("nnie", []),
        ("al_", ["al_b"]),  # no wildcard
        ("al%", []),
        ("al 100%", ["al_b"]),
        ("éric", ["zoe", "alxb"]),
        ("Éric å", ["alxb"]),
        ("ÉRIC", ["zoe", "alxb"]),
        ("Ян", ["jan"]),
        ("ян н", ["jan"]),
        ("@", []),
        ("🎬", []),
        ("'; drop table", []),
        ("\\", []),
    ],
)
def test_a_name_is_found_by_its_beginning(members, text, found):
    assert search(text) == found


@pytest.mark.parametrize("query", ["", "search=", "search=%20", "search=" + "a" * 61, "search=%1F"])
def test_nothing_to_look_for_is_told(api, query):
    response = api.get(f"{API}/profiles?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "search"


def test_who_is_hidden_is_not_found(ann, bob):
    make_member("eve-1", profile_privacy="private")
    make_member("eve-2", is_active=False)
    make_member("eve-3", profile_privacy="followers")
    blocks, blocked = make_member("eve-4"), make_member("eve-5")
    Block.objects.create(blocker=blocks, blocked=ann)
    Block.objects.create(blocker=ann, blocked=blocked)
    assert search("eve", ann) == ["eve-3"]
    assert search("eve", bob) == search("eve") == ["eve-3", "eve-4", "eve-5"]


def test_one_finds_oneself_and_what_one_is_to_those_found(ann, bob):
    User.objects.filter(pk=ann.pk).update(profile_privacy="private")
    assert search("ann", ann) == ["ann"]
    assert search("ann", bob) == []
    (row,) = caller(ann).get(f"{API}/profiles?search=bob").json()["results"]
    assert row["relation"]["following"] is False
    assert caller().get(f"{API}/profiles?search=bob").json()["results"][0]["relation"] is None


def test_what_is_found_comes_in_pages_and_ends(members, monkeypatch):
    assert search("an", page_size="2") == ["annie", "hannah"]
    assert search("an", page_size="2", page="2") == ["ann"]
    assert caller().get(f"{API}/profiles?search=an&page=3").status_code == 404
    monkeypatch.setattr("accounts.profiles.MOST_FOUND", 2)
    body = caller().get(f"{API}/profiles?search=an").json()
    assert body["count"] == 2 < MOST_FOUND


def test_more_that_are_found_cost_no_more_queries(db, django_assert_num_queries):
    for number in 1, 50:
        for _ in range(number):
            make_member()
        with django_assert_num_queries(3):
            assert search("member", page_size="100")


@pytest.mark.parametrize("column", ["username", "display_name"])
@pytest.mark.parametrize("prefixes", [{"ann"}, {"éric", "Éric", "ÉRIC"}])
def test_names_are_found_through_an_index(members, column, prefixes):
    plan = planned(User.objects.beginning(column, prefixes)[:MOST_FOUND])
    assert "user_by_" in plan or "one_user_per_username" in plan
    assert len(prefixes) > 1 or not SCANS.search(plan), plan
