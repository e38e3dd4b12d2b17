"""Reviews and comments as HTML: a small part of CommonMark, with spoilers and mentions, and nothing that runs.

Emphasis, links to the web, quotes, lists, code, line breaks, `>!spoilers!<` and `@mentions`. HTML that is typed is
shown as it was typed. What comes out is sanitised once more, so that a fault of the renderer's opens no door.
"""

import re
from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.blockquote import blockquote
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

RULES = ("blockquote", "list", "fence", "newline", "escape", "backticks", "emphasis", "link", "entity")
WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# As usernames are (`accounts.models.names`): a sign between two letters or digits, never at the end.
MENTION = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9._-]{0,28}[A-Za-z0-9])?)(?![A-Za-z0-9])")
OPEN, CLOSE = ">!", "!<"
ATTRIBUTES = {"a": {"href", "title", "class"}, "ol": {"start"}, "span": {"class"}}
TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "span", "strong", "ul"}
LINKS = "nofollow ugc noopener"


def rendered(text: str) -> str:
    """The HTML of a text that was tidied (`reviews.texts`)."""
    return nh3.clean(
        _MARKDOWN.render(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=LINKS
    )


def mentioned(text: str) -> list[str]:
    """The usernames that the text mentions, each once, in their order; not what stands in code."""
    found = (token.meta["username"] for token in _tokens(_MARKDOWN.parse(text)) if token.type == "mention_open")
    return list({name.lower(): name for name in found}.values())


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _mention(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    found = MENTION.match(state.src, state.pos, state.posMax)
    if found is None or state.linkLevel or before.isalnum() or before in {"_", "@", "/", "."}:
        return False
    if not silent:
        name = found[1]
        opening = state.push("mention_open", "a", 1)
        opening.attrs, opening.meta = {"href": f"/members/{name}", "class": "mention"}, {"username": name}
        state.push("text", "", 0).content = f"@{name}"
        state.push("mention_close", "a", -1)
    state.pos = found.end()
    return True


def _spoiler(state: StateInline, silent: bool) -> bool:
    end = state.src.find(CLOSE, state.pos + 2, state.posMax) if state.src.startswith(OPEN, state.pos) else -1
    if end <= state.pos + 2 or state.level >= state.md.options.maxNesting:
        return False
    if not silent:
        state.push("spoiler_open", "span", 1).attrs = {"class": "spoiler"}
        rest, state.pos, state.posMax = state.posMax, state.pos + 2, end
        state.md.inline.tokenize(state)
        state.posMax = rest
        state.push("spoiler_close", "span", -1)
    state.pos = end + 2
    return True


def _quote(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A line that begins with a spoiler is no quote."""
    start = state.bMarks[first] + state.tShift[first]
    line = state.src[start : state.eMarks[first]]
    return not (line.startswith(OPEN) and CLOSE in line) and blockquote(state, first, last, silent)


def _made() -> MarkdownIt:
    made = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False, "maxNesting": 20})
    made.enable(RULES)
    made.inline.ruler.push("mention", _mention)
    made.inline.ruler.push("spoiler", _spoiler)
    interrupted = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    made.block.ruler.at("blockquote", _quote, interrupted)
    made.validateLink = lambda url: WEB.match(url) is not None
    return made


_MARKDOWN = _made()
