"""What every entry into a log is checked for: it names people who are there, and somebody who decided."""

from __future__ import annotations

from datetime import UTC, datetime

from netofnets.errors import NotFound, SettingsError
from netofnets.store.base import Store

__all__ = ["check_known", "check_said", "now"]


def check_known(store: Store, *leaders: str) -> None:
    """Refuse ids that mean nobody: nothing leaves a log, and a mistyped id would wait there for good.

    Raises :class:`NotFound`; asks the store for these ids only.
    """
    known = store.leaders_among(leaders)
    if unknown := [one for one in leaders if one not in known]:
        raise NotFound(f"there is no leader with id {', '.join(unknown)} in {store.url}; profiles show the ids")


def check_said(who: str) -> None:
    """Refuse an entry of nobody's."""
    if not who.strip():
        raise SettingsError("say who decided: an entry in a log without a name cannot be asked about")


def now() -> str:
    """The time for people to read, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
