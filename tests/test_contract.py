"""The API keeps the promises of its own document, whatever it is asked (Schemathesis: examples, edges, fuzzing)."""

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.parameters import ParameterLocation

from accounts.tests.calls import PASSWORD
from catalog.tests.films import make_heat, make_movie, make_provider
from config.wsgi import application
from conftest import forget
from tests.environment import ON_SERVICES
from tests.owning import Household, furnish

# PostgreSQL is the stricter of the two, and the one that strangers meet.
EXAMPLES_OF_EACH = 60 if ON_SERVICES else 15
# Each is asked twice, about what is one's own and about what is another's.
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
def one_connection():
    """Kept between calls: a server's closes those it finds within a transaction, and here is one around all."""
    for signal in request_started, request_finished:
        signal.disconnect(close_old_connections)
    yield
    for signal in request_started, request_finished:
        signal.connect(close_old_connections)


@pytest.fixture
def household(ann, bob, tmdb, no_transaction, one_connection, settings) -> Household:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")
    return furnish(ann, bob)


def sent(case: schemathesis.Case, **headers: str) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"} | headers)


@schema.exclude(func=needs_a_caller).parametrize()
@settings(max_examples=EXAMPLES_OF_EACH, **BOUNDS)
def test_every_answer_to_anyone_is_as_documented(case, films):
    sent(case)


def lead_to_what_is_there(case: schemathesis.Case, places: dict[str, Any]) -> None:
    """Real ids in the place of drawn ones; what was drawn to be refused stays."""
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters |= {name: places[name] for name in case.path_parameters}
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body |= {name: places[name] for name in case.body.keys() & places.keys()}


@schema.include(func=needs_a_caller).parametrize()
@settings(max_examples=EXAMPLES_FOR_MEMBERS, **BOUNDS)
def test_every_answer_to_a_member_is_as_documented(case, household):
    """Whatever a call changed is undone, so that the next finds everything still there, the caller too."""
    for places in household.anns, household.bobs:
        lead_to_what_is_there(case, places)
        forget()
        with transaction.atomic():
            sent(case, Authorization=household.authorization)
            transaction.set_rollback(True)
