"""The catalogue's page in the admin: what it shows, to whom, and its buttons."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from catalog import watching
from catalog.admin.overview import calls, duration, percent
from catalog.models import SyncFailure, SyncRound, TMDBCalls
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/catalog/syncround/"


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def desk(staff):
    """A browser in which staff has signed in."""
    return browser_of(staff)


@pytest.fixture
def watcher(ann):
    """A member of staff who may look at the rounds, and no more."""
    ann.is_staff = True
    ann.save()
    ann.user_permissions.add(Permission.objects.get(codename="view_syncround"))
    return browser_of(ann)


@pytest.fixture
def now():
    return timezone.now()


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_index_leads_to_it(desk, watcher):
    link = f'<a href="{OVERVIEW}">Catalogue: how fresh it is'
    assert link in text_of(desk.get("/admin/"))
    assert link in text_of(watcher.get("/admin/"))


def test_an_empty_catalogue_has_its_page(desk):
    text = text_of(desk.get(OVERVIEW))
    for shown in "has not run yet", "None: TMDB gave every film", "0 in the last day":
        assert shown in text


def test_freshness_progress_failures_and_rounds_are_shown(desk, now):
    make_movie(1, "Fresh", synced_at=now)
    make_movie(2, "Stale", synced_at=now - timedelta(days=9))
    make_movie(3, "Known", synced_at=None)
    SyncFailure.objects.create(
        tmdb_id=5, reason="refused", first_failed_at=now, last_failed_at=now, retry_at=now, detail=""
    )
    SyncRound.objects.create(name="changes", began_at=now, failed_at=now, fault="TMDBUnavailable: <away>")
    SyncRound.objects.create(name="details", began_at=now, succeeded_at=now, summary="fetched 7")
    text = text_of(desk.get(OVERVIEW))
    assert "<dt>of them fresh</dt><dd>50%</dd>" in text
    assert "<dt>by name, awaiting details</dt><dd>1</dd>" in text
    assert "TMDBUnavailable: &lt;away&gt;" in text
    assert '<p class="state trouble">failed</p>' in text
    assert "fetched 7" in text
    assert '?reason__exact=refused">TMDB refused the call</a></th> <td class="number">1</td>' in text
    assert 'width="67"' in text
    assert "1 h 0 min" in text


def test_the_calls_of_the_last_day_are_a_table_by_hour_and_outcome(desk, now):
    hour = now.replace(minute=0, second=0, microsecond=0)
    for age, outcome, number in ((0, "200", 1000), (0, "timeout", 250), (3, "404", 5), (30, "500", 9)):
        TMDBCalls.objects.create(hour=hour - timedelta(hours=age), outcome=outcome, calls=number)
    told = calls(now)
    assert told["outcomes"] == ["200", "404", "timeout"]
    assert told["total"] == 1255
    assert len(told["rows"]) == 24
    assert [told["rows"][0][name] for name in ("total", "counts", "percent", "fine_percent")] == [
        1250,
        [1000, 0, 250],
        100,
        80,
    ]
    assert [told["rows"][3][name] for name in ("total", "counts", "percent", "fine_percent")] == [5, [0, 5, 0], 1, 1]
    text = text_of(desk.get(OVERVIEW))
    assert '<th class="number" scope="col">timeout</th>' in text
    assert '<td class="number">1,250</td>' in text


def test_it_is_under_the_content_security_policy(desk, now):
    TMDBCalls.objects.create(hour=now, outcome="200", calls=7)
    response = desk.get(OVERVIEW)
    text = text_of(response)
    main = text[text.index('id="content-main"') :]
    assert " style=" not in main
    assert "<script" not in main[: main.index("</main>")]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_films_are_counted_once_a_minute_and_rounds_each_time(desk, now):
    desk.get(OVERVIEW)
    make_movie(1, "New", synced_at=now)
    SyncRound.objects.create(name="details", began_at=now, succeeded_at=now, summary="fetched it")
    text = text_of(desk.get(OVERVIEW))
    assert "<dt>in full</dt><dd>0</dd>" in text
    assert "fetched it" in text
    cache.delete("catalogue-overview")
    assert "<dt>in full</dt><dd>1</dd>" in text_of(desk.get(OVERVIEW))


def test_a_round_is_left_to_the_worker_by_its_button(desk):
    text = text_of(desk.get(OVERVIEW))
    assert f'<form method="post" action="{OVERVIEW}changes/run/">' in text
    before = watching.queued()
    said = desk.post(f"{OVERVIEW}changes/run/", follow=True)
    assert "The worker will make the round “changes” now." in text_of(said)
    assert watching.queued() == before + 1


def test_a_broker_that_is_away_is_said(desk, monkeypatch):
    from celery import current_app
    from kombu.exceptions import OperationalError

    def away(*_, **__):
        raise OperationalError("nobody listens")

    monkeypatch.setattr(current_app, "send_task", away)
    said = desk.post(f"{OVERVIEW}changes/run/", follow=True)
    assert "The worker cannot be reached: nobody listens" in text_of(said)


@pytest.mark.parametrize(("method", "path", "status"), [("get", "changes/run/", 405), ("post", "nothing/run/", 404)])
def test_only_a_round_that_there_is_can_be_run_and_only_by_a_form(desk, method, path, status):
    assert getattr(desk, method)(OVERVIEW + path).status_code == status


def test_a_form_from_elsewhere_runs_nothing(staff):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    assert strict.post(f"{OVERVIEW}changes/run/").status_code == 403
    assert strict.post("/admin/catalog/movie/1/refresh/").status_code == 403


def test_who_may_only_look_has_no_buttons(watcher):
    assert "/run/" not in text_of(watcher.get(OVERVIEW))
    assert watcher.post(f"{OVERVIEW}changes/run/").status_code == 403


def test_who_may_not_look_is_not_let_in(bob, api):
    assert api.get(OVERVIEW).status_code == 302
    bob.is_staff = True
    bob.save()
    browser = browser_of(bob)
    assert browser.get(OVERVIEW).status_code == 403
    assert browser.post("/admin/catalog/movie/1/refresh/").status_code == 403
    assert OVERVIEW not in text_of(browser.get("/admin/"))


def test_a_film_s_page_has_a_button_that_asks_tmdb_again(desk):
    make_movie(603, "The Matrix")
    page = "/admin/catalog/movie/603/change/"
    assert '<form method="post" action="/admin/catalog/movie/603/refresh/">' in text_of(desk.get(page))
    before = watching.queued()
    said = desk.post("/admin/catalog/movie/603/refresh/", follow=True)
    assert said.redirect_chain == [(page, 302)]
    assert "The worker will ask for 1 film again." in text_of(said)
    assert watching.queued() == before + 1
    assert desk.get("/admin/catalog/movie/603/refresh/").status_code == 405


def test_a_round_has_a_page_of_its_own(desk, now):
    SyncRound.objects.create(name="changes", began_at=now, failed_at=now, fault="TMDBUnavailable: away")
    assert "TMDBUnavailable: away" in text_of(desk.get(f"{OVERVIEW}changes/change/"))


def test_the_page_costs_the_same_however_much_there_is(desk, now, django_assert_max_num_queries):
    desk.get(OVERVIEW)
    with django_assert_max_num_queries(9):
        desk.get(OVERVIEW)
    for age in range(20):
        TMDBCalls.objects.create(hour=now - timedelta(hours=age), outcome="200", calls=age)
    with django_assert_max_num_queries(9):
        desk.get(OVERVIEW)


def test_shares_are_whole_numbers_that_do_not_round_all_or_nothing_up():
    assert [percent(part, 1000) for part in (0, 1, 500, 999, 1000, 2000)] == [0, 1, 50, 99, 100, 100]
    assert percent(0, 0) == 0


def test_times_left_are_told_in_two_units():
    assert [duration(seconds) for seconds in (None, 0, 20, 90, 3600, 12_345, 90_000, 10**7)] == [
        *("", "", "1 min", "1 min", "1 h 0 min", "3 h 25 min", "1 d 1 h", "115 d 17 h"),
    ]
