"""What is recorded of an erasure: which steps are done, and who is meant by marks alone, so that it can be finished."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from netofnets.desk.checks import now
from netofnets.errors import StoreError
from netofnets.language import joined, say
from netofnets.language.system import system_words

__all__ = ["STEPS", "Erasure", "open_erasures"]

STEPS = {
    "files": say("files that wait to be loaded"),
    "store": say("the store"),
    "published": say("what is published"),
    "accounts": say("accounts and the audit"),
}
"""The steps of an erasure, in their order, and where the person is gone from after each."""

_FOLDER = "erasures"


@dataclass(slots=True)
class Erasure:
    """One erasure. ``mark`` is that of the id that was named; ``records`` are the marks of all ids of the person."""

    home: Path
    mark: str
    began: str
    records: list[str] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)  # step -> when
    tombstones: bool = True  # whether marks are to be left in the store

    @classmethod
    def begin(cls, home: Path, mark: str, *, tombstones: bool = True) -> Erasure:
        """A new one, or an earlier one of the same id once more: every step is taken again."""
        earlier = _read(home, _path(home, mark))
        found = cls(home, mark, now(), earlier.records if earlier else [], tombstones=tombstones)
        found.write()
        return found

    @property
    def is_open(self) -> bool:
        """Whether a step is left."""
        return any(step not in self.done for step in STEPS)

    def finish(self, step: str) -> None:
        """Note that a step is done."""
        self.done[step] = now()
        self.write()

    def write(self) -> None:
        """Keep what is known; :class:`StoreError` when it cannot be written."""
        path = _path(self.home, self.mark)
        told: dict[str, object] = {"began": self.began, "mark": self.mark, "records": self.records, "done": self.done}
        told["tombstones"] = self.tombstones
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with fresh.open("w", encoding="ascii") as file:
                json.dump(told, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            told_why = say(
                "{folder}: {why}; how far the erasure is cannot be noted",
                folder=str(path.parent),
                why=system_words(error),
            )
            raise StoreError(joined([told_why, self.words()], ". ")) from None

    def forget(self) -> None:
        """There is nobody of this id, and there was nothing to do."""
        _path(self.home, self.mark).unlink(missing_ok=True)

    def words(self) -> str:
        """Where the person is gone from, and where not."""
        gone = [what for step, what in STEPS.items() if step in self.done]
        left = [what for step, what in STEPS.items() if step not in self.done]
        if not left:
            return say("The person is gone from {gone}.", gone=joined(gone, ", "))
        if not gone:
            return say(
                "The person is not gone yet from {left}: run the same again (netofnets publish or serve does, too)",
                left=joined(left, ", "),
            )
        return say(
            "The person is gone from {gone}; not yet from {left}: run the same again "
            "(netofnets publish or serve does, too)",
            gone=joined(gone, ", "),
            left=joined(left, ", "),
        )


def open_erasures(home: Path) -> list[Erasure]:
    """The erasures that were cut off, the oldest first."""
    read = (_read(home, path) for path in sorted((home / _FOLDER).glob("*.json")))
    return sorted((one for one in read if one is not None and one.is_open), key=lambda one: one.began)


def _path(home: Path, mark: str) -> Path:
    return home / _FOLDER / f"{mark[:32]}.json"


def _read(home: Path, path: Path) -> Erasure | None:
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        return Erasure(home, told["mark"], told["began"], list(told["records"]), dict(told["done"]), told["tombstones"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = say(
            "{path} cannot be read ({why}); erase the person once more, and remove the file",
            path=str(path),
            why=system_words(error) if isinstance(error, OSError) else str(error),
        )
        raise StoreError(told) from None
