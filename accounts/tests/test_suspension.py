"""Who is suspended says nothing for a while; who is shut out is out at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts import suspension
from accounts.models import User
from accounts.suspension import MayPublish, is_suspended, may_publish
from accounts.tests.calls import call, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
TOMORROW = timedelta(days=1)


@may_publish
def page(request):
    return HttpResponse("done")


def asked(user, method="post", **headers):
    request = getattr(RequestFactory(), method)("/somewhere", **headers)
    request.user = user
    request._messages = CookieStorage(request)
    return request


def test_until_the_moment_is_over(ann):
    now = timezone.now()
    suspension.suspend(ann, now + TOMORROW)
    ann.refresh_from_db()
    assert is_suspended(ann, now)
    assert not is_suspended(ann, now + TOMORROW)
    assert not is_suspended(AnonymousUser(), now)


def test_one_who_is_suspended_may_read_and_not_write(ann):
    suspension.suspend(ann, timezone.now() + TOMORROW)
    door = MayPublish()
    assert door.has_permission(asked(ann, "get"), None)
    assert not door.has_permission(asked(ann, "post"), None)
    assert "until" in door.message
    suspension.suspend(ann, None)
    assert MayPublish().has_permission(asked(ann, "post"), None)


def test_a_page_tells_them_and_takes_them_back_to_where_they_were(ann):
    assert page(asked(ann)).content == b"done"
    suspension.suspend(ann, timezone.now() + TOMORROW)
    request = asked(ann, HTTP_REFERER="http://testserver/movies/603")
    answer = page(request)
    assert (answer.status_code, answer.url) == (302, "http://testserver/movies/603")
    assert [message.level_tag for message in request._messages] == ["error"]
    assert page(asked(ann, "get")).content == b"done"


def test_nobody_is_sent_to_another_site(ann):
    suspension.suspend(ann, timezone.now() + TOMORROW)
    assert page(asked(ann, HTTP_REFERER="https://elsewhere.example/")).url == "/"


def test_it_is_known_at_once_to_who_is_signed_in(ann):
    access = sign_in("ann")["access"]
    assert call("get", "users/profile", access=access).status_code == 200
    suspension.shut_out(ann)
    assert call("get", "users/profile", access=access).status_code == 401
    suspension.let_in(ann)
    assert call("get", "users/profile", access=access).status_code == 401, "that session is over"
    assert call("get", "users/profile", access=sign_in("ann")["access"]).status_code == 200
    assert User.objects.get(pk=ann.pk).is_active
