"""The command and the admin's page by which an operator merges one film into another."""

from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from catalog import merging
from catalog.models import Movie
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db
PAGE = "/admin/catalog/movie/2/merge/"


@pytest.fixture(autouse=True)
def films(monkeypatch):
    monkeypatch.setattr(merging, "_moves", {"shelves": lambda old_id, new_id: 1234})
    monkeypatch.setattr(merging, "_holders", {})
    make_movie(949, "Heat")
    make_movie(2, "Double", rating_total=8, rating_count=1)


@pytest.fixture
def desk(staff):
    browser = Client()
    browser.force_login(staff)
    return browser


@pytest.fixture
def clerk(bob):
    """A browser of one who may look at films, and no more."""
    bob.is_staff = True
    bob.save()
    bob.user_permissions.add(Permission.objects.get(codename="view_movie"))
    browser = Client()
    browser.force_login(bob)
    return browser


def merge(*arguments):
    output = StringIO()
    call_command("merge_movie", *arguments, stdout=output)
    return output.getvalue()


def is_merged():
    return Movie.objects.get(pk=2).merged_into_id == 949


def test_the_command_merges_and_tells_what_moved():
    first, second = merge("2", "949").splitlines()
    assert first == (
        "Double (1995) [2] is merged into Heat (1995) [949]: 1,234 rows of members were moved, 1 ratings counted over."
    )
    assert "TMDB may still have Double (1995) [2]" in second
    assert is_merged()


def test_a_tombstone_needs_no_such_warning_and_merging_back_tells_of_itself():
    Movie.objects.filter(pk=2).update(gone_at=timezone.now())
    assert merge("2", "949").count("\n") == 1
    assert "Double (1995) [2] had been merged into it. TMDB is asked next" in merge("949", "2")


def test_a_dry_run_of_the_command_merges_nothing():
    output = merge("2", "949", "--dry-run")
    assert "Double (1995) [2] would be merged into Heat (1995) [949]: 1,234 rows of members would be moved" in output
    assert not is_merged()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2", "77"), "Movie 77 is not held"),
        (("77", "2"), "Movie 77 is not held"),
        (("2", "2"), "cannot be merged into itself"),
        (("2",), "the following arguments are required: NEW"),
        (("2", "x"), "invalid"),
        (("-1", "2"), "required|between 1 and"),
        (("0", "2"), "between 1 and"),
        (("2", str(2**40)), "between 1 and"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, told):
    with pytest.raises(CommandError, match=told):
        merge(*arguments)
    assert not is_merged()


def test_the_films_page_leads_to_the_merge(desk):
    page = desk.get("/admin/catalog/movie/2/change/").content.decode()
    assert f'href="{PAGE}"' in page
    Movie.objects.filter(pk=2).update(merged_into=949, gone_at=timezone.now())
    assert "/admin/catalog/movie/949/change/" in desk.get("/admin/catalog/movie/2/change/").content.decode()


def test_the_page_asks_into_which_film(desk):
    page = desk.get(PAGE).content.decode()
    assert '<label for="id_into"' in page
    assert 'aria-describedby="id_into_helptext"' in page
    assert "Merge them" not in page


def test_the_page_tells_what_would_move_before_it_does(desk):
    page = desk.get(f"{PAGE}?into=949").content.decode()
    assert "<strong>Double (1995)</strong>" in page
    assert "<strong>Heat (1995)</strong>" in page
    assert "1,234 rows of members are moved." in page
    assert "1 rating is counted over." in page
    assert "TMDB may still have the first film" in page
    assert not is_merged()
    answer = desk.post(PAGE, {"into": "949"}, follow=True)
    assert answer.redirect_chain == [("/admin/catalog/movie/949/change/", 302)]
    assert "is merged into" in answer.content.decode()
    assert is_merged()
    assert LogEntry.objects.get().get_change_message() == "Merged into Heat (1995) [949]"


@pytest.mark.parametrize(
    ("into", "told"),
    [
        ("2", "A movie cannot be merged into itself."),
        ("77", "Movie 77 is not held."),
        ("x", "Enter a whole number."),
        ("", "This field is required."),
        ("-5", "Ensure this value is greater than or equal to 1."),
        ("9" * 30, "Ensure this value is less than or equal to 2147483647."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(desk, into, told):
    for answer in (desk.get(PAGE, {"into": into}), desk.post(PAGE, {"into": into})):
        assert answer.status_code == 200
        assert told in answer.content.decode()
    assert not is_merged()


def test_the_film_must_be_there(desk):
    assert desk.get("/admin/catalog/movie/77/merge/").status_code == 404


def test_only_who_may_change_films_may_merge(clerk):
    assert PAGE not in clerk.get("/admin/catalog/movie/2/change/").content.decode()
    assert clerk.get(f"{PAGE}?into=949").status_code == 403
    assert clerk.post(PAGE, {"into": "949"}).status_code == 403
    assert Client().post(PAGE, {"into": "949"}).status_code == 302
    assert not is_merged()


def test_a_post_without_the_pages_token_is_refused(staff):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff)
    assert browser.post(PAGE, {"into": "949"}).status_code == 403
    assert not is_merged()
