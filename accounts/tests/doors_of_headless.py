"""Who may open the doors of allauth's headless API: a browser's cookie counts for `browser`, and not for `app`."""

from tests.doors import Row, everyone, page


def known(status: int) -> Row:
    return page(status, anonymous=401)


NOT_ASKED_SO, NOTHING_GIVEN, NOT_NOW, NOT_KNOWN = map(everyone, (405, 400, 409, 401))
GONE = {"GET": everyone(404), "POST": everyone(404)}
# What is answered with nothing in the body. Nobody gets in by that, and who is in learns what is missing.
DOORS = {
    "config": (everyone(200), NOT_ASKED_SO),
    **dict.fromkeys(("auth/login", "auth/signup", "auth/provider/token"), (NOT_ASKED_SO, NOTHING_GIVEN)),
    "auth/password/request": (NOT_ASKED_SO, NOTHING_GIVEN),
    **dict.fromkeys(("auth/password/reset", "auth/email/verify"), (NOTHING_GIVEN, NOTHING_GIVEN)),
    **dict.fromkeys(("auth/email/verify/resend", "auth/phone/verify/resend"), (NOT_ASKED_SO, NOT_NOW)),
    **dict.fromkeys(("auth/phone/verify", "auth/provider/signup", "auth/code/confirm"), (NOT_NOW, NOT_NOW)),
    "auth/provider/redirect": (NOT_ASKED_SO, NOT_KNOWN),
    "auth/webauthn/login": (everyone(200), NOTHING_GIVEN),
    # For who is half way in, which none of these is.
    **dict.fromkeys(("auth/2fa/authenticate", "auth/webauthn/authenticate"), (NOT_KNOWN, NOT_KNOWN)),
}
BROWSERS = {
    "auth/session": (known(200), NOT_ASKED_SO),
    **dict.fromkeys(("auth/reauthenticate", "auth/2fa/reauthenticate"), (known(405), known(400))),
    "auth/webauthn/reauthenticate": (known(200), known(400)),
    "account/password/change": (known(405), known(400)),
    "account/email": (known(200), page(400, anonymous=409)),
    **dict.fromkeys(("account/providers", "account/authenticators"), (known(200), known(405))),
    **dict.fromkeys(("account/authenticators/totp", "account/authenticators/recovery-codes"), (known(404), known(400))),
    "account/authenticators/webauthn": (known(401), known(400)),
}
# The same without an `X-Session-Token`, whatever cookie is sent along.
APPS = dict.fromkeys(BROWSERS, (NOT_KNOWN, NOT_KNOWN)) | {
    "auth/session": (NOT_KNOWN, NOT_ASKED_SO),
    "account/email": (NOT_KNOWN, NOT_NOW),
    "tokens/refresh": (NOT_ASKED_SO, NOTHING_GIVEN),
}
ROUTES = {
    f"_allauth/{client}/v1/{path}": dict(zip(("GET", "POST"), rows, strict=True))
    for client, own in (("browser", BROWSERS), ("app", APPS))
    for path, rows in (DOORS | own).items()
} | {f"_allauth/{client}/v1/account/phone": GONE for client in ("browser", "app")}
