"""What members are told of: who likes, comments on, or mentions what is theirs."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Mute, User
from notifications import wording
from notifications.services import notify
from reviews.markdown import mentioned
from reviews.models import Comment, Review

LIKE, COMMENT, ANSWER, MENTION = "like", "comment", "answer", "mention"
# More names in one text are there to be noticed.
MOST_MENTIONED = 10


def learn() -> None:
    """Registers how they are worded."""
    review, comment = "/reviews/{review_id}", "/reviews/{review_id}#comment-{comment_id}"
    wording.tell(LIKE, text=_("{username} likes your review of {title}."), url=review)
    wording.tell(COMMENT, text=_("{username} commented on your review of {title}."), url=comment)
    wording.tell(ANSWER, text=_("{username} answered your comment on a review of {title}."), url=comment)
    wording.tell(MENTION, text=_("{username} mentioned you in what they wrote about {title}."), url="{path}")


def liked(review: Review, by: User) -> None:
    _tell(review.author_id, by, LIKE, _about(review), f"like:{review.pk}:{by.pk}")


def published(review: Review) -> None:
    """To be called whenever a text is there to be read, new or changed: nobody is told twice."""
    _tell_mentioned(review, review, {"path": f"/reviews/{review.pk}"}, f"mention:review:{review.pk}")


def commented(comment: Comment) -> None:
    """As `published`; who is told that they are answered is not told that they are mentioned."""
    review, key = comment.review, f"comment:{comment.pk}"
    data = _about(review) | {"comment_id": comment.pk}
    told = {review.author_id, comment.parent and comment.parent.author_id} - {None}
    if comment.parent and comment.parent.author_id != review.author_id:
        _tell(comment.parent.author_id, comment.author, ANSWER, data, key)
    _tell(review.author_id, comment.author, COMMENT, data, key)
    path = f"/reviews/{review.pk}#comment-{comment.pk}"
    _tell_mentioned(comment, review, {"comment_id": comment.pk, "path": path}, f"mention:{key}", told)


def _about(review: Review) -> dict[str, Any]:
    return {"review_id": review.pk, "movie_id": review.movie_id, "title": review.movie.title}


def _tell_mentioned(
    text: Review | Comment, review: Review, more: dict[str, Any], key: str, told: set[int] = frozenset()
) -> None:
    """Those named whom there is, and who may read it."""
    names = mentioned(text.body)[:MOST_MENTIONED]
    found = Q()
    for name in names:
        found |= Q(pk__in=User.objects.present().named(name).values("pk"))
    for member in User.objects.filter(found) if names else ():
        if member.pk not in told and Review.objects.published_to(member).filter(pk=review.pk).exists():
            _tell(member.pk, text.author, MENTION, _about(review) | more, key)


def _tell(recipient_id: int, sender: User, kind: str, data: dict[str, Any], key: str) -> None:
    """Not to oneself, nor across a block, nor to one who would rather not hear of the sender."""
    if recipient_id == sender.pk or _is_apart(recipient_id, sender.pk):
        return
    notify(recipient=recipient_id, kind=kind, data=data, key=key, sender=sender)


def _is_apart(one: int, other: int) -> bool:
    blocked = Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)
    return Block.objects.filter(blocked).exists() or Mute.objects.filter(muter=one, muted=other).exists()
