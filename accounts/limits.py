"""How often somebody may try to get into one account, from wherever they try, by whichever door."""

import hashlib

from web.throttling import Verdict, spend


class TooManyTries(Exception):
    """For this account; `seconds` to wait."""

    def __init__(self, seconds: int | None) -> None:
        self.seconds = seconds


def count_try(login: str) -> Verdict:
    """Counts a try for the account of this name or address, there or not, and says whether it may go on."""
    return _count(login)


def may_send_to(email: str) -> bool:
    """Counts a mail to this address, whoever asked for it: nobody's mailbox is filled through this site."""
    return _count(f"mail to {email}").allowed


def _count(text: str) -> Verdict:
    digest = hashlib.blake2b(text.strip().lower().encode(), digest_size=16).hexdigest()
    return spend("account", digest)
