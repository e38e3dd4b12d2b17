"""Pages as tests read them."""

from typing import Any

from django.test import Client

from accounts.models import User

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def browser(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text_of(client: Client, path: str, **query: Any) -> str:
    page = client.get(path, query)
    assert page.status_code == 200, (path, page.status_code)
    return page.content.decode()


def statuses(path: str, *users: User | None, method: str = "get") -> list[int]:
    return [getattr(browser(user), method)(path).status_code for user in users]


def assert_harmless(page: str) -> None:
    """What was written into it as `SCRIPT` is text there."""
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
