"""The key of the tombstones: in the home, in a file of its own, apart from the data that the marks lie beside."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from netofnets.errors import SettingsError, StoreError
from netofnets.graph.in_use import alone
from netofnets.language import say, say_count
from netofnets.language.system import system_words
from netofnets.schema.tombstones import Marks, Tombstone

__all__ = ["KEY_FILE", "kept_marks", "made_marks", "marks_for", "refuse_other_keys"]

KEY_FILE = "erasure.key"
_BYTES = 32


def kept_marks(home: Path) -> Marks | None:
    """The marks of the home's key; None where nobody was erased yet, or the key is lost.

    :class:`SettingsError` for a file that holds no key.
    """
    path = home / KEY_FILE
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        told = say(
            "{path} cannot be read as a key ({why}); put the file back from a backup",
            path=str(path),
            why=system_words(error) if isinstance(error, OSError) else str(error),
        )
        raise SettingsError(told) from None
    if len(key) != _BYTES:
        told = say("{path} holds no key of {n} bytes; put the file back from a backup", path=str(path), n=_BYTES)
        raise SettingsError(told)
    return Marks(key)


def made_marks(home: Path) -> Marks:
    """The marks of the home's key, which is made when there is none; of two who make one at a time, one is kept."""
    if (marks := kept_marks(home)) is not None:
        return marks
    fresh = home / f".{KEY_FILE}.{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with alone(home / f".{KEY_FILE}.making"):  # else the second could replace a key that the first erases with
            if not (home / KEY_FILE).exists():
                os.replace(fresh, home / KEY_FILE)
    except OSError as error:
        told = say(
            "cannot write {path}: {why}; nothing was changed", path=str(home / KEY_FILE), why=system_words(error)
        )
        raise StoreError(told) from None
    finally:
        with suppress(OSError):  # a file in the folder's place
            fresh.unlink(missing_ok=True)
    marks = kept_marks(home)
    assert marks is not None
    return marks


def refuse_other_keys(tombstones: Iterable[Tombstone], marks: Marks | None, url: str) -> None:
    """Refuse to go on where somebody was erased under a key that is not at hand: nobody could be known again."""
    others = {one.person for one in tombstones if marks is None or one.key != marks.key}
    if others:
        told = say_count(
            "{url}: {n:,} person was erased under a key that this home lacks ({has}), so that nobody could tell "
            "whether they come back; nothing was changed. Copy {file} from the home where they were erased, or from "
            "its backup; if it is lost for good, `netofnets tombstones drop` gives up what it is needed for",
            "{url}: {n:,} people were erased under a key that this home lacks ({has}), so that nobody could tell "
            "whether they come back; nothing was changed. Copy {file} from the home where they were erased, or from "
            "its backup; if it is lost for good, `netofnets tombstones drop` gives up what it is needed for",
            len(others),
            url=url,
            has=say("it has no such file") if marks is None else say("it has another one"),
            file=KEY_FILE,
        )
        raise StoreError(told)


def marks_for(home: Path, tombstones: Iterable[Tombstone], url: str) -> Marks:
    """The marks to erase with: of the home's key, made when nobody was erased yet; see :func:`refuse_other_keys`."""
    refuse_other_keys(tombstones, kept_marks(home), url)
    return made_marks(home)
