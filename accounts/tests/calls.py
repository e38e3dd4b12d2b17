"""What the tests of accounts call, and find in the mail."""

import re
from typing import Any

from django.core import mail
from rest_framework.response import Response
from rest_framework.test import APIClient

API = "/api/v1"
PASSWORD = "a long and quiet sentence"
NEW = {"email": "eve@example.org", "username": "eve", "password": PASSWORD}


def post(path: str, body: Any = None, access: str = "", **headers: str) -> Response:
    return call("post", path, body, access, **headers)


def call(method: str, path: str, body: Any = None, access: str = "", **headers: str) -> Response:
    if access:
        headers["authorization"] = access if " " in access else f"Bearer {access}"
    return getattr(APIClient(), method)(f"{API}/{path}", body, headers=headers)


def sign_in(username: str = "ann", password: str = PASSWORD, **more: str) -> dict[str, Any]:
    """The body of a successful sign-in: `user`, `access` and `refresh`."""
    response = post("auth/login", {"username": username, "password": password, **more})
    assert response.status_code == 200, response.data
    return response.data


def codes(response: Response) -> list[tuple[str | None, str]]:
    """Which fields are at fault, and how."""
    return [(fault["attr"], fault["code"]) for fault in response.data["errors"]]


def link_in_mail() -> str:
    """The one link of the last mail."""
    (link,) = re.findall(r"https?://\S+", mail.outbox[-1].body)
    return link
