"""A page that names no icon has browsers ask for /favicon.ico, which is not there."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/api/docs", "/admin/", "/admin/catalog/movie/", "/nowhere"])
def test_every_page_names_its_icon(staff, path):
    client = Client()
    client.force_login(staff)
    assert client.get(path, follow=True).text.count('<link rel="icon" href=') == 1
