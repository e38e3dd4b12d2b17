"""Members' pictures: read by their content, made anew in one form, given out by a name that nobody guesses."""

import io
import struct
from threading import Lock
from typing import IO

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from accounts.models import Picture, User

MOST_BYTES = 2 * 1024 * 1024
# More than any photograph of 2 MB has; what claims to be more is a bomb.
MOST_PIXELS = 25_000_000
SIDE = 512
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
TOO_BIG = _("Give a picture of 2 MB at most.")
TOO_LARGE = _("Give a picture of 25 megapixels at most.")
UNREADABLE = _("This is no picture that can be read. Give a JPEG, PNG, WebP or GIF.")
# What Pillow's readers raise of files that are cut off or made to confuse them.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)

# Reading one may take 100 MB for a moment; four threads at once would take four times that.
_one_at_a_time = Lock()


def encoded(file: IO[bytes]) -> bytes:
    """A square of `SIDE` pixels as WebP, without anything but what is to be seen: no place, no camera, no script.

    Raises `ValidationError` of what is too big, too large, or no picture, whatever it is called.
    """
    given = file.read(MOST_BYTES + 1)
    if len(given) > MOST_BYTES:
        raise ValidationError(TOO_BIG, "too_big")
    try:
        with _one_at_a_time, Image.open(io.BytesIO(given), formats=FORMATS) as image:
            return _squared(image)
    except Image.DecompressionBombError as fault:
        raise ValidationError(TOO_LARGE, "too_large") from fault
    except BROKEN as fault:
        raise ValidationError(UNREADABLE, "invalid_image") from fault


def _squared(image: Image.Image) -> bytes:
    if image.width * image.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    image.draft("RGB", (SIDE, SIDE))  # of a JPEG, no more is read than is needed
    upright = ImageOps.exif_transpose(image)
    is_clear = upright.has_transparency_data
    square = ImageOps.fit(upright.convert("RGBA" if is_clear else "RGB"), (SIDE, SIDE))
    into = io.BytesIO()
    square.save(into, "WEBP", quality=82, exif=b"", icc_profile=b"", xmp=b"")
    return into.getvalue()


def keep(user: User, content: bytes | None) -> str:
    """Puts the picture in the place of the one before, and gives its name; of None, there is no picture any more."""
    if content is None:
        Picture.objects.filter(user=user).delete()
        return ""
    name = Picture._meta.get_field("name").get_default()
    return Picture.objects.update_or_create(user=user, defaults={"name": name, "content": content})[0].name


def address(request: HttpRequest, name: str) -> str | None:
    """Where the picture of that name is."""
    return request.build_absolute_uri(reverse("picture", args=[name])) if name else None
