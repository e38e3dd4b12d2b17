"""Films in the reader's language: title, texts and poster, from what is held, along the chain."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Collection, Person
from catalog.tests.films import fault, ids, make_heat, make_movie, make_offer, make_provider

pytestmark = pytest.mark.django_db
HEAT = "/api/v1/movies/949"
TEXTS = ("title", "overview", "tagline")


@pytest.fixture
def heat():
    film = make_heat()
    film.overview, film.tagline = "A thief.", "A Los Angeles crime saga."
    film.save()
    return film


def translate(film, language, region="", **texts):
    film.titles.create(language=language, region=region, **texts)


def told(api, language, path=HEAT):
    body = api.get(path, {"language": language}).json()
    return tuple(body[name] for name in TEXTS)


def poster(body):
    return body["poster"]["original"].rpartition("/")[2]


def titles(response):
    body = response.json()
    rows = body.get("results") or body.get("movies") or body.get("filmography")
    return [row["title"] for row in rows]


def test_title_texts_and_poster_are_the_readers(api, heat):
    translate(heat, "fr", "FR", title="Heat (fr)", overview="Un voleur.", tagline="Une saga.")
    heat.posters.create(language="fr", path="/fr.jpg")
    english, french = api.get(HEAT).json(), api.get(HEAT, headers={"accept-language": "fr-CH, en;q=0.5"}).json()
    assert [french[name] for name in TEXTS] == ["Heat (fr)", "Un voleur.", "Une saga."]
    assert [english[name] for name in TEXTS] == ["Heat", "A thief.", "A Los Angeles crime saga."]
    assert (poster(french), poster(english)) == ("fr.jpg", "heat.jpg")
    changed = {name for name in english if english[name] != french[name]}
    assert changed == {*TEXTS, "poster"}


def test_each_text_goes_along_the_chain_by_itself(api, heat):
    translate(heat, "es", "ES", title="Heat (ES)", overview="Un ladrón (ES).", tagline="Saga (ES).")
    translate(heat, "es", "MX", title="Fuego contra fuego")
    translate(heat, "es", "AR", title="Fuego", overview="Un chorro.")
    assert told(api, "es-MX") == ("Fuego contra fuego", "Un ladrón (ES).", "Saga (ES).")
    assert told(api, "es-AR") == ("Fuego contra fuego", "Un ladrón (ES).", "Saga (ES).")
    assert told(api, "es") == ("Heat (ES)", "Un ladrón (ES).", "Saga (ES).")


def test_any_region_of_the_language_is_better_than_english_always_the_same(api, heat):
    for region in "VE", "AR", "CL":
        translate(heat, "es", region, title=f"Fuego ({region})")
    assert told(api, "es") == ("Fuego (AR)", "A thief.", "A Los Angeles crime saga.")


def test_traditional_characters_are_looked_for_in_hong_kong_before_beijing(api, heat):
    translate(heat, "zh", "CN", title="盗火线", overview="贼。")
    translate(heat, "zh", "HK", title="盜火線")
    assert told(api, "zh-Hant")[:2] == ("盜火線", "贼。")
    assert told(api, "zh")[:2] == ("盗火线", "贼。")


def test_an_untranslated_title_in_the_films_own_language_is_the_original(api):
    film = make_movie(194, "Amélie", original_title="Le Fabuleux Destin", original_language="fr", overview="Amélie.")
    translate(film, "fr", "FR", overview="Une serveuse.")
    assert told(api, "fr", "/api/v1/movies/194")[:2] == ("Le Fabuleux Destin", "Une serveuse.")
    assert told(api, "de", "/api/v1/movies/194")[:2] == ("Amélie", "Amélie.")
    translate(film, "fr", "CA", title="Le destin")
    assert told(api, "fr-CA", "/api/v1/movies/194")[0] == "Le destin"


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", "uz"])
def test_english_and_what_is_not_held_is_todays_body(api, heat, language):
    plain = api.get(HEAT)
    asked = api.get(HEAT, {"language": language})
    assert asked.content == plain.content


@pytest.mark.parametrize("path", [HEAT, "/api/v1/movies", "/api/v1/movies/popular", "/api/v1/people/1158"])
def test_english_costs_no_query_and_another_language_one(api, heat, path):
    def queries(*languages):
        with CaptureQueriesContext(connection) as done:
            for language in languages:
                api.get(path, headers={"accept-language": language})
        return len(done)

    translate(heat, "fr", "FR", title="Chaleur")
    heat.posters.create(language="fr", path="/fr.jpg")
    plain = queries("en-GB")
    assert 1 <= plain <= 7
    assert queries("en", "*", "tlh", "en-US;q=0.3") == 0
    assert queries("fr") == plain + 1


def test_a_long_list_costs_no_more_queries(api, django_assert_max_num_queries):
    for number in range(1, 101):
        film = make_movie(number, f"Film {number}", poster_path=f"/{number}.jpg")
        translate(film, "fr", "FR", title=f"Le film {number}")
        film.posters.create(language="fr", path=f"/fr{number}.jpg")
    with django_assert_max_num_queries(4):
        rows = api.get("/api/v1/movies/popular?language=fr&page_size=100").json()["results"]
    assert [row["title"] for row in rows] == [f"Le film {number}" for number in range(1, 101)]
    assert [poster(row) for row in rows] == [f"fr{number}.jpg" for number in range(1, 101)]


@pytest.fixture
def everywhere(heat):
    """Heat, in French and in all lists there are."""
    translate(heat, "fr", "FR", title="Chaleur")
    trilogy = Collection.objects.create(tmdb_id=10, name="A trilogy")
    like = make_movie(1, "Like it", collection=trilogy)
    translate(like, "fr", "FR", title="Semblable")
    heat.collection = trilogy
    heat.save()
    make_offer(like, make_provider(11, "MUBI"), region="US")
    like.credits.create(person=Person.objects.get(pk=1158), kind="cast", position=0)
    return heat


LISTS = {
    "movies/popular": {"Chaleur", "Semblable"},
    "movies/trending": {"Chaleur", "Semblable"},
    "movies/top-rated": {"Chaleur", "Semblable"},
    "movies/search?q=heat": {"Chaleur"},
    "movies/suggest?q=hea": {"Chaleur"},
    "movies/949/similar": {"Semblable"},
    "collections/10": {"Chaleur", "Semblable"},
    "people/1158": {"Chaleur", "Semblable"},
    "streaming/movies": {"Chaleur", "Semblable"},
}


@pytest.mark.parametrize("path", LISTS)
def test_every_list_speaks_the_readers_language(api, everywhere, path):
    response = api.get(f"/api/v1/{path}", headers={"accept-language": "fr"})
    assert set(titles(response)) == LISTS[path]
    assert response["Content-Language"] == "fr"
    assert "Accept-Language" in response["Vary"]
    sign = "&" if "?" in path else "?"
    assert set(titles(api.get(f"/api/v1/{path}{sign}language=fr"))) == LISTS[path]
    assert not set(titles(api.get(f"/api/v1/{path}"))) & LISTS[path]


def test_while_browsing_language_is_the_films_own_and_the_header_is_the_readers(api, everywhere):
    make_movie(2, "Intouchables", original_language="fr")
    translate(everywhere, "de", title="Hitze")
    assert titles(api.get("/api/v1/movies?language=fr")) == ["Intouchables"]
    german = api.get("/api/v1/movies?language=en", headers={"accept-language": "de"})
    assert set(titles(german)) == {"Hitze", "Like it"}
    assert german["Content-Language"] == "de"


@pytest.mark.parametrize("language", ["french", "fr_FR", "f", "", "fr-", "*", "1", "fr%0A", "%20fr", "fr" * 30])
def test_what_is_no_language_is_a_400_that_names_it(api, heat, language):
    for path in HEAT, "/api/v1/movies/popular", "/api/v1/movies/suggest?q=h", f"{HEAT}/similar", "/api/v1/people/1158":
        sign = "&" if "?" in path else "?"
        assert fault(api.get(f"{path}{sign}language={language}"))[::2] == (400, "language")


def test_links_to_other_pages_keep_the_language(api):
    for number in range(1, 4):
        translate(make_movie(number, f"Film {number}"), "pt", "BR", title=f"O filme {number}")
    first = api.get("/api/v1/movies/popular?page_size=2&language=pt").json()
    assert "language=pt-BR" in first["next"]
    assert [row["title"] for row in api.get(first["next"]).json()["results"]] == ["O filme 3"]


def test_all_spellings_of_a_language_share_a_body_and_a_change_reaches_it(api, heat, django_assert_num_queries):
    from catalog import caching

    translate(heat, "fr", "FR", title="Chaleur")
    first = api.get(HEAT, {"language": "fr"})
    with django_assert_num_queries(0):
        assert api.get(HEAT, {"language": "fr-FR"}).content == api.get(HEAT, {"language": "FR-be"}).content
        assert api.get(HEAT, {"language": "fr"}, headers={"accept-language": "de"}).content == first.content
    assert first["ETag"] != api.get(HEAT)["ETag"]
    heat.titles.update(title="Brûlant")
    caching.drop_movies([949])
    assert told(api, "fr-FR")[0] == "Brûlant"


def test_a_film_fetched_for_a_reader_is_told_in_their_language(api, tmdb):
    tmdb.films[603]["translations"]["translations"].append(
        {"iso_639_1": "fr", "iso_3166_1": "FR", "data": {"title": "La Matrice", "overview": "", "tagline": ""}}
    )
    tmdb.films[603]["images"]["posters"].append({"iso_639_1": "fr", "file_path": "/matrice.jpg"})
    body = api.get("/api/v1/movies/603", {"language": "fr"}).json()
    assert (body["title"], poster(body)) == ("La Matrice", "matrice.jpg")
    assert ids(api.get("/api/v1/movies/search?q=matrice&language=fr")) == [603]
