"""What is held about a member, to take away; theirs alone, and not for long."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import api_keys, exports, own
from accounts.models import Archive, DataExport, Follow, User
from accounts.tasks import tidy_up
from accounts.tests.calls import call, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


@pytest.fixture
def archive(signed_in, ann, bob):
    Follow.objects.create(follower=ann, followed=bob)
    User.objects.filter(pk=ann.pk).update(bio="=cmd|' /C calc'!A0", display_name="Änne 🎬")
    api_keys.make(user=ann, name="My calendar", can_write=False)
    asked = post("users/exports", access=signed_in["access"])
    assert asked.status_code == 202
    return call("get", f"users/exports/{asked.data['id']}/archive", access=signed_in["access"])


def opened(response):
    return zipfile.ZipFile(io.BytesIO(response.content))


def test_the_archive_holds_all_of_it_for_programs_and_for_people(archive, ann):
    held = opened(archive)
    data = json.loads(held.read("data.json"))
    assert data["profile"][0]["display_name"] == "Änne 🎬"
    assert data["following"] == [{"followed__username": "bob", "is_accepted": True} | {
        "created_at": data["following"][0]["created_at"]
    }]  # fmt: skip
    assert data["api_keys"][0]["name"] == "My calendar"
    assert len(data["sessions"]) == 1
    tables = {name.removesuffix(".csv") for name in held.namelist() if name.endswith(".csv")}
    assert tables == data.keys()
    (row,) = csv.DictReader(io.StringIO(held.read("profile.csv").decode("utf-8-sig")))
    assert row["display_name"] == "Änne 🎬"
    assert row["bio"].startswith("'="), "no spreadsheet takes it for a formula"
    assert held.testzip() is None


def test_it_holds_no_secret(archive, ann):
    held = opened(archive)
    everything = b"".join(held.read(name) for name in held.namelist()).decode()
    key = ann.api_keys.get()
    for secret in (ann.password, key.secret_hash, ann.sessions.get().refresh_jti):
        assert secret not in everything


def test_it_is_given_as_a_file_that_nobody_keeps(archive):
    assert archive["Content-Type"] == "application/zip"
    assert archive["Content-Disposition"].startswith("attachment;")
    assert archive["Cache-Control"] == "no-store"


def test_it_is_its_owners_alone(archive, bob):
    export = DataExport.objects.get()
    theirs = sign_in("bob")["access"]
    for path in (f"users/exports/{export.pk}", f"users/exports/{export.pk}/archive"):
        assert call("get", path, access=theirs).status_code == 404
        assert call("get", path).status_code == 401
    assert call("get", "users/exports", access=theirs).data["results"] == []


def test_a_key_does_not_take_it_away(signed_in, ann):
    _, secret = api_keys.make(user=ann, name="x", can_write=True)
    assert post("users/exports", access=f"Api-Key {secret}").status_code == 403


def test_it_is_made_in_the_background_and_once_at_a_time(signed_in, ann, monkeypatch):
    monkeypatch.setattr(own.make_export, "delay", lambda export_id: None)
    first, second = (post("users/exports", access=signed_in["access"]).data for _ in range(2))
    assert first["id"] == second["id"]
    assert (first["state"], first["archive"]) == ("waiting", None)
    assert call("get", f"users/exports/{first['id']}/archive", access=signed_in["access"]).status_code == 404
    exports.make(first["id"])
    exports.make(first["id"])
    ready = call("get", f"users/exports/{first['id']}", access=signed_in["access"]).data
    assert ready["state"] == "ready"
    assert ready["archive"].endswith(f"/api/v1/users/exports/{first['id']}/archive")
    assert Archive.objects.count() == 1


def test_one_that_was_lost_with_its_worker_does_not_bar_the_next(signed_in, monkeypatch):
    monkeypatch.setattr(own.make_export, "delay", lambda export_id: None)
    lost = post("users/exports", access=signed_in["access"]).data["id"]
    DataExport.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert post("users/exports", access=signed_in["access"]).data["id"] != lost
    assert DataExport.objects.get(pk=lost).state == "failed"


def test_after_its_days_it_is_gone(archive, signed_in):
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert call("get", "users/exports", access=signed_in["access"]).data["results"] == []
    path = f"users/exports/{DataExport.objects.get().pk}/archive"
    assert call("get", path, access=signed_in["access"]).status_code == 404
    tidy_up()
    assert not DataExport.objects.exists()
    assert not Archive.objects.exists()


def test_other_apps_add_their_parts(ann, monkeypatch):
    monkeypatch.setattr(exports, "_parts", dict(exports._parts))
    exports.add_part("ratings", lambda user: [{"movie": 949, "value": 9}])
    held = zipfile.ZipFile(io.BytesIO(exports.archive_of(ann)))
    assert json.loads(held.read("data.json"))["ratings"] == [{"movie": 949, "value": 9}]
    assert held.read("ratings.csv").decode("utf-8-sig").splitlines() == ["movie,value", "949,9"]


def test_every_part_can_be_empty(bob):
    held = zipfile.ZipFile(io.BytesIO(exports.archive_of(bob)))
    assert held.read("following.csv").decode("utf-8-sig") == ""
