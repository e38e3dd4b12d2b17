"""`python -m bench.exports FOLDER`: three days of TMDB's export of ids, always the same, as large and unsorted as real.

Of the second day's lines a few are other than the first's, and of the third's most: so it is with TMDB's, which counts
popularity anew each day.
"""

import gzip
import sys
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import django
import orjson

django.setup()

from bench.ids import FILES, FILMS
from bench.titles import Title, titles

# Without a common divisor: each place has an id of its own, and neighbours are far apart.
LARGEST_ID, STRIDE = 1_700_000, 611_953
BATCH = 10_000


def main() -> None:
    folder, films = Path(sys.argv[1]), enumerate(titles(FILMS + FILMS // 1000))
    with ExitStack() as stack:
        files = [stack.enter_context(gzip.open(folder / name, "wb", compresslevel=1)) for name in FILES]
        while batch := list(islice(films, BATCH)):
            for file, day in zip(files, (first, little, much), strict=True):
                file.write(b"".join(line(place, film, told) for place, film in batch if (told := day(place, film))))


def first(place: int, film: Title) -> float | None:
    """The popularity that day, or None where the film is not listed."""
    return None if place >= FILMS else film.popularity


def little(place: int, film: Title) -> float | None:
    """One in a hundred is more popular, one in a thousand is gone, and as many are new."""
    if place % 1000 == 7 and place < FILMS:
        return None
    return film.popularity + (place % 100 == 3) * 0.125


def much(place: int, film: Title) -> float | None:
    told = little(place, film)
    return None if told is None else told + (place % 5 < 3) * 0.25


def line(place: int, film: Title, popularity: float) -> bytes:
    told = {"adult": False, "id": place * STRIDE % LARGEST_ID + 1, "original_title": film.original_title}
    return orjson.dumps(told | {"popularity": popularity, "video": place % 50 == 9}, option=orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    main()
