"""Films' titles, texts and posters in the reader's language, from what is held: one query for however many films.

Each is looked for along a chain of its own, so that a film may have its title in one row and its text in another:
the language as its region writes it; as the regions that write alike and the main one do; as any other does, in the
order of their codes; for a title, the original where that is the film's own language; then English, which TMDB fills
with the original where it has none.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value

from catalog.languages import ENGLISH, regions_for
from catalog.models import MovieTitle, Poster
from web.slugs import slug_of

TITLE_ALONE = ("title",)
ALL_TEXTS = ("title", "overview", "tagline")
# In the place of a region, which is two letters or nothing.
POSTER = "poster"

Columns = dict[str, Any]


def reword(films: Iterable[Columns], language: str, texts: Sequence[str] = TITLE_ALONE) -> None:
    """Puts the words and posters of a supported language into films' columns (`vars` of a model, or `values`)."""
    if language == ENGLISH:
        return
    by_id: dict[int, list[Columns]] = {}
    for film in films:
        film.setdefault("slug", slug_of(film["title"]))  # its address stays the same in every language
        by_id.setdefault(film["tmdb_id"], []).append(film)
    if not by_id:
        return
    _use_original_titles(films := [film for same in by_id.values() for film in same], language)
    ranks = {region: rank for rank, region in enumerate(regions_for(language))}
    held = _held(by_id.keys(), language.partition("-")[0], texts)
    # The best last: each row writes over what the ones before it said, where it says anything.
    for movie_id, region, *told in sorted(held, key=lambda row: (ranks.get(row[1], len(ranks)), row[1]), reverse=True):
        names = ("poster_path",) if region == POSTER else texts
        said = {name: text for name, text in zip(names, told, strict=False) if text}
        for film in by_id[movie_id]:
            film.update(said)


def _use_original_titles(films: Iterable[Columns], language: str) -> None:
    """TMDB leaves the translation of a title empty that is the original: what stands as title is the English one."""
    for film in films:
        if film.get("original_title") and film.get("original_language") == language.partition("-")[0]:
            film["title"] = film["original_title"]


def _held(movie_ids: Collection[int], code: str, texts: Sequence[str]) -> QuerySet:
    """Film, region and texts of each title in the language, and film, `POSTER` and path of each poster."""
    titles = MovieTitle.objects.filter(movie__in=movie_ids, language=code).values_list("movie_id", "region", *texts)
    blank = [Value("", TextField())] * (len(texts) - 1)
    posters = Poster.objects.filter(movie__in=movie_ids, language=code)
    return titles.union(posters.values_list("movie_id", Value(POSTER, CharField()), "path", *blank), all=True)
