"""When a run begins and ends: by the clock of the machine, and never an end before its beginning."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["begins", "ends"]


def begins() -> str:
    """The time of now (ISO 8601, UTC, seconds)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def ends(started: str) -> str:
    """The time of now, or that of the beginning where the clock was turned back since."""
    return max(started, begins())
