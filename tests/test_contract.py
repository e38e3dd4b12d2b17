"""The API keeps the promises of its own document to anyone, whatever it is asked."""

from typing import Any

import pytest
import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

from catalog.tests.films import make_heat, make_movies, make_provider
from tests.contract import ask, labels, operations, sent
from tests.environment import ON_SERVICES

# PostgreSQL is the stricter of the two, and the one that strangers meet. They are the same in every run: `make fuzz`
# draws others, and more.
EXAMPLES = 60 if ON_SERVICES else 15
LABELS = labels(need_a_caller=False)


@pytest.fixture(scope="module")
def films(kept_for_all):
    make_heat()
    make_provider(337, "Disney Plus", US=1)
    make_movies(range(1, 30))


def accepted_but_for_its_cursor(context: Any, response: Any, case: schemathesis.Case) -> bool | None:
    """What a cursor may be no document tells, since each is signed: one that is drawn is refused, and by that alone."""
    refused = response.json()["errors"] if response.status_code == 400 else []
    if case.query.get("cursor") and {fault["attr"] for fault in refused} == {"cursor"}:
        return None
    return positive_data_acceptance(context, response, case)


def test_every_operation_that_is_told_of_is_asked():
    assert operations().keys() == {*LABELS, *labels(need_a_caller=True)}


@pytest.mark.parametrize("label", LABELS)
def test_every_answer_to_anyone_is_as_documented(label, films, db, one_connection, tmdb):
    def question(case: schemathesis.Case) -> None:
        sent(case, positive_data_acceptance, also=[accepted_but_for_its_cursor])

    ask(label, question, EXAMPLES)
