"""Several processes that serve one map: each answers whom it accepts first; one that dies is started again."""

from __future__ import annotations

import gc
import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing

from netofnets.errors import NetOfNetsError, SettingsError
from netofnets.settings import Settings

__all__ = ["Restarting", "how_many", "run_together"]

_log = logging.getLogger(__name__)
_MOST = 64
_SOON = 5.0  # seconds: a process that ends sooner than this after its start is one that cannot start
_IN_A_ROW = 5  # of such before the others are ended, too
_GRACE = 15.0  # seconds for all to end, a little more than each gives its requests
_HEARD = frozenset({"SIGCHLD", "SIGTERM", "SIGINT", "SIGALRM"})


class Restarting(NetOfNetsError):
    """Processes ended again and again right after their start."""


def how_many(settings: Settings, *, alone: bool) -> int:
    """The number of processes: as the setting says, else one for each core on a shared map and one on a laptop.

    ``alone``: a link that works once lets somebody in, and one process knows who came by it.
    """
    told = settings["workers"].strip()
    most = min(len(os.sched_getaffinity(0)), 4) if hasattr(os, "sched_getaffinity") else 1
    number = settings.integer("workers") if told else most if settings["mode"] == "shared" else 1
    if not 1 <= number <= _MOST:
        raise SettingsError(f"workers must be between 1 and {_MOST}, not {number}")
    if number > 1 and alone:
        raise SettingsError(
            "one process serves a map that is opened by a link: leave the setting workers out, or say who looks "
            "(--viewer organizer, --viewer anonymous, or mode shared)"
        )
    if number > 1 and not hasattr(os, "fork"):
        raise SettingsError("one process serves on this system: leave the setting workers out")
    return number


def run_together(number: int, serve: Callable[[], None], started: Callable[[], None] = lambda: None) -> None:
    """Call ``serve`` in ``number`` processes until SIGTERM or Ctrl-C, which all are told; then wait for their end.

    ``started`` is called here when they have been started: to let go of what they were given.
    Raises :class:`Restarting` when processes end again and again right after their start.
    """
    gc.freeze()  # what there is now stays common: nobody's collector writes into it
    with closing(_Signals()) as signals:
        _Processes(serve, signals).keep(number, started)


class _Signals:
    """The signals that are heard here, in the order in which they come.

    The system gives a signal to any thread of this process that does not block it, and libraries have threads of their
    own. So each is written down where it is taken, and is read from there: none is lost, and none ends this process.
    """

    def __init__(self) -> None:
        self.heard = {getattr(signal, name) for name in _HEARD}
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._writer_before = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._before = {one: signal.signal(one, lambda *_: None) for one in self.heard}

    def next(self) -> int:
        """Wait for a signal; its number."""
        return os.read(self._read, 1)[0]

    def close(self) -> None:
        """Handle signals as before."""
        for one, handler in self._before.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(self._writer_before)
        os.close(self._read)
        os.close(self._write)


class _Processes:
    def __init__(self, serve: Callable[[], None], signals: _Signals) -> None:
        self._serve, self._signals = serve, signals
        self._started: dict[int, float] = {}
        self._in_a_row = 0

    def keep(self, number: int, started: Callable[[], None]) -> None:
        for _ in range(number):
            self._start()
        started()
        while self._started:
            if self._signals.next() != signal.SIGCHLD:
                return self._end()
            for process in self._reaped():
                self._again(process)
        return None

    def _start(self) -> None:
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, self._signals.heard)  # until it is known whose they are
        if process := os.fork():
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            self._started[process] = time.monotonic()
            return
        code = 1
        try:
            self._signals.close()
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            self._serve()
            code = 0
        except BaseException:
            _log.exception("a process of the map ended")
        finally:
            os._exit(code)  # nothing of the first process is ended by this one

    def _reaped(self) -> list[int]:
        """The processes that have ended since; a signal may stand for several."""
        found = []
        for process in list(self._started):
            if os.waitpid(process, os.WNOHANG)[0]:
                found.append(process)
        return found

    def _again(self, process: int) -> None:
        lived = time.monotonic() - self._started.pop(process)
        self._in_a_row = self._in_a_row + 1 if lived < _SOON else 0
        _log.error("process %d of the map ended after %.0f s; another takes its place", process, lived)
        if self._in_a_row >= _IN_A_ROW:
            self._end()
            raise Restarting(f"{_IN_A_ROW} processes in a row ended within {_SOON:.0f} s: see what they printed")
        self._start()

    def _end(self) -> None:
        """Tell all to end, and wait; whoever is told again, or takes too long, is killed."""
        self._tell(signal.SIGTERM)
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
        while self._started:
            if self._signals.next() in (signal.SIGALRM, signal.SIGINT):
                self._tell(signal.SIGKILL)
            for process in self._reaped():
                del self._started[process]
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _tell(self, what: signal.Signals) -> None:
        for process in self._started:
            os.kill(process, what)
