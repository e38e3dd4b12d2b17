"""What is told of what others did, and how it is put together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.members import API, caller, make_member
from activity.feed.acts import SECONDS
from activity.tests.rows import NOON, film, follow, love, make_list, put, rate, review, watch
from catalog.tests.films import make_heat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def feed(viewer, **query) -> list[dict]:
    response = caller(viewer).get(f"{API}/users/feed", query)
    assert response.status_code == 200, response.data
    return response.json()["results"]


def told(viewer, **query) -> list[tuple]:
    return [(item["kind"], item["user"]["username"], item["count"]) for item in feed(viewer, **query)]


@pytest.fixture
def followed(ann, bob):
    follow(ann, bob)
    return bob


def test_who_follows_nobody_hears_nothing(ann, bob):
    rate(bob, film())
    assert feed(ann) == []


def test_every_kind_of_act_is_told_the_last_first(ann, followed):
    eve, movie = make_member("eve"), film()
    rate(followed, movie, rated_at=NOON)
    review(followed, movie, published_at=NOON - HOUR)
    watch(followed, movie, created_at=NOON - 2 * HOUR)
    love(followed, movie, added_at=NOON - 3 * HOUR)
    make_list(followed, created_at=NOON - 4 * HOUR)
    follow(followed, eve, created_at=NOON - 5 * HOUR)
    old = make_list(followed, created_at=NOON - 400 * HOUR)
    put(old, movie, added_at=NOON - 300 * HOUR)
    kinds = ["rating", "review", "viewing", "favorite", "list", "follow", "list_items", "list"]
    assert told(ann) == [(kind, "bob", 1) for kind in kinds]


def test_an_act_tells_who_did_what_to_which_film(ann, followed):
    heat = make_heat()
    rate(followed, heat, 9)
    assert feed(ann) == [
        {
            "id": f"rating:bob:{int(NOON.timestamp()) // SECONDS}",
            "kind": "rating",
            "at": "2026-11-20T12:00:00Z",
            "user": {"username": "bob", "display_name": "", "avatar": None},
            "count": 1,
            "movies": [caller().get(f"{API}/movies").json()["results"][0] | {"rating": 9}],
            "rating": 9,
            "review": None,
            "list": None,
            "members": [],
        }
    ]


def test_a_review_comes_with_its_beginning_and_its_rating_but_without_what_it_gives_away(ann, followed):
    movie, other = film(), film()
    rate(followed, movie, 9, rated_at=NOON - 500 * HOUR)
    text = 'Quiet &amp; <em>slow</em>. <span class="spoiler">He dies.</span> ' + "Long. " * 100
    review(followed, movie, text, like_count=3, comment_count=2)
    review(followed, other, "The butler.", contains_spoilers=True, published_at=NOON - HOUR)
    first, second = (item for item in feed(ann) if item["kind"] == "review")
    assert first["rating"] == first["movies"][0]["rating"] == 9
    assert first["review"]["excerpt"].startswith("Quiet & slow. … Long.")
    assert len(first["review"]["excerpt"]) == 280
    assert (first["review"]["like_count"], first["review"]["comment_count"]) == (3, 2)
    assert second["review"]["contains_spoilers"] is True
    assert (second["review"]["excerpt"], second["rating"]) == ("", None)


def test_what_one_did_within_some_hours_is_one_item_that_shows_the_last(ann, followed):
    for minute in range(12):
        rate(followed, film(500 + minute), minute % 10 + 1, rated_at=NOON + timedelta(minutes=minute))
    (item,) = feed(ann)
    assert (item["count"], item["rating"], item["at"]) == (12, None, "2026-11-20T12:11:00Z")
    assert [(row["id"], row["rating"]) for row in item["movies"]] == [
        (511, 2),
        (510, 1),
        (509, 10),
        (508, 9),
        (507, 8),
        (506, 7),
    ]


def test_other_kinds_other_members_and_other_times_are_other_items(ann, followed):
    eve = make_member("eve")
    follow(ann, eve)
    for member in followed, eve:
        for hours in (0, 1, 12, 13, 48):
            rate(member, film(), rated_at=NOON - hours * HOUR)
            love(member, film(), added_at=NOON - hours * HOUR)
    found = told(ann)
    assert sum(count for _, _, count in found) == 20
    assert len(found) > 8
    assert {(kind, name) for kind, name, _ in found} == {
        (kind, name) for kind in ("rating", "favorite") for name in ("bob", "eve")
    }


def test_reviews_stand_alone(ann, followed):
    for _ in range(3):
        review(followed, film())
    assert told(ann) == [("review", "bob", 1)] * 3


def test_a_new_list_and_what_was_put_into_it_at_once_are_one_item(ann, followed):
    made = make_list(followed, film(), film(), film())
    put(made, film(), added_at=NOON + 30 * HOUR)
    later, begun = feed(ann)
    assert (later["kind"], later["count"], later["list"]["name"]) == ("list_items", 1, "Heists")
    assert (begun["kind"], begun["count"], len(begun["movies"])) == ("list", 3, 3)
    assert begun["list"] == later["list"] | {"id": made.pk, "item_count": 0}


def test_films_put_into_two_lists_are_two_items_and_those_by_another_are_not_the_owners(ann, followed):
    eve = make_member("eve")
    for _ in range(2):
        made = make_list(followed, created_at=NOON - 900 * HOUR)
        put(made, film())
        put(made, film())
        put(made, film(), added_by=eve)
        put(made, film(), added_by=None)
    assert told(ann)[:2] == [("list_items", "bob", 2)] * 2


def test_whom_one_followed_is_one_item_that_names_them(ann, followed):
    for name in ("eve", "kim"):
        follow(followed, make_member(name), created_at=NOON)
    follow(followed, make_member("lee"), created_at=NOON, is_accepted=False)
    follow(followed, ann, created_at=NOON - 50 * HOUR)
    first, second = feed(ann)
    assert (first["count"], [member["username"] for member in first["members"]]) == (2, ["kim", "eve"])
    assert [member["username"] for member in second["members"]] == ["ann"]


def test_films_for_adults_are_for_those_who_want_them(ann, followed):
    rate(followed, film())
    rate(followed, film(666, is_adult=True))
    love(followed, film(667, is_adult=True))
    assert told(ann) == [("rating", "bob", 1)]
    ann.include_adult = True
    assert sorted(told(ann)) == [("favorite", "bob", 1), ("rating", "bob", 2)]


def test_films_are_named_in_the_readers_language(ann, followed):
    movie = film(title="Rope")
    movie.titles.create(language="fr", title="La Corde")
    rate(followed, movie)
    response = caller(ann).get(f"{API}/users/feed", headers={"accept-language": "fr"})
    assert response.json()["results"][0]["movies"][0]["title"] == "La Corde"


def act(member, at) -> None:
    movie = film()
    rate(member, movie, rated_at=at)
    review(member, movie, published_at=at)
    watch(member, movie, created_at=at)
    love(member, movie, added_at=at)
    put(make_list(member, created_at=at - 500 * HOUR), movie, added_at=at)
    follow(member, make_member(), created_at=at)


def test_fifty_items_cost_no_more_queries_than_six(ann, django_assert_num_queries):
    for minute in range(9):
        member = make_member()
        follow(ann, member)
        act(member, timezone.now() - timedelta(minutes=minute))
    for size in (6, 50):
        with django_assert_num_queries(8):
            found = feed(ann, page_size=size)
        assert len(found) == size
        assert len({item["kind"] for item in found}) == 6


def test_one_must_be_known_and_nobody_keeps_the_answer(api, ann):
    assert api.get(f"{API}/users/feed").status_code == 401
    assert caller(ann).get(f"{API}/users/feed").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["page_size=0", "page_size=101", "page_size=x", "page_size=-1"])
def test_bad_sizes_are_refused(ann, query):
    response = caller(ann).get(f"{API}/users/feed?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "page_size"
