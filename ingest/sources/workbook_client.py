"""Our side of the process that reads a workbook: asks it, waits no longer than is reasonable, says why it failed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest import limits
from ingest.sources import workbook_process
from ingest.sources.reader import Titles

__all__ = ["Unreadable", "WorkbookClient"]


class Unreadable(Exception):
    """The process could not do it; the text says what it said. ``died`` when it was ended rather than answered."""

    def __init__(self, said: str, *, died: bool = False) -> None:
        super().__init__(said)
        self.died = died


class WorkbookClient:
    """One workbook, open in a process of its own until :meth:`close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._busy = False
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-P", workbook_process.__file__, str(self._path), str(limits.WORKBOOK_BYTES)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, **pipes)  # type: ignore[call-overload]  # three pipes by name
        try:
            _, visible, hidden = self._receive()
        except Unreadable:
            self.close()
            raise
        self.titles = Titles(tuple(visible), tuple(hidden))

    def rows(self, title: str) -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet that are not blank, with their numbers from 1."""
        if self._busy:  # somebody stopped in the middle; what is still in the pipe is not wanted
            self.close()
            self._start()
        self._busy = True
        workbook_process.send(self._process.stdin, title)
        while (message := self._receive())[0] == "rows":
            yield from message[1]
        self._busy = False

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:  # what was not yet sent has no reader any more
                continue

    def _receive(self) -> tuple[Any, ...]:
        watchdog = threading.Timer(limits.WORKBOOK_SECONDS, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            message: Any = workbook_process.receive(self._process.stdout)
        except EOFError:
            raise Unreadable("reading it took all memory or time that it may take", died=True) from None
        finally:
            watchdog.cancel()
        if message[0] == "error":
            raise Unreadable(str(message[1]))
        return tuple(message)
