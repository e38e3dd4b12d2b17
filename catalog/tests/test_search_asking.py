"""What a typed text is taken for."""

import pytest

from catalog.search.asking import MOST_WORDS, MOST_WORDS_TO_JOIN, Asked, finished_word, understood, unfinished_word
from catalog.search.patterns import AllOf, Token
from catalog.search.words import LONGEST_QUERY, LONGEST_TOKEN, START

pytestmark = pytest.mark.embedded


def texts(pattern):
    """Every token of the pattern, those that begin a word with a star."""
    if isinstance(pattern, Token):
        return {pattern.text + "*" * pattern.is_prefix}
    return set().union(*map(texts, pattern.parts))


@pytest.mark.parametrize("text", ["", "   ", "!?…", "\t\n", "--"])
def test_nothing_is_asked_without_a_letter(text):
    assert understood(text) == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Dune 2021", [("dune 2021", None), ("dune", 2021)]),
        ("2021 dune", [("2021 dune", None), ("dune", 2021)]),
        ("2012", [("2012", None)]),
        ("1917 2019", [("1917 2019", None), ("2019", 1917), ("1917", 2019)]),
        ("blade runner 2049", [("blade runner 2049", None), ("blade runner", 2049)]),
        ("metropolis 1627", [("metropolis 1627", None)]),
        ("AMÉLIE", [("amelie", None)]),
    ],
)
def test_a_year_may_be_one_or_a_part_of_the_title(text, readings):
    assert [(asked.key, asked.year) for asked in understood(text)] == readings


def test_articles_count_where_there_is_nothing_else():
    assert Asked("the matrix").words == ["matrix"]
    assert Asked("the the").words == ["the", "the"]


def test_a_long_text_is_cut():
    assert len(understood("a" * 100_000)[0].key) == LONGEST_QUERY
    asked = Asked(" ".join(f"word{number}" for number in range(40)))
    assert len(asked.words) == MOST_WORDS
    assert len(asked.finished.parts) == MOST_WORDS
    assert max(map(len, texts(finished_word("x" * 500)))) == LONGEST_TOKEN


def test_the_last_word_may_be_unfinished():
    assert texts(unfinished_word("matri")) == {"matri*"}
    assert texts(unfinished_word("ma")) == {START + "ma"}
    assert texts(finished_word("matri")) == {"matri"}


def test_a_number_is_found_however_it_is_written():
    assert texts(finished_word("ii")) == {"ii", "2"}
    assert texts(finished_word("2")) == {"2"}


def test_letters_of_a_script_without_spaces_are_asked_for_in_twos():
    assert finished_word("千と千尋") == AllOf((Token("千と"), Token("と千"), Token("千尋")))
    assert finished_word("雨") == Token(START + "雨")


def test_neighbours_may_be_one_word():
    assert "spiderman*" in texts(Asked("spider man").pattern)
    many = " ".join(["ab", "cd", "ef", "gh", "ij"])
    assert len(many.split()) > MOST_WORDS_TO_JOIN
    assert "abcd" not in texts(Asked(many).pattern)


def test_a_whole_name_is_asked_for_with_and_without_its_article():
    assert texts(Asked("the spider man").whole_name) == {"=spiderman", "=thespiderman"}
    assert texts(Asked("spider man").whole_name) == {"=spiderman"}
