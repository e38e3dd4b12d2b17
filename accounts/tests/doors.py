"""Who may open the doors of accounts: members' own are theirs, and what guards an account is opened by no key."""

from django.utils import timezone

from accounts import api_keys, own
from accounts.models import Archive, DataExport, Follow, Session
from accounts.tests.calls import NEW, PASSWORD
from accounts.tests.members import make_member
from tests.doors import anyone, in_person, reads, writes

LOGIN = {"username": "ann", "password": PASSWORD}
OTHER = "another quiet sentence"
AUTH = {
    "register": anyone(201, NEW),
    "login": anyone(200, LOGIN),
    "social/<slug:provider>": anyone(404, {"id_token": "x"}),  # none is set up here
    "refresh": anyone(401, {"refresh": "x"}),
    # A key is nobody here.
    "logout": in_person(204, {"all": True}).but(reading_key=401, writing_key=401),
    "password/change": in_person(204, {"password": PASSWORD, "new_password": OTHER}),
    "password/reset": anyone(204, {"email": "ann@example.org"}),
    "password/reset/confirm": anyone(400, {"key": "x", "password": OTHER}),
    "email/verify": anyone(400, {"key": "x"}),
    "email/verify/resend": anyone(204, {"email": "ann@example.org"}),
}
USERS = {
    "profile": {
        "GET": reads(),
        "PATCH": writes(200, {"bio": "Noir."}),
        "DELETE": in_person(202, {"password": PASSWORD}).but(staff=400),  # the last who runs the place stays
    },
    "profile/restore": {"POST": in_person()},
    "preferences": {"GET": reads(), "PATCH": writes(200, {"region": "FR"})},
    "api-keys": {"GET": in_person(), "POST": in_person(201, {"name": "App", "scopes": ["read"]})},
    "api-keys/<int:key_id>": {"DELETE": in_person(204).owners()},
    "api-keys/<int:key_id>/rotate": {"POST": in_person().owners()},
    "exports": {"GET": in_person(), "POST": in_person(202)},
    "exports/<int:export_id>": {"GET": in_person().owners()},
    "exports/<int:export_id>/archive": {"GET": in_person().owners()},
    "blocks": {"GET": reads()},
    "mutes": {"GET": reads()},
    "follow-requests": {"GET": reads()},
    "follow-requests/<str:username>": {"PUT": writes(204).owners(), "DELETE": writes(204)},
    "followers/<str:username>": {"DELETE": writes(204)},
}
TIES = {"follow": {"PUT": writes(200)}, "block": {"PUT": writes(204)}, "mute": {"PUT": writes(204)}}
ROUTES = {
    **{f"api/v1/auth/{route}": {"POST": row} for route, row in AUTH.items()},
    "api/v1/auth/sessions": {"GET": in_person()},
    "api/v1/auth/sessions/<uuid:session_id>": {"DELETE": in_person(204).owners()},
    **{f"api/v1/users/{route}": rows for route, rows in USERS.items()},
    "api/v1/profiles": {"GET": anyone(200, {"search": "eve"})},
    "api/v1/profiles/<str:username>": {"GET": anyone(200)},
    **{
        f"api/v1/profiles/<str:username>/{name}": {"GET": anyone(200)} for name in ("followers", "following", "friends")
    },
    **{f"api/v1/profiles/<str:username>/{name}": rows | {"DELETE": writes(204)} for name, rows in TIES.items()},
}


def furnish(owner):
    """A key, a session, and an archive of the owner's, whom eve asks to let her follow."""
    eve = make_member("eve-adams")
    Follow.objects.create(follower=eve, followed=owner, is_accepted=False)
    until = timezone.now() + own.KEPT
    export = DataExport.objects.create(user=owner, state="ready", expires_at=until)
    Archive.objects.create(export=export, content=b"PK")
    return {
        "provider": "google",
        "username": eve.username,
        "key_id": api_keys.make(user=owner, name="Calendar", can_write=False)[0].pk,
        "session_id": Session.objects.create(user=owner, expires_at=until).pk,
        "export_id": export.pk,
    }
