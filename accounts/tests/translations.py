"""The French of the pages, as `django.po` has it."""

import re
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "locale/fr/LC_MESSAGES"
LINES = r'(?:"[^\n]*"\n)+'
ENTRY = re.compile(
    rf"^(?:msgctxt (?P<where>{LINES}))?"
    rf"msgid (?P<id>{LINES})(?:msgid_plural {LINES})?(?P<told>(?:msgstr(?:\[\d\])? {LINES})+)",
    re.MULTILINE,
)


def texts(file: Path = FOLDER / "django.po") -> dict[tuple[str, str], str]:
    """Each text after where it stands, if that is told, with its translation; all as the file has them."""
    found = ENTRY.finditer(file.read_text(encoding="utf-8"))
    return {(one["where"] or "", one["id"]): one["told"] for one in found if one["id"] != '""\n'}


def word(lines: str) -> str:
    return re.search(r'"(.*)"', lines)[1].replace(r"\"", '"')
