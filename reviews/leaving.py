"""What becomes of a member's ratings and texts when they are erased."""

from accounts import erasing

erasing.tells(
    {
        "reviews.Comment.author": erasing.ERASED,
        "reviews.Like.user": erasing.ERASED,
        "reviews.Rating.user": erasing.ERASED,
        "reviews.Review.author": erasing.ERASED,
    }
)
