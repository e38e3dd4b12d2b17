"""The API keeps the promises of its own document, whatever it is asked (Schemathesis: examples, edges, fuzzing)."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from catalog.tests.films import make_heat, make_movie, make_provider
from config.wsgi import application
from tests.environment import ON_SERVICES

# PostgreSQL is the stricter of the two, and the one that strangers meet.
EXAMPLES_OF_EACH = 60 if ON_SERVICES else 15


schema = schemathesis.openapi.from_wsgi("/api/schema", application)


@pytest.fixture
def films(transactional_db, tmdb):
    make_heat()
    make_provider(337, "Disney Plus", US=1)
    for number in range(1, 30):
        make_movie(number, f"Film {number}")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_OF_EACH,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_documented(case, films):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
