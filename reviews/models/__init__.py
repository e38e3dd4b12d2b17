from reviews.models.comments import LONGEST_COMMENT, Comment
from reviews.models.moderation import Appeal, Case, Decision, HeldWord, HoldRule, Reason, Report
from reviews.models.ratings import HIGHEST, LOWEST, Rating, Score
from reviews.models.reviews import LONGEST_REVIEW, Like, Review, ReviewRevision
from reviews.models.standing import Status

__all__ = [
    "HIGHEST",
    "LONGEST_COMMENT",
    "LONGEST_REVIEW",
    "LOWEST",
    "Appeal",
    "Case",
    "Comment",
    "Decision",
    "HeldWord",
    "HoldRule",
    "Like",
    "Rating",
    "Reason",
    "Report",
    "Review",
    "ReviewRevision",
    "Score",
    "Status",
]
