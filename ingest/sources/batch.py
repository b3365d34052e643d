"""Which files a load is about: the files that are named, and the tables directly in the folders that are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.sources.files import InputFile, identify, shown
from ingest.sources.registry import SUFFIXES
from netofnets.errors import InputError
from netofnets.language import say

__all__ = ["collect"]


def collect(paths: Iterable[Path], called: Mapping[Path, str] | None = None) -> tuple[list[InputFile], list[str]]:
    """The files of a batch, sorted by name, and the names in folders that were passed over.

    A folder stands for the tables directly in it; a link that leaves the folder is refused. ``called`` has the names of
    files that are kept under another one.
    Raises :class:`InputError` (``not_found``, ``not_a_file``, ``outside_folder``, ``empty_batch``).
    """
    found: dict[Path, InputFile] = {}
    passed_over: list[str] = []
    for path in paths:
        if path.is_dir():
            for child in sorted(path.iterdir()):
                if _is_table(child):
                    _refuse_link_out(path, child)
                    found[child.absolute()] = identify(child)
                elif child.is_file():
                    passed_over.append(child.name)
        else:
            found[path.absolute()] = identify(path, (called or {}).get(path, ""))
    if not found:
        raise InputError(
            say(
                "no tables to load: give files ({names}), or a folder that has some", names=", ".join(sorted(SUFFIXES))
            ),
            code="empty_batch",
        )
    return sorted(found.values(), key=lambda f: f.name), passed_over


def _is_table(path: Path) -> bool:
    name = path.name
    return path.suffix.lower() in SUFFIXES and name != "manifest.json" and not name.startswith(("~$", ".~"))


def _refuse_link_out(folder: Path, child: Path) -> None:
    if child.is_symlink() and not child.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            say(
                "{names}: a link that leaves the folder is not followed; copy the file in, or name it directly",
                names=shown(child),
            ),
            code="outside_folder",
            file=child.name,
        )
