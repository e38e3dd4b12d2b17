"""What axe-core finds wrong with a page, light and dark."""

from importlib.resources import files

from playwright.sync_api import Page

from tests.browser import in_each_scheme

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What passes is counted only, and not told of: that takes as long as to find it.
RUN = """async (rules) => {
  if (!("axe" in window)) return null;
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


def violations_in_each_scheme(page: Page) -> list[str]:
    return [f"{scheme}: {fault}" for scheme in in_each_scheme(page) for fault in violations(page)]


def violations(page: Page) -> list[str]:
    found = page.evaluate(RUN, RULES)
    if found is None:
        page.evaluate(AXE)
        found = page.evaluate(RUN, RULES)
    return found
