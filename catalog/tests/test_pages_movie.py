"""A film's page, without a browser: its address, what it shows to whom, what it costs, what it never lets through."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Collection, Keyword, Movie, Poster, Region
from catalog.tests.films import make_heat, make_movie, make_offer, make_person, make_provider

pytestmark = pytest.mark.django_db
HEAT = "/movies/949-heat"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
STRANGERS_QUERIES = 11


def page(path=HEAT, **headers):
    response = Client(headers=headers).get(path)
    assert response.status_code == 200, response
    return " ".join(response.text.split())


@pytest.mark.parametrize(
    "path", ["/movies/949", "/movies/949-", "/movies/949-Heat", "/movies/949-the-other-one", "/movies/949-ü"]
)
def test_every_other_address_leads_to_the_one(path):
    make_heat()
    response = Client().get(f"{path}?region=FR")
    assert (response.status_code, response["Location"]) == (301, f"{HEAT}?region=FR")


def test_a_title_without_letters_of_ours_is_at_its_number_alone():
    make_movie(129, "千と千尋の神隠し")
    assert Client().get("/movies/129").status_code == 200
    assert Client().get("/movies/129-spirited-away")["Location"] == "/movies/129"


def test_the_address_is_the_same_in_every_language():
    heat = make_heat()
    heat.titles.create(language="fr", title="Affrontement", overview="Un voleur et un policier.")
    text = page(**{"Accept-Language": "fr"})
    assert ">Affrontement</h1>" in text
    assert 'lang="fr">Un voleur' in text
    assert f'<link rel="canonical" href="http://testserver{HEAT}">' in text


def test_a_members_own_language_comes_before_the_browsers(ann):
    heat = make_heat()
    heat.titles.create(language="de", title="Hitze")
    type(ann).objects.update(language="de")
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(ann)
    assert "Hitze</h1>" in client.get(HEAT).text


@pytest.mark.parametrize(
    "path", ["/movies/0", "/movies/-1", "/movies/abc", "/movies/00949", "/movies/99999999999", "/movies/1.5"]
)
def test_what_is_no_number_of_a_film_is_not_found(path):
    assert Client().get(path).status_code == 404


def test_nothing_is_written_to_a_films_page():
    make_heat()
    assert Client().post(HEAT).status_code == 405


def test_all_that_is_known_is_shown():
    heat = make_heat()
    Movie.objects.filter(pk=949).update(
        tagline="A Los Angeles crime saga",
        overview="A thief.",
        budget=60_000_000,
        collection=Collection.objects.create(tmdb_id=7, name="Heat Collection"),
    )
    text = page()
    for told in (
        *("<title>Heat (1995) · Marquee</title>", "A Los Angeles crime saga", "A thief.", "170 min", "$60,000,000"),
        *('href="/people/1158-al-pacino"', "Vincent Hanna", 'href="/people/638-michael-mann"', "Director"),
        *(
            'href="/movies?genre=80">Crime</a>',
            'href="/movies?keyword=642">robbery</a>',
            'href="/collections/7-heat-collection"',
        ),
        *("https://www.youtube.com/watch?v=2GfZl4kuVNI", "https://www.imdb.com/title/tt0113277/", "Spanish"),
        *('alt="Poster of Heat"', "/t/p/w342/heat.jpg", "7.9"),
    ):
        assert told in text, told
    assert heat.get_absolute_url() == HEAT


def test_others_who_link_to_it_show_what_it_is():
    make_heat()
    Movie.objects.update(overview="word " * 100)
    text = page()
    assert '<meta property="og:title" content="Heat">' in text
    assert f'<meta property="og:url" content="http://testserver{HEAT}">' in text
    assert '<meta property="og:image" content="https://image.tmdb.org/t/p/w500/heat.jpg">' in text
    assert '<meta property="og:type" content="video.movie">' in text
    description = text.split('<meta name="description" content="')[1].split('"')[0]
    assert description.endswith("…")
    assert len(description) == 200


def test_services_are_shown_with_logos_links_and_where_it_is_known_from():
    make_heat()
    text = page()
    assert "With a subscription" in text
    assert 'href="https://example.org/heat"' in text
    assert "/t/p/w92/8.jpg" in text
    assert "Streaming data by JustWatch" in text
    assert ">R</span>" in text


def test_the_region_is_chosen_and_remembered():
    heat = make_heat()
    for code, name in (("US", "United States"), ("FR", "France")):
        Region.objects.create(code=code, name=name, has_streaming=True)
    make_offer(heat, make_provider(56, "Orange"), region="FR", kind="rent")
    client = Client()
    assert "Orange" not in client.get(HEAT).text
    chosen = client.get(f"{HEAT}?region=fr").text
    assert '<option value="FR" selected>France</option>' in chosen
    assert "To rent" in chosen
    assert "Orange" in client.get(HEAT).text


@pytest.mark.parametrize("region", ["", "xyz", "<b>", "1", "FRA"])
def test_what_is_no_region_is_as_if_none_were_named(region):
    make_heat()
    assert "Netflix" in Client().get(HEAT, {"region": region}).text


def test_the_region_is_the_members_else_the_browsers(ann):
    heat = make_heat()
    make_offer(heat, make_provider(56, "Orange"), region="FR", kind="rent")
    assert "Orange" in page(**{"Accept-Language": "en-FR,en;q=0.5"})
    type(ann).objects.update(region="FR")
    client = Client()
    client.force_login(ann)
    assert "Orange" in client.get(HEAT).text


def test_a_film_gone_from_tmdb_stays_and_says_so():
    make_movie(1, "Lost", gone_at=datetime(2026, 3, 1, tzinfo=UTC))
    text = page("/movies/1-lost")
    assert "TMDB no longer has this film, since March 1, 2026" in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_film_put_together_with_another_leads_to_it():
    heat = make_heat()
    make_movie(1, "Heat again", gone_at=timezone.now(), merged_into=heat)
    assert f'<a href="{HEAT}">Heat</a>' in page("/movies/1-heat-again")


def test_a_film_not_held_is_fetched(tmdb):
    text = page("/movies/603-the-matrix")
    assert "Keanu Reeves" in text
    assert Movie.objects.filter(pk=603).exists()


def test_a_film_that_tmdb_does_not_have_is_not_found(tmdb):
    assert Client().get("/movies/999999999").status_code == 404


def test_tmdb_away_is_told_and_what_is_known_is_shown(tmdb):
    tmdb.stop()
    away = Client().get("/movies/603")
    assert away.status_code == 503
    assert "TMDB does not answer" in away.text
    assert away["Retry-After"]
    make_movie(604, "Reloaded", synced_at=None)
    assert "Only a little is known of this film yet" in page("/movies/604-reloaded")


@pytest.mark.parametrize(
    "field", ["title", "original_title", "overview", "tagline", "homepage", "poster_path", "backdrop_path", "imdb_id"]
)
def test_no_text_of_a_film_becomes_markup(field):
    heat = make_heat()
    Movie.objects.filter(pk=949).update(**{field: EVIL[:20] if field == "imdb_id" else EVIL})
    text = Client().get(heat.get_absolute_url(), follow=True).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_no_text_around_a_film_becomes_markup():
    heat = make_heat()
    for row, field in (
        *((heat.genres.get(), "name"), (heat.keywords.get(), "name"), (heat.videos.get(), "key")),
        *(
            (heat.offers.get().provider, "name"),
            (heat.credits.first(), "character"),
            (heat.release_dates.get(), "note"),
        ),
        (heat.release_dates.get(), "certification"),
    ):
        setattr(row, field, EVIL[:20] if field == "certification" else EVIL)
        row.save(update_fields=[field])
    text = page(HEAT)
    assert "<script>alert" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", " https://x", "//evil.example"])
def test_only_addresses_of_the_web_are_linked_to(link):
    heat = make_heat()
    Movie.objects.update(homepage=link)
    heat.offers.update(link=link)
    assert f'href="{link}"' not in Client().get(HEAT).text


def test_the_page_costs_the_same_however_much_there_is(django_assert_max_num_queries):
    heat = make_heat()
    page()
    with django_assert_max_num_queries(STRANGERS_QUERIES):
        page()
    for number in range(20):
        person = make_person(2000 + number, f"Person {number}")
        heat.credits.create(person=person, kind="cast", position=1 + number, character="x")
        heat.keywords.add(Keyword.objects.create(tmdb_id=7000 + number, name=f"word {number}"))
        make_offer(heat, make_provider(100 + number, f"Service {number}"), region="US")
        heat.release_dates.create(region="US", kind=4, released_on=date(2000, 1, 1 + number))
        like = make_movie(5000 + number, f"Like {number}")
        like.credits.create(person=person, kind="cast", position=0)
    Client().get("/")
    with django_assert_max_num_queries(STRANGERS_QUERIES):
        assert "Service 19" in page()


def test_nothing_is_inline():
    heat = make_heat()
    Poster.objects.create(movie=heat, language="fr", path="/fr.jpg")
    text = page(**{"Accept-Language": "fr"})
    for inline in ("<style", " style=", "<script>", " onerror=", " onclick=", "javascript:"):
        assert inline not in text
