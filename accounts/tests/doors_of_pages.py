"""Who may open members' pages: their own are theirs, and who is not known is led to the door."""

from accounts.models import Picture
from accounts.tests import doors
from tests.doors import SHOWN, button, everyone, form, page

NOT_ASKED_SO = page(405)
DONE = page(302)
OPEN = everyone(200)
AT_THE_DOOR = page(302, anonymous=200)
ELSEWHERE = {"GET": page(302), "POST": page(302)}
MOVED = {"GET": everyone(301), "POST": everyone(301)}
NOT_SET_UP = {"GET": everyone(404), "POST": everyone(404)}
NOT_ON = {"GET": page(404), "POST": page(404)}
OURS = {
    **form("", page(200)),
    **form("profile/", page(200, body={"region": "nowhere"})),
    **form("sessions/", page(200)),
    **button("sessions/<uuid:session_id>/end/", DONE.owners()),
    **button("sessions/end/", DONE),
    **form("api-keys/", page(200, body={"name": "App"})),
    **button("api-keys/<int:key_id>/rotate/", page(200).owners()),
    **button("api-keys/<int:key_id>/revoke/", DONE.owners()),
    **form("export/", DONE),
    "export/<int:export_id>/archive/": {"GET": page(200).owners(), "POST": NOT_ASKED_SO},
    **form("people/", NOT_ASKED_SO),
    **form("people/<str:name>/", NOT_ASKED_SO),
    **button("people/do/<str:deed>/", page(302, body={"username": "eve-adams"})),
    **form("leave/", page(200, body={"password": "x"})),
    **button("stay/", DONE),
}
DOORS = {
    "login/": {"GET": AT_THE_DOOR, "POST": AT_THE_DOOR},
    "signup/": {"GET": AT_THE_DOOR, "POST": AT_THE_DOOR},
    "logout/": {"GET": page(200), "POST": DONE},
    "password/reset/": {"GET": OPEN, "POST": OPEN},
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": {"GET": OPEN, "POST": OPEN},
    "^confirm-email/(?P<key>[-:\\w]+)/$": {"GET": OPEN, "POST": page(404, anonymous=404)},
    **dict.fromkeys(("inactive/", "confirm-email/", "password/reset/done/", "password/reset/key/done/"), SHOWN),
    "login/code/confirm/": ELSEWHERE,  # codes by mail are not used here
}
GUARDED = {
    **form("reauthenticate/", page(200, body={"password": "x"})),
    **form("email/", DONE),
    **form("password/change/", page(200)),
    "password/set/": ELSEWHERE,  # these have one
}
FACTORS = {
    **form("", NOT_ASKED_SO),
    **form("webauthn/", NOT_ASKED_SO),
    "recovery-codes/": {"GET": page(404), "POST": NOT_ASKED_SO},
    "recovery-codes/download/": NOT_ON,
    "totp/deactivate/": NOT_ON,
    # One shows who one is once more before these, or is in no need of them.
    **dict.fromkeys(("recovery-codes/generate/", "totp/activate/", "webauthn/add/"), ELSEWHERE),
    **dict.fromkeys(("webauthn/keys/<int:pk>/remove/", "webauthn/keys/<int:pk>/edit/"), ELSEWHERE),
    **dict.fromkeys(("authenticate/", "reauthenticate/", "webauthn/reauthenticate/", "webauthn/login/"), ELSEWHERE),
}
PROVIDERS = {
    **form("3rdparty/", page(200)),
    "3rdparty/signup/": ELSEWHERE,
    "3rdparty/login/cancelled/": SHOWN,
    "3rdparty/login/error/": {"GET": page(401, anonymous=401), "POST": page(405, anonymous=405)},
    **{f"social/{path}/": MOVED for path in ("login/cancelled", "login/error", "signup", "connections")},
    **{f"facebook/login/{path}": NOT_SET_UP for path in ("", "callback/", "token/")},
    **{f"oidc/^(?P<provider_id>[^/]+)/login/{path}": NOT_SET_UP for path in ("", "callback/")},
}
ACCOUNTS = OURS | DOORS | GUARDED | PROVIDERS | {f"2fa/{path}": rows for path, rows in FACTORS.items()}
ROUTES = {f"accounts/{path}": rows for path, rows in ACCOUNTS.items()} | {
    "pictures/<str:name>.webp": SHOWN,
    **button("members/<str:username>/ties/<str:deed>", DONE),
}


def furnish(owner):
    """What the API's doors lead to; and a picture, which has the name of a list of people."""
    Picture.objects.create(user=owner, name="followers", content=b"RIFF")
    more = {"name": "followers", "deed": "follow", "provider_id": "google", "key": "x", "uidb36": "1", "pk": 1}
    return doors.furnish(owner) | more
