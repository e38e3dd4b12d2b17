"""The documents say what is so: each setting, command, link and name in them."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.containers import ROOT, asked_for, known_variables
from web.metrics import count_request, exposition

OUTSIDE = {".venv", "var", ".git", ".pytest_cache", "node_modules"}
DOCUMENTS = sorted(
    path.relative_to(ROOT) for path in ROOT.rglob("*.md") if not OUTSIDE & set(path.relative_to(ROOT).parts)
)
ATTRIBUTION = "This product uses the TMDB API but is not endorsed or certified by TMDB"
# What Django and its apps bring is not ours to count.
DJANGOS_COMMANDS = {"check", "createsuperuser", "changepassword", "shell", "migrate", "help"}


def text_of(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def told_in_readme() -> dict[str, str]:
    """The table of variables: each with the default that it tells."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \|\s*`?([^|`]*?)`?\s*\|", text_of("README.md"), re.MULTILINE))


def read_by_settings() -> dict[str, ast.Call]:
    """The variables that the settings read through `env`, each with the call that does."""
    calls = [node for node in ast.walk(ast.parse(text_of("config/settings.py"))) if isinstance(node, ast.Call)]
    return {call.args[0].value: call for call in calls if ast.unparse(call.func).startswith("env.") and names_one(call)}


def names_one(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and re.fullmatch("[A-Z_]+", str(first.value)) is not None


def plain_default(call: ast.Call) -> str | None:
    """The default as it would stand in `.env`; None where it is worked out."""
    given = [word.value for word in call.keywords if word.arg == "default"] or call.args[1:2]
    if not given or not isinstance(given[0], ast.Constant):
        return None
    value = given[0].value
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def test_every_setting_is_in_the_example_and_nothing_else():
    of_compose = asked_for().keys() - read_by_settings().keys()
    assert of_compose == {"POSTGRES_PASSWORD"}
    assert known_variables().keys() == read_by_settings().keys() | of_compose


def test_the_readme_explains_every_variable_of_the_example():
    assert told_in_readme().keys() == known_variables().keys()


def test_the_readme_and_the_example_tell_the_same_defaults():
    assert told_in_readme() == {name: value.strip() for name, value in known_variables().items()}


def test_the_example_tells_the_defaults_that_the_settings_have():
    defaults = {name: plain_default(call) for name, call in read_by_settings().items()}
    plain = {name: default for name, default in defaults.items() if default is not None}
    assert len(plain) > 20
    assert plain == {name: known_variables()[name] for name in plain}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_relative_link_leads_to_a_file(document):
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(document))
    paths = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith(("#", "mailto:"))]
    assert not [path for path in paths if not (ROOT / document.parent / path).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_make_target_in_a_document_is_there(document):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", text_of(document), re.MULTILINE)) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_command_in_a_document_is_there(document):
    ours = {name for name, app in get_commands().items() if not app.startswith("django")}
    told = set(re.findall(r"manage\.py ([a-z_]+)", text_of(document)))
    assert told <= ours | DJANGOS_COMMANDS


@pytest.mark.django_db
def test_every_metric_in_the_documents_is_counted():
    count_request("GET", "healthz", 200, 0.01)
    told = set(re.findall(r"marquee_http_\w+", text_of("docs/operations.md")))
    assert told
    assert not [name for name in told if name not in exposition().decode()]


def test_the_attribution_is_given_in_tmdbs_own_words():
    assert ATTRIBUTION in text_of("README.md")
    assert "JustWatch" in text_of("README.md")


def test_the_guide_for_contributors_is_short():
    assert len(text_of("CONTRIBUTING.md").splitlines()) <= 60


def test_the_changelog_knows_this_version():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert f"## [{version}]" in text_of("CHANGELOG.md")


def test_no_document_names_a_place_on_somebodys_machine():
    assert not [path for path in DOCUMENTS if re.search(r"/(home|root|Users|work|tmp)/", text_of(path))]
