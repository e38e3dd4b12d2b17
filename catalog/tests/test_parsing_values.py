"""Single values out of TMDB's bodies, of any type and any size."""

from datetime import UTC, date, datetime

import pytest

from catalog.sync.parsing.values import (
    LARGEST_BIG,
    day,
    flag,
    identity,
    image,
    language,
    line,
    link,
    moment,
    number,
    objects,
    part,
    region,
    text,
    whole,
)

JUNK = [None, True, [], {}, "", "x", -1, 1.5, "1e9", 10**30, float("inf"), float("nan"), b"bytes", object()]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (120, 120),
        (120.0, 120),
        ("120", 120),
        ("120.0", 120),
        (0, 0),
        (2**31 - 1, 2**31 - 1),
        (2**31, None),
        ("٣", None),
    ],
)
def test_a_whole_number_may_be_written_in_other_ways(given, told):
    assert whole(given) == told


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_no_whole_number_is_unknown(junk):
    assert whole(junk) is None


def test_money_may_be_larger_than_other_numbers():
    assert whole(2_923_706_026, LARGEST_BIG) == 2_923_706_026
    assert whole(2**63, LARGEST_BIG) is None


@pytest.mark.parametrize("junk", [0, *JUNK])
def test_what_is_no_id_is_none(junk):
    assert identity(junk) is None


@pytest.mark.parametrize(
    ("given", "told"), [(7.5, 7.5), (7, 7.0), ("7.5", 7.5), (-3, 0.0), (True, 0.0), ("NaN", 0.0), (1e300, 1e12)]
)
def test_a_number_is_finite_and_not_negative(given, told):
    assert number(given) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("1995-12-15", date(1995, 12, 15)),
        ("1995-12-15T00:00:00.000Z", date(1995, 12, 15)),
        ("1895-12-28", date(1895, 12, 28)),
        *(
            (junk, None)
            for junk in ("", "1995", "1995-13-01", "1995-02-30", "0001-01-01", "9999-12-31", "19951215", 19951215, None)
        ),
    ],
)
def test_a_day_is_one_a_film_can_have(given, told):
    assert day(given) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("2021-03-01T17:00:07.000Z", datetime(2021, 3, 1, 17, 0, 7, tzinfo=UTC)),
        ("2021-03-01 17:00:07 UTC", datetime(2021, 3, 1, 17, 0, 7, tzinfo=UTC)),
        ("2021-03-01T17:00:07", datetime(2021, 3, 1, 17, 0, 7, tzinfo=UTC)),
        ("2021-03-01T17:00:07+02:00", datetime(2021, 3, 1, 15, 0, 7, tzinfo=UTC)),
        *((junk, None) for junk in ("", "2021", "2021-03-01T99:00:00Z", "0001-01-01T00:00:00+14:00", 5, None)),
    ],
)
def test_a_moment_is_in_utc(given, told):
    assert moment(given) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("  a\x00b\x1b[0m \n", "ab[0m"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("\x85\ud800é", "é"),
        (1917, "1917"),
        (None, ""),
        (["a"], ""),
        (True, ""),
    ],
)
def test_text_has_no_control_characters(given, told):
    assert text(given) == told


def test_text_is_cut_to_its_longest():
    assert text("a" * 30, 10) == "a" * 10
    assert line(" a \n b\u2003c ") == "a b c"
    assert len(line("word " * 1000, 60)) <= 60


@pytest.mark.parametrize(
    "junk", ["http://elsewhere/a.jpg", "a.jpg", "/a b.jpg", "/../secret/x", "", None, 5, "/" + "a" * 200]
)
def test_an_image_is_a_path_of_tmdbs(junk):
    assert image(junk) == ""
    assert image("/qA2TyqPldTtoTVY3LKrNIG5g6bH.jpg")


@pytest.mark.parametrize(
    "junk", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", "https://a b", "", None]
)
def test_a_link_is_one_a_browser_may_follow(junk):
    assert link(junk) == ""
    assert link(" https://example.org/a?b=c ") == "https://example.org/a?b=c"


def test_codes_have_their_form():
    assert [region(code) for code in ("US", "us", "USA", "", None, 1)] == ["US", "", "", "", "", ""]
    assert [language(code) for code in ("en", "xx", "cn", "EN", "eng", "english", None)] == [
        "en",
        "xx",
        "cn",
        "",
        "eng",
        "",
        "",
    ]


def test_flags_are_true_when_they_say_so():
    assert [flag(value) for value in (True, 1, "true", False, 0, "false", None, "yes", [], 2)] == [True] * 3 + [
        False
    ] * 7


def test_lists_and_parts_of_the_wrong_type_are_empty():
    assert objects([{"a": 1}, None, "x", [], 5]) == [{"a": 1}]
    assert objects({"a": 1}) == []
    for junk in (None, [], "text", 5, {"cast": None}, {"cast": {"a": 1}}):
        assert part({"credits": junk}, "credits", "cast") == []
