from datetime import UTC, datetime


def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC with Z, to the second."""
    return value and value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
