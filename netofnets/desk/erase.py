"""Remove a person from the store and from everything published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netofnets.publish import Publication, publish
from netofnets.store.base import EraseReceipt, Store

__all__ = ["Erased", "erase"]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed from the store, and the publication without the person."""

    receipt: EraseReceipt
    publication: Publication


def erase(store: Store, home: Path, leader: str, parameters: Mapping[str, Any] | None = None) -> Erased:
    """Remove a person: every record, claim and relationship, then publish anew and delete what was published before.

    ``leader`` is the canonical id or the id of any record of the person; :class:`NotFound` when there is none. It
    cannot be undone.
    """
    receipt = store.erase(leader)
    return Erased(receipt, publish(store, home, parameters, keep_old=False))
