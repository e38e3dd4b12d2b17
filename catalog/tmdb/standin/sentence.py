"""The overview of a starter film: one English sentence made of its facts."""

from collections.abc import Sequence

# Genres whose name alone says "film"; the others stand before the word.
NOUNS = {
    "Comedy": "comedy",
    "Documentary": "documentary",
    "Drama": "drama",
    "Mystery": "mystery",
    "Romance": "romance",
    "TV Movie": "television film",
    "Thriller": "thriller",
    "Western": "western",
}
ADJECTIVES = {"Animation": "animated", "History": "historical", "Music": "musical"}
SILENT = {"en", "xx"}
STARS_NAMED = 3


def overview_sentence(
    *, year: str, genre: str, language: str | None, directors: Sequence[str], stars: Sequence[str]
) -> str:
    """As in "A 1994 drama directed by Frank Darabont, with Tim Robbins, Morgan Freeman and Bob Gunton."

    `year` may be empty, `genre` is TMDB's English name or empty, `language` is an English name or None.
    """
    words = [year, f"{language}-language" if language else "", _kind(genre)]
    sentence = " ".join(word for word in words if word)
    article = "An" if sentence.startswith(("18", *"AEIOaeio")) else "A"
    by = f" directed by {listed(directors)}" if directors else ""
    cast = f", with {listed(stars[:STARS_NAMED])}" if stars else ""
    return f"{article} {sentence}{by}{cast}."


def listed(names: Sequence[str]) -> str:
    """The names as English lists them."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _kind(genre: str) -> str:
    if genre in NOUNS:
        return NOUNS[genre]
    return f"{ADJECTIVES.get(genre, genre.lower())} film".strip()
