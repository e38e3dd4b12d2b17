"""Lists as pages: seen by who may, made alone or together, and never changed by others."""

import pytest
from django.test import Client

from catalog.models import Movie
from catalog.tests.films import make_movie, make_movies
from watchlists import diary, list_items, lists, sharing
from watchlists.list_pages import ITEMS_SHOWN
from watchlists.models import Collaborator, List, ListItem
from watchlists.tests.reading import SCRIPT, assert_harmless, browser, statuses, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
OWNERS = ["edit", "erase", "link", "people"]
EDITORS = ["items/949/add", "items/949/move", "items/949/remove"]


@pytest.fixture
def night(ann, heat, ronin):
    made = lists.make(owner=ann, name="Films of the night", is_ranked=True)
    for film in (heat, ronin, make_movie(3, "Thief")):
        list_items.add(made, movie_id=film.pk, by=ann)
    return made


def address(made: List, tail: str = "") -> str:
    return f"/lists/{made.pk}/{tail}" if tail else made.get_absolute_url()


def in_order(made: List) -> list[int]:
    return list(made.items.order_by("position", "pk").values_list("movie_id", flat=True))


def test_a_list_has_one_address(night):
    assert address(night) == f"/lists/{night.pk}-films-of-the-night"
    for other in (f"/lists/{night.pk}", f"/lists/{night.pk}-wrong"):
        moved = browser().get(f"{other}?q=1")
        assert (moved.status_code, moved["Location"]) == (301, f"{address(night)}?q=1")
    assert statuses("/lists/999-x", None) == [404]


@pytest.mark.parametrize(
    ("visibility", "expected"), [("public", [200, 200]), ("followers", [404, 404]), ("link", [404, 404])]
)
def test_it_is_seen_by_whom_it_is_for(ann, bob, night, visibility, expected):
    lists.change(night, visibility=visibility)
    assert statuses(address(night), None, bob) == expected
    assert statuses(address(night), ann) == [200]
    shown = "Films of the night" in text_of(browser(bob), "/members/ann/lists")
    assert shown == (visibility == "public")


def test_whoever_has_the_link_reads_until_there_is_a_new_one(ann, bob, night):
    made = lists.change(night, visibility="link")
    path = f"{address(made)}?key={made.link_key}"
    assert statuses(path, None, bob) == [200, 200]
    assert made.link_key in text_of(browser(ann), address(made))
    assert made.link_key not in browser(bob).get(path).content.decode().replace(f'value="{made.link_key}"', "", 1)
    assert 'content="noindex"' in browser().get(path).content.decode()
    browser(ann).post(address(made, "link"))
    assert statuses(path, None, bob) == [404, 404]
    assert statuses(f"{address(made)}?key=%00", None) == [400]


def test_how_much_of_it_one_has_seen(ann, bob, night):
    diary.log(user=bob, movie_id=949)
    assert "You have seen 1 of 3" in text_of(browser(bob), address(night))
    assert "You have seen" not in text_of(browser(), address(night))


def test_one_makes_changes_and_erases_a_list(ann):
    client = browser(ann)
    body = {"name": " Rain ", "description": "Wet.", "visibility": "private"}
    made_at = client.post("/lists/new", body)["Location"]
    made = List.objects.get()
    assert (made_at, made.name, made.visibility) == (address(made), "Rain", "private")
    changed = client.post(address(made, "edit"), body | {"name": "Snow", "is_ranked": "on"})
    assert changed["Location"] == f"/lists/{made.pk}-snow"
    client.post(address(made, "erase"))
    assert not List.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"name": " "}, {"name": "x" * 121}, {"visibility": "all"}, {"description": "x" * 4001}, {"name": "\x00"}]
)
def test_a_list_that_cannot_be_is_told_so_and_nothing_is_lost(ann, night, bad):
    body = {"name": "Kept words", "description": "Kept words", "visibility": "public"} | bad
    for path in ("/lists/new", address(night, "edit")):
        page = browser(ann).post(path, body)
        assert page.status_code == 400
        assert "Kept words" in page.content.decode()
    assert list(List.objects.values_list("name", flat=True)) == ["Films of the night"]


def test_who_only_sees_it_changes_nothing(ann, bob, night):
    sharing.accept(sharing.invite(night, member=bob, role="viewer")[0])
    for tail in [*EDITORS, *OWNERS]:
        assert statuses(address(night, tail), bob, method="post") == [403], tail
        assert statuses(address(night, tail), None, method="post") == [302], tail
    lists.change(night, visibility="private")
    Collaborator.objects.all().delete()
    for tail in [*EDITORS, *OWNERS, "clone"]:
        assert statuses(address(night, tail), bob, method="post") == [404], tail
    assert in_order(night) == [949, 8195, 3]


def test_an_editor_changes_the_films_and_not_the_list(ann, bob, night):
    share = sharing.invite(night, member=bob, role="editor")[0]
    client = browser(bob)
    assert client.post(address(night, "items/949/remove")).status_code == 403
    client.post(address(night, "people/accept"))
    assert client.post(address(night, "items/949/remove"))["Location"] == address(night)
    client.post(address(night, "items/949/add"))
    assert ListItem.objects.get(movie=949).added_by == bob
    client.post(address(night, "items/949/move"), {"to": "top"})
    assert in_order(night) == [949, 8195, 3]
    client.post(address(night, "items/949/note"), {"note": "The diner.", "next": "/lists/1"})
    assert "The diner." in text_of(browser(), address(night))
    assert client.post(address(night, "items/949/note"), {"note": "x" * 501}).status_code == 400
    assert [statuses(address(night, tail), bob, method="post") for tail in OWNERS] == [[403]] * 4
    client.post(address(night, f"people/{share.pk}/end"))
    assert not Collaborator.objects.exists()


def test_the_owner_asks_and_ends_and_others_do_not(ann, bob, night):
    client = browser(ann)
    for name in ("nobody", "ann", "", "\x00"):
        assert client.post(address(night, "people"), {"username": name, "role": "editor"}).status_code == 400
    assert client.post(address(night, "people"), {"username": "@BOB", "role": "king"}).status_code == 400
    client.post(address(night, "people"), {"username": "@BOB", "role": "editor"})
    share = Collaborator.objects.get()
    assert "asks you to share" in text_of(browser(bob), address(night))
    assert "Films of the night" in text_of(browser(bob), "/members/bob/lists")
    other = lists.make(owner=bob, name="Mine")
    assert statuses(f"/lists/{other.pk}/people/{share.pk}/end", bob, method="post") == [404]
    client.post(address(night, f"people/{share.pk}/end"))
    assert statuses(address(night, "people/accept"), bob, method="post") == [404]


def test_a_copy_is_ones_own_and_private(ann, bob, night):
    list_items.change(night, movie_id=949, note="For us.")
    copied = browser(bob).post(address(night, "clone"))
    copy = List.objects.get(owner=bob)
    assert copied["Location"] == address(copy)
    assert (copy.visibility, in_order(copy)) == ("private", in_order(night))
    assert statuses(address(copy), ann, None) == [404, 404]
    made = lists.change(night, visibility="link")
    browser(bob).post(address(night, "clone"), {"key": made.link_key})
    assert List.objects.filter(owner=bob).count() == 2


def test_films_are_found_by_name_and_a_full_list_says_so(ann, night, monkeypatch):
    client = browser(ann)
    assert address(night, "items/949/add") in text_of(client, address(night), q="heet")
    monkeypatch.setattr("watchlists.list_items.MOST_ITEMS", 3)
    make_movie(7, "Blow Out")
    page = client.post(address(night, "items/7/add"), follow=True).content.decode()
    assert "A list has 3 films at the most" in page
    assert in_order(night) == [949, 8195, 3]


def test_forms_are_refused_without_their_token(ann, night):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    for tail in [*EDITORS, *OWNERS, "clone", "people/accept"]:
        assert client.post(address(night, tail)).status_code == 403


def test_what_is_written_stays_text(ann, bob, night):
    Movie.objects.update(title=SCRIPT)
    List.objects.update(name=SCRIPT, description=SCRIPT)
    ListItem.objects.update(note=SCRIPT)
    made = List.objects.get()
    sharing.invite(made, member=bob)
    for path in (address(made), address(made, "edit"), address(made, "people"), address(made, "items/949/note")):
        assert_harmless(text_of(browser(ann), path))
    for path in ("/members/ann/lists", "/members/ann"):
        assert_harmless(text_of(browser(), path))
    assert_harmless(text_of(browser(bob), "/members/bob/lists"))


def test_longer_ones_cost_no_more_queries_and_ranks_go_on(ann, bob, night, django_assert_max_num_queries):
    make_movies(range(1000, 1000 + ITEMS_SHOWN))
    list_items.change_many(night, by=ann, add=range(1000, 1000 + ITEMS_SHOWN))
    for number in range(9):
        lists.clone(night, owner=ann, name=f"List {number}", visibility="public")
    client = browser(bob)
    with django_assert_max_num_queries(13):
        first = client.get(address(night))
    assert first.context["page"].rows[-1].rank == ITEMS_SHOWN
    further = client.get(address(night), {"cursor": first.context["page"].further})
    assert [item.rank for item in further.context["page"].rows] == [61, 62, 63]
    with django_assert_max_num_queries(8):
        assert len(client.get("/members/ann/lists").context["lists"]) == 10
