"""What may keep a member from rating or writing."""


class Suspended(Exception):
    """The member may say nothing for a while."""


class AlreadyReviewed(Exception):
    """The member has a review of the film, maybe a draft."""


class Decided(Exception):
    """A moderator has decided on the text: its author does not take it away, nor, where it is removed, change it."""


class Overtaken(Exception):
    """A merge of films changed the member's rating after it was read, and before the film was locked."""
