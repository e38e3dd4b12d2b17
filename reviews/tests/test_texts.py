"""What may be written, and what comes of it as HTML: nothing that runs, and nothing that covers the page."""

import unicodedata
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError

from reviews.markdown import mentioned, rendered
from reviews.texts import tidied


class Elements(HTMLParser):
    """What a browser makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")


def refusal(text: str, longest: int = 10_000) -> str:
    with pytest.raises(ValidationError) as fault:
        tidied(text, longest)
    return fault.value.code


def test_a_text_is_kept_as_it_was_typed_in_one_form():
    assert tidied("  cafe\u0301\r\n\tnoir\rfin\u2028x  ", 100) == "café\n\tnoir\nfin\nx"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        (" \n\t ", "blank"),
        ("\u200b\u200d", "blank"),
        ("a\x00b", "control_characters"),
        ("a\x1b[31mb", "control_characters"),
        ("a\x85b", "control_characters"),
        ("a\ud800b", "control_characters"),
        ("x" * 10_001, "max_length"),
        ("x" * 1_000_000, "max_length"),
        ("a" + "\u0301" * 100_000, "max_length"),
        ("a" + "\u0301" * 5_000, "combining_characters"),
        ("a" + "\u20dd" * 9, "combining_characters"),
        ("\ufdfa" * 10_001, "max_length"),
    ],
)
def test_what_no_keyboard_makes_is_refused(text, code):
    assert refusal(text) == code


@pytest.mark.parametrize("text", ["שָׁלוֹם", "ก็ดี", "বাংলা", "👨‍👩‍👧‍👦", "नमस्ते", "Z̤͔ͧ", "ཧཱུྃ", "映画", "!", "🎬"])
def test_every_language_may_be_written(text):
    assert tidied(text, 100) == unicodedata.normalize("NFC", text)


def test_the_limit_counts_what_is_kept():
    assert tidied(" " * 50 + "x" * 100, 100) == "x" * 100
    assert refusal("x" * 101, 100) == "max_length"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("> so", "<blockquote>\n<p>so</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("2. a", '<ol start="2">\n<li>a</li>\n</ol>'),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        (r"\*a\*", "<p>*a*</p>"),
        ("it >!*dies*!< here", '<p>it <span class="spoiler"><em>dies</em></span> here</p>'),
        (">!all of it!<", '<p><span class="spoiler">all of it</span></p>'),
        ("# a", "<p># a</p>"),
        ("![a](http://x/y.png)", '<p>!<a href="http://x/y.png" rel="nofollow ugc noopener">a</a></p>'),
    ],
)
def test_a_small_part_of_markdown_is_rendered(text, html):
    assert rendered(text).strip() == html


def test_a_link_leads_to_the_web_and_lends_it_nothing():
    html = rendered("[x](https://a.example/?q=1&r=2)")
    assert html == '<p><a href="https://a.example/?q=1&amp;r=2" rel="nofollow ugc noopener">x</a></p>\n'


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,<script>"),
        *("vbscript:x", "/accounts/logout", "//evil.example", "ftp://a.example", "http:evil", "mailto:a@b.example"),
        *("java\tscript:alert(1)", "https:///x", "\\\\evil.example"),
    ],
)
def test_no_link_leads_elsewhere(target):
    assert "<a" not in rendered(f"[x]({target})")
    assert "<a" not in rendered(f"[x](<{target}>)")
    assert "<a" not in rendered(f"[x][1]\n\n[1]: {target}")
    assert "<a" not in rendered(f"<{target}>")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<!-- x --><style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
        "`<script>` and\n\n    <script>x</script>",
        "[<script>x</script>](http://a.example)",
        '[x](http://a.example "<script>")',
        '[x](http://a.example "\\" onmouseover=\\"alert(1)")',
        '[x](<http://a.example" onclick="alert(1)>)',
        ">!<script>alert(1)</script>!<",
        "@<script>",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "```<script>\nx\n```",
        "> <script>",
        "- <script>",
        "]]><script>",
    ],
)
def test_html_that_is_typed_is_shown_as_it_was_typed(text):
    found = Elements()
    found.feed(rendered(text))
    assert found.tags <= {"p", "a", "code", "pre", "span", "blockquote", "ul", "li", "br"}
    assert found.attributes <= {"href", "title", "class", "rel"}


def test_mentions_are_links_to_members():
    html = rendered("@bob, (@ann.x) and @Eve-1.")
    assert html.count('class="mention"') == 3
    assert '<a href="/members/ann.x" class="mention" rel="nofollow ugc noopener">@ann.x</a>' in html
    assert mentioned("@bob, (@ann.x) and @Eve-1. @BOB") == ["BOB", "ann.x", "Eve-1"]


@pytest.mark.parametrize(
    "text",
    ["a@b.example", "@", "@@bob", "`@bob`", "[@bob](http://x.example)", "@-bob", "/@bob", "```\n@bob\n```", "\\@bob"],
)
def test_what_only_looks_like_a_mention_is_none(text):
    assert mentioned(text) == []
    assert "mention" not in rendered(text)


def test_a_name_that_is_too_long_to_be_one_is_none():
    assert mentioned(f"@{'a' * 30}") == ["a" * 30]
    assert mentioned(f"@{'a' * 31}") == []


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        ">",
        ">!",
        "*a",
        "@a",
        "`",
        "_a__",
        "&",
        "[a](http://x ",
        "> ",
        "- ",
        "*_",
        "[[a](http://b)",
        "\\",
        "![",
        "<",
    ],
)
def test_a_text_of_one_piece_over_and_over_is_rendered_within_bounds(piece):
    html = rendered((piece * 10_000)[:10_000])
    assert len(html) < 100_000
    assert html.count("<blockquote>") <= 20


def test_spoilers_within_spoilers_end_somewhere():
    assert rendered(">!a" * 3_000 + "!<" * 3_000).count("spoiler") <= 3_000
