"""Texts that nobody types by accident: an answer in time, or a 400, and no text is ever SQL or a pattern."""

import pytest
from django.db import connection

from catalog.models import MovieSearch
from catalog.search import candidates, finding, index, search_movies
from catalog.search.askings import Asking
from catalog.search.patterns import AllOf, AnyOf, Token
from catalog.search.stopping import TooSlow
from catalog.tests.films import ids, make_movie

pytestmark = pytest.mark.django_db
HOSTILE = {
    "one letter": "a" * 200,
    "letters": " ".join("abcdefghijklmnopqrstuvwxyz"),
    "articles": "the a an the a an",
    "marks alone": "\u0301" * 200,
    "marks on a letter": "e" + "\u0301" * 199,
    "right to left": "\u202eheat\u202c",
    "quotes": "'\"''\"\"\\'\\\"",
    "operators": "heat & !heat | (heat:*) <-> heat",
    "FTS5": 'NEAR(heat heat) OR tokens:heat* ^heat "',
    "backslashes": "\\" * 200,
    "sentinels": "|~=^|=heat^h~",
    "emoji": "🔥" * 100,
    "joiners": "\u200d\u200c\ufeffheat",
    "Hangul filler": "\u3164" * 50,
    "large letters": "İSTANBUL ẞẞẞ ﷺ",
    "digits": "1" * 200,
    "years": " ".join(str(year) for year in range(1990, 2025)),
    "CJK": "千" * 200,
    "percent": "%_%_%",
    "SQL": "heat'; DELETE FROM catalog_movie; --",
}


@pytest.fixture(autouse=True)
def shelf():
    make_movie(1, "Heat", popularity=50)


@pytest.mark.parametrize("path", ["movies/search", "movies/suggest", "people/search"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_any_text_has_an_answer(api, path, text):
    assert api.get(f"/api/v1/{path}", {"q": text}).status_code in {200, 400}
    assert ids(api.get("/api/v1/movies/search?q=heat")) == [1]


@pytest.mark.parametrize("raw", ["%00", "heat%00", "%ED%A0%80", "%FF%FE", "%C0%AF"])
def test_what_is_no_text_is_no_fault_of_ours(api, raw):
    assert api.get(f"/api/v1/movies/search?q={raw}").status_code in {200, 400}


@pytest.mark.parametrize(
    "odd", ["'", '"', "\\", "a'b", 'a"b', "a\\b", "*", ":*", "&", "|", "!", "(", ")", "<->", "=", "^"]
)
def test_a_token_is_itself_and_nothing_else(odd):
    """On each database any text may stand in a token, and means itself."""
    for pattern in (Token(odd), Token(odd, is_prefix=True), AllOf((Token(odd), Token("heat"))), AnyOf((Token(odd),))):
        found = candidates.candidates(MovieSearch, [Asking(pattern, 3, 10)], finding.time.monotonic() + 10)
        assert len(found) == 1
    pattern = AnyOf((Token(odd), Token("heat")))
    (found,) = candidates.candidates(MovieSearch, [Asking(pattern, 3, 10)], finding.time.monotonic() + 10)
    assert [one.key for one in found] == [1]


@pytest.fixture
def stopped(monkeypatch):
    """Has the database be stopped at these of its calls, by number; gives how many steps each call had."""
    real, calls = finding.candidates, []

    def candidates(table, steps, ends_at):
        calls.append(len(steps))
        if len(calls) in calls_stopped:
            raise TooSlow
        return real(table, steps, ends_at)

    calls_stopped = set()
    monkeypatch.setattr(finding, "candidates", candidates)
    return lambda *numbers: (calls.clear(), calls_stopped.clear(), calls_stopped.update(numbers)) and calls


def test_a_search_that_takes_too_long_gives_what_it_has(stopped):
    """Stopped when it looks for other spellings."""
    calls = stopped(2)
    assert search_movies("hea") == [1]
    assert len(calls) == 2


def test_one_that_was_stopped_before_it_had_anything_looks_among_the_best_known_alone(stopped):
    calls = stopped(1)
    assert search_movies("heat") == [1]
    assert calls[1:] == [1]
    calls = stopped(1, 2)
    assert search_movies("heat") == []
    assert len(calls) == 2


def test_the_database_is_stopped_when_the_time_is_up():
    endless = {
        "postgresql": "SELECT 1, '', 1.0, pg_sleep(20)::text",
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i), '', 1.0, 1 FROM n",
    }[connection.vendor]
    with pytest.raises(TooSlow):
        candidates.engine().fetched(endless, [], 50)
    assert search_movies("heat") == [1]


def test_another_fault_of_the_database_is_not_taken_for_slowness():
    with pytest.raises(Exception, match="nowhere") as fault:
        candidates.engine().fetched("SELECT * FROM nowhere", [], 1000)
    assert not isinstance(fault.value, TooSlow)


def test_without_any_time_left_nothing_is_asked():
    with pytest.raises(TooSlow):
        candidates.candidates(MovieSearch, [Asking(Token("heat"), 3, 10)], finding.time.monotonic() - 1)


def test_entries_follow_their_films():
    film = make_movie(2, "Heathers", popularity=1)
    assert 2 in search_movies("heath")
    film.gone_at = "2026-01-01T00:00:00Z"
    film.save()
    index.refresh()
    assert 2 not in search_movies("heath")


def test_a_rank_is_left_out_where_the_one_above_has_next_to_nothing(monkeypatch):
    """On PostgreSQL within the one call, elsewhere by asking one by one: the two leave out the same."""
    for number in range(2, 5):
        make_movie(number, "Heat", popularity=50 - number)
    heat = Token("heat")
    ends_at = finding.time.monotonic() + 10

    def numbers(worth):
        askings = [Asking(heat, 3, 1), Asking(heat, 3, 10, worth=worth), Asking(heat, 3, 20)]
        return [len(rows) for rows in candidates.candidates(MovieSearch, askings, ends_at)]

    assert (numbers(0), numbers(1), numbers(2)) == ([1, 4, 4], [1, 4, 4], [1, 0, 4])
    monkeypatch.setattr(candidates.engine(), "ASKS_IN_TURN", False)
    assert (numbers(1), numbers(2)) == ([1, 4, 4], [1, 0, 4])
