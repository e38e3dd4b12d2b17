"""Members' pictures: whatever is sent, what is kept is a small picture and nothing else."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from accounts import exports, own, pictures
from accounts.models import Picture, User
from accounts.tests.calls import API, call, codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

COLOURS = {"RGB": "red", "RGBA": (255, 0, 0, 90), "CMYK": (9, 9, 9, 9), "L": 200}


def drawn(kind: str = "PNG", size=(640, 480), mode: str = "RGB", **options) -> bytes:
    into = io.BytesIO()
    Image.new(mode, size, COLOURS.get(mode, 0)).save(into, kind, **options)
    return into.getvalue()


def photograph() -> bytes:
    """Taken upright, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    return drawn("JPEG", exif=exif.tobytes())


def send(access: str, content: bytes, name: str = "me.png", **more):
    body = {"avatar": SimpleUploadedFile(name, content), **more}
    caller = APIClient()
    return caller.patch(f"{API}/users/profile", body, format="multipart", headers={"authorization": f"Bearer {access}"})


def fault_of(content: bytes) -> str | None:
    try:
        pictures.encoded(io.BytesIO(content))
    except ValidationError as fault:
        return fault.code
    return None


def seen(url: str):
    return APIClient().get(url.removeprefix("http://testserver"))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA"), ("GIF", "P")],
)
def test_pictures_of_every_kind_become_one_kind(kind, mode):
    with Image.open(io.BytesIO(pictures.encoded(io.BytesIO(drawn(kind, mode=mode))))) as image:
        assert (image.format, image.size) == ("WEBP", (512, 512))
        assert (image.mode == "RGBA") is (mode == "RGBA")


def test_nothing_but_what_is_to_be_seen_is_kept():
    kept = pictures.encoded(io.BytesIO(photograph()))
    assert b"Secret" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp"} & image.info.keys()


def test_a_photograph_is_turned_upright():
    wide = Image.new("RGB", (100, 50), "red")
    wide.paste("blue", (50, 0, 100, 50))
    exif = Image.Exif()
    exif[0x0112] = 6  # the right of it is its foot
    into = io.BytesIO()
    wide.save(into, "PNG", exif=exif)
    with Image.open(io.BytesIO(pictures.encoded(io.BytesIO(into.getvalue())))) as image:
        assert image.getpixel((256, 20))[0] > 200
        assert image.getpixel((256, 490))[2] > 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: SVG, "invalid_image"),
        (lambda: b"", "invalid_image"),
        (lambda: b"<script>alert(1)</script>", "invalid_image"),
        (lambda: b"GIF89a" + SVG, "invalid_image"),
        (lambda: drawn()[:40], "invalid_image"),
        (lambda: photograph()[:-900], "invalid_image"),
        (lambda: drawn("BMP", (9, 9)), "invalid_image"),
        (lambda: drawn("TIFF", (9, 9)), "invalid_image"),
        (lambda: drawn(size=(6000, 5000), mode="1"), "too_large"),
        (lambda: drawn(size=(20000, 20000), mode="1"), "too_large"),
        (lambda: drawn() + b"x" * pictures.MOST_BYTES, "too_big"),
    ],
)
def test_bombs_scripts_and_broken_files_are_told(content, code):
    assert fault_of(content()) == code


def test_every_cut_of_a_file_is_a_picture_or_a_fault():
    whole = drawn("GIF", (60, 60), "P")
    assert {fault_of(whole[:end]) for end in range(0, len(whole), 7)} <= {None, "invalid_image"}


def test_a_picture_is_sent_seen_replaced_and_taken_away(signed_in):
    access = signed_in["access"]
    first = send(access, drawn(), bio="Mostly noir.").data
    assert first["bio"] == "Mostly noir."
    answer = seen(first["avatar"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["X-Content-Type-Options"] == "nosniff"
    second = send(access, photograph()).data
    assert second["avatar"] != first["avatar"]
    assert seen(first["avatar"]).status_code == 404
    assert call("get", "profiles/ann").data["avatar"] == second["avatar"]
    assert call("get", "users/profile", access=access).data["avatar"] == second["avatar"]
    assert call("patch", "users/profile", {"avatar": None}, access).data["avatar"] is None
    assert seen(second["avatar"]).status_code == 404
    assert not Picture.objects.exists()


def test_a_bad_picture_is_a_400_that_names_it_and_changes_nothing(signed_in, ann):
    for content, code in ((SVG, "invalid_image"), (b"x" * (pictures.MOST_BYTES + 1), "too_big"), (b"", "empty")):
        answer = send(signed_in["access"], content, bio="New.")
        assert (answer.status_code, codes(answer)) == (400, [("avatar", code)])
    assert codes(call("patch", "users/profile", {"avatar": "http://x"}, signed_in["access"])) == [("avatar", "invalid")]
    assert send(signed_in["access"], b"x" * 2 * pictures.MOST_BYTES).status_code == 413
    ann.refresh_from_db()
    assert (ann.bio, ann.avatar) == ("", "")


def test_others_do_not_change_it(signed_in, bob):
    send(signed_in["access"], drawn())
    assert send("nonsense", drawn()).status_code == 401
    assert not Picture.objects.filter(user=bob).exists()


def test_it_is_in_the_archive_and_goes_with_its_owner(ann):
    own.change(ann, avatar=pictures.encoded(io.BytesIO(drawn())))
    held = zipfile.ZipFile(io.BytesIO(exports.archive_of(User.objects.get(pk=ann.pk))))
    assert held.read("picture.webp")[8:12] == b"WEBP"
    User.objects.get(pk=ann.pk).delete()
    assert not Picture.objects.exists()


def test_the_page_takes_it_and_takes_it_away(client, ann):
    client.force_login(ann)
    whole = {f"{kind}_privacy": "public" for kind in ("profile", "watchlist", "history", "favorites", "reviews")}
    at = "/accounts/profile/"
    page = client.post(at, whole | {"picture": SimpleUploadedFile("me.svg", SVG)})
    assert "no picture that can be read" in page.content.decode()
    assert client.post(at, whole | {"picture": SimpleUploadedFile("me.png", drawn())}).status_code == 302
    kept = Picture.objects.get(user=ann)
    assert f"/pictures/{kept.name}.webp" in client.get(at).content.decode()
    assert client.post(at, whole).status_code == 302
    assert Picture.objects.filter(user=ann).exists(), "it stays unless another is given"
    client.post(at, whole | {"no_picture": "on"})
    assert not Picture.objects.exists()
    assert "no_picture" not in client.get(at).content.decode()
