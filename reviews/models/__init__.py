from reviews.models.comments import LONGEST_COMMENT, Comment
from reviews.models.ratings import HIGHEST, LOWEST, Rating, Score
from reviews.models.reviews import LONGEST_REVIEW, Like, Review, ReviewRevision
from reviews.models.standing import Status

__all__ = [
    "HIGHEST",
    "LONGEST_COMMENT",
    "LONGEST_REVIEW",
    "LOWEST",
    "Comment",
    "Like",
    "Rating",
    "Review",
    "ReviewRevision",
    "Score",
    "Status",
]
