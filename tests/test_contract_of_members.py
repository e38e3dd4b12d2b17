"""The API keeps the promises of its own document to a member who owns something of everything."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.db import transaction
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from conftest import PASSWORD, forget_rows
from tests.contract import ask, labels, sent
from tests.environment import ON_SERVICES
from tests.owning import Household, authorization_of, furnish

# Each is asked twice: of another's, and of one's own. The edges come beside: they are the document's.
EXAMPLES = 20 if ON_SERVICES else 8
UNCHANGING = {"GET", "HEAD", "OPTIONS", "TRACE"}


@pytest.fixture(scope="module")
def household(kept_for_all) -> Household:
    members = get_user_model().objects
    ann, bob = (members.create_user(name, f"{name}@example.org", PASSWORD) for name in ("ann", "bob"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda done, **options: done())
        return furnish(ann, bob)


@pytest.fixture
def authorization(household, db, tmdb, one_connection, settings) -> str:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")
    return authorization_of(household.session)


def lead_to(case: schemathesis.Case, places: dict[str, Any], body: dict[str, Any]) -> None:
    """Puts real values in the place of drawn ones; what was drawn to be refused stays."""
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters |= {name: places[name] for name in case.path_parameters}
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body |= {name: body[name] for name in case.body.keys() & body.keys()}


def what_no_document_tells(case: schemathesis.Case) -> set[Any]:
    """That a well-formed call contradicts what is there (one's own review is not liked) or asks for another's page;
    that to delete is to say what shall not be there: as true of what never could be, which is a `204` again;
    and that a form holds text alone, whatever was drawn.
    """
    is_nowhere = case.method == "DELETE" and case.meta.is_negative_at(ParameterLocation.PATH)
    is_form = case.media_type == "multipart/form-data"
    return {positive_data_acceptance} | ({negative_data_rejection} if is_nowhere or is_form else set())


def asked(case: schemathesis.Case, household: Household) -> Iterator[schemathesis.Case]:
    """Of bob's, and of ann's with values that are there; but for an edge of the document, whose value is the point."""
    is_edge = case.meta.phase.name == TestPhase.COVERAGE
    lead_to(case, household.bobs, {})
    yield case
    lead_to(case, household.anns, {} if is_edge else household.body)
    yield case


def written(case: schemathesis.Case) -> str:
    """The call as it goes out. What one did is undone before the next, so that the same is answered the same again."""
    asked_with = (case.path_parameters, case.query, case.headers, case.cookies, case.media_type, case.body)
    return repr((case.method, *asked_with))


@pytest.mark.parametrize("label", labels(need_a_caller=True))
def test_every_answer_to_a_member_is_as_documented(label, household, authorization):
    """Whatever a call changed is undone, so that the next finds everything still there, the caller too.

    And something is a success: were nothing, nothing was asked that matters.
    """
    statuses: set[int] = set()
    answered: set[str] = set()

    def question(case: schemathesis.Case) -> None:
        for call in asked(case, household):
            if written(call) in answered:
                continue
            answered.add(written(call))
            with transaction.atomic():
                status = sent(call, *what_no_document_tells(call), Authorization=authorization)
                transaction.set_rollback(True)
            if status < 400 and call.method not in UNCHANGING:
                forget_rows()
            statuses.add(status)

    ask(label, question, EXAMPLES)
    assert min(statuses) < 400, statuses
