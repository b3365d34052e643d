"""Begins the work on a draft in a process of its own, and says how far it is, also when that process was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.drafts.folder import Draft
from netofnets.desk.imports import imports_folder
from netofnets.errors import StoreBusy
from netofnets.graph.in_use import in_use
from netofnets.language import say
from netofnets.settings import SETTINGS, Settings

__all__ = ["LOCK", "Progress", "begin", "busy_lock", "progress"]

LOCK = ".working"
_GRACE = 60  # seconds that a process may take to begin
_KILLED = say("it was ended before it was done (by somebody, or because the machine ran out of memory); try again")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is. ``state`` is empty (nothing was begun), working, done or failed."""

    job: str = ""
    state: str = ""
    doing: str = ""
    done: int = 0  # rows read, or steps of a publication
    of: int = 0
    words: str = ""  # the two in words, with the share done
    why: str = ""


def busy_lock(home: Path) -> Path:
    """The file that is held while something is tried, loaded or published for the browser in this home."""
    return imports_folder(home) / LOCK


def begin(settings: Settings, draft: Draft, job: str) -> None:
    """Begin a job in a process of its own, which goes on when this one ends.

    :class:`StoreBusy` when this home is being worked on already.
    """
    if progress(draft).state == "working" or _held(busy_lock(settings.home)):
        raise StoreBusy(say("another load or publication is under way; wait until it is done, then try again"))
    draft.touch()
    draft.write("progress", {"job": job, "state": "starting", "doing": say("Beginning")})
    given = {setting.variable: settings[setting.name] for setting in SETTINGS if settings[setting.name]}
    given["NETOFNETS_HOME"] = str(settings.home)
    command = [sys.executable, "-P", "-m", "ingest.drafts.work", draft.id, job]
    child = subprocess.Popen(
        command, env=os.environ | given, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    threading.Thread(target=child.wait, daemon=True).start()  # so that it does not stay behind when it has ended


def progress(draft: Draft) -> Progress:
    """How far the work on a draft is."""
    told = _told(draft)
    if told.state not in ("starting", "working"):
        return told
    if not _held(draft.folder / LOCK):
        told = _told(draft)  # it may have come to its end in between
        if told.state == "working" or (told.state == "starting" and _age(draft) > _GRACE):
            return replace(told, state="failed", why=_KILLED)
    return replace(told, state="working") if told.state == "starting" else told


def _told(draft: Draft) -> Progress:
    return Progress(**draft.read("progress"))


def _age(draft: Draft) -> float:
    return abs(time.time() - (draft.folder / "progress.json").stat().st_mtime)  # ahead: a clock that was turned back


def _held(path: Path) -> bool:
    return path.exists() and in_use(path)
