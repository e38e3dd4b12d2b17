"""What keeps the place civil: reports, rules that hold, decisions and appeals."""

from reviews.moderation.appeals import Answered, answer, appeal
from reviews.moderation.decisions import Refused, Verdict, decide, undo
from reviews.moderation.reports import report

__all__ = ["Answered", "Refused", "Verdict", "answer", "appeal", "decide", "report", "undo"]
