"""Which usernames there may be: ones that cannot be taken for another's, nor for a page of the site."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Of ASCII alone: letters of other scripts look like these, and a name is what one is known by. No `@`: one signs in by
# name or by address, and neither may be taken for the other.
username_letters = RegexValidator(
    r"\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z",
    _("Letters and digits of the Latin alphabet, with . _ or - between them."),
)
WORDS = """
about abuse account accounts admin administrator anonymous api auth billing blog bot contact deleted docs
everyone faq feed help home info legal login logout mail marquee me member members moderator moderators movie
movies news nobody notifications null official owner people postmaster privacy profile profiles register reset
root search security settings signin signout signup staff static status streaming support system team terms
tmdb undefined user users webmaster welcome you
"""
RESERVED = frozenset(WORDS.split())


def not_reserved(username: str) -> None:
    """Raises `ValidationError` for a name that would be taken for the site's own; asked when one signs up."""
    if username.lower().strip("._-") in RESERVED:
        raise ValidationError(_("This username is reserved."), code="reserved")


SIGNING_UP = [username_letters, not_reserved]
