"""A program that is killed at each statement by which it brings an old SQLite file up to date.

``python -m tests.store.migrating (store | accounts) OLD FOLDER`` leaves in ``FOLDER`` one copy of ``OLD`` for each:
0.sqlite where it died before the first statement, 1.sqlite before the second; the last was brought up to date whole.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

from netofnets.accounts.database import Database
from netofnets.store import open_store
from netofnets.store.sqlite import connection

OPEN = {"store": lambda path: open_store(f"sqlite:{path}"), "accounts": Database}


def killed_before(statement: int, what: str, path: Path) -> bool:
    """Open ``path`` in a process of its own that dies before its statement of this number; whether it got so far."""
    child = os.fork()
    if child == 0:
        steps, connect = itertools.count(), connection.connect

        def counted(text: str) -> None:
            if not text.startswith(("SELECT", "PRAGMA", "--")) and next(steps) == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        def traced(*args: object, **options: object) -> sqlite3.Connection:
            opened = connect(*args, **options)
            opened.set_trace_callback(counted)
            return opened

        connection.connect = traced
        OPEN[what](path)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def main() -> None:
    what, old, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for statement in itertools.count():
        path = folder / f"{statement}.sqlite"
        shutil.copy(old, path)
        if not killed_before(statement, what, path):
            return


if __name__ == "__main__":
    main()
