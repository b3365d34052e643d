"""What tells a file of ours from others, and its last run, read without the rest of the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["APPLICATION", "VERSION", "last_run_in"]

APPLICATION = 0x4E6F4E31  # "NoN1": tells our files from those of other programs
VERSION = 5  # grows with the bookkeeping tables and with new kinds, which older programs would pass over in silence;
# tables and columns of kinds follow the schema by themselves


def last_run_in(url: str) -> int | None:
    """The number of the last run in the file of ``sqlite:PATH``; None where the store has to be opened to know it.

    There is no file, it is not as this version writes it, or it cannot be read just now.
    """
    scheme, _, name = url.partition(":")
    path = Path(name).expanduser().absolute()
    if scheme != "sqlite" or not name or not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            (application,) = database.execute("PRAGMA application_id").fetchone()
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if (application, version) != (APPLICATION, VERSION):
                return None
            return int(database.execute("SELECT coalesce(max(number), 0) FROM run").fetchone()[0])
    except sqlite3.Error:
        return None
