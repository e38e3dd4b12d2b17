"""`manage.py sync_catalog` as an operator meets it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import ChartEntry, Genre, Movie, SyncFailure, SyncRound
from catalog.sync.progress import Lines

pytestmark = pytest.mark.django_db
AVATAR, MATRIX = 19995, 603


def sync(*arguments):
    output = StringIO()
    call_command("sync_catalog", *arguments, stdout=output, stderr=output)
    return output.getvalue()


def refusal(*arguments):
    output = StringIO()
    with pytest.raises(CommandError) as fault:
        call_command("sync_catalog", *arguments, stdout=output, stderr=output)
    return fault.value.returncode, str(fault.value), output.getvalue()


def test_the_summary_is_one_line(tmdb):
    output = sync("--popular", "25")
    assert output.count("\n") == 1
    assert output.startswith("fetched 25: 25 changed, 0 unchanged, 0 gone; 0 fresh already; 0 put aside; ")
    assert output.endswith("films a second\n")
    assert sync("--popular", "25").startswith("fetched 0: 0 changed, 0 unchanged, 0 gone; 25 fresh already; ")


def test_all_options_go_together(tmdb):
    output = sync("--reference", "--charts", "--stale", "--popular", "20", "--movie", str(AVATAR), str(MATRIX))
    assert "19 genres" in output
    assert Movie.objects.filter(pk__in=[AVATAR, MATRIX]).count() == 2
    assert ChartEntry.objects.count() == 100
    assert Genre.objects.count() == 19


def test_a_dry_run_stores_nothing_and_asks_for_no_film(tmdb):
    output = sync("--dry-run", "--reference", "--charts", "--popular", "30", "--movie", str(AVATAR))
    assert "would fetch" in output
    assert not Movie.objects.exists()
    assert not Genre.objects.exists()
    assert not [call for call in tmdb.calls if call.path.removeprefix("/movie/").isdigit()]


def test_it_ends_with_1_when_a_film_was_put_aside(tmdb):
    tmdb.films[MATRIX] = {"id": MATRIX, "title": ""}
    code, told, output = refusal("--movie", str(MATRIX), str(AVATAR))
    assert code == 1
    assert "1 films were put aside" in told
    assert "1 put aside (1 unreadable)" in output
    assert Movie.objects.filter(pk=AVATAR).exists()
    assert SyncFailure.objects.get().tmdb_id == MATRIX


def test_it_ends_with_2_when_the_token_is_refused(tmdb, settings):
    settings.TMDB_TOKEN = "wrong"
    code, told, output = refusal("--popular", "5")
    assert code == 2
    assert "TMDB_TOKEN" in told
    assert "\n" not in told
    assert "wrong" not in told + output


@pytest.mark.parametrize("address", ["nonsense", "http://"])
def test_it_ends_with_2_when_the_address_is_none(settings, address):
    settings.TMDB_BASE_URL = address
    code, told, _ = refusal("--popular", "5")
    assert code == 2
    assert "TMDB_BASE_URL" in told


def test_it_ends_with_2_when_something_else_answers(tmdb, settings):
    settings.TMDB_BASE_URL = tmdb.base_url.replace("/3", "/nothing")
    assert refusal("--popular", "5")[0] in {1, 2}


def test_without_a_token_it_says_where_the_films_come_from(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    output = sync("--movie", str(AVATAR))
    assert "starter catalogue" in output.splitlines()[0]
    assert Movie.objects.get().pk == AVATAR


@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("--threads", "3"), ("--popular", "0"), ("--details", "0"), ("--popular", "x")),
        *(("--movie", "-1"), ("--movie", str(2**40))),
    ],
)
def test_what_it_cannot_do_it_says(arguments):
    with pytest.raises(CommandError):
        sync(*arguments)


def test_stale_films_are_refreshed_up_to_the_limit(tmdb):
    sync("--popular", "10")
    Movie.objects.update(synced_at=None)
    assert sync("--stale", "--limit", "4").startswith("fetched 4:")
    assert sync("--stale").startswith("fetched 6:")


def test_details_are_fetched_for_as_many_films_as_are_wanted_the_worthiest_first(tmdb):
    for key, holders, popularity in ((AVATAR, 0, 1.0), (MATRIX, 0, 9.0), (238, 2, 0.1)):
        Movie.objects.create(tmdb_id=key, title="Known", holder_count=holders, popularity=popularity)
    assert sync("--dry-run", "--details", "2") == "would fetch 2 films; 0 are fresh\n"
    assert sync("--details", "2").startswith("fetched 2: 2 changed")
    assert list(Movie.objects.filter(synced_at=None).values_list("pk", flat=True)) == [AVATAR]
    assert sync("--details", "50").startswith("fetched 1: 1 changed")
    assert sync("--details", "50").startswith("fetched 0: ")


def test_details_know_from_the_start_how_many_films_there_are(tmdb, monkeypatch):
    expected = []

    class Watching(Lines):
        def show(self, tally):
            expected.append(tally.expected)

    monkeypatch.setattr("catalog.management.commands.sync_catalog.progress_on", Watching)
    for key in list(tmdb.films)[:120]:
        Movie.objects.create(tmdb_id=key, title="Known")
    sync("--details", "5000")
    assert set(expected) == {120}


def test_details_and_stale_films_go_together(tmdb):
    for key in list(tmdb.films)[:10]:
        Movie.objects.create(tmdb_id=key, title="Known")
    SyncFailure.objects.all().delete()
    assert sync("--details", "4", "--stale").count("\n") == 1
    assert not Movie.objects.filter(synced_at=None).exists()


def test_changes_are_fetched_at_once_however_lately_the_film_was(tmdb):
    sync("--movie", str(AVATAR), str(MATRIX))
    tmdb.put_film(tmdb.films[AVATAR] | {"title": "Avatar, changed"})
    tmdb.put_film(tmdb.films[238] | {"title": "Not held"})
    output = sync("--changes")
    assert output.startswith("changes: 2 films changed from ")
    assert "1 of them held" in output
    assert Movie.objects.get(pk=AVATAR).title == "Avatar, changed"
    assert Movie.objects.count() == 2
    tmdb.put_film(tmdb.films[AVATAR] | {"title": "Avatar, changed again"})
    assert "fetched 1: 1 changed" in sync("--changes")


def test_a_dry_run_of_the_changes_covers_nothing(tmdb):
    sync("--movie", str(AVATAR))
    tmdb.put_film(tmdb.films[AVATAR] | {"title": "Avatar, changed"})
    assert "would fetch 1 films" in sync("--dry-run", "--changes")
    assert not SyncRound.objects.exists()
    sync("--changes")
    assert SyncRound.objects.get().covered_until


def test_with_nothing_changed_it_is_covered_all_the_same(tmdb):
    assert "fetched 0: " in sync("--changes")
    assert SyncRound.objects.get().covered_until


def test_a_lost_page_of_the_changes_ends_with_1_and_covers_nothing(tmdb, hurried):
    tmdb.faults.add("/movie/changes", "list_instead_of_object")
    code, told, _ = refusal("--changes")
    assert code == 1
    assert "1 pages of lists lost" in told
    assert not SyncRound.objects.exists()
