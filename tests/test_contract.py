"""The API keeps the promises of its own document, whatever it is asked (Schemathesis: examples, edges, fuzzing)."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from catalog.tests.films import make_heat, make_movie, make_provider
from config.wsgi import application
from conftest import forget
from tests.environment import ON_SERVICES
from tests.owning import Household, furnish

# PostgreSQL is the stricter of the two, and the one that strangers meet.
EXAMPLES_OF_EACH = 60 if ON_SERVICES else 15
# Each is asked twice: of another's, and of one's own. The edges come beside: they are the document's.
EXAMPLES_FOR_MEMBERS = 20 if ON_SERVICES else 8

schema = schemathesis.openapi.from_wsgi("/api/schema", application)
BOUNDS = {
    "deadline": None,
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def needs_a_caller(context: Any) -> bool:
    return {} not in context.operation.definition.raw.get("security", [{}])


@pytest.fixture
def films(transactional_db, tmdb):
    make_heat()
    make_provider(337, "Disney Plus", US=1)
    for number in range(1, 30):
        make_movie(number, f"Film {number}")


@pytest.fixture
def one_connection(no_transaction):
    """Kept between calls: at its end a call closes one that is within a transaction, as all are here."""
    for signal in request_started, request_finished:
        signal.disconnect(close_old_connections)
    yield
    for signal in request_started, request_finished:
        signal.connect(close_old_connections)


@pytest.fixture
def household(ann, bob, tmdb, one_connection, settings) -> Household:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")
    return furnish(ann, bob)


@pytest.fixture
def statuses() -> Iterator[set[int]]:
    """What was answered: were it never a success, nothing was asked that matters."""
    answered: set[int] = set()
    yield answered
    assert min(answered) < 400, answered


def accepted_but_for_its_cursor(context: Any, response: Any, case: schemathesis.Case) -> bool | None:
    """What a cursor may be no document tells, since each is signed: one that is drawn is refused, and by that alone."""
    refused = response.json()["errors"] if response.status_code == 400 else []
    if case.query.get("cursor") and {fault["attr"] for fault in refused} == {"cursor"}:
        return None
    return positive_data_acceptance(context, response, case)


def sent(case: schemathesis.Case, *unchecked: Any, also: Sequence[Any] = (), **headers: str) -> int:
    headers |= {"Accept-Encoding": "identity"}
    checks = {"excluded_checks": list(unchecked), "additional_checks": list(also)}
    return case.call_and_validate(headers=headers, **checks).status_code


@schema.exclude(func=needs_a_caller).parametrize()
@settings(max_examples=EXAMPLES_OF_EACH, **BOUNDS)
def test_every_answer_to_anyone_is_as_documented(case, films):
    sent(case, positive_data_acceptance, also=[accepted_but_for_its_cursor])


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
    for places, body in (household.bobs, {}), (household.anns, {} if is_edge else household.body):
        lead_to(case, places, body)
        yield case


@schema.include(func=needs_a_caller).parametrize()
@settings(max_examples=EXAMPLES_FOR_MEMBERS, **BOUNDS)
def test_every_answer_to_a_member_is_as_documented(case, household, statuses):
    """Whatever a call changed is undone, so that the next finds everything still there, the caller too."""
    for call in asked(case, household):
        forget()
        with transaction.atomic():
            statuses.add(sent(call, *what_no_document_tells(call), Authorization=household.authorization))
            transaction.set_rollback(True)
