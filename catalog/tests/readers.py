"""A process full of readers who all want one film at the same moment: prints what each of them got, as JSON.

Run as a program with the film's id and the number of readers. It says `ready`, and waits for a line before they start.
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor


def read_at_once(movie_id: int, readers: int) -> list[str]:
    """Each reader's title of the film, or the name of what went wrong."""
    from django.db import connection

    from catalog.sync import fetch_movie
    from catalog.tmdb.errors import TMDBError

    together = threading.Barrier(readers)

    def read(_: int) -> str:
        together.wait()
        try:
            return fetch_movie(movie_id).title
        except TMDBError as fault:
            return type(fault).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(readers) as pool:
        return list(pool.map(read, range(readers)))


def a_moment_later(*movie_ids: int) -> None:
    """TMDB may be asked again, and for these films too."""
    from django.core.cache import cache

    from catalog.sync.on_demand import circuit

    circuit.succeeded()
    cache.delete_many([f"tmdb-failed:{movie_id}" for movie_id in movie_ids])


if __name__ == "__main__":
    import gc

    import django

    django.setup()
    gc.freeze()  # as `manage.py` does, or the end of the process would look through all that was imported
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(read_at_once(int(sys.argv[1]), int(sys.argv[2]))))
