"""Lists: named, ordered, cloned, and seen by whom their owner lets."""

import pytest

from catalog.models import Movie
from watchlists import diary, list_items, lists, watchlist
from watchlists.models import List, ListItem
from watchlists.tests.calls import LISTS, all_ids, caller, faults, films, holder_counts, ids, made_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def heists(ann):
    """Five films in a list of ann's."""
    made = lists.make(owner=ann, name="Heists")
    list_items.change_many(made, by=ann, add=[film.pk for film in films(5)])
    return made


def items(made, query="") -> str:
    return f"{LISTS}/{made.pk}/items{query}"


def test_a_list_is_made_changed_and_deleted(as_ann):
    body = made_list(as_ann, description="With care.", ranked=True, visibility="private")
    assert (body["name"], body["ranked"], body["visibility"]) == ("Heists", True, "private")
    assert (body["item_count"], body["role"], body["key"]) == (0, "owner", None)
    url = f"{LISTS}/{body['id']}"
    assert as_ann.patch(url, {"name": "Robberies", "ranked": False}).json()["name"] == "Robberies"
    assert as_ann.get(url).json()["description"] == "With care."
    assert [row["id"] for row in as_ann.get(LISTS).json()["results"]] == [body["id"]]
    assert as_ann.delete(url).status_code == 204
    assert as_ann.delete(url).status_code == 404


def test_the_last_changed_comes_first(as_ann, heat):
    made = [made_list(as_ann, name=f"{number}")["id"] for number in range(3)]
    as_ann.post(f"{LISTS}/{made[0]}/items", {"movie_id": 949})
    assert [row["id"] for row in as_ann.get(LISTS).json()["results"]] == [made[0], made[2], made[1]]


class TestFilms:
    def test_a_film_is_in_it_once_at_the_place_that_was_named(self, as_ann, heists, heat):
        response = as_ann.post(items(heists), {"movie_id": 949, "position": 2, "note": "The best."})
        assert (response.status_code, response.json()["rank"], response.json()["note"]) == (201, 2, "The best.")
        again = as_ann.post(items(heists), {"movie_id": 949, "position": 1, "note": "No."})
        assert (again.status_code, again.json()) == (200, response.json())
        assert ids(as_ann.get(items(heists))) == [1, 949, 2, 3, 4, 5]
        assert as_ann.get(f"{LISTS}/{heists.pk}").json()["item_count"] == 6

    def test_pages_go_on_where_they_ended_and_number_the_films(self, as_ann, heists):
        assert all_ids(as_ann, items(heists, "?page_size=2")) == [1, 2, 3, 4, 5]
        page = as_ann.get(items(heists, "?page_size=2")).json()
        assert [row["rank"] for row in as_ann.get(page["next"]).json()["results"]] == [3, 4]

    def test_one_is_moved_and_no_other_row_is_touched(self, as_ann, heists):
        before = dict(heists.items.values_list("movie", "position"))
        assert as_ann.patch(items(heists, "/5"), {"after": 1}).json()["rank"] == 2
        assert as_ann.patch(items(heists, "/5"), {"note": "A note alone."}).json()["rank"] == 2
        after = dict(heists.items.values_list("movie", "position"))
        assert {movie for movie in before if before[movie] != after[movie]} == {5}
        assert ids(as_ann.get(items(heists))) == [1, 5, 2, 3, 4]

    def test_it_is_taken_out_however_often_that_is_asked(self, as_ann, heists):
        for _ in range(2):
            assert as_ann.delete(items(heists, "/3")).status_code == 204
        assert ids(as_ann.get(items(heists))) == [1, 2, 4, 5]
        assert List.objects.get().item_count == 4
        assert holder_counts()[3] == 0

    def test_many_come_and_go_at_once_in_the_order_given(self, as_ann, heists, heat, ronin):
        body = {"add": [8195, 1, 949, 77, 8195], "remove": [2, 88]}
        results = as_ann.post(items(heists, "/bulk"), body).json()["results"]
        told = [(row["movie_id"], row["result"]) for row in results]
        assert told == [
            (8195, "added"),
            (1, "already"),
            (949, "added"),
            (77, "unknown"),
            (2, "removed"),
            (88, "absent"),
        ]
        assert ids(as_ann.get(items(heists))) == [1, 3, 4, 5, 8195, 949]
        assert List.objects.get().item_count == 6

    def test_ten_thousand_is_as_long_as_a_list_gets(self, as_ann, heists, heat, ronin):
        List.objects.update(item_count=9_999)
        results = as_ann.post(items(heists, "/bulk"), {"add": [949, 8195]}).json()["results"]
        assert [row["result"] for row in results] == ["added", "full"]
        assert faults(as_ann.post(items(heists), {"movie_id": 8195})) == [(None, "full")]
        assert as_ann.post(items(heists), {"movie_id": 949}).status_code == 200
        as_ann.delete(items(heists, "/1"))
        assert as_ann.post(items(heists), {"movie_id": 8195}).status_code == 201
        assert List.objects.get().item_count == 10_000

    @pytest.mark.parametrize(
        ("body", "fault"),
        [
            ({}, ("movie_id", "required")),
            ({"movie_id": "949"}, ("movie_id", "invalid")),
            ({"movie_id": 77}, ("movie_id", "no_such_film")),
            ({"movie_id": 949, "position": 0}, ("position", "min_value")),
            ({"movie_id": 949, "after": 8195}, ("after", "not_there")),
            ({"movie_id": 949, "note": "x" * 501}, ("note", "max_length")),
            ({"movie_id": 949, "note": "\x00"}, ("note", "control_characters")),
        ],
    )
    def test_nonsense_is_told_by_its_field(self, as_ann, heists, heat, body, fault):
        assert faults(as_ann.post(items(heists), body)) == [fault]
        assert ListItem.objects.count() == 5

    def test_what_is_not_in_it_cannot_be_moved(self, as_ann, heists, heat):
        assert as_ann.patch(items(heists, "/949"), {"position": 1}).status_code == 404


def test_progress_counts_what_the_reader_has_seen(as_ann, as_bob, api, bob, heists):
    diary.log(user=bob, movie_id=1)
    diary.log(user=bob, movie_id=1)
    watchlist.add(user=bob, movie_id=2)
    watchlist.change(user=bob, movie_id=2, watched=True)
    watchlist.add(user=bob, movie_id=3)
    url = f"{LISTS}/{heists.pk}"
    assert as_bob.get(url).json()["progress"] == {"seen": 2, "total": 5}
    assert as_ann.get(url).json()["progress"] == {"seen": 0, "total": 5}
    assert api.get(url).json()["progress"] is None
    assert [row["seen"] for row in as_bob.get(items(heists)).json()["results"]] == [True, True, False, False, False]
    assert [row["seen"] for row in api.get(items(heists)).json()["results"]] == [None] * 5


class TestClones:
    def test_a_clone_has_the_films_in_their_order_and_is_private(self, as_bob, heists):
        list_items.change(heists, movie_id=5, position=1, note="Ann's words.")
        response = as_bob.post(f"{LISTS}/{heists.pk}/clone", {"name": "Mine"})
        copy = response.json()
        assert (response.status_code, copy["name"], copy["visibility"]) == (201, "Mine", "private")
        assert (copy["cloned_from"], copy["item_count"], copy["owner"]["username"]) == (heists.pk, 5, "bob")
        rows = as_bob.get(f"{LISTS}/{copy['id']}/items").json()["results"]
        assert [(row["movie"]["id"], row["note"]) for row in rows] == [(5, ""), (1, ""), (2, ""), (3, ""), (4, "")]
        assert set(holder_counts().values()) == {2}

    def test_of_ones_own_the_notes_come_along(self, as_ann, heists):
        list_items.change(heists, movie_id=1, note="My words.")
        copy = as_ann.post(f"{LISTS}/{heists.pk}/clone", {"visibility": "public"}).json()
        assert (copy["name"], copy["visibility"]) == ("Heists", "public")
        assert as_ann.get(f"{LISTS}/{copy['id']}/items").json()["results"][0]["note"] == "My words."
        assert set(holder_counts().values()) == {1}

    def test_it_outlives_what_it_was_cloned_from(self, as_ann, as_bob, heists):
        copy = as_bob.post(f"{LISTS}/{heists.pk}/clone", {}).json()
        as_ann.delete(f"{LISTS}/{heists.pk}")
        held = as_bob.get(f"{LISTS}/{copy['id']}").json()
        assert (held["cloned_from"], held["item_count"]) == (None, 5)
        assert set(holder_counts().values()) == {1}


class TestLinks:
    @pytest.fixture
    def linked(self, as_ann, heists):
        return as_ann.patch(f"{LISTS}/{heists.pk}", {"visibility": "link"}).json()

    def read(self, client, made, key):
        statuses = {client.get(f"{LISTS}/{made['id']}{part}?key={key}").status_code for part in ("", "/items")}
        assert len(statuses) == 1
        return statuses.pop()

    def test_whoever_has_the_key_reads_it_and_changes_nothing(self, as_bob, api, linked):
        for client in as_bob, api:
            assert self.read(client, linked, linked["key"]) == 200
            assert self.read(client, linked, "") == self.read(client, linked, "x") == 404
        body = api.get(f"{LISTS}/{linked['id']}?key={linked['key']}").json()
        assert (body["key"], body["role"]) == (None, None)
        assert as_bob.post(f"{LISTS}/{linked['id']}/items?key={linked['key']}", {"movie_id": 1}).status_code == 404
        assert as_bob.delete(f"{LISTS}/{linked['id']}?key={linked['key']}").status_code == 404

    def test_a_key_that_is_replaced_or_no_longer_meant_opens_nothing(self, as_ann, api, linked):
        url = f"{LISTS}/{linked['id']}"
        renewed = as_ann.post(f"{url}/key").json()["key"]
        assert self.read(api, linked, linked["key"]) == 404
        assert self.read(api, linked, renewed) == 200
        assert as_ann.patch(url, {"visibility": "private"}).json()["key"] is None
        assert self.read(api, linked, renewed) == 404
        as_ann.patch(url, {"visibility": "link"})
        assert self.read(api, linked, renewed) == 200

    @pytest.mark.parametrize("key", ["%F0%9F%8E%AC", "x" * 2000, "a&key=b", "%27"])
    def test_what_is_no_key_opens_nothing(self, api, linked, key):
        assert self.read(api, linked, key) == 404

    def test_an_empty_key_is_none(self, api, ann):
        bare = List.objects.create(owner=ann, name="x", visibility="link")
        assert self.read(api, {"id": bare.pk}, "") == 404


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("name", "required")),
        ({"name": ""}, ("name", "blank")),
        ({"name": "   "}, ("name", "blank")),
        ({"name": "x" * 121}, ("name", "max_length")),
        ({"name": 5}, ("name", "invalid")),
        ({"name": "a\x00"}, ("name", "control_characters")),
        ({"name": "x", "description": "x" * 4001}, ("description", "max_length")),
        ({"name": "x", "ranked": "yes"}, ("ranked", "invalid")),
        ({"name": "x", "visibility": "friends"}, ("visibility", "invalid_choice")),
        ({"name": "x", "visibility": ["public"]}, ("visibility", "invalid_choice")),
    ],
)
def test_nonsense_about_a_list_is_told_by_its_field(as_ann, body, fault):
    assert faults(as_ann.post(LISTS, body)) == [fault]
    assert not List.objects.exists()


def test_films_that_are_gone_from_tmdb_stay(as_ann, heists):
    Movie.objects.update(gone_at="2026-01-01T00:00:00Z")
    assert len(ids(as_ann.get(items(heists)))) == 5
    assert caller().get(items(heists)).json()["results"][0]["movie"]["title"] == "Film 1"
