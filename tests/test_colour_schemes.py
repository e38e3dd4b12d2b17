"""In the dark nothing but colours differs, and two rules of axe-core's look at those: only they are run there again."""

import re
from pathlib import Path

import pytest

from catalog.tests.films import make_heat
from tests.axe import AXE, OF_COLOURS, RULES, violations, violations_in_each_scheme
from tests.browser import DESKTOP, let_in, open_page

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parent.parent
STYLES = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("static/**/*.css"))}
HEX = r"#(?:[0-9a-f]{3}|[0-9a-f]{6})"
COLOUR = re.compile(rf"(?:{HEX}|var\((--[\w-]+)\))", re.IGNORECASE)
CHOICE = re.compile(r"light-dark\(((?:[^()]|\([^()]*\))*)\)")
ASKED = re.compile(r"@media[^{]*prefers-color-scheme[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}")
DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;{}]+);")
# By which a style or a script would learn which scheme is shown, beside the two that are looked into above.
OTHER_WAYS = re.compile(r"prefers-color-scheme|matchMedia|colorScheme|style\(|<style|<source|<picture|media=")

# Notes which colours are read, whether by name or by `getPropertyValue`.
READ_COLOURS = """(run) => {
  const read = new Set();
  const real = window.getComputedStyle;
  const note = (name) => /color|background|fill|shadow/i.test(String(name)) && read.add(name);
  const told = (style, name) => (typeof style[name] === "function" ? style[name].bind(style) : style[name]);
  window.getComputedStyle = (...of) => new Proxy(real.apply(window, of), {
    get(style, name) {
      note(name);
      return name === "getPropertyValue" ? (one) => (note(one), style.getPropertyValue(one)) : told(style, name);
    },
  });
  return axe.run(run).then(() => [...read].sort()).finally(() => (window.getComputedStyle = real));
}"""
FAULTY = """<!DOCTYPE html><html lang="{lang}"><title>Faulty</title><meta name="color-scheme" content="light dark">
<style>p {{ color: light-dark({light}, {dark}); background: light-dark(#fff, #000) }}</style>
<main><h1>Faulty</h1><p>What one is to read.</p><input {label}></main>"""


def is_colour(text: str) -> bool:
    found = COLOUR.fullmatch(text.strip())
    if not found or not found[1]:
        return bool(found)
    values = re.findall(rf"{found[1]}\s*:\s*([^;]+);", "\n".join(STYLES.values()))
    return bool(values) and all(CHOICE.fullmatch(value) or re.fullmatch(HEX, value, re.IGNORECASE) for value in values)


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_the_dark_scheme_changes_colours_alone(path):
    style = STYLES[path]
    chosen = [text for choice in CHOICE.findall(style) for text in choice.split(",")]
    declared = [value for block in ASKED.findall(style) for _, value in DECLARED.findall(block)]
    assert len(chosen) == 2 * style.count("light-dark(")
    assert [text for text in chosen + declared if not is_colour(text)] == []


def test_nothing_else_knows_which_scheme_is_shown():
    known = {path: ASKED.sub("", style) for path, style in STYLES.items()}
    for pattern in ("static/**/*.js", "templates/**/*.html"):
        known |= {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in ROOT.glob(pattern)}
    found = {str(path): OTHER_WAYS.findall(text) for path, text in known.items()}
    assert {path: ways for path, ways in found.items() if ways} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_other_rules_read_no_colour(live_server, ann):
    make_heat()
    without = {rule: {"enabled": False} for rule in OF_COLOURS}
    with open_page(DESKTOP) as (page, _):
        let_in(page, live_server.url, ann)
        page.goto(f"{live_server.url}/movies/949-heat")
        page.evaluate(AXE)
        told = page.evaluate("(rules) => axe.getRules(rules).filter((one) => one.tags.includes('cat.color'))", RULES)
        assert [rule["ruleId"] for rule in told] == OF_COLOURS
        assert page.evaluate(READ_COLOURS, {"runOnly": RULES, "rules": without}) == []
        assert "background-color" in page.evaluate(READ_COLOURS, {"runOnly": OF_COLOURS})


@pytest.mark.browser
@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"light": "#eee"}, ["light: color-contrast: <p>What one is to read.</p>"]),
        ({"dark": "#111"}, ["dark: color-contrast: <p>What one is to read.</p>"]),
        ({"label": ""}, ["light: label: <input>"]),
        ({"lang": "xx-"}, ["light: html-lang-valid: "]),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, dict) else "",
)
def test_a_fault_is_found_in_the_scheme_that_has_it(changed, found):
    sound = {"lang": "en", "light": "#111", "dark": "#eee", "label": 'aria-label="Name"'}
    with open_page(DESKTOP) as (page, _):
        page.set_content(FAULTY.format(**(sound | changed)))
        told = violations_in_each_scheme(page)
        assert len(told) == len(found)
        assert all(fault.startswith(start) for fault, start in zip(told, found, strict=True))
        assert {*violations(page)} <= {fault.partition(": ")[2] for fault in told}, "all rules find no more in the dark"
