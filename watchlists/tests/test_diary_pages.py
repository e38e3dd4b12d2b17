"""A diary as pages: read as a list and a calendar, written by its owner alone."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts import people
from watchlists import diary
from watchlists.models import Viewing
from watchlists.tests.reading import SCRIPT, assert_harmless, browser, statuses, text_of
from watchlists.views.diary import SHOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


@pytest.fixture
def seen(ann, heat):
    return diary.log(
        user=ann, movie_id=949, watched_on=date(2026, 3, 5), rating=9, note="For me alone.", tags=["noir"]
    )[0]


def test_everyone_reads_a_public_diary_but_not_its_notes(ann, bob, seen):
    for viewer in (None, bob):
        page = text_of(browser(viewer), "/members/ann/diary")
        assert "Heat" in page
        assert "March 2026" in page
        assert "For me alone" not in page
        assert f"/diary/{seen.pk}" not in page
    own = text_of(browser(ann), "/members/ann/diary")
    assert "For me alone" in own
    assert f"/diary/{seen.pk}" in own


@pytest.mark.parametrize("path", ["diary", "diary/calendar", "diary.atom"])
@pytest.mark.parametrize("column", ["history_privacy", "profile_privacy"])
def test_what_is_private_is_not_there(ann, bob, path, column):
    setattr(ann, column, "private")
    ann.save()
    own = 404 if path == "diary.atom" else 200
    assert statuses(f"/members/ann/{path}", None, bob, ann) == [404, 404, own]


def test_what_is_for_followers_they_alone_see(ann, bob, seen):
    people.follow(follower=bob, followed=ann)
    ann.history_privacy = "followers"
    ann.save()
    assert statuses("/members/ann/diary", None, bob) == [404, 200]
    assert statuses("/members/ann/diary.atom", None, bob) == [404, 404]
    assert "/members/ann/diary" not in text_of(browser(), "/members/ann")


def test_between_two_of_whom_one_blocks_the_other_nothing_is_seen(ann, bob, seen):
    people.block(blocker=ann, blocked=bob)
    assert statuses("/members/ann/diary", bob) == [404]
    assert statuses("/members/bob/diary", ann) == [404]


def test_the_diary_is_narrowed_and_a_bad_wish_is_a_400(ann, seen, ronin):
    diary.log(user=ann, movie_id=8195, watched_on=date(2025, 3, 5))
    client = browser(ann)
    assert "Ronin" not in text_of(client, "/members/ann/diary", tag="noir")
    assert "Heat" not in text_of(client, "/members/ann/diary", year=2025)
    for bad in ({"year": "soon"}, {"since": "2026-02-30"}, {"cursor": "x"}, {"rewatch": "perhaps"}):
        assert client.get("/members/ann/diary", bad).status_code == 400


def test_the_calendar_tells_days_and_what_nobody_knows_the_day_of(ann, seen, ronin):
    diary.log(user=ann, movie_id=8195, watched_on=date(2026, 3, 1), precision="month")
    diary.log(user=ann, movie_id=8195, watched_on=date(2026, 1, 1), precision="year")
    diary.log(user=ann, movie_id=8195)
    page = text_of(browser(), "/members/ann/diary/calendar", month="2026-03")
    days, _, vague = page.partition("</table>")
    assert days.count("Heat") == 1
    assert "Ronin" not in days
    assert vague.count('class="film-title"') == 2
    january = text_of(browser(), "/members/ann/diary/calendar", month="2026-01")
    assert "Ronin" not in january.partition("</table>")[0]


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "0001-01", "9999-12", "2026", "x", "2026-3", "2026-03-01"])
def test_what_is_no_month_is_a_400(ann, month):
    assert browser().get("/members/ann/diary/calendar", {"month": month}).status_code == 400


def test_a_day_with_many_films_leads_to_the_rest(ann, seen):
    for _ in range(5):
        diary.log(user=ann, movie_id=949, watched_on=date(2026, 3, 5))
    page = text_of(browser(), "/members/ann/diary/calendar", month="2026-03")
    assert "+3" in page
    assert "since=2026-03-05&amp;until=2026-03-05" in page


def test_one_logs_a_film_found_by_its_name(ann, heat):
    client = browser(ann)
    assert "/diary/log/949" in text_of(client, "/diary/log", q="heet")
    body = {"vague": "2026-02", "rating": "8", "tags": "Noir, noir,  two  words", "note": "n", "rewatch": "yes"}
    assert client.post("/diary/log/949", body)["Location"] == "/members/ann/diary"
    viewing = Viewing.objects.get()
    assert (viewing.watched_on, viewing.precision, viewing.rating) == (date(2026, 2, 1), "month", 8)
    assert (viewing.tags, viewing.is_rewatch, viewing.is_rewatch_set) == (["noir", "two words"], True, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2026-02-30"),
        ("day", "yesterday"),
        ("vague", "0001"),
        ("vague", "2026-13"),
        ("vague", "May"),
        ("day", "2026-11-200"),
        ("day", f"{timezone.now().year + 1}-01-01"),
        ("rating", "0"),
        ("rating", "11"),
        ("rating", "7.5"),
        ("rewatch", "perhaps"),
        ("tags", "x" * 41),
        ("tags", ",".join(map(str, range(21)))),
        ("companions", "nobody"),
        ("companions", "ann"),
        ("note", "x" * 2001),
        ("note", "\x00"),
        ("note", "e" + "\u0301" * 50_000),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(ann, heat, field, value):
    page = browser(ann).post("/diary/log/949", {"day": "2026-01-02", "tags": "kept", field: value})
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert field == "tags" or "kept" in page.content.decode()
    assert not Viewing.objects.exists()


def test_an_entry_is_changed_and_taken_out_by_its_owner_alone(ann, bob, seen):
    path = f"/diary/{seen.pk}"
    assert statuses(path, bob) == statuses(f"{path}/remove", bob, method="post") == [404]
    assert statuses(path, None) == [302]
    own = browser(ann)
    assert 'value="2026-03-05"' in text_of(own, path)
    changed = own.post(path, {"vague": "2026", "companions": "@Bob", "next": "/members/ann/diary?year=2026"})
    assert changed["Location"] == "/members/ann/diary?year=2026"
    seen.refresh_from_db()
    assert (seen.precision, seen.company.get().member, seen.rating) == ("year", bob, None)
    assert own.post(f"{path}/remove", {"next": "//evil.example"})["Location"] == "/members/ann/diary"
    assert own.post(f"{path}/remove").status_code == 404
    assert own.post(path, {"is_unknown": "on"}).status_code == 404


def test_forms_are_refused_without_their_token(ann, seen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    for path in (f"/diary/{seen.pk}", f"/diary/{seen.pk}/remove", "/diary/log/949"):
        assert client.post(path, {"day": "2026"}).status_code == 403
    assert Viewing.objects.count() == 1


def test_no_film_no_door(ann, heat, tmdb):
    for number in ("0", "-1", "x", "99999999999999999999"):
        assert browser(ann).get(f"/diary/log/{number}").status_code == 404
    assert browser(ann).post("/diary/log/2147483646", {"is_unknown": "on"}).status_code == 404


def test_what_is_written_stays_text_on_every_page(ann, bob, heat):
    heat.title = bob.display_name = SCRIPT[:60]
    heat.save()
    bob.save()
    viewing = diary.log(user=ann, movie_id=949, note=SCRIPT, tags=[SCRIPT[:40]], companions=[bob])[0]
    client = browser(ann)
    for path in ("/members/ann/diary", f"/diary/{viewing.pk}", "/members/ann", "/diary/log/949"):
        assert_harmless(text_of(client, path))
    assert_harmless(text_of(client, "/members/ann/diary", tag=SCRIPT[:40]))


def test_a_longer_diary_costs_no_more_queries_and_turns_both_ways(ann, bob, seen, django_assert_max_num_queries):
    for day in range(1, 29):
        for month in (1, 2):
            diary.log(user=ann, movie_id=949, watched_on=date(2026, month, day), companions=[bob])
    client = browser(bob)
    client.get("/members/ann")
    with django_assert_max_num_queries(9):
        first = client.get("/members/ann/diary")
    assert len(first.context["viewings"]) == SHOWN
    further = first.context["page"].further
    second = client.get("/members/ann/diary", {"cursor": further})
    assert len(second.context["viewings"]) == 57 - SHOWN
    back = client.get("/members/ann/diary", {"cursor": second.context["page"].back})
    assert [one.pk for one in back.context["viewings"]] == [one.pk for one in first.context["viewings"]]
    with django_assert_max_num_queries(9):
        client.get("/members/ann/diary/calendar?month=2026-02")
