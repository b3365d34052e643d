"""The runs of the store that a publication came from: what was read, when, and how to have the map of then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netofnets.services.index import EditionIndex

__all__ = ["MOST_RUNS", "RunListed", "RunsListed", "runs_listed"]

MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class RunListed:
    """A run: its number, the source that was read, and the ISO day."""

    run: int
    source: str
    day: str


@dataclass(frozen=True, slots=True)
class RunsListed:
    """The last runs, the newest first, of ``total``; and the command that publishes the newest elsewhere."""

    rows: tuple[RunListed, ...]
    total: int
    command: str


def runs_listed(index: EditionIndex, parameters: Mapping[str, Any]) -> RunsListed:
    """The runs that told something of what this edition shows, for organizers: runs are numbered for them alone.

    ``parameters`` are those of the communities, which have all that a publication can be asked for.
    """
    told = index.record.readings.to_pylist()[::-1]
    rows = tuple(RunListed(one["run"], one["source"], one["day"]) for one in told[:MOST_RUNS])
    asked = f"--seed {parameters['seed']} --resolution {parameters['resolution']} --store STORE --home OTHER"
    return RunsListed(rows, len(told), f"netofnets publish --as-of-run {rows[0].run} {asked}" if rows else "")
