"""Who may open the doors of the ground floor, and read the documents of the API."""

from tests.doors import anyone, page

HEALTH = {"GET": page(200, anonymous=200), "POST": page(405, anonymous=405)}
ROUTES = {
    **dict.fromkeys(("healthz", "readyz"), HEALTH),
    "metrics": HEALTH | {"GET": page(403, anonymous=403).but(staff=200)},
    "api/schema": {"GET": anyone(200)},
    **{f"api/{document}": {"GET": anyone(200), "POST": anyone(405)} for document in ("docs", "redoc")},
}
