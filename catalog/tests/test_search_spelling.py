"""What a misspelt word may have been meant to be."""

import pytest

from catalog.models import SearchForm, SearchWord
from catalog.search.spelling import MOST_CORRECTIONS, WELL_KNOWN, corrected, forms

pytestmark = pytest.mark.django_db
WORDS = {"matrix": 80.0, "matrices": 1.0, "heat": 40.0, "heart": 60.0, "hear": 0.5, "godfather": 90.0, "amelie": 30.0}


@pytest.fixture
def vocabulary():
    learn("m", WORDS)
    learn("p", {"mattrick": 3.0})


def learn(kind, words):
    SearchWord.objects.bulk_create(SearchWord(kind=kind, word=word, popularity=liked) for word, liked in words.items())
    pairs = [(form, word) for word in words for form in forms(word)]
    SearchForm.objects.bulk_create(SearchForm(kind=kind, form=form, word=word) for form, word in pairs)


def test_a_word_has_a_form_for_each_letter_left_out():
    assert forms("heat") == {"heat", "eat", "hat", "het", "hea"}


def test_of_a_long_word_only_the_beginning_has_forms():
    assert forms("godfather") == forms("godfathers")
    assert len(forms("godfather")) == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("matirx", "matrix"),  # two letters changed places
        ("matrx", "matrix"),  # one is missing
        ("mattrix", "matrix"),  # one too many
        ("natrix", "matrix"),  # another one, at the beginning
        ("gofdather", "godfather"),
        ("godfathr", "godfather"),
        ("ameile", "amelie"),
        ("heqt", "heat"),
    ],
)
def test_a_slip_is_found_out(vocabulary, typed, meant):
    assert corrected("m", [typed, "x"])[0][:2] == [typed, meant]


@pytest.mark.parametrize("typed", ["mxtrxx", "qqqq", "hxxt", "heqq", "12345", "黑客帝国", "x", ""])
def test_what_is_too_far_from_any_word_stays(vocabulary, typed):
    assert corrected("m", [typed, "x"])[0] == [typed]


def test_a_well_known_word_is_what_was_meant(vocabulary):
    assert corrected("m", ["heat", "x"])[0] == ["heat"]
    assert WORDS["hear"] < WELL_KNOWN
    assert corrected("m", ["hear", "x"])[0] == ["hear", "heart", "heat"]


def test_the_nearer_word_comes_first_and_of_equals_the_better_known(vocabulary):
    assert corrected("m", ["hert", "x"])[0] == ["hert", "heart", "heat"]
    assert corrected("m", ["matrixes", "x"])[0] == ["matrixes", "matrices", "matrix"]


def test_the_last_word_may_be_unfinished(vocabulary):
    assert corrected("m", ["godfhat"])[0][1] == "godfather"
    assert corrected("m", ["godfhat", "x"])[0] == ["godfhat"]


def test_names_of_people_are_words_of_their_own(vocabulary):
    assert corrected("p", ["matrick", "x"])[0] == ["matrick", "mattrick"]
    assert "mattrick" not in corrected("m", ["matrick", "x"])[0]
    assert corrected("p", ["heart", "x"])[0] == ["heart"]


def test_so_many_corrections_are_enough():
    learn("m", {f"{letter}eat": 1.0 for letter in "abcdefgijklmnop"})
    assert len(corrected("m", ["zeat", "x"])[0]) == MOST_CORRECTIONS + 1
