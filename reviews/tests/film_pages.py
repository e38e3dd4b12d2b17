"""A film's page as tests ask for it, and what they send to its doors."""

from django.test import Client

HEAT = "/movies/949-heat"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
BY_SCRIPT = {"HX-Request": "true"}


def shown(client=None, path=HEAT):
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return " ".join(response.text.split())


def send(client, name, sent, **headers):
    return client.post(f"/movies/949/{name}", sent, headers=headers)
