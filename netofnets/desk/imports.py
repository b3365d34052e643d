"""Where files wait that somebody is about to load in the browser, and how all of them go at once."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.language.system import system_words

__all__ = ["forget_imports", "forget_old_imports", "imports_folder"]


def imports_folder(home: Path) -> Path:
    """The folder of the files that wait: in the home, beside what is published and never below it."""
    return home / "imports"


def forget_imports(home: Path) -> None:
    """Remove every file that waits, and all that was worked out from it.

    Whoever is erased may be named in any of them, in any spelling, so none is kept. :class:`StoreError` when a file
    cannot be removed.
    """
    try:
        shutil.rmtree(imports_folder(home))
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            say(
                "files that wait to be loaded cannot be removed ({why}); remove the folder imports in the home, then "
                "try again",
                why=system_words(error),
            )
        ) from None


def forget_old_imports(home: Path, now: datetime, kept: timedelta, *, do: bool = True) -> int:
    """Remove loads that nobody has gone on with for so long; how many there are. ``do`` false: they are counted.

    The time of those that are ahead of ``now``, since the clock was turned back, begins now.
    """
    folders, stamp = list(imports_folder(home).glob("*/")), now.timestamp()
    for folder in folders if do else ():
        for path in (folder, *folder.iterdir()):
            if path.stat().st_mtime > stamp:
                os.utime(path, (stamp, stamp))
    old = [one for one in folders if _touched(one) < (now - kept).timestamp()]
    for folder in old if do else ():
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _touched(folder: Path) -> float:
    """When anything in a folder was last written."""
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
