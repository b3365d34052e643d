"""How often somebody may ask: a bucket of tokens for whoever has signed in, one for every other client address.

Each answer takes tokens out, more where it takes more work; they come back at a steady rate. Whoever has signed in has
a bucket of their own, so that nobody else at the same address can use it up; all others at an address share one, which
is sized for a workshop of thirty behind it. Memory holds them: they are full after a start.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network

import numpy as np
from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from netofnets.accounts.checks import rates
from netofnets.settings import Settings
from web.health import PROBES
from web.session import client, session
from web.shared_memory import SharedMemory

__all__ = ["BURST", "COSTS", "Buckets", "TooOften", "add_rates"]

BURST = 10
"""Seconds of the steady rate that may be asked for at once."""

# Tokens of an answer, by the work it takes (docs/benchmarks.md); those that are not here take 1.
COSTS: dict[str, float] = {
    "static": 0.1,
    **dict.fromkeys(("search", "atlas", "table", "leader", "front", "network", "bridges", "introductions_board"), 2.0),
    **dict.fromkeys(("paths", "what_if", "convene", "introductions", "changes", "comparison", "review"), 5.0),
    **dict.fromkeys(("leader_map", "networks_map", "interest_map", "paths_map", "lineage"), 5.0),
    **dict.fromkeys(("briefing", "network_briefing"), 5.0),
    **dict.fromkeys(("my data as JSON", "my data as CSV", "map as a file", "graph as a file", "table as a file"), 10.0),
}
_OF_ANOTHER_TIME = 5.0  # more, where the map of another day or run is asked for
_WAYS = 8
_MOST = 2_500 * _WAYS  # buckets; of more, some that nobody used for long are forgotten, and are mostly full again
_SLOT = np.dtype([("key", "<u8"), ("left", "<f8"), ("seen", "<f8")])


class TooOften(TooManyRequests):
    """Somebody asked too often; ``wait`` is how many seconds pass until this answer is given."""

    def __init__(self, wait: int) -> None:
        super().__init__(retry_after=wait)
        self.wait = wait


class Buckets:
    """One bucket a key. ``rate`` tokens a second come back, up to ``most``.

    All processes that serve the map take from the same ones. Each key has its place in one of many sets of eight; the
    one of a set that nobody used for longest makes room for a new one.
    """

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._clock = rate, most, clock
        self._common = SharedMemory(_MOST * _SLOT.itemsize)
        self._slots = np.frombuffer(self._common.bytes, dtype=_SLOT).reshape(-1, _WAYS)
        self._slots["seen"] = -1.0  # before any time of a clock
        self._secret = secrets.token_bytes(16)  # nobody knows whose bucket is in a set with whose

    def take(self, key: str, cost: float) -> float:
        """Take tokens out and return 0, or leave them and return in how many seconds there are enough."""
        digest = int.from_bytes(blake2b(key.encode(), digest_size=8, key=self._secret).digest(), "little") or 1
        now = self._clock()
        with self._common.alone():
            slots = self._slots[digest % len(self._slots)]
            own = np.flatnonzero(slots["key"] == np.uint64(digest))
            at = int(own[0] if len(own) else slots["seen"].argmin())
            left = self._most
            if len(own):
                left = min(self._most, float(slots["left"][at]) + (now - float(slots["seen"][at])) * self._rate)
            enough = left >= cost
            slots[at] = digest, left - cost if enough else left, now
        return 0.0 if enough else (cost - left) / self._rate

    def __len__(self) -> int:
        return int(np.count_nonzero(self._slots["key"]))


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
