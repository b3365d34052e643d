"""Passwords as argon2id (RFC 9106), checked by a few at a time so that guessing cannot take the machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from netofnets.errors import AccountError, TooManyTries

__all__ = ["LONGEST", "SHORTEST", "Passwords"]

SHORTEST, LONGEST = 12, 256  # characters; length is what makes a password strong (NIST SP 800-63B)
_AT_ONCE = 2
_PATIENCE = 2.0  # seconds that a check waits for its turn


class Passwords:
    """Hashing and checking; ``hasher`` takes other costs in tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # argon2id with the second recommended set of RFC 9106
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    @cached_property
    def _nobodys(self) -> str:
        """What an unknown address is compared with, so that it takes as long as a known one."""
        return self._hasher.hash("nobody's")

    def hash(self, password: str, address: str) -> str:
        """What is kept of a password; :class:`AccountError` for one that is too easy to guess."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters; a few words in a row are good")
        local = address.partition("@")[0].casefold()
        if len(set(password)) < 5 or password.casefold() in (address, local, local * 2):
            raise AccountError("this password is easy to guess; take a few words in a row that nobody would think of")
        with self._turn():
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept; it takes as long when there is none.

        Raises :class:`TooManyTries` when too many are being checked already.
        """
        with self._turn():
            try:
                self._hasher.verify(kept or self._nobodys, password[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_PATIENCE):
            raise TooManyTries("many are signing in at this moment; try again shortly", wait=5)
        try:
            yield
        finally:
            self._turns.release()
