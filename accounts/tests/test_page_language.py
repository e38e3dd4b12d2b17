"""The pages speak the member's language, or the browser's; and all that is ours is translated."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.calls import PASSWORD, codes, post
from accounts.tests.translations import FOLDER, LINES, texts, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")
PAGES = ["", "profile/", "people/", "export/", "leave/", "api-keys/", "sessions/"]


def test_nothing_is_left_out_and_no_hole_is_lost():
    assert len(texts()) > 900
    for (_, text), told in texts().items():
        parts = re.findall(rf"msgstr(?:\[\d\])? ({LINES})", told)
        assert parts
        for part in parts:
            assert part.strip() != '""', text
            assert sorted(HOLES.findall(text)) == sorted(HOLES.findall(part)), text


def test_what_is_read_is_what_was_written():
    with (FOLDER / "django.mo").open("rb") as file:
        held = gettext.GNUTranslations(file)
    for (where, text), told in texts().items():
        if "msgstr[" in told or text.count("\n") > 1:
            continue
        assert (held.pgettext(word(where), word(text)) if where else held.gettext(word(text))) == word(told)


def test_no_line_begins_with_a_mark():
    """In French a space stands before some marks, and one that does not break."""
    assert not [told for told in texts().values() if re.search(r" [:;?!»]|« ", told)]


@pytest.mark.embedded
@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext, which is not here")
def test_every_text_of_the_source_is_in_it(tmp_path):
    left_out = [word for name in (".*", "var", "tests", "bench", "docs") for word in ("-i", name)]
    copy = tmp_path / "copy"
    root = Path(settings.BASE_DIR)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".*", "var", "tests", "bench", "docs", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "--no-location", "--no-wrap", *left_out]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin"}, timeout=120)
    assert texts(copy / "locale/fr/LC_MESSAGES/django.po").keys() == texts().keys()


def test_a_strangers_pages_follow_the_browser(client):
    page = client.get("/accounts/login/", headers={"Accept-Language": "fr-CA, en;q=0.5"})
    assert '<html lang="fr"' in page.text
    assert "Aller au contenu" in page.text
    assert page["Content-Language"] == "fr"
    assert "Accept-Language" in page["Vary"]
    assert '<html lang="en"' in client.get("/accounts/login/", headers={"Accept-Language": "tlh"}).text


def test_a_page_about_a_fault_does_too(client):
    page = client.get("/nothing/here", headers={"Accept-Language": "fr"})
    assert page.status_code == 404
    assert '<html lang="fr">' in page.text
    assert "Il n’y a rien ici" in page.text
    assert "There is nothing here" in client.get("/nothing/here").text


def test_a_form_out_of_date_is_told_in_it():
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "fr"})
    assert "Le formulaire est périmé" in strict.post("/accounts/login/").text


@pytest.mark.parametrize("path", PAGES)
def test_a_members_pages_follow_the_member(ann, path):
    User.objects.update(language="fr-CA")
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(ann)
    page = client.get(f"/accounts/{path}")
    assert "Vue d’ensemble" in page.text
    User.objects.update(language="tlh")
    assert "Overview" in client.get(f"/accounts/{path}").text


def test_the_admin_is_translated_too(staff):
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(staff)
    assert "sa fraîcheur" in client.get("/admin/").text


def test_mail_is_in_the_language_of_who_asked_for_it(ann):
    Client(headers={"Accept-Language": "fr"}).post("/accounts/password/reset/", {"email": "ann@example.org"})
    assert "mot de passe" in mail.outbox[0].body


def test_the_api_speaks_one_language(db):
    body = {"username": "nobody", "password": PASSWORD}
    response = post("auth/login", body, **{"Accept-Language": "fr"})
    assert codes(response) == [(None, "wrong_credentials")]
    assert response.data["errors"][0]["detail"].startswith("There is no such account")
