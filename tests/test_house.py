"""The limits of the house: who may import whom, and how big a thing may grow. They are not to be loosened."""

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

# By one process of the suite, which so reads each file once.
pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("house")]

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


@cache
def inside() -> list[Path]:
    """All files of the house."""
    files: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in OUTSIDE]
        files += (Path(folder, name).relative_to(ROOT) for name in names)
    return sorted(files)


def found(ending: str, under: str = ".") -> list[Path]:
    return [path for path in inside() if path.name.endswith(ending) and path.is_relative_to(under)]


SOURCES = found(".py")
IN_APPS = [path for path in SOURCES if path.parts[0] in FLOOR]
TEMPLATES = found(".html", "templates")


@cache
def read(path: Path) -> tuple[set[str], list[tuple[str, int]], set[str | None]]:
    """What a module imports, also inside functions and for type checkers alone; its functions, and how many lines each
    has; and what it catches, `None` where that is everything.
    """
    imported, functions, caught = set(), [], set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(node.module or "")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append((node.name, node.end_lineno - node.lineno + 1))
        elif isinstance(node, ast.ExceptHandler):
            caught |= {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else {None}
    return imported, functions, caught


def imported_apps(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in read(path)[0]} & FLOOR.keys()


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
    assert not [f"{name}: {lines}" for name, lines in read(path)[1] if lines > LONGEST_FUNCTION]


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
        assert not read(path)[2] & {None, "Exception", "BaseException"}, path
