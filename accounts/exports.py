"""Everything about a member as one archive: JSON for machines, CSV for people.

Apps on the floors above add what is theirs by `add_part`, when they begin.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Archive, DataExport, Picture, User

READ_ME = """What this site held about {name} on {day}.

data.json holds everything, for programs; each of the other files is one part of it, for a spreadsheet.
Your picture, if you gave one, is picture.webp.
"""

Part = Callable[[User], Iterable[dict[str, Any]]]
_parts: dict[str, Part] = {}


def add_part(name: str, rows: Part) -> None:
    """`rows` gives the member's part of that name, row by row, each with the same keys."""
    _parts[name] = rows


@transaction.atomic
def make(export_id: int) -> None:
    """Makes the archive of a waiting export; nothing where it is made, or gone."""
    export = DataExport.objects.select_for_update().filter(pk=export_id, state=DataExport.State.WAITING).first()
    if export is None:
        return
    Archive.objects.create(export=export, content=archive_of(export.user))
    export.state, export.ready_at = DataExport.State.READY, timezone.now()
    export.save(update_fields=["state", "ready_at"])


def archive_of(user: User) -> bytes:
    """The ZIP archive, of what is there now."""
    held = {name: list(rows(user)) for name, rows in sorted(_parts.items())}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME.format(name=user.username, day=timezone.now().date()))
        archive.writestr("data.json", json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for content in Picture.objects.filter(user=user).values_list("content", flat=True):
            archive.writestr("picture.webp", bytes(content))
        for name, rows in held.items():
            archive.writestr(f"{name}.csv", _table(rows))
    return into.getvalue()


def attached(export: DataExport) -> HttpResponse:
    """The archive as a file to keep. Raises `Http404` while it is not made."""
    archive = get_object_or_404(Archive, export=export)
    response = HttpResponse(bytes(archive.content), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="marquee-{export.pk}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


def forget_old() -> int:
    """Deletes the archives whose time is up; gives how many."""
    return DataExport.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _table(rows: list[dict[str, Any]]) -> str:
    into = io.StringIO()
    if rows:
        writer = csv.DictWriter(into, rows[0])
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + into.getvalue()  # by which spreadsheets know that it is UTF-8


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is quoted, as OWASP advises on CSV injection."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _profile(user: User) -> Iterable[dict[str, Any]]:
    left_out = {"password", "groups", "user_permissions"}
    row = model_to_dict(user, exclude=left_out)
    lists = {name: [str(one) for one in value] for name, value in row.items() if isinstance(value, list)}
    yield row | lists | {"joined_at": user.joined_at, "last_login": user.last_login}


def _rows(relation: str, *columns: str) -> Part:
    """The columns of what relates to the member by that name."""
    return lambda user: getattr(user, relation).order_by("pk").values(*columns)


add_part("profile", _profile)
add_part("addresses", _rows("emailaddress_set", "email", "verified", "primary"))
add_part("sessions", _rows("sessions", "device", "address", "created_at", "last_seen_at", "ended_at"))
add_part("api_keys", _rows("api_keys", "name", "prefix", "can_write", "created_at", "last_used_at", "revoked_at"))
add_part("following", _rows("follows", "followed__username", "is_accepted", "created_at"))
add_part("followers", _rows("followed_by", "follower__username", "is_accepted", "created_at"))
add_part("blocked", _rows("blocks", "blocked__username", "created_at"))
add_part("muted", _rows("mutes", "muted__username", "created_at"))
add_part("notifications", _rows("notifications", "kind", "data", "created_at", "read_at"))
add_part("second_factors", _rows("authenticator_set", "type", "created_at", "last_used_at"))
add_part("connected_accounts", _rows("socialaccount_set", "provider", "uid", "last_login", "date_joined"))
