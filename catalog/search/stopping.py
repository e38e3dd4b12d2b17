"""How a search ends that takes too long."""


class TooSlow(Exception):
    """The database was stopped: it had been at one search for too long."""
