"""Whether a published file is still what was written: its checksum is in the manifest, the manifest's in the name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from netofnets.errors import SnapshotDamaged

__all__ = ["Seals", "check_seals", "checksum", "each_once", "manifest_text", "name_of", "seal"]

Seals = Mapping[str, str]
"""SHA-256 of each file by its path below the folder of the edition."""

_KNOWN: ContextVar[dict[tuple[int, ...], str] | None] = ContextVar("known", default=None)
_DIGITS = 12  # of the manifest's digest in the name of the folder


def seal(folder: Path, known: Seals | None = None) -> dict[str, str]:
    """The checksum of every file below ``folder``, by relative path; those that are ``known`` are not worked out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: (known or {}).get(name) or checksum(path) for name, path in named}


def check_seals(folder: Path, seals: Seals, names: Iterable[str]) -> None:
    """Raise :class:`SnapshotDamaged` when one of these files is missing or has other bytes than were written."""
    for name in names:
        try:
            whole = checksum(folder / name) == seals.get(name)
        except OSError as error:
            raise SnapshotDamaged(f"{folder / name}: {error.strerror}; run: netofnets publish") from None
        if not whole:
            raise SnapshotDamaged(f"{folder / name} is not what was published; run: netofnets publish")


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as it is written; the same facts give the same text."""
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def digest_of(seals: Seals, without: Collection[str] = ()) -> str:
    """One digest of sealed files, but for those with one of the names ``without``."""
    digest = hashlib.blake2b(digest_size=32)
    for name, checksum in sorted(seals.items()):
        if Path(name).name not in without:
            digest.update(name.encode() + b"\0" + bytes.fromhex(checksum))
    return digest.hexdigest()


def name_of(run: int, manifest: str) -> str:
    """The name of a published folder: the run, and a digest of the manifest that shows when it was changed."""
    digest = hashlib.blake2b(manifest.encode(), digest_size=16).hexdigest()
    return f"{run:06d}-{digest[:_DIGITS]}"


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        known = _KNOWN.get()
        if known is None:
            return hashlib.file_digest(file, "sha256").hexdigest()
        stat = os.fstat(file.fileno())
        same = stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns  # not when it was last linked
        if same not in known:
            known[same] = hashlib.file_digest(file, "sha256").hexdigest()
        return known[same]


@contextmanager
def each_once() -> Iterator[None]:
    """While this lasts, a file is read once for its checksum, under whatever names it is linked.

    For a publication, which takes files over, goes on from them and holds them against others. Not for readers: they
    are long at it, and a disk may change a file in between.
    """
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)
