"""The index of the search: made, ended early, made by two at once, brought up to date, and made anew."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Movie, MovieSearch, SearchForm, SearchWord
from catalog.search import index
from catalog.tests.films import make_movie, make_person

FILMS = 23
NAMES = "alder birch cedar dogwood elder fir ginkgo hazel ironwood juniper kapok larch maple nutmeg oak pine quince"


class EndedEarly(RuntimeError):
    """As a kill would have it."""


@pytest.fixture
def small_steps(monkeypatch):
    """Chunks of five; three films of the first rank, three of the second, five of the third."""
    monkeypatch.setattr(index, "CHUNK", 5)
    monkeypatch.setattr(index, "RANKS", (2, 5, 10))
    monkeypatch.setattr("catalog.search.sqlite.PAUSE", 0)


@pytest.fixture
def films(db, small_steps):
    """Films of falling popularity, known and not yet to be found."""
    words = NAMES.split()
    for number in range(1, FILMS + 1):
        title = f"{words[number % len(words)]} {words[number * 7 % len(words)]}"
        make_movie(number, title, popularity=1000.0 / number)
    make_person(1, "Ann Linden", popularity=5)
    forget()


def forget():
    for table in (MovieSearch, SearchForm, SearchWord):
        table.objects.all().delete()


def entries():
    return list(MovieSearch.objects.order_by("pk").values_list("pk", "names", "tokens", "popularity", "tier"))


def tiers():
    return dict(MovieSearch.objects.values_list("pk", "tier"))


def words():
    return sorted(SearchWord.objects.filter(kind="m").values_list("word", "popularity"))


def forms():
    return sorted(SearchForm.objects.filter(kind="m").values_list("form", "word"))


def test_each_film_has_one_entry_of_its_rank(films):
    told = []
    assert index.build(told.append) == FILMS
    assert told == [5, 5, 5, 5, 3]
    assert index.build() == 0
    assert tiers() == {key: (key > 3) + (key > 6) + (key > 11) for key in range(1, FILMS + 1)}


def test_a_build_that_was_ended_early_is_finished_by_the_next(films):
    def end(count):
        raise EndedEarly

    with pytest.raises(EndedEarly):
        index.build(end)
    assert MovieSearch.objects.count() == 5
    assert index.build() == FILMS - 5
    assert sorted(tiers()) == list(range(1, FILMS + 1))


def test_made_anew_it_is_the_same(films):
    index.build()
    index.refresh()
    before = entries(), words(), forms()
    assert index.rebuild() == FILMS + 1  # the person's as well
    assert (entries(), words(), forms()) == before


def test_a_refresh_follows_what_has_become_popular(films):
    index.build()
    Movie.objects.filter(pk=FILMS).update(popularity=5000.0)
    Movie.objects.filter(pk=1).update(popularity=0.5)
    assert index.refresh() == 0
    told = dict(MovieSearch.objects.values_list("pk", "popularity"))
    assert (told[FILMS], told[1]) == (5000.0, 0.5)
    assert [tiers()[key] for key in (FILMS, 2, 3, 4, 1)] == [0, 0, 0, 1, 3]
    title = Movie.objects.get(pk=FILMS).title.split()[0]
    assert SearchWord.objects.get(kind="m", word=title).popularity == 5000.0


def test_a_refresh_writes_nothing_for_a_change_that_changes_no_order(films):
    index.build()
    Movie.objects.filter(pk=7).update(popularity=1000.0 / 7 * 1.05)
    index.refresh()
    assert MovieSearch.objects.get(pk=7).popularity == 1000.0 / 7
    Movie.objects.filter(pk=7).update(popularity=1000.0 / 7 * 1.2)
    index.refresh()
    assert MovieSearch.objects.get(pk=7).popularity == 1000.0 / 7 * 1.2


def test_a_refresh_drops_what_is_no_longer_listed(films):
    index.build()
    Movie.objects.filter(pk=2).update(gone_at=timezone.now())
    Movie.objects.filter(pk=3).update(is_adult=True)
    index.refresh()
    assert sorted(tiers()) == [1, *range(4, FILMS + 1)]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_entry_once(films):
    start = Barrier(2)

    def build():
        start.wait()
        try:
            return index.build()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [future.result() for future in [pool.submit(build) for _ in range(2)]]
    assert sum(made) >= FILMS
    assert sorted(tiers()) == list(range(1, FILMS + 1))
    index.refresh()
    before = entries(), words()
    index.rebuild()
    assert (entries(), words()) == before
