"""What members write, as it may be kept: clean of what no keyboard makes, and in one form."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# So many marks stand on one letter in the languages that pile them highest; more are there to cover the page.
MOST_MARKS = 8
# A tab and a new line are characters that control, and belong to a text.
KEPT = "\t\n"
SEEN = ("L", "N", "P", "S")
LINES = (("\r\n", "\n"), ("\r", "\n"), ("\u2028", "\n"), ("\u2029", "\n"))

BLANK = _("Write something.")
TOO_LONG = _("At most %(limit)d characters, please.")
CONTROLS = _("This text holds control characters.")
MARKS = _("This text holds too many marks on one letter.")


def tidied(text: str, longest: int) -> str:
    """The text in Unicode's composed form, with plain new lines, without space around it.

    Raises `ValidationError` (`blank`, `max_length`, `control_characters`, `combining_characters`).
    """
    if len(text) > longest * 2:  # before anything is done with it
        raise ValidationError(TOO_LONG, "max_length", {"limit": longest})
    for line, plain in LINES:
        text = text.replace(line, plain)
    text = unicodedata.normalize("NFC", text).strip()
    _check_characters(text)
    if len(text) > longest:
        raise ValidationError(TOO_LONG, "max_length", {"limit": longest})
    return text


def _check_characters(text: str) -> None:
    marks, is_seen = 0, False
    for character in text:
        category = unicodedata.category(character)
        if category in {"Cc", "Cs"} and character not in KEPT:
            raise ValidationError(CONTROLS, "control_characters")
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            raise ValidationError(MARKS, "combining_characters")
        is_seen = is_seen or category[0] in SEEN
    if not is_seen:
        raise ValidationError(BLANK, "blank")
