"""What was found, a line each, with the goal beside it."""

from dataclasses import dataclass


@dataclass
class Row:
    what: str
    found: str
    goal: str
    is_met: bool

    def __str__(self) -> str:
        verdict = "" if self.goal == "none" else ("  met" if self.is_met else "  NOT MET")
        return f"{self.what}\n    {self.found}\n    goal: {self.goal}{verdict}"
