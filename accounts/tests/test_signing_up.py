"""New members, by the API."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail

from accounts.tasks import send_mail
from accounts.tests.calls import NEW, PASSWORD, call, codes, link_in_mail, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


@pytest.fixture
def mandatory(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_PREVENT_ENUMERATION = True


def test_one_signs_up_and_is_in():
    response = post("auth/register", NEW | {"display_name": "Eve"})
    assert response.status_code == 201
    assert response.data["user"] | {"joined_at": ""} == {
        "username": "eve",
        "email": "eve@example.org",
        "display_name": "Eve",
        "joined_at": "",
    }
    assert call("get", "users/profile", access=response.data["access"]).data["username"] == "eve"
    assert Member.objects.get().password.startswith("bcrypt_sha256$")
    assert PASSWORD not in str(response.data)


def test_a_mail_asks_to_confirm_and_its_key_does():
    post("auth/register", NEW)
    assert mail.outbox[-1].to == ["eve@example.org"]
    key = link_in_mail().rstrip("/").rpartition("/")[2]
    assert not Member.objects.get().emailaddress_set.get().verified
    assert post("auth/email/verify", {"key": key}).status_code == 204
    assert Member.objects.get().emailaddress_set.get().verified
    assert codes(post("auth/email/verify", {"key": key})) == [("key", "not_valid")], "it is spent"


def test_where_none_is_wanted_none_is_sent(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    assert "access" in post("auth/register", NEW).data
    assert mail.outbox == []


def test_where_it_is_mandatory_one_confirms_first(mandatory):
    response = post("auth/register", NEW)
    assert response.status_code == 201
    assert set(response.data) == {"user", "detail"}
    early = post("auth/login", {"email": NEW["email"], "password": PASSWORD})
    assert (early.status_code, codes(early)) == (403, [(None, "email_not_confirmed")])
    post("auth/email/verify", {"key": link_in_mail().rstrip("/").rpartition("/")[2]})
    assert sign_in("eve")["user"]["username"] == "eve"


def test_a_taken_address_is_not_told_of_where_it_must_be_confirmed(ann, mandatory):
    free = post("auth/register", NEW)
    taken = post("auth/register", NEW | {"email": " ANN@example.org", "username": "other"})
    assert taken.status_code == free.status_code == 201
    assert taken.data.keys() == free.data.keys()
    assert taken.data["user"].keys() == free.data["user"].keys()
    assert taken.data["user"]["email"] == "ann@example.org"
    assert not Member.objects.filter(username="other").exists()
    assert mail.outbox[-1].to == ["ann@example.org"], "its owner hears of it"
    assert "already" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"username": "ANN"}, ("username", "taken")),
        ({"email": "Ann@Example.org"}, ("email", "taken")),
        ({"username": "admin"}, ("username", "reserved")),
        ({"username": "Marquee"}, ("username", "reserved")),
        ({"username": "eve@home"}, ("username", "invalid")),
        ({"username": "аnn"}, ("username", "invalid")),  # its first letter is Cyrillic
        ({"username": "eve\u200b"}, ("username", "invalid")),
        ({"username": "e" * 31}, ("username", "max_length")),
        ({"username": ".eve"}, ("username", "invalid")),
        ({"username": ""}, ("username", "blank")),
        ({"username": None}, ("username", "null")),
        ({"username": ["eve"]}, ("username", "invalid")),
        ({"username": 7}, ("username", "invalid")),
        ({"email": "eve"}, ("email", "invalid")),
        ({"email": "eve@example.org\r\nBcc: all@example.org"}, ("email", "invalid")),
        ({"email": "e" * 250 + "@example.org"}, ("email", "max_length")),
        ({"password": "short"}, ("password", "password_too_short")),
        ({"password": "password123"}, ("password", "password_too_common")),
        ({"password": "eve@example.org"}, ("password", "password_too_similar")),
        ({"password": "x" * 1025}, ("password", "max_length")),
        ({"password": 12345678901}, ("password", "password_entirely_numeric")),
        ({"display_name": "x" * 61}, ("display_name", "max_length")),
        ({"display_name": 7}, ("display_name", "invalid")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_will_not_do_is_told_of_its_field(ann, changed, fault):
    response = post("auth/register", NEW | changed)
    assert response.status_code == 400, response.data
    assert fault in codes(response)
    assert Member.objects.count() == 1


@pytest.mark.parametrize("body", [None, [], "text", {"email": {}}, 7])
def test_a_body_of_another_shape_is_a_fault_of_the_caller(body):
    assert post("auth/register", body).status_code == 400


def test_a_megabyte_of_password_is_refused_before_it_is_hashed():
    assert post("auth/register", NEW | {"password": "x" * 1_000_000}).status_code == 400
    assert post("auth/login", {"username": "ann", "password": "x" * 2_000_000}).status_code == 413


def test_the_mail_comes_again_when_asked_for_and_nobody_is_told(ann):
    post("auth/register", NEW)
    sent = len(mail.outbox)
    for address in ("eve@example.org", "ann@example.org", "nobody@example.org"):
        response = post("auth/email/verify/resend", {"email": address})
        assert (response.status_code, response.content) == (204, b"")
    assert [message.to for message in mail.outbox[sent:]] == [["eve@example.org"], ["ann@example.org"]]


def test_one_whom_an_operator_made_confirms_too(staff, mandatory):
    login = {"username": "staff", "password": PASSWORD}
    assert codes(post("auth/login", login)) == [(None, "email_not_confirmed")]
    post("auth/email/verify/resend", {"email": "STAFF@example.org"})
    assert post("auth/email/verify", {"key": link_in_mail().rstrip("/").rpartition("/")[2]}).status_code == 204
    assert sign_in("staff")


@pytest.mark.parametrize("key", ["", "x", "NQ:1vNQxF:forged", "\x00", "x" * 201])
def test_a_forged_key_confirms_nothing(key):
    assert post("auth/email/verify", {"key": key}).status_code == 400


def test_a_member_made_at_the_same_moment_takes_the_name(ann, monkeypatch):
    monkeypatch.setattr("accounts.registration._is_taken", lambda field, value: False)
    response = post("auth/register", NEW | {"username": "Ann"})
    assert response.status_code == 400
    assert response.data["errors"][0]["code"] == "taken"


def test_the_same_work_is_done_for_an_address_that_does_not_wait(ann, bob, no_transaction, monkeypatch):
    """And as much mail made, which then goes to nobody: how long it takes tells nothing."""
    made = []
    monkeypatch.setattr(send_mail, "delay", lambda to, **words: made.append(to))
    EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=True)
    for email in ("ann@example.org", "bob@example.org", "nobody@example.org"):
        assert post("auth/email/verify/resend", {"email": email}).status_code == 204
    assert made == ["ann@example.org", "", ""]


def test_nobodys_mailbox_is_filled_whoever_asks_from_wherever(ann, no_transaction, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": "1000/min", "account": "3/min"}
    for path in ("auth/password/reset", "auth/email/verify/resend") * 3:
        assert post(path, {"email": "Ann@example.org"}).status_code == 204
    assert len(mail.outbox) == 3
    assert sign_in("ann"), "which bars nobody from their own account"


def test_an_address_that_a_member_has_confirmed_is_taken_though_they_use_another(ann):
    EmailAddress.objects.create(user=ann, email="eve@example.org", verified=True)
    assert codes(post("auth/register", NEW)) == [("email", "taken")]
