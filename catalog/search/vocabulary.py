"""The words that search may correct to, with the forms by which each is found."""

from collections.abc import Container, Iterable

from catalog.inserting import insert_new
from catalog.models import SearchForm, SearchWord
from catalog.models.search import SearchEntry
from catalog.search.spelling import forms
from catalog.search.words import is_spelt

WORD = ("kind", "word", "popularity")
FORM = ("kind", "form", "word")


def learn(kind: str, entries: Iterable[SearchEntry], known: Container[str] = ()) -> set[str]:
    """Adds the entries' words to the vocabulary of films or people. The caller's transaction is open.

    Those in `known` are there, and are not asked for. Gives the others, which are there when the transaction has ended.
    """
    best: dict[str, float] = {}
    for entry in entries:
        for word in filter(is_spelt, entry.tokens):
            if word not in known:
                best[word] = max(best.get(word, 0.0), entry.popularity)
    new = sorted(best.keys() - _held(kind, best))  # a word has ten forms, which a held one need not be given again
    insert_new(SearchWord, WORD, [(kind, word, best[word]) for word in new])
    pairs = sorted((form, word) for word in new for form in forms(word))
    insert_new(SearchForm, FORM, [(kind, form, word) for form, word in pairs])
    return set(best)


def _held(kind: str, words: Iterable[str]) -> set[str]:
    return set(SearchWord.objects.filter(kind=kind, word__in_array=words).values_list("word", flat=True))
