"""A file as it was when a load began, and whether it stays the same while it is read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import escape_controls

__all__ = ["InputFile", "head_of", "identify", "refuse_if_changed", "shown"]


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was when the load began; ``name`` is how it is called in reports."""

    path: Path
    name: str
    size: int
    modified: int
    inode: int
    sha256: str


def shown(path: Path) -> str:
    """A path's name, fit to be printed."""
    return escape_controls(path.name)


def identify(path: Path, called: str = "") -> InputFile:
    """The file as it is now; :class:`InputError` (``not_found``, ``not_a_file``, ``not_readable``).

    ``called`` is its name in reports where that is not the name of ``path``: a file that came over the network.
    """
    try:
        status = path.stat()
        if not path.is_file():  # a pipe or device would hang the reader
            raise InputError(
                say("{names}: this is not a regular file", names=shown(path)), code="not_a_file", file=path.name
            )
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise InputError(
            say("{names}: there is no such file; check the name", names=shown(path)), code="not_found", file=path.name
        ) from None
    except OSError as error:
        raise InputError(
            say("{names}: cannot be read ({why})", names=shown(path), why=error.strerror),
            code="not_readable",
            file=path.name,
        ) from None
    return InputFile(
        path, escape_controls(called) or shown(path), status.st_size, status.st_mtime_ns, status.st_ino, digest
    )


def refuse_if_changed(files: Iterable[InputFile]) -> None:
    """Raise :class:`InputError` (``changed_while_reading``) when a file is not what it was at the start."""
    for file in files:
        try:
            now = os.stat(file.path)
            same = (now.st_size, now.st_mtime_ns, now.st_ino) == (file.size, file.modified, file.inode)
            same = same and identify(file.path).sha256 == file.sha256
        except (OSError, InputError):
            same = False
        if not same:
            raise InputError(
                say(
                    "{file}: changed while it was read; nothing was loaded. Wait until it is complete and try again",
                    file=file.name,
                ),
                code="changed_while_reading",
                file=file.name,
            )


def head_of(file: InputFile) -> bytes:
    """The first bytes, which tell what a file is."""
    with file.path.open("rb") as stream:
        return stream.read(512)
