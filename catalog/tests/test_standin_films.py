from collections import defaultdict

import pytest

from catalog.tests.standin_calls import ask
from catalog.tmdb.standin import StandIn
from catalog.tmdb.standin.bodies import PARTS
from catalog.tmdb.standin.sentence import overview_sentence

pytestmark = pytest.mark.embedded

THE_DARK_KNIGHT = 155
NETFLIX = 8


@pytest.fixture
def standin():
    with StandIn() as standin:
        yield standin


@pytest.fixture
def empty():
    with StandIn(films=[]) as standin:
        yield standin


def test_a_film_comes_with_its_facts(standin):
    film = ask(standin, f"/movie/{THE_DARK_KNIGHT}").json()
    assert (film["title"], film["release_date"][:4], film["imdb_id"]) == ("The Dark Knight", "2008", "tt0468569")
    assert {"id": 18, "name": "Drama"} in film["genres"]
    assert film["belongs_to_collection"]["name"] == "The Dark Knight Collection"
    assert film["poster_path"].endswith(".jpg")


def test_the_overview_is_a_sentence_made_of_the_facts(standin):
    film = ask(standin, f"/movie/{THE_DARK_KNIGHT}").json()
    expected = "A 2008 drama directed by Christopher Nolan, with Christian Bale, Heath Ledger and Aaron Eckhart."
    assert (film["overview"], film["tagline"]) == (expected, "")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"year": "", "genre": "", "language": "Italian"}, "An Italian-language film."),
        ({"year": "1895", "genre": "Documentary", "language": None}, "An 1895 documentary."),
        (
            {"year": "2001", "genre": "Science Fiction", "language": "French"},
            "A 2001 French-language science fiction film.",
        ),
    ],
)
def test_a_sentence_says_only_what_is_known(facts, sentence):
    assert overview_sentence(**facts, directors=[], stars=[]) == sentence


def test_appended_parts_stand_under_the_names_asked_for(standin):
    asked = ["credits", "watch/providers", "similar", "no_such_part"]
    film = ask(standin, f"/movie/{THE_DARK_KNIGHT}", append_to_response=",".join(asked)).json()
    assert {name for name in asked if name in film} == {"credits", "watch/providers", "similar"}
    assert [row["order"] for row in film["credits"]["cast"]] == list(range(len(film["credits"]["cast"])))
    assert film["watch/providers"] == {"results": {}}


def test_more_than_20_parts_are_too_many(standin):
    answer = ask(standin, f"/movie/{THE_DARK_KNIGHT}", append_to_response=",".join(["credits"] * 21))
    assert (answer.status_code, answer.json()["status_code"]) == (400, 27)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_each_part_has_an_address_of_its_own_and_tells_the_same(standin, part):
    appended = ask(standin, f"/movie/{THE_DARK_KNIGHT}", append_to_response=part).json()[part]
    alone = ask(standin, f"/movie/{THE_DARK_KNIGHT}/{part}").json()
    assert alone == {"id": THE_DARK_KNIGHT} | appended


@pytest.mark.parametrize("part", ["recommendations", "similar"])
def test_neighbours_are_paged_and_never_the_film_itself(standin, part):
    page = ask(standin, f"/movie/{THE_DARK_KNIGHT}/{part}").json()
    titles = [row["title"] for row in page["results"]]
    assert "The Dark Knight Rises" in titles
    assert "The Dark Knight" not in titles
    assert page["page"] == 1


def test_a_credit_keeps_its_id_and_shares_it_with_no_other(standin):
    first, second = (ask(standin, f"/movie/{THE_DARK_KNIGHT}/credits").json() for _ in range(2))
    numbers = [row["credit_id"] for row in first["cast"] + first["crew"]]
    assert numbers == [row["credit_id"] for row in second["cast"] + second["crew"]]
    assert len(set(numbers)) == len(numbers)


def test_a_film_changed_in_place_is_served_changed(standin):
    ask(standin, f"/movie/{THE_DARK_KNIGHT}")
    standin.films[THE_DARK_KNIGHT]["title"] = "Another Name"
    standin.films[THE_DARK_KNIGHT]["credits"]["cast"].clear()
    film = ask(standin, f"/movie/{THE_DARK_KNIGHT}", append_to_response="credits").json()
    assert (film["title"], film["credits"]["cast"]) == ("Another Name", [])


def test_one_stand_in_changes_nothing_for_the_next(standin):
    standin.films[THE_DARK_KNIGHT]["genres"].clear()
    standin.films[THE_DARK_KNIGHT]["belongs_to_collection"]["name"] = "Spoilt"
    with StandIn() as other:
        film = ask(other, f"/movie/{THE_DARK_KNIGHT}").json()
    assert film["genres"]
    assert film["belongs_to_collection"]["name"] == "The Dark Knight Collection"


def test_a_film_put_in_with_two_facts_has_every_key(empty, standin):
    empty.put_film({"id": 7, "title": "Seven Days"})
    film = ask(empty, "/movie/7").json()
    assert set(film) == set(ask(standin, f"/movie/{THE_DARK_KNIGHT}").json())
    assert (film["title"], film["original_title"], film["poster_path"]) == ("Seven Days", "Seven Days", None)


def test_a_body_written_to_the_shelf_is_served_as_it_is(empty):
    empty.films[7] = {"id": 7, "title": None, "genres": {"odd": True}}
    assert ask(empty, "/movie/7").json() == {"id": 7, "title": None, "genres": {"odd": True}}


def test_a_removed_film_is_gone(standin):
    standin.remove_film(THE_DARK_KNIGHT)
    assert ask(standin, f"/movie/{THE_DARK_KNIGHT}").json()["status_code"] == 34
    assert ask(standin, f"/movie/{THE_DARK_KNIGHT}/credits").status_code == 404
    assert ask(standin, "/find/tt0468569", external_source="imdb_id").json()["movie_results"] == []


def test_offers_are_named_and_linked_by_region(standin):
    standin.set_offers(THE_DARK_KNIGHT, {"DE": {"flatrate": [NETFLIX], "rent": [{"provider_id": 1, "odd": True}]}})
    germany = ask(standin, f"/movie/{THE_DARK_KNIGHT}/watch/providers").json()["results"]["DE"]
    assert germany["flatrate"][0]["provider_name"] == "Netflix"
    assert germany["rent"] == [{"provider_id": 1, "odd": True}]
    assert germany["link"].endswith("locale=DE")


def test_an_untranslated_film_has_its_original_title_and_no_text(empty):
    german = {"iso_639_1": "de", "iso_3166_1": "DE", "data": {"title": "Hitze", "overview": "Zwei.", "tagline": ""}}
    empty.put_film(
        {"id": 949, "title": "Heat", "overview": "Two men.", "translations": {"translations": [german]}},
    )
    in_german = ask(empty, "/movie/949", language="de-DE").json()
    in_french = ask(empty, "/movie/949", language="fr").json()
    assert (in_german["title"], in_german["overview"]) == ("Hitze", "Zwei.")
    assert (in_french["title"], in_french["overview"]) == ("Heat", "")


def test_images_can_be_asked_for_by_language(empty):
    posters = [{"file_path": f"/{code}.jpg", "iso_639_1": code} for code in ("en", "de", None)]
    empty.put_film({"id": 949, "title": "Heat", "images": {"posters": posters, "backdrops": [], "logos": []}})
    images = ask(empty, "/movie/949/images", include_image_language="en,null").json()
    assert [row["iso_639_1"] for row in images["posters"]] == ["en", None]


def test_a_person_is_known_by_the_films_that_are_held(standin, empty):
    body = ask(standin, "/person/525", append_to_response="movie_credits").json()
    assert (body["name"], body["known_for_department"]) == ("Christopher Nolan", "Directing")
    assert THE_DARK_KNIGHT in [row["id"] for row in body["movie_credits"]["crew"]]
    assert ask(empty, "/person/525").status_code == 404


def test_a_person_is_known_for_one_thing_in_every_film(standin):
    """Else what is stored of them would depend on which film came last."""
    told = defaultdict(set)
    for film in standin.films.library.catalogue.films.values():
        credits = standin.films.library.part(film, "credits")
        for row in credits["cast"] + credits["crew"]:
            told[row["id"]].add(row["known_for_department"])
    assert len(told) > 9_000
    assert not {person: departments for person, departments in told.items() if len(departments) > 1}
    assert {person: told[person] for person in (525, 190, 3894)} == {
        525: {"Directing"},
        190: {"Acting"},
        3894: {"Acting"},
    }


@pytest.mark.parametrize("person", [525, 190, 1158, 5655])
def test_a_person_is_known_for_the_same_by_themselves_as_in_a_film(standin, person):
    alone = ask(standin, f"/person/{person}", append_to_response="movie_credits").json()
    film = (alone["movie_credits"]["cast"] + alone["movie_credits"]["crew"])[0]["id"]
    credits = ask(standin, f"/movie/{film}/credits").json()
    rows = [row for row in credits["cast"] + credits["crew"] if row["id"] == person]
    assert {row["known_for_department"] for row in rows} == {alone["known_for_department"]}


def test_a_collection_lists_its_films_oldest_first(standin):
    parts = ask(standin, "/collection/263").json()["parts"]
    assert [part["title"] for part in parts] == ["Batman Begins", "The Dark Knight", "The Dark Knight Rises"]
