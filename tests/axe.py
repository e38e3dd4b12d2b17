"""What axe-core finds wrong with a page, light and dark."""

from importlib.resources import files

from playwright.sync_api import Page

from tests.browser import in_each_scheme

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Those that look at colours. Nothing else differs in the dark, so no other rule could find there what it did not find
# in the light; that both are so is held by test_colour_schemes.py.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# What passes is counted only, and not told of: that takes as long as to find it.
RUN = """async (rules) => {
  if (!("axe" in window)) return null;
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


def violations_in_each_scheme(page: Page) -> list[str]:
    rules = {"light": RULES, "dark": OF_COLOURS}
    return [f"{scheme}: {fault}" for scheme in in_each_scheme(page) for fault in violations(page, rules[scheme])]


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    page.wait_for_load_state()  # colours come with the styles
    found = page.evaluate(RUN, rules)
    if found is None:
        # With the next pages it comes by itself: to hand over half a megabyte each time takes longer than to run it.
        page.context.add_init_script(AXE)
        page.evaluate(AXE)
        found = page.evaluate(RUN, rules)
    return found
