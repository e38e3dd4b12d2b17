"""What an export leaves in the database: films that are known, and of those held only what differs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.caching import LISTS
from catalog.models import Movie, MovieSearch
from catalog.sync import NotAnExport, export_staging, import_export
from catalog.tests.exports import line, lines, written
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture
def small_steps(monkeypatch):
    """Ranges of a few films, so that a small export has many."""
    real = export_staging.ranges
    monkeypatch.setattr(export_staging, "ranges", lambda: real(7))


def take_in(folder, *rows, **options):
    return import_export(written(folder, rows), NOW, **options)


def told(done):
    return done.films, done.new, done.changed, done.unchanged


def titles():
    return dict(Movie.objects.values_list("pk", "title"))


def writes(queries):
    """The statements that change a film's row."""
    return [query for query in queries if query["sql"].lstrip().startswith(("UPDATE catalog_movie", "INSERT INTO cat"))]


def test_a_new_film_is_known_and_awaits_its_details(tmp_path):
    done = take_in(tmp_path, line(603, "The Matrix", 83.25), line(7, "Ŝtono", 0.6, adult=True, video=True))
    assert told(done) == (2, 2, 0, 0)
    matrix = Movie.objects.get(pk=603)
    assert (matrix.title, matrix.original_title, matrix.popularity) == ("The Matrix", "The Matrix", 83.25)
    assert (matrix.is_adult, matrix.is_video, matrix.synced_at, matrix.gone_at) == (False, False, None, None)
    assert matrix.is_partial
    assert (matrix.countries, matrix.overview, matrix.rating_count, matrix.runtime) == ([], "", 0, None)
    stone = Movie.objects.get(pk=7)
    assert (stone.title, stone.is_adult, stone.is_video) == ("Ŝtono", True, True)
    assert list(Movie.objects.awaiting_details().values_list("pk", flat=True)) == [603, 7]


def test_each_column_of_a_known_film_is_as_if_django_had_made_it(tmp_path):
    take_in(tmp_path, line(1, "One", 2.5))
    made = Movie(tmdb_id=1, title="One", original_title="One", popularity=2.5)
    held = Movie.objects.get(pk=1)
    for field in Movie._meta.concrete_fields:
        assert getattr(held, field.attname) == getattr(made, field.attname), field.name


@pytest.mark.usefixtures("small_steps")
def test_an_unsorted_export_of_many_ranges_is_stored_whole(tmp_path):
    keys = [*range(100, 0, -3), *range(2, 100, 3), *range(3, 100, 3)]
    assert told(take_in(tmp_path, *lines(keys))) == (100, 100, 0, 0)
    assert titles() == {key: f"Film {key}" for key in range(1, 101)}


def known_of():
    """How many films PostgreSQL plans for; less than none where it has never counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'catalog_movie'::regclass")
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_postgresql_plans_for_the_films_that_a_large_export_brought(tmp_path, monkeypatch):
    monkeypatch.setattr(export_staging, "STEP", 50)
    take_in(tmp_path, *lines(range(1, 50)))
    assert known_of() != 49
    take_in(tmp_path, *lines(range(1, 200)))
    assert known_of() == 199


@pytest.mark.usefixtures("small_steps")
def test_the_second_time_only_what_differs_is_written(tmp_path):
    take_in(tmp_path, *lines(range(1, 61)))
    with CaptureQueriesContext(connection) as queries:
        assert told(take_in(tmp_path, *lines(range(1, 61)))) == (60, 0, 0, 60)
    assert not [query for query in writes(queries) if query["sql"].startswith("UPDATE")]
    changed = [*lines(range(1, 59)), line(59, popularity=9.5), line(60, "Renamed"), line(61)]
    assert told(take_in(tmp_path, *changed)) == (61, 1, 2, 58)
    assert Movie.objects.get(pk=59).popularity == 9.5
    assert Movie.objects.get(pk=60).title == "Renamed"


def test_a_film_with_details_keeps_its_titles_and_flags_and_takes_the_popularity(tmp_path):
    make_movie(603, "The Matrix", original_title="The Matrix", popularity=1.0)
    make_movie(129, "Spirited Away", original_title="千と千尋の神隠し", popularity=4.0)
    done = take_in(tmp_path, line(603, "Matrix!", 83.0, adult=True), line(129, "Sen to Chihiro", 4.0))
    assert told(done) == (2, 0, 1, 1)
    matrix = Movie.objects.get(pk=603)
    assert (matrix.title, matrix.original_title, matrix.is_adult) == ("The Matrix", "The Matrix", False)
    assert matrix.popularity == 83.0
    assert matrix.synced_at
    assert titles()[129] == "Spirited Away"


def test_a_known_film_takes_title_and_flags(tmp_path):
    take_in(tmp_path, line(1, "Old"), line(2, "Was none"), line(3, "Same"))
    done = take_in(tmp_path, line(1, "New"), line(2, "Was none", adult=True), line(3, "Same"))
    assert told(done) == (3, 0, 2, 1)
    first = Movie.objects.get(pk=1)
    assert (first.title, first.original_title) == ("New", "New")
    assert Movie.objects.get(pk=2).is_adult


def test_a_film_without_a_title_waits_until_it_has_one(tmp_path):
    make_movie(1, "Held", popularity=1.5)
    Movie.objects.create(tmdb_id=2, title="Known", popularity=1.5)
    take_in(tmp_path, line(1, ""), line(2, "", 7.0), line(3, ""))
    assert titles() == {1: "Held", 2: "Known"}
    assert Movie.objects.get(pk=2).popularity == 7.0
    take_in(tmp_path, line(1), line(2), line(3, "At last"))
    assert titles()[3] == "At last"


def test_of_two_lines_of_one_film_the_last_counts(tmp_path):
    done = take_in(tmp_path, line(1, "First"), line(2), line(1, "Second"), line(1, "Third", 8.0), line(2))
    assert done.lines == 5
    assert told(done) == (2, 2, 0, 0)
    assert (titles()[1], Movie.objects.get(pk=1).popularity) == ("Third", 8.0)


def test_the_largest_id_has_its_place(tmp_path):
    take_in(tmp_path, line(2**31 - 1), line(1))
    assert set(titles()) == {1, 2**31 - 1}


def test_a_tombstone_is_left_as_it_is(tmp_path):
    make_movie(1, "Gone", popularity=1.0, synced_at=None, gone_at=NOW - timedelta(days=9))
    done = take_in(tmp_path, line(1, "Other", 5.0), line(2))
    assert told(done) == (2, 1, 0, 1)
    gone = Movie.objects.get(pk=1)
    assert (gone.title, gone.popularity, bool(gone.gone_at)) == ("Gone", 1.0, True)


def test_members_and_details_are_nobodys_here(tmp_path):
    make_movie(1, "Rated", rating_total=17, rating_count=2, holder_count=3, runtime=99, synced_at=LONG_AGO)
    take_in(tmp_path, line(1, "Rated", 44.0))
    movie = Movie.objects.get(pk=1)
    assert (movie.rating_total, movie.rating_count, movie.holder_count, movie.runtime) == (17, 2, 3, 99)
    assert movie.synced_at == LONG_AGO


def test_malformed_lines_are_left_out_and_told(tmp_path):
    done = take_in(tmp_path, line(1), b"{oops", line(3), line(-4), line(5))
    assert set(titles()) == {1, 3, 5}
    assert done.faults == ["2 malformed lines were left out, the first is line 2: no JSON: '{oops'"]


def test_what_comes_before_the_cut_is_stored(tmp_path):
    path = written(tmp_path, lines(range(1, 50_000)))
    with Path(path).open("r+b") as file:
        file.truncate(100_000)
    done = import_export(path, NOW)
    assert 0 < done.new < 49_999
    assert set(titles()) == set(range(1, done.new + 1))
    assert f"the file is not whole: line {done.new + 1}" in done.faults[0]


def test_what_is_no_export_changes_nothing(tmp_path):
    make_movie(1, "Held", synced_at=LONG_AGO)
    with pytest.raises(NotAnExport, match=r"movie_ids.*\.gz is no export of ids: line 1: no JSON: '<html>'"):
        take_in(tmp_path, b"<html>", b"</html>")
    assert titles() == {1: "Held"}
    assert not Movie.objects.filter(suspected_at__isnull=False).exists()


def test_the_name_of_a_file_says_nothing_of_its_content(tmp_path):
    plain = written(tmp_path, lines([1, 2]), "plain.jsonl")
    packed = written(tmp_path, lines([3, 4]))
    (tmp_path / "packed.txt").write_bytes((tmp_path / "movie_ids_11_20_2026.json.gz").read_bytes())
    (tmp_path / "not.gz").write_bytes((tmp_path / "plain.jsonl").read_bytes())
    for path in (plain, packed, tmp_path / "packed.txt", tmp_path / "not.gz"):
        import_export(str(path), NOW)
    assert set(titles()) == {1, 2, 3, 4}


def test_a_new_or_renamed_film_is_found(tmp_path):
    take_in(tmp_path, line(1, "Casablanca"), line(2, "Adults alone", adult=True))
    assert list(MovieSearch.objects.values_list("pk", flat=True)) == [1]
    take_in(tmp_path, line(1, "Metropolis"), line(2, "For all"))
    names = dict(MovieSearch.objects.values_list("pk", "names"))
    assert set(names) == {1, 2}
    assert "metropolis" in names[1]


def test_the_rendered_lists_are_dropped_once_and_only_when_something_changed(tmp_path):
    cache.set(f"tag:{LISTS}", "kept")
    take_in(tmp_path, line(1))
    assert cache.get(f"tag:{LISTS}") is None
    cache.set(f"tag:{LISTS}", "kept")
    take_in(tmp_path, line(1))
    assert cache.get(f"tag:{LISTS}") == "kept"


@pytest.mark.usefixtures("small_steps")
def test_the_stages_are_shown_to_their_end(tmp_path):
    shown = []
    take_in(tmp_path, *lines(range(1, 30)), show=lambda *told: shown.append(told))
    stages = {what: (done, total) for what, done, total in shown}
    size = (tmp_path / "movie_ids_11_20_2026.json.gz").stat().st_size
    assert list(stages) == ["read", "stored", "indexed"]
    assert stages["read"] == (size, size)
    assert stages["stored"] == (29, 29)
    assert stages["indexed"] == (29, None)


@pytest.mark.usefixtures("small_steps")
def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    take_in(tmp_path, *lines(range(1, 21)))
    cache.set(f"tag:{LISTS}", "kept")
    rows = [*lines(range(1, 19)), line(19, popularity=3.0), line(21), line(22)]
    with CaptureQueriesContext(connection) as queries:
        done = take_in(tmp_path, *rows, is_dry=True)
    assert told(done) == (21, 2, 1, 18)
    assert done.suspicion.suspected == 1
    assert not writes(queries)
    assert cache.get(f"tag:{LISTS}") == "kept"
    assert told(take_in(tmp_path, *rows)) == (21, 2, 1, 18)


def test_nothing_is_left_of_the_table_between(tmp_path):
    take_in(tmp_path, line(1))
    with pytest.raises(NotAnExport):
        take_in(tmp_path, b"nonsense")
    assert "export_row" not in connection.introspection.table_names()
    take_in(tmp_path, line(2))
    assert set(titles()) == {1, 2}
