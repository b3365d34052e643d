"""Working hours that two time zones share."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["shared_hours"]

_DAY = 9.0  # 8 to 17 local
# Winter and summer of one fixed year: the answer must not depend on the day it is asked.
_MOMENTS = (datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 7, 15, tzinfo=UTC))


def shared_hours(first: str | None, second: str | None) -> float | None:
    """Hours a day (8 to 17 local in both places) in winter or summer, whichever is fewer; None if a zone is unknown."""
    if not first or not second:
        return None
    left, right = _offsets(first), _offsets(second)
    if left is None or right is None:
        return None
    return min(_overlap(a - b) for a, b in zip(left, right, strict=True))


def _overlap(difference: float) -> float:
    apart = abs(difference) % 24
    return max(0.0, _DAY - min(apart, 24 - apart))


@lru_cache(maxsize=1024)
def _offsets(name: str) -> tuple[float, ...] | None:
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    offsets = [moment.astimezone(zone).utcoffset() for moment in _MOMENTS]
    return tuple(o.total_seconds() / 3600 for o in offsets if o is not None)
