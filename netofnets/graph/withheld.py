"""Who has chosen to be seen by fewer since the last publication: told beside it, respected by every answer at once."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from netofnets.graph.folders import published_root
from netofnets.graph.in_use import alone
from netofnets.schema.model import Visibility
from netofnets.schema.policy import Standing, may_see

__all__ = ["FILE", "Withheld", "WithheldList", "declined_since", "kept_from", "release", "withheld_now", "withhold"]

FILE = "withheld.json"
"""Its name, beside what is published."""
_LOCK = ".withholding"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record that is shown by what is published, and the level that the person has chosen since.

    Or the purpose that the person has declined since. Each has a mark of its own, by which a publication knows what it
    has taken in: the machine's clock may be turned back between the choice and the publication.
    """

    record: str
    level: Visibility
    mark: str
    purpose: str = ""  # declined since (netofnets.schema.purposes), where the level is as it was


def withhold(home: Path, records: Collection[str], level: Visibility = Visibility.PUBLIC, *, purpose: str = "") -> None:
    """From now on nobody is shown these records whom the level keeps out, until they are published anew.

    Or no page that serves the ``purpose`` shows them.
    Call it when the choice is in the store: what is published from a scan that begins later has it.
    """
    entries = [Withheld(record, level, secrets.token_hex(8), purpose) for record in sorted(records)]
    root = published_root(home)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(root / _LOCK):
        _write(root, [*_read(root), *entries])


def withheld_now(home: Path) -> frozenset[str]:
    """The marks of the entries that there are. What is scanned from now on has what they tell."""
    return frozenset(one.mark for one in _read(published_root(home)))


def release(home: Path, taken_in: Collection[str]) -> None:
    """Forget the entries with these marks: those that stood before the scan of what is published now."""
    root = published_root(home)
    if any(root.glob(f"*{FILE}*")):
        with alone(root / _LOCK):
            for left in root.glob(f".{FILE}-*"):  # by somebody who was killed
                left.unlink()
            _write(root, [one for one in _read(root) if one.mark not in taken_in])


class WithheldList:
    """The entries of a home as they are now; the file is read again when it has changed."""

    def __init__(self, home: Path) -> None:
        self._root = published_root(home)
        self._seen: tuple[int, int, int] | None = None
        self._entries: tuple[Withheld, ...] = ()

    def entries(self) -> tuple[Withheld, ...]:
        """All entries; at no time fewer than were written before the call."""
        try:
            found = os.stat(self._root / FILE)
        except FileNotFoundError:
            return ()
        mark = (found.st_mtime_ns, found.st_size, found.st_ino)
        if mark != self._seen:
            self._entries, self._seen = tuple(_read(self._root)), mark
        return self._entries


def kept_from(entries: Iterable[Withheld], stands: Standing) -> frozenset[str]:
    """The records of ``entries`` that somebody who stands so to everybody must not see."""
    return frozenset(one.record for one in entries if not may_see(stands, one.level))


def declined_since(entries: Iterable[Withheld], purposes: Collection[str]) -> frozenset[str]:
    """The records of ``entries`` whose owners have declined one of these purposes since the last publication."""
    return frozenset(one.record for one in entries if one.purpose in purposes)


def _read(root: Path) -> list[Withheld]:
    with suppress(FileNotFoundError):
        rows = json.loads((root / FILE).read_text(encoding="ascii"))
        return [
            Withheld(row["record"], Visibility(row["level"]), row.get("mark", ""), row.get("purpose", ""))
            for row in rows
        ]
    return []


def _write(root: Path, entries: list[Withheld]) -> None:
    if not entries:
        (root / FILE).unlink(missing_ok=True)
        return
    work = root / f".{FILE}-{os.getpid()}"
    with work.open("w", encoding="ascii") as file:
        json.dump([asdict(one) for one in entries], file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(work, root / FILE)
