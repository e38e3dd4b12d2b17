"""The pages one meets with a second factor on, and by the links of mails: what axe-core has to say of each."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail

from accounts import people
from accounts.models import User
from tests.axe import violations_in_each_scheme
from tests.browser import DESKTOP, PHONE, keep_pictures, let_in, open_page, width_needed
from tests.test_account_pages import show_again_who_one_is, sign_in, site, submit

__all__ = ["site"]
pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
FACTORS = ["2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/webauthn/"]
PEOPLE = ["people/following/", "people/muted/", "people/blocked/"]
NOT_GOOD = ["confirm-email/bad/", "password/reset/key/1-bad/", "password/reset/key/done/", "3rdparty/login/error/"]


@pytest.fixture
def guarded(site, ann):
    """Ann's app and recovery codes, and members that she is tied to in each way."""
    TOTP.activate(ann, generate_totp_secret())
    RecoveryCodes.activate(ann)
    for username, tie in (("joe", "follow"), ("max", "mute"), ("ray", "block")):
        other = User.objects.create_user(username, f"{username}@example.net")
        ends = {"follow": ("follower", "followed"), "mute": ("muter", "muted"), "block": ("blocker", "blocked")}[tie]
        getattr(people, tie)(**dict(zip(ends, (ann, other), strict=True)))
    return site


def recovery_code(user: Any) -> str:
    kind = Authenticator.Type.RECOVERY_CODES
    return RecoveryCodes(Authenticator.objects.get(user=user, type=kind)).get_unused_codes()[0]


def link_to_set_a_password(page: Any, site: str) -> str:
    page.goto(f"{site}/accounts/password/reset/")
    page.fill("#id_email", "ann@example.org")
    submit(page)
    return re.findall(r"https?://\S+", mail.outbox[-1].body)[-1]


class Looking:
    """Goes through pages; what axe-core finds, and what is too wide, is in `faults`."""

    def __init__(self, page: Any, site: str, size: dict[str, int]) -> None:
        self.page, self.site, self.size, self.faults = page, site, size, {}

    def at(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(f"{self.site}/accounts/{path}")
            self.here(path.strip("/").replace("/", "-") + ("-on" if path == "2fa/" else ""))

    def here(self, name: str) -> None:
        found = violations_in_each_scheme(self.page)
        if width_needed(self.page) > self.size["width"]:
            found.append("too wide")
        if found:
            self.faults[name] = found
        keep_pictures(self.page, f"{name}-{self.size['width']}")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_guards_an_account_is_accessible_and_fits(guarded, ann, size):
    with open_page(size) as (page, _):
        looking = Looking(page, guarded, size)
        looking.at(*NOT_GOOD)
        page.goto(link_to_set_a_password(page, guarded))
        looking.here("password-reset-key")
        sign_in(page, guarded)
        assert "/2fa/authenticate" in page.url
        looking.here("second-factor")
        page.fill("#id_code", recovery_code(ann))
        submit(page)
        page.wait_for_selector("text=Hello, Ann")
        show_again_who_one_is(page, guarded)
        looking.at(*FACTORS, *PEOPLE)
        assert looking.faults == {}


def test_every_control_of_a_page_is_reached_by_keyboard_and_seen_there(site, ann):
    """Tab goes through all of them, each with an outline, and comes out at the end."""
    with open_page(DESKTOP) as (page, _):
        let_in(page, site, ann)
        for path in ("", "profile/", "sessions/", "api-keys/", "people/", "export/", "leave/"):
            page.goto(f"{site}/accounts/{path}")
            waiting = page.evaluate(MARK_CONTROLS)
            seen: dict[str, str] = {}
            for _ in range(waiting + 5):
                page.keyboard.press("Tab")
                number, outline = page.evaluate(WHERE_ONE_IS)
                seen.setdefault(number, outline)
            assert len(seen.keys() - {None}) == waiting, path
            assert {outline for number, outline in seen.items() if number} == {"solid"}, path


# A group of radio buttons is one stop.
MARK_CONTROLS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => !one.disabled && one.checkVisibility() && one.type !== 'radio');
  all.forEach((one, number) => one.dataset.stop = `${number}`);
  return all.length;
}"""
WHERE_ONE_IS = """() => {
  const one = document.activeElement;
  return [one.dataset.stop ?? null, getComputedStyle(one).outlineStyle];
}"""
