"""From a name or a query to words and tokens, alike for what is stored and for what is asked."""

import re
import unicodedata
from collections.abc import Iterable

from catalog.titles import ACCENTS, LETTERS

# Marks that writers of Arabic and Hebrew leave out as often as not: vowels, and the stroke that draws words out.
UNWRITTEN = re.compile("[\u0640\u064b-\u065f\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+")
ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
WORD_CATEGORIES = ("L", "M", "N")
PLAIN = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("'"): None}
# Between a name and the next in a search key. No normalised text holds it, so a match never spans two names.
SEPARATOR = "|"
# Before a name that differs from how it is written: without articles, its numerals as digits.
PLAINER = "~"
# Before the token that a whole name makes, its words run together.
WHOLE = "="
# Before the token that the first one, two or three letters of a word make: to look each prefix that short up among all
# words would read a good part of the index.
START = "^"
LONGEST_START = 3
LONGEST_QUERY = 200
LONGEST_TOKEN = 40
MOST_NAMES = 80

# Scripts that set no spaces between words, and Hangul, where writers differ over them.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
RUN = re.compile(f"[{UNSPACED}]+(?: +[{UNSPACED}]+)*")
JOINED = re.compile(r"\w+(?:[-\u2010\u2011\u00b7.:/&+]\w+)+")

ARTICLES = frozenset({"the", "a", "an"})
FOREIGN_ARTICLES = frozenset(
    [
        "le",
        "la",
        "les",
        "un",
        "une",
        "el",
        "los",
        "las",
        "una",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "il",
        "lo",
        "gli",
        "o",
        "os",
        "as",
        "het",
        "de",
    ]
)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ROMANS = ("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv")
ROMAN_VALUES = (2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15)
DIGITS = {word: str(value) for value, word in enumerate(NUMBERS, start=1)} | dict(
    zip(ROMANS, map(str, ROMAN_VALUES), strict=True)
)
# Letters too, but numerals where they end a name: `Rocky V`.
LAST_DIGITS = DIGITS | {"i": "1", "v": "5", "x": "10"}


def normalise(text: str) -> str:
    """The text without capitals, accents and punctuation, its words apart by one space: `Amélie!` gives `amelie`."""
    if text.isascii():
        return " ".join(text.lower().translate(PLAIN).split())
    folded = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS))
    composed = UNWRITTEN.sub("", unicodedata.normalize("NFKC", folded).translate(ALIKE))
    spaced = (
        character if unicodedata.category(character).startswith(WORD_CATEGORIES) else " " for character in composed
    )
    return " ".join("".join(spaced).split())


def search_key(*names: str) -> str:
    """What is stored to be searched: each different name, normalised, between separators (`|heat|`)."""
    keys = dict.fromkeys(filter(None, map(normalise, names)))
    return f"{SEPARATOR}{SEPARATOR.join(keys)}{SEPARATOR}" if keys else ""


def names_in(key: str) -> list[str]:
    """The normalised names of a search key."""
    return [name for name in key.split(SEPARATOR) if name][:MOST_NAMES]


def plainer(name: str) -> str:
    """The normalised name without its articles, its numerals as digits; itself where nothing else would be left."""
    words = name.split()
    kept = [word for place, word in enumerate(words) if not _is_article(word, place, len(words))] or words
    last = len(kept) - 1
    return " ".join(
        (LAST_DIGITS if place == last and last else DIGITS).get(word, word) for place, word in enumerate(kept)
    )


def _is_article(word: str, place: int, length: int) -> bool:
    return word in ARTICLES or (word in FOREIGN_ARTICLES and length > 1 and place in (0, length - 1))


def whole(name: str) -> str:
    """The token of a whole name: `=rocky2`."""
    return (WHOLE + plainer(name).replace(" ", ""))[:LONGEST_TOKEN]


def entry_names(key: str) -> str:
    """The names of an entry: those of the search key, and the plainer form of each that has one."""
    names = names_in(key)
    forms = [form for name in names for form in (name, _marked(name)) if form]
    return f"{SEPARATOR}{SEPARATOR.join(dict.fromkeys(forms))}{SEPARATOR}"


def _marked(name: str) -> str:
    plain = plainer(name)
    return "" if plain == name else PLAINER + plain


def entry_tokens(key: str, written: Iterable[str] = ()) -> list[str]:
    """The tokens of an entry by its search key; `written` are names as they are written, for words with hyphens."""
    tokens: dict[str, None] = {}
    for name in names_in(key):
        tokens[whole(name)] = None
        tokens[(WHOLE + name.replace(" ", ""))[:LONGEST_TOKEN]] = None
        tokens.update(dict.fromkeys(name_tokens(name)))
    for name in written:
        tokens.update((normalise(word).replace(" ", "")[:LONGEST_TOKEN], None) for word in JOINED.findall(name))
    tokens.pop("", None)
    return list(tokens)


def name_tokens(name: str) -> list[str]:
    """The tokens of a normalised name's words; of scripts without spaces each two letters that follow each other."""
    tokens = []
    for run in RUN.findall(name):
        letters = run.replace(" ", "")
        tokens += [letters[place : place + 2] for place in range(len(letters))]
        tokens += [START + letter for letter in letters]
    words = (RUN.sub(" ", name) if tokens else name).split()
    last = len(words) - 1
    for place, word in enumerate(words):
        tokens.append(word[:LONGEST_TOKEN])
        tokens += [START + word[:end] for end in range(1, min(len(word), LONGEST_START) + 1)]
        digits = (LAST_DIGITS if place == last and last else DIGITS).get(word)
        if digits:
            tokens.append(digits)
    return tokens


def is_spelt(token: str) -> bool:
    """Whether it is a word that one may misspell: no number, no whole name, not of a script without spaces."""
    return 3 <= len(token) <= 30 and token[0] not in (WHOLE, START) and not token.isdigit() and not RUN.match(token)
