"""What becomes of a member's ratings and texts when they are erased."""

from accounts import erasing

erasing.tells(
    {
        "reviews.Appeal.answered_by": erasing.ANONYMISED,
        "reviews.Case.author": erasing.ERASED,
        "reviews.Comment.author": erasing.ERASED,
        "reviews.Decision.made_by": erasing.ANONYMISED,
        "reviews.Decision.member": erasing.ERASED,
        "reviews.Decision.undone_by": erasing.ANONYMISED,
        "reviews.Like.user": erasing.ERASED,
        "reviews.Rating.user": erasing.ERASED,
        "reviews.Report.reporter": erasing.ERASED,
        "reviews.Review.author": erasing.ERASED,
    }
)
