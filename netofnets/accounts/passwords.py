"""Passwords as argon2id (RFC 9106), checked one at a time and behind everything else: guessing takes no page's time."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from netofnets.errors import AccountError, TooManyTries
from netofnets.language import say

__all__ = ["LONGEST", "SHORTEST", "TRIED_FIRST", "Passwords"]

SHORTEST, LONGEST = 12, 256  # characters; length is what makes a password strong (NIST SP 800-63B)
_WAITING = 3  # tries at once, the one whose password is being checked among them: each holds a thread of the server
_NICE = 10  # how far the thread that checks stands behind others (Linux)

_OF_THEIR_OWN = 8  # characters of a password besides such words
TRIED_FIRST = (
    *("netofnets", "networks", "network", "teachers", "teacher", "leaders", "leader"),
    *("password", "welcome", "school", "district"),
)
"""What a password may hold beside words of one's own, but not consist of; the parts of the address count among them."""

_Found = TypeVar("_Found")


class Passwords:
    """Hashing and checking; ``hasher`` takes other costs in tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        # argon2id with the second recommended set of RFC 9106, but one lane: four would take all cores from the pages.
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
        self._turns = threading.BoundedSemaphore(_WAITING)
        self._worker = ThreadPoolExecutor(1, "passwords", _step_back)

    @cached_property
    def _nobodys(self) -> str:
        """What an unknown address is compared with, so that it takes as long as a known one."""
        return self._hasher.hash("nobody's")

    def hash(self, password: str, address: str) -> str:
        """What is kept of a password; :class:`AccountError` for one that is too easy to guess."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise AccountError(
                say(
                    "a password has {least} to {most} characters; a few words in a row are good",
                    least=SHORTEST,
                    most=LONGEST,
                )
            )
        if len(set(password)) < 5 or len(_without(password.casefold(), address.casefold())) < _OF_THEIR_OWN:
            raise AccountError(
                say("this password is easy to guess; take a few words in a row that nobody would think of")
            )
        return self._behind(lambda: self._hasher.hash(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept; it takes as long when there is none."""

        def verified() -> bool:
            try:
                return self._hasher.verify(kept or self._nobodys, password[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False

        return self._behind(verified) and kept is not None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One try to sign in, with all that it writes down: three at once, so that most threads are for pages.

        Raises :class:`TooManyTries` at once when three are under way.
        """
        if not self._turns.acquire(blocking=False):
            raise TooManyTries(say("many are signing in at this moment; try again shortly"), wait=5)
        try:
            yield
        finally:
            self._turns.release()

    def _behind(self, work: Callable[[], _Found]) -> _Found:
        """One after the other, in the thread that stands behind all others."""
        return self._worker.submit(work).result()


def _without(password: str, address: str) -> str:
    """What is left of a password when the words that anybody would try here are taken out."""
    own = (part for part in re.split(r"[^\w]+", address) if len(part) > 3)
    for word in sorted((address, address.partition("@")[0], *own, *TRIED_FIRST), key=len, reverse=True):
        password = password.replace(word, "")
    return password


def _step_back() -> None:
    """Let every other thread go first; elsewhere than on Linux a thread has no place of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
