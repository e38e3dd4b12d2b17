"""Titles in the order of a shelf: one that both databases share, whatever language their server sorts by."""

import re
import unicodedata

LONGEST_KEY = 80
ARTICLE = re.compile(r"\W*(?:the|an?)\s+(?=\w)", re.ASCII)
# The accents of Latin, Greek and Cyrillic letters. Other scripts' marks are vowels and the like, and stay.
ACCENTS = re.compile("[\u0300-\u036f'\u2019]+")
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})
NO_WORD = re.compile(r"[\W_]+")


def title_key(title: str) -> bytes:
    """What `Movie.title_key` holds, to be compared byte by byte: `The Étoile!` gives `etoile`.

    Without a leading article (of English alone: titles are English where TMDB has them so), capitals, accents and
    punctuation; digits before letters, then script by script as Unicode has them. A title of nothing but signs stays.
    """
    folded = title.casefold()
    shelved = ARTICLE.sub("", folded, count=1) if ARTICLE.match(folded) else folded
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", shelved.translate(LETTERS)))
    words = NO_WORD.sub(" ", unicodedata.normalize("NFKC", plain)).strip()
    return (words or folded).encode()[:LONGEST_KEY]
