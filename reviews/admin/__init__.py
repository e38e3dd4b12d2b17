"""Where staff keep the place civil. Nothing here shows an e-mail address, nor what members keep to themselves."""

from reviews.admin import appeals, cases, decisions, rules

__all__ = ["appeals", "cases", "decisions", "rules"]
