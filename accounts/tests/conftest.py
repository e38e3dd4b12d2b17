"""Mail is sent at once: there is no worker in these tests."""

from collections.abc import Callable, Iterator

import pytest
from celery import current_app
from django.core.cache import cache

from accounts.tests.calls import sign_in
from accounts.tests.providers import CLIENT, Facebook, Google, serving
from conftest import forget


@pytest.fixture(autouse=True)
def the_worker_is_here() -> Iterator[None]:
    conf = current_app.conf
    eager, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = eager


@pytest.fixture
def signed_in(ann, no_transaction) -> dict:
    return sign_in("ann")


@pytest.fixture
def cold() -> Callable[[], None]:
    """Nothing of this run is in the shared cache any more; `cache.clear` would empty the whole server, for all runs."""
    return forget


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the shared cache is asked, call by call; what a call asks within itself is not counted."""
    asked, depth = [], []

    def counted(name: str) -> Callable[..., object]:
        real = getattr(cache, name)

        def ask(*args: object, **options: object) -> object:
            if not depth:
                asked.append(name)
            depth.append(name)
            try:
                return real(*args, **options)
            finally:
                depth.pop()

        return ask

    for name in ("get", "get_many", "add", "set", "set_many"):
        monkeypatch.setattr(cache, name, counted(name))
    return asked


@pytest.fixture
def google(settings):
    made = Google()
    with serving(made.routes) as made.url:
        app = {"provider_id": "google", "name": "Google", "client_id": CLIENT, "secret": "s"}
        apps = [app | {"settings": {"server_url": made.url}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        yield made


@pytest.fixture
def facebook(settings, monkeypatch):
    made = Facebook()
    with serving(made.routes) as url:
        monkeypatch.setattr("allauth.socialaccount.providers.facebook.flows.GRAPH_API_URL", url)
        settings.SOCIALACCOUNT_PROVIDERS = {"facebook": {"APPS": [{"client_id": "77", "secret": "s"}]}}
        cache.delete("allauth.facebook.app_token[77]")
        yield made
