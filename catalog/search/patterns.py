"""What may be asked of the tokens of entries; each database has its own spelling of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """One token, or all that begin with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Pattern", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Pattern", ...]


Pattern = Token | AllOf | AnyOf


def all_of(*parts: Pattern) -> Pattern:
    return parts[0] if len(parts) == 1 else AllOf(parts)


def any_of(*parts: Pattern) -> Pattern:
    """Any of the parts, each asked for once."""
    different = tuple(dict.fromkeys(parts))
    return different[0] if len(different) == 1 else AnyOf(different)
