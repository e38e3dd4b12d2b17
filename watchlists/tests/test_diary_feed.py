"""Public diaries as Atom feeds: well-formed whatever stands in them, and of what is public alone."""

from datetime import date
from xml.etree import ElementTree

import pytest

from watchlists import diary
from watchlists.tests.reading import SCRIPT, browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client=None) -> ElementTree.Element:
    page = (client or browser()).get("/members/ann/diary.atom")
    assert page.status_code == 200
    assert page["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(page.content)


def test_a_feed_tells_of_the_films_and_not_of_the_notes(ann, heat):
    viewing = diary.log(user=ann, movie_id=949, watched_on=date(2026, 3, 5), rating=9, note="For me alone.")[0]
    held = feed()
    (entry,) = held.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Heat (1995) · 9/10"
    assert entry.findtext(f"{ATOM}id") == f"urn:marquee:viewing:{viewing.pk}"
    assert entry.find(f"{ATOM}link").get("href").endswith("/movies/949-heat")
    assert "For me alone" not in ElementTree.tostring(held, "unicode")


def test_it_can_be_read_whatever_was_written(ann, heat):
    ann.display_name, heat.title = f"\x01\ufffe{SCRIPT[:40]}", f"{SCRIPT}\x0b&\x08"
    ann.save()
    heat.save()
    diary.log(user=ann, movie_id=949)
    held = feed()
    assert held.findtext(f"{ATOM}author/{ATOM}name").startswith("<script>")
    assert held.findtext(f"{ATOM}entry/{ATOM}title").startswith("<script>")


def test_it_is_the_same_for_everybody_and_may_be_kept_for_a_while(ann, heat):
    ann.history_privacy = "public"
    diary.log(user=ann, movie_id=949)
    page = browser(ann).get("/members/ann/diary.atom")
    assert "max-age=600" in page["Cache-Control"]
    assert "public" in page["Cache-Control"]
    assert page.content == browser().get("/members/ann/diary.atom").content
    assert 'type="application/atom+xml"' in browser().get("/members/ann/diary").content.decode()


def test_nobody_has_no_feed(ann):
    assert browser().get("/members/nobody/diary.atom").status_code == 404
    assert browser().post("/members/ann/diary.atom").status_code == 405
