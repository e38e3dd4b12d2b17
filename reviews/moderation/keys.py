"""The key of the page on which a member reads of a decision and appeals, also one who cannot sign in any more."""

from django.core import signing

from reviews.models import Decision

signer = signing.Signer(salt="reviews.appeal")


def key_of(decision: Decision) -> str:
    return signer.sign(str(decision.pk))


def by_key(key: str) -> Decision | None:
    """The decision whose key it is; None where it is nobody's."""
    try:
        return Decision.objects.select_related("member", "case").filter(pk=signer.unsign(key)).first()
    except signing.BadSignature:
        return None
