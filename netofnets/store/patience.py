"""Opening a store whose server may still be starting: tried again for as long as whoever asks has time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from netofnets.errors import StoreAway
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store

__all__ = ["open_in_time"]

_FIRST, _LONGEST = 0.5, 15.0  # seconds between two tries: twice as many each time


def open_in_time(
    url: str, settings: Settings, seconds: float, tell: Callable[[str], None], *, reading: bool = False
) -> Store:
    """:func:`netofnets.store.open_store`, again and again for so many ``seconds`` while nothing answers there.

    ``tell`` is told of each try in vain. The pauses are drawn at random, so that those who wait for the same server do
    not all come at once. What waiting cannot mend (a wrong password, an old server) is an error at once.
    """
    latest, pause = time.monotonic() + seconds, _FIRST
    while True:
        try:
            return open_store(url, settings, reading=reading)
        except StoreAway as away:
            left = latest - time.monotonic()
            if left <= 0:
                raise
            tell(f"{away}. Trying again for {left:.0f} s")
            time.sleep(min(left, pause * random.uniform(0.5, 1.0)))  # noqa: S311
            pause = min(2 * pause, _LONGEST)
