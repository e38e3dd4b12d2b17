"""What the API's document promises, asked of each operation by Schemathesis: its examples, its edges, and fuzzing."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.checks import CheckContext
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import ignored_auth

from config.wsgi import application
from tests.environment import ROOT

# `make fuzz`: so many cases of each operation, or as many as the suite asks; others each time.
FUZZ = int(os.environ.get("FUZZ", "0"))
BOUNDS = {
    "deadline": None,
    "derandomize": not FUZZ,
    "print_blob": True,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
METHODS = {"get", "post", "put", "patch", "delete"}
# Operations that were seen to refuse who shows nothing, or nonsense.
seen_to_refuse: set[str] = set()


@cache
def served() -> Any:
    """The document as the platform itself gives it."""
    checks.load_all_checks()
    return schemathesis.openapi.from_wsgi("/api/schema", application)


@cache
def operations() -> dict[str, Any]:
    return {found.ok().label: found.ok() for found in served().get_all_operations()}


@cache
def _told() -> dict[str, Any]:
    """The paths of the committed document, which is read in a fraction of the time that the other takes to be made."""
    return yaml.load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)["paths"]


def labels(*, need_a_caller: bool) -> list[str]:
    paths = _told()
    told = ((method, path, paths[path][method]) for path in paths for method in METHODS & paths[path].keys())
    return sorted(
        f"{method.upper()} {path}"
        for method, path, operation in told
        if ({} not in operation.get("security", [{}])) == need_a_caller
    )


def ask(label: str, question: Callable[[schemathesis.Case], None], examples: int) -> None:
    """Asks every edge of one operation, and as many cases that are drawn: the same in each run, or with `FUZZ` others.

    They are made here, when the turn of the operation has come: with Schemathesis' own decorator each process of the
    suite would make those of all operations before it begins, for ten seconds.
    """
    schema = served()
    build_operation_test(
        config=schema.config,
        operation=operations()[label],
        test_func=question,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(schema)),
        explicit_settings=settings(max_examples=max(FUZZ, examples), **BOUNDS),
    )()


def refused_without_a_caller(context: CheckContext, response: Any, case: schemathesis.Case) -> bool | None:
    """Schemathesis' own check, which remembers here too, as in a run of its own, what it saw: to refuse is a matter of
    the operation. Of each case that succeeds it would ask three more, who are all refused before the case is read.
    """
    context.auth_enforced_operations = seen_to_refuse
    return ignored_auth(context, response, case)


def sent(case: schemathesis.Case, *unchecked: Any, also: Sequence[Any] = (), **headers: str) -> int:
    """Raises what is not as documented."""
    headers |= {"Accept-Encoding": "identity"}
    kinds = {"excluded_checks": [ignored_auth, *unchecked], "additional_checks": [refused_without_a_caller, *also]}
    return case.call_and_validate(headers=headers, **kinds).status_code
