"""A member's profile and numbers as pages, and what one does to them there."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.models import Block, Follow, Mute
from accounts.tests.members import make_member
from activity.charts import HEIGHT, WIDTH, lying, standing
from activity.tests.rows import film, love, make_list, rate, review, watch

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
DEEDS = ["follow", "unfollow", "mute", "unmute", "block", "unblock", "accept", "refuse", "remove"]


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: done())


@pytest.fixture
def full(ann):
    """A profile with something in every room."""
    for number in range(8):
        seen = film(100 + number, title=f"Film {number}")
        watch(ann, seen, date(2026, 1 + number, 3), rating=7)
        love(ann, seen)
        rate(ann, seen, 1 + number)
    review(ann, seen, "Quiet and slow.")
    make_list(ann, seen)
    return ann


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text_of(user, path) -> str:
    page = browser(user).get(path)
    assert page.status_code == 200, path
    return page.text


def do(user, deed, username="ann"):
    return browser(user).post(f"/members/{username}/ties/{deed}")


def test_everyone_reads_a_public_profile(full, bob):
    for viewer in (None, bob):
        page = text_of(viewer, "/members/ann")
        for told in ("Film 0", "Film 7", "Quiet and slow.", "Heists"):
            assert told in page
    assert page.count("♥") == 0
    assert text_of(bob, "/members/ANN")


def test_of_a_profile_for_followers_others_see_the_card_alone(full, bob):
    people_of = make_member("eve")
    people.follow(follower=people_of, followed=full)
    full.bio, full.profile_privacy = "Mostly noir.", "followers"
    full.save()
    page = text_of(bob, "/members/ann")
    assert "This profile is for followers" in page
    assert "Mostly noir." not in page
    assert "Film 0" not in page
    assert "/members/ann/diary" not in page
    assert 'content="noindex"' in page
    assert "Film 0" in text_of(people_of, "/members/ann")


def test_private_and_blocking_ones_are_not_there(full, bob):
    people.block(blocker=full, blocked=bob)
    assert browser(bob).get("/members/ann").status_code == 404
    people.unblock(blocker=full, blocked=bob)
    full.profile_privacy = "private"
    full.save()
    assert [browser(user).get("/members/ann").status_code for user in (None, bob, full)] == [404, 404, 200]
    assert browser().get("/members/nobody").status_code == 404
    assert browser().get("/members/%00").status_code in (400, 404)


@pytest.mark.parametrize(
    ("column", "hidden"),
    [
        ("history_privacy", ["/members/ann/diary", "Seen lately", "/members/ann/stats"]),
        ("favorites_privacy", ["/members/ann/favorites", 'id="top"']),
        ("reviews_privacy", ["/members/ann/reviews", "Quiet and slow."]),
        ("watchlist_privacy", ["/members/ann/watchlist"]),
    ],
)
def test_a_room_that_is_closed_leaves_nothing_on_the_profile(full, bob, column, hidden):
    setattr(full, column, "private")
    full.save()
    page = text_of(bob, "/members/ann")
    own = text_of(full, "/members/ann")
    for told in hidden:
        assert told not in page, told
        assert told in own, told


def test_one_follows_mutes_and_blocks_on_the_page_and_undoes_it(ann, bob):
    assert do(bob, "follow")["Location"] == "/members/ann"
    assert "Unfollow" in text_of(bob, "/members/ann")
    do(bob, "mute")
    assert Mute.objects.get().muted == ann
    do(bob, "unmute")
    do(bob, "block")
    assert (Block.objects.count(), Follow.objects.count(), Mute.objects.count()) == (1, 0, 0)
    assert "You block them" in text_of(bob, "/members/ann")
    do(bob, "unblock")
    assert not Block.objects.exists()


def test_who_asks_to_follow_is_accepted_on_their_page(ann, bob):
    Follow.objects.create(follower=bob, followed=ann, is_accepted=False)
    assert "Accept as follower" in text_of(ann, "/members/bob")
    do(ann, "accept", "bob")
    assert Follow.objects.get().is_accepted


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_are_for_who_is_signed_in_and_may_see_them(ann, bob, deed):
    assert do(None, deed).status_code == 302
    ann.profile_privacy = "private"
    ann.save()
    assert do(bob, deed).status_code == 404
    assert browser(bob).get(f"/members/ann/ties/{deed}").status_code == 405
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(bob)
    assert guarded.post(f"/members/ann/ties/{deed}").status_code == 403
    assert not any(ties.objects.exists() for ties in (Follow, Mute, Block))


def test_to_leave_a_private_member_leads_to_ones_own_people(ann, bob):
    people.follow(follower=bob, followed=ann)
    ann.profile_privacy = "private"
    ann.save()
    assert do(bob, "unfollow")["Location"] == "/accounts/people/following/"
    assert do(bob, "hug").status_code == 404
    assert "This is you" in browser(bob).post("/members/bob/ties/follow", follow=True).text


def test_numbers_are_told_in_charts_and_in_tables(full, bob):
    page = text_of(bob, "/members/ann/stats")
    assert page.count('role="img"') == page.count("As a table") >= 3
    assert '<th scope="row">Jan</th><td>1</td>' in page
    year = text_of(bob, "/members/ann/stats/2026")
    assert "2026 in review" in year
    assert "There is nothing to count yet." in text_of(bob, "/members/ann/stats/1999")
    assert browser().get("/members/ann/stats/1").status_code == 404
    assert browser().get("/members/ann/stats/99999999999").status_code == 404


def test_who_keeps_their_reviews_tells_no_ratings_and_who_keeps_their_diary_nothing(full, bob):
    full.reviews_privacy = "private"
    full.save()
    page = text_of(bob, "/members/ann/stats")
    assert "How often each was given." not in page
    assert "How often each was given." in text_of(full, "/members/ann/stats")
    full.history_privacy = "private"
    full.save()
    assert browser(bob).get("/members/ann/stats").status_code == 404
    assert browser(bob).get("/members/ann/stats/2026").status_code == 404


def test_in_french_the_charts_are_drawn_all_the_same(full):
    page = Client(headers={"Accept-Language": "fr"}).get("/members/ann/stats").text
    assert '<html lang="fr"' in page
    rects = page.split("<rect ")[1:]
    assert rects
    assert not any("," in rect.partition("/>")[0] for rect in rects), "a number of SVG has a point"


def test_what_is_written_stays_text(full, bob):
    full.display_name, full.bio = SCRIPT[:60], SCRIPT
    full.save()
    for path in ("/members/ann", "/members/ann/stats"):
        page = text_of(bob, path)
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_fuller_profile_costs_no_more_queries(full, bob, django_assert_max_num_queries):
    for number in range(30):
        watch(full, film(500 + number), timezone.now().date())
        make_list(full, film(600 + number))
    client = browser(bob)
    client.get("/members/ann")
    with django_assert_max_num_queries(14):
        client.get("/members/ann")


@pytest.mark.parametrize("values", [[], [0], [0, 0], [5], list(range(40))])
def test_bars_stay_within_their_chart(values):
    pairs = [(f"A rather long name {value}", value) for value in values]
    for bar in standing(pairs):
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
    for bar in lying(pairs):
        assert bar.ends <= WIDTH
        assert len(bar.short) <= 18
