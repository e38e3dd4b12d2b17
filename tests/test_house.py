"""The limits of the house: who may import whom, and how big a thing may grow. They are not to be loosened."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.embedded

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    {"web"},
    {"catalog", "notifications"},
    {"accounts"},
    {"analytics"},
    {"reviews"},
    {"watchlists"},
    {"recommendations", "activity"},
    {"transfers"},
    {"config"},
]
FLOOR = {app: number for number, apps in enumerate(FLOORS) for app in apps}
OUTSIDE = {".venv", "var", "migrations"}
UNTOLD_NAMES = re.compile(r"(^|_)(utils?|helpers?|commons?|base|managers?|handlers?|factor(y|ies))($|_)")
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE = 25, 250, 60


def found(pattern: str) -> list[Path]:
    paths = (path.relative_to(ROOT) for path in ROOT.rglob(pattern))
    return sorted(path for path in paths if not OUTSIDE & set(path.parts))


SOURCES = found("*.py")
IN_APPS = [path for path in SOURCES if path.parts[0] in FLOOR]
TEMPLATES = found("templates/**/*.html")


def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported_apps(path: Path) -> set[str]:
    """The apps that a module imports, also inside functions and for type checkers alone."""
    names: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
    return {name.partition(".")[0] for name in names} & FLOOR.keys()


def functions(path: Path) -> list[tuple[str, int]]:
    nodes = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.name, node.end_lineno - node.lineno + 1) for node in nodes]


@pytest.mark.parametrize("path", IN_APPS, ids=str)
def test_an_app_imports_itself_and_lower_floors_only(path):
    own = path.parts[0]
    assert not [app for app in imported_apps(path) if app != own and FLOOR[app] >= FLOOR[own]]


def test_every_app_has_its_floor():
    apps = {path.parent.name for path in found("apps.py")}
    assert apps
    assert apps <= FLOOR.keys()


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_module_and_its_functions_stay_small(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert not [f"{name}: {lines}" for name, lines in functions(path) if lines > LONGEST_FUNCTION]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_stays_small(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_TEMPLATE


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_module_is_named_after_what_it_holds(path):
    assert not UNTOLD_NAMES.search(path.stem)


def test_tests_are_as_long_as_the_source():
    """What stands in for TMDB, and measures, counts as neither."""
    lines = {True: 0, False: 0}
    for path in SOURCES:
        is_test = "tests" in path.parts or path.name == "conftest.py"
        if path.parts[0] != "bench" and not {"standin", "starter"} & set(path.parts):
            lines[is_test] += len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines[True] >= lines[False]


def test_no_code_catches_everything():
    for path in SOURCES:
        caught = [node.type for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
        names = {node.id for node in caught if isinstance(node, ast.Name)}
        assert None not in caught, path
        assert not names & {"Exception", "BaseException"}, path
