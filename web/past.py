"""The maps of past runs, for organizers: made when asked for, kept beside what is published while that stands."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress

from netofnets.analysis.registry import kept_apart
from netofnets.desk.past_run import publish_run
from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.graph.folders import PAST, clear_past
from netofnets.graph.published import Published, published_root
from netofnets.services.dated import refuse_many
from netofnets.settings import Settings

__all__ = ["PastRuns"]

_KEPT = 4  # that are kept open


class PastRuns:
    """The past runs of one home that were looked at lately.

    Each belongs to a publication of the present: with the next one, which may follow from an erasure or a stricter
    choice, all are made anew.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()  # one is made at a time
        self._present = ""
        self._open: OrderedDict[int, Published] = OrderedDict()

    def turn_to(self, present: Published) -> None:
        """Let go of what belongs to another publication than ``present``."""
        if present.folder.name != self._present:
            with self._lock:
                self._turn(present.folder.name)

    def at(self, present: Published, run: int) -> Published:
        """The map of ``run``; the errors are those of :func:`netofnets.desk.past_run.publish_run`."""
        refuse_many(
            present.edition("organizers").snapshot.count("leaders"), f"run {run}", f"--as-of-run {run} --store STORE"
        )
        with self._lock:
            self._turn(present.folder.name)
            found = self._open.pop(run, None)
            if found is None or not found.folder.is_dir():  # something was published since, if only the same
                found = self._made(present, run)
            self._open[run] = found
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)  # its folder is let go with the last request that reads it
            return found

    def _turn(self, present: str) -> None:
        if present != self._present:
            self._present = present
            self._open.clear()

    def _made(self, present: Published, run: int) -> Published:
        root = published_root(self._settings.home)
        home = root / PAST / f"{present.folder.name}-{run}"
        with suppress(NotPublished, SnapshotDamaged):  # left from before this program was started
            return Published.current(home)
        clear_past(root, {f"{present.folder.name}-{other}" for other in self._open})
        publish_run(self._settings, run, home, kept_apart(present.manifest["parameters"]))
        return Published.current(home)
