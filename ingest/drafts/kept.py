"""Mappings that were made in the browser: kept in the home, one for each source, and known again by their headers."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.drafts.tables import PARTS
from ingest.mapping import MappingFile, Recipe, TableSpec, parse_mapping
from netofnets.errors import MappingError, NotFound
from netofnets.language import say

__all__ = ["CORRECTIONS", "Kept", "all_kept", "forget", "keep", "kept_mapping", "known_columns"]

CORRECTIONS = ("not_taken_from", "not_taken_because", "what_to_do")
"""The columns that a sheet of rows to correct has more than the table that they come from."""

_ID = re.compile(r"[0-9a-f]{16}\Z")
_NEW = 0.5  # a table with a larger share of headers that a mapping does not know is another table

Known = tuple["Kept", TableSpec, dict[str, tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A mapping file in the home."""

    id: str
    source: str
    text: str
    mapping: MappingFile


def keep(home: Path, source: str, text: str) -> None:
    """Keep the mapping of a source, in place of the one before."""
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{hashlib.sha256(source.encode()).hexdigest()[:16]}.toml"
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def all_kept(home: Path) -> tuple[Kept, ...]:
    """All that are kept and can be read, by source."""
    found = []
    for path in _folder(home).glob("*.toml"):
        try:
            text = path.read_text(encoding="utf-8")
            mapping = parse_mapping(text, path.name)
        except (OSError, UnicodeDecodeError, MappingError):
            continue  # somebody's own file, or one of a later version; the command says what is wrong with it
        if _ID.match(path.stem):
            found.append(Kept(path.stem, mapping.source, text, mapping))
    return tuple(sorted(found, key=lambda one: one.source.casefold()))


def kept_mapping(home: Path, given: str) -> Kept:
    """The one with an id; :class:`NotFound` when there is none."""
    for one in all_kept(home):
        if one.id == given:
            return one
    raise NotFound(say("there is no such mapping; it may have been deleted"))


def forget(home: Path, given: str) -> str:
    """Delete the one with an id and return its source; :class:`NotFound` when there is none."""
    one = kept_mapping(home, given)
    (_folder(home) / f"{one.id}.toml").unlink(missing_ok=True)
    return one.source


def known_columns(header: Sequence[str], kept: Sequence[Kept]) -> Known | None:
    """What was chosen for the headers of a table before: by the mapping that knows most of them, if any fits."""
    there = {name for name in header if name.strip()}
    if there & set(CORRECTIONS):
        return None  # a part of a table only: under the name of the source it would stand for all of it
    best: tuple[int, Known] | None = None
    for one in kept:
        for spec in one.mapping.tables:
            known = _columns(spec)
            used = {name for name, (column, _, _) in (known or {}).items() if column}
            if not known or not used <= there or len(there - known.keys()) > _NEW * len(there):
                continue
            score = len(there & known.keys())
            if best is None or score > best[0]:
                best = score, (one, spec, known)
    return best[1] if best else None


def _columns(spec: TableSpec) -> dict[str, tuple[str, str, str]] | None:
    """Header -> our column, marks, date format; None when the mapping says what the menus cannot show."""
    found: dict[str, tuple[str, str, str]] = {_header(name): ("", "", "") for name in spec.ignore}
    if spec.layout or spec.where or spec.events:
        return None
    for column, recipe in spec.columns.items():
        if recipe.how == "constant":
            continue
        if not _plain(recipe) or (recipe.how == "join" and column == "name" and len(recipe.headers) != 2):
            return None
        for place, header in enumerate(recipe.headers):
            part = PARTS[place] if recipe.how == "join" and column == "name" else column
            marks = recipe.split or ("",)
            found[header] = part, marks[min(place, len(marks) - 1)], (recipe.date_format or ("",))[0]
    return found


def _plain(recipe: Recipe) -> bool:
    simple = Recipe(
        recipe.how, recipe.headers, recipe.text, split=recipe.split, date_format=recipe.date_format,
        fallback=recipe.fallback,
    )  # fmt: skip
    return recipe.how in ("first_of", "join") and recipe == simple


def _header(pattern: str) -> str:
    return re.sub(r"\[([*?\[])\]", r"\1", pattern)


def _folder(home: Path) -> Path:
    return home / "mappings"
