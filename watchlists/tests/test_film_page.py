"""What a member does with a film on its page, without a browser: the doors, their refusals, and what they cost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Block, User
from catalog.tests.films import make_heat, make_movie
from watchlists import lists
from watchlists.models import Collaborator, Favorite, List, ListItem, Viewing, WatchlistEntry

pytestmark = pytest.mark.django_db
HEAT = "/movies/949-heat"
DOORS = ["watchlist", "favorite", "viewings", "lists", "lists/remove"]
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def heat():
    return make_heat()


def door(name):
    return f"/movies/949/{name}"


def told(response):
    return " ".join(response.text.split())


@pytest.mark.parametrize("name", DOORS)
def test_a_stranger_is_led_to_sign_in_and_back_to_the_film(heat, name):
    response = Client().post(door(name), {"on": "yes"})
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={HEAT.replace('/', '%2F')}")
    by_script = Client().post(door(name), {"on": "yes"}, headers={"HX-Request": "true"})
    assert (by_script.status_code, by_script["HX-Redirect"]) == (200, response["Location"])
    assert not WatchlistEntry.objects.exists()


@pytest.mark.parametrize("name", DOORS)
def test_a_door_takes_posts_of_ones_own_page_alone(heat, ann, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.get(door(name)).status_code == 405
    assert client.post(door(name), {"on": "yes"}).status_code == 403
    assert not WatchlistEntry.objects.exists()


@pytest.mark.parametrize("name", DOORS)
def test_a_film_that_is_not_held_is_not_found(mine, name):
    assert mine.post(f"/movies/1/{name}", {"on": "yes"}).status_code == 404


@pytest.mark.parametrize(("name", "model"), [("watchlist", WatchlistEntry), ("favorite", Favorite)])
def test_a_film_is_put_there_and_taken_away_and_twice_is_once(heat, mine, name, model):
    for _ in range(2):
        response = mine.post(door(name), {"on": "yes"}, follow=True)
        assert response.redirect_chain == [(HEAT, 302)]
        assert 'aria-pressed="true"' in response.text
        assert model.objects.count() == 1
    for _ in range(2):
        assert 'name="on" value="yes"' in mine.post(door(name), {"on": "no"}, follow=True).text
        assert model.objects.count() == 0


@pytest.mark.parametrize("name", ["watchlist", "favorite"])
@pytest.mark.parametrize("sent", [{}, {"on": ""}, {"on": "maybe"}, {"on": EVIL}])
def test_neither_yes_nor_no_is_a_400(heat, mine, name, sent):
    assert mine.post(door(name), sent).status_code == 400


def test_a_script_is_given_the_members_part_alone(heat, mine):
    response = mine.post(door("watchlist"), {"on": "yes"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'id="mine"' in response.text
    assert "It is on your watchlist." in response.text
    assert "It is on your watchlist." not in mine.get(HEAT).text, "told once"


@pytest.mark.parametrize(
    ("sent", "day", "precision"),
    [
        ({"day": "2024-05-17"}, date(2024, 5, 17), "day"),
        ({"day": "2024-05-17", "vague": "2019-05"}, date(2019, 5, 1), "month"),
        ({"vague": "2019"}, date(2019, 1, 1), "year"),
        ({"vague": " 2019-5 "}, date(2019, 5, 1), "month"),
        ({"day": "2024-05-17", "vague": "2019", "is_unknown": "on"}, None, "unknown"),
        ({}, None, "unknown"),
    ],
)
def test_a_viewing_is_logged_with_a_day_as_vague_as_it_is_known(heat, mine, sent, day, precision):
    response = mine.post(door("viewings"), sent, follow=True)
    assert "It is in your diary." in response.text
    viewing = Viewing.objects.get()
    assert (viewing.watched_on, viewing.precision) == (day, precision)


def test_all_that_can_be_said_of_a_viewing_is_kept(heat, mine, ann, bob):
    sent = {"day": "2024-05-17", "rating": "9", "note": "Loud.", "tags": "Noir, noir ,  LA night", "companions": "@Bob"}
    mine.post(door("viewings"), sent | {"rewatch": "yes"})
    viewing = Viewing.objects.get()
    assert (viewing.user, viewing.rating, viewing.note) == (ann, 9, "Loud.")
    assert (viewing.tags, viewing.is_rewatch) == (["noir", "la night"], True)
    assert list(viewing.companions.all()) == [bob]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "2024-02-30"}, "day"),
        ({"day": "soon"}, "day"),
        ({"day": (timezone.now() + timedelta(days=3)).date().isoformat()}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"vague": "1800"}, "vague"),
        ({"vague": "2019-13"}, "vague"),
        ({"vague": "9999"}, "vague"),
        ({"vague": "0000"}, "vague"),
        ({"vague": "May"}, "vague"),
        ({"rating": "0"}, "rating"),
        ({"rating": "11"}, "rating"),
        ({"rating": "7.5"}, "rating"),
        ({"note": "x" * 2_001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"tags": ",".join(map(str, range(30)))}, "tags"),
        ({"tags": "x" * 41}, "tags"),
        ({"companions": "nobody"}, "companions"),
        ({"companions": "ann"}, "companions"),
        ({"companions": ",".join(f"m{one}" for one in range(21))}, "companions"),
        ({"rewatch": "perhaps"}, "rewatch"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "script"])
def test_what_cannot_be_logged_is_told_beside_its_field_and_nothing_is_lost(heat, mine, sent, field, headers):
    response = mine.post(door("viewings"), {"note": "Kept.", **sent}, headers=headers)
    assert response.status_code == 400
    assert f'id="viewing_{field}_error"' in response.text
    assert "Kept." in response.text or field == "note"
    assert ("<html" in response.text) is not bool(headers)
    assert not Viewing.objects.exists()


def test_one_who_blocks_is_not_to_be_named(heat, mine, ann, bob):
    Block.objects.create(blocker=bob, blocked=ann)
    assert mine.post(door("viewings"), {"companions": "bob"}).status_code == 400


def test_a_film_is_put_into_a_list_and_taken_out(heat, mine, ann):
    made = lists.make(owner=ann, name="Nights")
    for _ in range(2):
        response = mine.post(door("lists"), {"list": made.pk}, follow=True)
        assert "It is in the list “Nights”." in response.text
        assert ListItem.objects.filter(list=made).count() == 1
    assert "Take out" in response.text
    for _ in range(2):
        assert "not in the list" in mine.post(door("lists/remove"), {"list": made.pk}, follow=True).text
        assert not ListItem.objects.exists()


def test_a_new_list_is_made_by_its_name(heat, mine, ann):
    mine.post(door("lists"), {"name": "Heists"})
    assert List.objects.get(owner=ann).items.get().movie == heat


def test_a_list_shared_with_me_can_be_put_into_and_no_other(heat, mine, ann, bob):
    shared, foreign = lists.make(owner=bob, name="Ours"), lists.make(owner=bob, name="His")
    Collaborator.objects.create(list=shared, member=ann, role="editor", accepted_at=timezone.now())
    page = mine.get(HEAT).text
    assert ">Ours</option>" in page
    assert ">His</option>" not in page
    assert mine.post(door("lists"), {"list": shared.pk}).status_code == 302
    assert mine.post(door("lists"), {"list": foreign.pk}).status_code == 400
    assert mine.post(door("lists/remove"), {"list": foreign.pk}).status_code == 404
    assert not ListItem.objects.filter(list=foreign).exists()


@pytest.mark.parametrize(
    "sent", [{}, {"list": "0"}, {"list": "x"}, {"list": "9" * 30}, {"name": "x" * 121}, {"name": "a\x00"}]
)
def test_what_is_no_list_is_a_400(heat, mine, sent):
    assert mine.post(door("lists"), sent).status_code == 400
    assert not List.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "-1"])
def test_what_is_no_list_is_not_taken_out_of(heat, mine, sent):
    assert mine.post(door("lists/remove"), {"list": sent}).status_code == 400


def test_what_others_hold_is_not_shown_as_mine(heat, mine, bob):
    WatchlistEntry.objects.create(user=bob, movie=heat)
    Viewing.objects.create(user=bob, movie=heat, watched_on=date(2024, 1, 1), sorted_on=date(2024, 1, 1))
    page = mine.get(HEAT).text
    assert "On my watchlist" not in page
    assert "seen January" not in page


@pytest.mark.parametrize(
    ("precision", "day", "shown"),
    [
        ("day", date(2024, 5, 17), "seen May 17, 2024"),
        ("month", date(2024, 5, 1), "seen May 2024"),
        ("year", date(2024, 1, 1), "seen 2024"),
        ("unknown", None, "seen some day"),
    ],
)
def test_the_last_viewing_is_told_as_vaguely_as_it_is_known(heat, mine, precision, day, shown):
    Viewing.objects.create(
        user_id=mine.session["_auth_user_id"],
        movie=heat,
        watched_on=day,
        precision=precision,
        sorted_on=day or date.min,
    )
    assert shown in told(mine.get(HEAT))


def test_no_name_of_a_list_becomes_markup(heat, mine, ann):
    lists.make(owner=ann, name=EVIL)
    mine.post(door("lists"), {"name": EVIL + "2"})
    page = mine.get(HEAT).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    refused = mine.post(door("viewings"), {"note": EVIL, "tags": EVIL, "companions": EVIL, "vague": EVIL[:7]}).text
    assert "<script>alert" not in refused
    assert "<img src=x" not in refused


def test_the_members_part_costs_the_same_however_much_is_held(heat, mine, ann, django_assert_max_num_queries):
    mine.get(HEAT)
    with django_assert_max_num_queries(20):
        mine.get(HEAT)
    for number in range(30):
        made = lists.make(owner=ann, name=f"List {number}")
        ListItem.objects.create(list=made, movie=heat, position=1)
        Viewing.objects.create(user=ann, movie=heat, watched_on=date(2024, 1, 1), sorted_on=date(2024, 1, 1))
        Favorite.objects.create(user=ann, movie=make_movie(5000 + number, f"Film {number}"), position=number)
    User.objects.create_user("eve", "eve@example.net")
    with django_assert_max_num_queries(20):
        assert "more than once" in mine.get(HEAT).text
