"""The folder of a load that waits in the browser: files under names of ours, small JSON files, and when it all goes."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ingest import limits
from netofnets.desk.imports import imports_folder
from netofnets.errors import InputError, NotFound
from netofnets.language import say
from netofnets.language.messages import packed, unpacked
from netofnets.schema.text import escape_controls

__all__ = ["Draft", "DraftFile", "clear_old", "draft", "drafts", "new_draft"]

_ID = re.compile(r"[0-9a-f]{24}\Z")
_MARK = "draft.json"
_LONGEST = 120  # characters of a file name that are kept
_PIECE = 1 << 16
_SENTENCE = "sentence, and what it is made of"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that was given: its name as data, and the name of ours that it lies under."""

    name: str
    stored: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One load that waits."""

    folder: Path

    @property
    def id(self) -> str:
        """What it is called in addresses."""
        return self.folder.name

    def path(self, file: DraftFile) -> Path:
        """Where a file lies."""
        return self.folder / file.stored

    def read(self, name: str) -> dict[str, Any]:
        """One of its JSON files; empty when there is none."""
        try:
            found = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"), object_hook=_restored)
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, content: Mapping[str, Any]) -> None:
        """Write one of its JSON files; who reads it meanwhile sees the old one or the new one."""
        fresh = self.folder / f".{name}-{os.getpid()}-{secrets.token_hex(4)}"
        text = json.dumps(_keepable(content), ensure_ascii=False)
        fresh.write_text(text, encoding="utf-8", errors="surrogatepass")
        os.replace(fresh, self.folder / f"{name}.json")

    def drop(self, *names: str) -> None:
        """Remove some of its JSON files."""
        for name in names:
            (self.folder / f"{name}.json").unlink(missing_ok=True)

    @property
    def files(self) -> tuple[DraftFile, ...]:
        """The files, in the order in which they were given."""
        return tuple(DraftFile(**file) for file in self.read("files").get("files", ()))

    def add(self, name: str, stream: IO[bytes]) -> DraftFile:
        """Take a file in; :class:`InputError` (``too_large``) when all files together are more than may be given."""
        before = self.files
        if len(before) >= limits.UPLOAD_FILES:
            why = say("at most {most} files can be given at once", most=limits.UPLOAD_FILES)
            raise InputError(why, code="too_many_files")
        called = _unlike(_shown(name), {file.name for file in before})
        stored = f"{len(before)}{_suffix(called)}"
        size = _copy(stream, self.folder / stored, limits.UPLOAD_BYTES - sum(file.size for file in before))
        file = DraftFile(called, stored, size)
        kept = [{"name": f.name, "stored": f.stored, "size": f.size} for f in (*before, file)]
        self.write("files", {"files": kept})
        return file

    def forget_files(self) -> None:
        """Remove what was given; what came of it is kept until the draft goes."""
        for file in self.files:
            self.path(file).unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def touched(self) -> float:
        """When somebody last went on with it (seconds since the epoch)."""
        return (self.folder / _MARK).stat().st_mtime

    def touch(self) -> None:
        """Somebody goes on with it."""
        (self.folder / _MARK).touch()


def new_draft(home: Path) -> Draft:
    """A new folder; :class:`InputError` (``too_many_drafts``) when too many loads wait already."""
    clear_old(home)
    if len(drafts(home)) >= limits.DRAFTS:
        why = say("{most} loads wait already; go on with one of them, or discard some", most=limits.DRAFTS)
        raise InputError(why, code="too_many_drafts")
    folder = imports_folder(home) / secrets.token_hex(12)
    folder.mkdir(parents=True, mode=0o700)
    (folder / _MARK).write_text("{}", encoding="ascii")
    return Draft(folder)


def draft(home: Path, given: str) -> Draft:
    """The draft of an id; :class:`NotFound` when there is none (any more)."""
    folder = imports_folder(home) / given
    if not _ID.match(given) or not (folder / _MARK).is_file():
        raise NotFound(say("there is no such load; it may have been discarded"))
    return Draft(folder)


def drafts(home: Path) -> tuple[Draft, ...]:
    """All that wait, the one that somebody went on with last first."""
    found = [Draft(mark.parent) for mark in imports_folder(home).glob(f"*/{_MARK}") if _ID.match(mark.parent.name)]
    return tuple(sorted(found, key=lambda one: one.touched, reverse=True))


def clear_old(home: Path, clock: Callable[[], float] = time.time) -> None:
    """Remove what nobody went on with for a day (``limits.DRAFT_SECONDS``), and folders that were never finished."""
    now = clock()
    for folder in imports_folder(home).glob("*/"):
        try:
            mark = folder / _MARK
            touched = mark if mark.exists() else folder
            last = touched.stat().st_mtime
            if last > now:  # the clock was turned back: its day begins now
                os.utime(touched, (now, now))
        except FileNotFoundError:
            continue  # somebody else removed it
        if last < now - limits.DRAFT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _keepable(value: Any) -> Any:
    """The value as JSON can hold it: a sentence with what it is made of, so that a page can say it in any language."""
    if made_of := packed(value) if isinstance(value, str) else "":
        return {_SENTENCE: [str(value), made_of]}
    if isinstance(value, Mapping):
        return {name: _keepable(inner) for name, inner in value.items()}
    return [_keepable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _restored(found: dict[str, Any]) -> Any:
    return unpacked(*found[_SENTENCE]) if _SENTENCE in found else found


def _copy(stream: IO[bytes], path: Path, most: int) -> int:
    size = 0
    with path.open("wb") as out:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                why = say(
                    "these files are larger than {most} MB together; load fewer at once, or larger ones with the "
                    "command netofnets ingest",
                    most=limits.UPLOAD_BYTES // 2**20,
                )
                raise InputError(why, code="too_large")
            out.write(piece)
    return size


def _shown(name: str) -> str:
    """The last part of what a browser calls a file, fit to be shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return escape_controls(" ".join(last.split()))[-_LONGEST:] or "table"


def _suffix(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""


def _unlike(name: str, others: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    number = 1
    while name in others:
        number += 1
        name = f"{stem} ({number}){ending}"
    return name
