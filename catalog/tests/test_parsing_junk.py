"""Bodies with anything anywhere: the film is read or put aside, and what is read can be stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from catalog.models import Movie
from catalog.sync.parsing import UnreadableMovie, read_movie
from catalog.sync.parsing.rows import OfferRow
from catalog.sync.storing import store
from catalog.tests.facts import held, told
from catalog.tmdb.standin.bodies import starter_library

AVATAR = 19995
RECORDED = Path(settings.BASE_DIR).parent / "shared" / "data" / "tmdb" / "responses"
FILMS = sorted(RECORDED.glob("movie*/*.json"))
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text()
    | st.sampled_from(["\x00", "a" * 30_000, "9999-99-99", "0000-00-00", "-0", "US", "https://x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """Where each value of a body is."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in children for found in places(child, (*path, key)))]


def whole_body() -> dict[str, Any]:
    """A film with an entry in every part."""
    library = starter_library()
    body = json.loads(json.dumps(library.whole(library.catalogue.films[AVATAR]), default=list))
    body["credits"]["cast"] = body["credits"]["cast"][:3]
    body["keywords"]["keywords"] = body["keywords"]["keywords"][:2]
    return body | {
        "videos": {
            "results": [{"site": "YouTube", "key": "a", "type": "Trailer", "published_at": "2021-03-01T17:00:07Z"}]
        },
        "release_dates": {
            "results": [{"iso_3166_1": "US", "release_dates": [{"type": 3, "release_date": "2009-12-18", "note": ""}]}]
        },
        "images": {"posters": [{"iso_639_1": "fr", "file_path": "/p.jpg", "vote_average": 5.3, "vote_count": 2}]},
        "watch/providers": {
            "results": {"US": {"link": "https://x.org", "rent": [{"provider_id": 8, "provider_name": "Netflix"}]}}
        },
    }


def changed(body: dict[str, Any], path: tuple, junk: Any) -> Any:
    if not path:
        return junk
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = junk
    return body


@pytest.mark.django_db
@given(st.deferred(lambda: st.sampled_from(places(whole_body()))), JUNK)
@limits(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_film_with_junk_in_it_is_unreadable_or_stored(path, junk):
    body = changed(whole_body(), path, junk)
    try:
        facts = read_movie(body, AVATAR)
    except UnreadableMovie:
        assert path in {(), ("id",), ("title",)}
        return
    if OfferRow not in facts.parts:
        Movie.objects.all().delete()  # else it would have the offers of the body before
    stored = store([facts], timezone.now())
    assert not stored.failed
    assert held(AVATAR) == told(body)


@pytest.mark.skipif(not FILMS, reason="the recorded bodies of ../shared/data are not there")
def test_recorded_bodies_of_all_years_are_read(db):
    bodies = [json.loads(path.read_text(encoding="utf-8")) for path in FILMS]
    films = [
        body for body in bodies if isinstance(body, dict) and isinstance(body.get("title"), str) and body.get("id")
    ]
    assert len(films) > 50
    unique = {film["id"]: film for film in films}
    stored = store([read_movie(film, film["id"]) for film in unique.values()], timezone.now())
    assert not stored.failed
    for film in unique.values():
        assert {**held(film["id"]), "people": ()} == {**told(film), "people": ()}
