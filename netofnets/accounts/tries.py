"""Delays for whoever tries too often: by the address that is tried, and by the client that tries."""

from __future__ import annotations

from netofnets.accounts.database import FORGOTTEN, SKEW, Database
from netofnets.accounts.keys import Keys
from netofnets.errors import TooManyTries
from netofnets.language import say_count
from netofnets.store.sqlite.sql import Connection

__all__ = ["Tries"]

_FREE = {"address": 5, "client": 30}  # tries without a delay; a school has one client address for many people
_FORGETS = 60  # seconds between two times at which old tries are forgotten
_FIRST, _LONGEST = 30, 15 * 60  # seconds of the first delay, which doubles, and of the longest


class Tries:
    """Counts tries. A known and an unknown address are counted alike, under a keyed digest: no address is kept."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._forgot = 0

    def count(self, what: str, *, address: str | None = None, client: str) -> None:
        """Count a try before it is made; :class:`TooManyTries` when it has to wait, and then it does not count.

        Where no address is known before somebody is let in, the client alone is counted.
        Counting first means that tries made at once cannot slip past the limit together.
        """
        now = self._database.now()
        whose = self._whose(what, address, client)
        with self._database.writing(lasting=False) as opened:
            self._forget(opened, now)
            waits = [0]
            for kind, name in whose.items():
                row = opened.execute("SELECT count, last FROM tries WHERE whose = ?", (name,)).fetchone()
                waits.append(_wait(kind, row[0], row[1], now) if row else 0)
            if max(waits) > 0:
                raise TooManyTries(
                    say_count(
                        "there were too many tries; wait {n} seconds",
                        "there were too many tries; wait {n} seconds",
                        max(waits),
                    ),
                    wait=max(waits),
                )
            for name in whose.values():
                opened.execute(
                    "INSERT INTO tries VALUES (?, 1, ?) "
                    "ON CONFLICT DO UPDATE SET count = count + 1, last = excluded.last",
                    (name, now),
                )

    def _forget(self, opened: Connection, now: int) -> None:
        """Once a minute: it goes through all of them, which in a storm are many."""
        if abs(now - self._forgot) >= _FORGETS:
            self._forgot = now
            opened.execute("DELETE FROM tries WHERE last < ?", (now - FORGOTTEN,))

    def succeeded(self, what: str, *, address: str | None = None, client: str) -> None:
        """Forget the tries at an address, and take back this one of the client's."""
        whose = self._whose(what, address, client)
        with self._database.writing() as opened:
            if "address" in whose:
                opened.execute("DELETE FROM tries WHERE whose = ?", (whose["address"],))
            opened.execute("UPDATE tries SET count = max(count - 1, 0) WHERE whose = ?", (whose["client"],))

    def _whose(self, what: str, address: str | None, client: str) -> dict[str, str]:
        at = {} if address is None else {"address": self._keys.digest(f"{what} at", address)}
        return {**at, "client": self._keys.digest(f"{what} from", client)}


def _wait(kind: str, count: int, last: int, now: int) -> int:
    if last > now + SKEW:  # the clock was turned back: nobody knows how long ago that was
        return 0
    over = count - _FREE[kind]
    return 0 if over < 0 else max(last + min(_FIRST << min(over, 10), _LONGEST) - now, 0)
