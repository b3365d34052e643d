"""What every entry into a log is checked for: it names people who are there, and somebody who decided."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from netofnets.errors import NotFound, SettingsError
from netofnets.language import say
from netofnets.schema.kinds import node_kind

if TYPE_CHECKING:
    from netofnets.store.base import Store

__all__ = ["LONGEST", "check_known", "check_said", "check_short", "now"]

LONGEST = {"who": 120, "why": 500}  # characters; a log is read in lists, and is no place for letters


def check_known(store: Store, *ids: str, kind: str = "leaders") -> None:
    """Refuse ids that mean no node of a kind: nothing leaves a log, and a mistyped id would wait there for good.

    Raises :class:`NotFound`; asks the store for these ids only.
    """
    known = store.known_among(kind, ids)
    if unknown := [one for one in ids if one not in known]:
        what = node_kind(kind).label.lower()
        raise NotFound(
            say(
                "there is no {what} with id {ids} in {store}; pages show the ids",
                what=what,
                ids=", ".join(unknown),
                store=store.url,
            )
        )


def check_said(who: str) -> None:
    """Refuse an entry of nobody's."""
    if not who.strip():
        raise SettingsError(say("say who decided: an entry in a log without a name cannot be asked about"))


def check_short(**texts: str) -> None:
    """Refuse texts that are longer than :data:`LONGEST` says; ``who`` and ``why`` by name."""
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            raise SettingsError(
                say(
                    "{field} has {length:,} characters; shorten it to {most}",
                    field=name,
                    length=len(text),
                    most=LONGEST[name],
                )
            )


def now() -> str:
    """The time for people to read, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
