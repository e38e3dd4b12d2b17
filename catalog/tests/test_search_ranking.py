"""In which order what was found comes."""

import pytest

from catalog.search.asking import understood
from catalog.search.ranking import best_first, score
from catalog.search.words import entry_names, search_key

pytestmark = pytest.mark.embedded


def scored(text, title, popularity=10.0, *, year=None, original="", is_corrected=False):
    asked = understood(text)[-1]
    return score(asked, entry_names(search_key(title, original)), popularity, year, is_corrected=is_corrected)


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("alien", "Alien", "Aliens"),
        ("alien", "Aliens", "The Alien Factor"),
        ("alien", "Alien Nation", "My Uncle the Alien"),
        ("the alien", "The Alien", "Alien"),
        ("alien", "Alien", "The Alien"),
        ("dark knight", "The Dark Knight", "The Dark Knight Rises"),
        ("spiderman", "Spider-Man", "Spider-Man: Far from Home"),
        ("rocky 2", "Rocky II", "Rocky III"),
        ("mad max fu", "Mad Max: Fury Road", "Mad Max Beyond Thunderdome"),
    ],
)
def test_the_nearer_name_comes_first(text, better, worse):
    assert scored(text, better) > scored(text, worse)


def test_among_equals_the_one_that_more_ask_for_comes_first():
    assert scored("alien", "Alien", 50.0) > scored("alien", "Alien", 5.0)
    assert scored("alien", "Alien", 0.0) == scored("alien", "Alien", -1.0)


def test_what_hardly_anyone_asks_for_does_not_come_first_for_being_called_so():
    assert scored("star wars", "Star Wars: Episode IV - A New Hope", 100.0) > scored("star wars", "Star Wars", 0.01)


def test_the_year_that_was_named_counts_and_the_next_to_it_for_half():
    """Films of other years are not among those that are ranked; of some the year is unknown."""
    same, next_to_it, unknown = (scored("dune 2021", "Dune", year=year) for year in (2021, 2020, None))
    assert same - next_to_it == pytest.approx(next_to_it - unknown)
    assert same > next_to_it


def test_the_original_title_is_as_good_as_the_other():
    found = scored("la vita e bella", "Life Is Beautiful", original="La vita è bella")
    assert found == pytest.approx(
        scored("life is beautiful", "Life Is Beautiful", original="La vita è bella"), abs=0.03
    )


def test_what_was_corrected_is_ranked_by_how_like_it_is():
    near = scored("matirx", "Matrix", is_corrected=True)
    assert near > scored("matirx", "Matriarch", is_corrected=True)
    assert near > scored("matirx", "Matrix")
    assert near < scored("matrix", "Matrix")


def test_of_equal_scores_the_newer_id_comes_first():
    assert best_first([(1, 0.5), (3, 0.5), (2, 0.7)]) == [2, 3, 1]
