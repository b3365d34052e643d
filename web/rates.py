"""How often somebody may ask: a bucket of tokens for whoever has signed in, one for every other client address.

Each answer takes tokens out, more where it takes more work; they come back at a steady rate. Whoever has signed in has
a bucket of their own, so that nobody else at the same address can use it up; all others at an address share one, which
is sized for a workshop of thirty behind it. One process serves, and its memory holds them: they are full after a start.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from netofnets.accounts.checks import rates
from netofnets.settings import Settings
from web.health import PROBES
from web.session import client, session

__all__ = ["BURST", "COSTS", "Buckets", "TooOften", "add_rates"]

BURST = 10
"""Seconds of the steady rate that may be asked for at once."""

# Tokens of an answer, by the work it takes (docs/benchmarks.md); those that are not here take 1.
COSTS: dict[str, float] = {
    "static": 0.1,
    **dict.fromkeys(("search", "atlas", "leader", "front", "network", "bridges", "introductions_board"), 2.0),
    **dict.fromkeys(("paths", "what_if", "convene", "introductions", "changes", "comparison", "review"), 5.0),
    **dict.fromkeys(("leader_map", "networks_map", "lineage"), 5.0),
    **dict.fromkeys(("my data as JSON", "my data as CSV"), 10.0),
}
_OF_ANOTHER_TIME = 5.0  # more, where the map of another day or run is asked for
_MOST = 20_000  # buckets; of more, those that nobody used for longest are forgotten, and most of these are full again


class TooOften(TooManyRequests):
    """Somebody asked too often; ``wait`` is how many seconds pass until this answer is given."""

    def __init__(self, wait: int) -> None:
        super().__init__(retry_after=wait)
        self.wait = wait


class Buckets:
    """One bucket a key. ``rate`` tokens a second come back, up to ``most``."""

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._clock = rate, most, clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: float) -> float:
        """Take tokens out and return 0, or leave them and return in how many seconds there are enough."""
        now = self._clock()
        with self._lock:
            left, seen = self._left.pop(key, (self._most, now))
            left = min(self._most, left + (now - seen) * self._rate)
            enough = left >= cost
            self._left[key] = (left - cost if enough else left, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0.0 if enough else (cost - left) / self._rate

    def __len__(self) -> int:
        return len(self._left)


def add_rates(app: Flask, settings: Settings) -> None:
    """Count what is asked for, where strangers can reach the map; on a laptop there is nobody to count."""
    if settings["mode"] != "shared" and not settings["trusted_hosts"].strip():
        return
    own, shared = ((Buckets(rate, rate * BURST) if rate else None) for rate in rates(settings))

    @app.before_request
    def count() -> None:
        if request.endpoint in PROBES:
            return
        found = session()
        buckets, key = (own, found.account.id) if found else (shared, _neighbourhood(client()))
        wait = buckets.take(key, _cost()) if buckets is not None else 0.0
        if wait > 0:
            raise TooOften(math.ceil(wait))


def _cost() -> float:
    cost = COSTS.get((request.endpoint or "").removesuffix(".json"), 1.0)
    return cost + _OF_ANOTHER_TIME * bool(request.args.get("as_of") or request.args.get("as_of_run"))


def _neighbourhood(address: str) -> str:
    """An address, of IPv6 its /64: whoever has one address there has them all."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
