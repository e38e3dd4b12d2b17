"""A form leads back to a page of this site, and to no other."""

import pytest
from django.test import RequestFactory

from web.going_back import go_back


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/members/ann/diary?month=2026-11#v7", "/members/ann/diary?month=2026-11#v7"),
        ("", "/home"),
        ("//evil.example", "/home"),
        ("/\\evil.example", "/home"),
        ("///evil.example", "/home"),
        ("https://evil.example/", "/home"),
        ("javascript:alert(1)", "/home"),
        ("members/ann", "/home"),
        ("\x00/", "/home"),
    ],
)
def test_only_a_path_of_ours_is_gone_back_to(asked, led):
    request = RequestFactory().post("/", {"next": asked})
    assert go_back(request, "/home")["Location"] == led
