"""A load of the very files that the source loaded last: known by their hashes, so nothing is read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import netofnets
from ingest.mapping import MappingFile
from ingest.sources.files import InputFile
from netofnets.schema.records import Run
from netofnets.store.base import Store
from netofnets.store.operations import ERASURE, REPAIR

__all__ = ["fingerprint", "last_load"]


def fingerprint(files: Sequence[InputFile], mapping: MappingFile | None, encoding: str) -> str:
    """A digest of all that decides what a load states: names and bytes of the files, the mapping, this program."""
    parts = [netofnets.__version__, encoding, repr(mapping), *(f"{file.name} {file.sha256}" for file in files)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def last_load(store: Store, source: str, inputs: str) -> tuple[int, Mapping[str, Any]] | None:
    """Number and counts of the source's last run, when it loaded the same inputs and put nothing aside; else None.

    Rows that were put aside may be all right by now: another source may have stated what they refer to. Rows that were
    left out for an erasure are to be told of each time, and after an erasure who was let back may be among them.
    """
    runs = [run for run in store.runs() if run.status == "done"]
    last = max((run for run in runs if run.source == source), key=lambda run: run.number, default=None)
    if last is None or any(run.source == ERASURE and run.number > last.number for run in runs):
        return None
    counts = _counts(last)
    if not isinstance(counts, dict) or counts.get("inputs") != inputs or _lost_since(store, source, last.number):
        return None
    told = ("quarantined", "cells", "erased", "perhaps_erased")
    return None if any(counts.get(name) for name in told) else (last.number, counts)


def _lost_since(store: Store, source: str, run: int) -> bool:
    """Whether a repair after ``run`` found claims of the source lost: then the same files say something new."""
    repairs = (one for one in store.runs() if one.source == REPAIR and one.number > run)
    return any(isinstance(counts := _counts(one), dict) and source in counts.get("load_again", ()) for one in repairs)


def _counts(run: Run) -> Any:
    try:
        return json.loads(run.report or "{}")
    except ValueError:
        return None
