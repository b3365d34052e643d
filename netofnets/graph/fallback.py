"""The publication before the newest, kept for the day on which the newest is damaged, and only if it tells no more.

A person may have withdrawn, been erased or been taken off a roster between the two. So the one before is kept only
where the newest still shows, to every audience, everybody and everything of people that the one before shows, and
nobody has chosen or decided anything in between. It may be behind; it never tells what the newest does not.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import NetOfNetsError, SnapshotDamaged
from netofnets.graph.arrow_files import in_one
from netofnets.graph.folders import published_root
from netofnets.graph.published import (
    COMPARABLE_FILE,
    EARLIER_FILE,
    EARLIER_TIES_FILE,
    GROUPS_FILE,
    MARKS_FILE,
    QUESTIONS_FILE,
    Edition,
    Published,
    current_folder,
)
from netofnets.graph.snapshot import Snapshot

__all__ = ["FILE", "forget_fallback", "keep_fallback", "open_whole", "tells_no_more"]

FILE = "BEFORE"
"""Beside ``CURRENT``: the newest publication and the one before it, which may stand in for it, by name."""
_FACTS = ("facts/", "results/", "index/")
# Counts grow with the facts; the last follows from claims.
_MAY_DIFFER = {QUESTIONS_FILE, EARLIER_FILE, EARLIER_TIES_FILE, GROUPS_FILE, COMPARABLE_FILE}
_TRIES = 3


def open_whole(home: Path) -> tuple[Published, str]:
    """What is published, every file of it checked, and an empty text.

    When it is damaged, the publication before that may stand in for it, and what is wrong with the newest. Raises
    :class:`~netofnets.errors.NotPublished`, and :class:`SnapshotDamaged` when nothing may stand in.
    """
    for _ in range(_TRIES):
        folder = current_folder(home)
        try:
            return _checked(folder), ""
        except SnapshotDamaged as error:
            if current_folder(home) != folder:
                continue  # replaced, or removed by an erasure, while we read it
            name = _kept(published_root(home), folder.name)
            if not name:
                raise
            try:
                return _checked(folder.with_name(name)), str(error)
            except SnapshotDamaged:
                raise error from None
    return _checked(current_folder(home)), ""


def keep_fallback(root: Path, newest: Path, before: str) -> str:
    """Keep a publication for ``newest`` that tells no more; its name, or empty when nothing may stand in.

    That is the one called ``before``; where ``newest`` mends it, what was kept for it.
    """
    for name in (before, _kept(root, before)) if before else ():
        if name not in ("", newest.name) and _fits(root / name, newest):
            work = root / f".{FILE}-{os.getpid()}"
            work.write_text(f"{newest.name} {name}\n", encoding="utf-8")
            os.replace(work, root / FILE)
            return name
    forget_fallback(root)
    return ""


def forget_fallback(root: Path) -> None:
    """Nothing stands in for what is published."""
    (root / FILE).unlink(missing_ok=True)


def tells_no_more(old: Published, new: Published) -> bool:
    """Whether ``new`` shows each audience everybody, and everything of people, that ``old`` shows it."""
    names = list(old.manifest["editions"])
    return names == list(new.manifest["editions"]) and all(
        _edition_tells_no_more(old.edition(name), new.edition(name)) for name in names
    )


def _fits(before: Path, newest: Path) -> bool:
    try:
        with _checked(before) as old, Published(newest) as new:
            return tells_no_more(old, new)
    except NetOfNetsError:
        return False


def _edition_tells_no_more(old: Edition, new: Edition) -> bool:
    # What people chose, and all that stands beside the facts but for what is worked out anew, is the same to the byte.
    beside = {name for name in {*old.seals, *new.seals} if not name.startswith(_FACTS)} - _MAY_DIFFER
    same = {*beside, "facts/decisions.arrow", f"facts/{MARKS_FILE}"}
    if any(old.seals.get(name) != new.seals.get(name) for name in same):
        return False
    facts = [name for name in old.seals if name.startswith("facts/") and not name.endswith("history.arrow")]
    if all(old.seals[name] == new.seals.get(name) for name in facts):
        return True
    return _facts_tell_no_more(old.snapshot, new.snapshot)


def _facts_tell_no_more(old: Snapshot, new: Snapshot) -> bool:
    for kind in old.nodes:
        at = pc.index_in(old.ids(kind), value_set=new.ids(kind))
        if at.null_count or (kind == "leaders" and not _rows_say_as_much(old.nodes[kind], new.nodes[kind].take(at))):
            return False
    return all(
        pc.all(pc.is_in(old.edges[kind].table["id"], value_set=in_one(new.edges[kind].table["id"]))).as_py()
        is not False
        for kind in old.edges
    )


def _rows_say_as_much(old: pa.Table, new: pa.Table) -> bool:
    """Whether each value of ``old`` is that of ``new``, or missing; what is yes or no must be the same."""
    for name in old.schema.names:
        if old[name].equals(new[name]):
            continue  # nearly every column: without a Python object
        strict = pa.types.is_boolean(old.schema.field(name).type)
        for one, other in zip(old[name].to_pylist(), new[name].to_pylist(), strict=True):
            if one != other and (strict or one is not None):
                return False
    return True


def _kept(root: Path, newest: str) -> str:
    try:
        words = (root / FILE).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ""
    return words[1] if len(words) == 2 and words[0] == newest and Path(words[1]).name == words[1] else ""


def _checked(folder: Path) -> Published:
    """A publication whose every file is what was written."""
    found = Published(folder)
    try:
        found.check()
    except BaseException:
        found.close()
        raise
    return found
