"""Sign-ins that were begun here and go on at a provider: each comes back once, in the same browser, within minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import compare_digest

from netofnets.accounts.database import SKEW, Database
from netofnets.accounts.keys import Keys

__all__ = ["MINUTES", "Attempt", "Begun"]

MINUTES = 10
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun. ``token`` is for the browser's cookie alone; the provider sees the others."""

    token: str = field(repr=False)
    back: str  # the path to go on to

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)  # of PKCE (RFC 7636): 64 characters, sent when the code is redeemed


class Begun:
    """The sign-ins under way of one database.

    State, nonce and verifier are digests of the browser's token under the secret. None of them is kept, and whoever
    sees one at the provider or in a log can make neither the others nor the token of it.
    """

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    def start(self, back: str, at: int = 1) -> Attempt:
        """Begin a sign-in at the provider of that number, which leads to the path ``back``."""
        token, now = self._keys.token(), self._database.now()
        with self._database.writing() as opened:
            opened.execute("DELETE FROM begun WHERE ends <= ?", (now,))
            opened.execute("INSERT INTO begun VALUES (?, ?, ?)", (self._digest(token), back, now + MINUTES * 60))
        return self._attempt(token, back, at)

    def finish(self, token: str, state: str, at: int = 1) -> Attempt | None:
        """The sign-in that comes back; None when it came back before, is too old, or was begun in another browser.

        Or at another provider: what comes back from one ends nothing that was begun at another.

        A state that does not belong to the browser's token ends nothing: nobody can end the sign-in of another.
        """
        if not compare_digest(self._attempt(token, "", at).state.encode(), state.encode("utf-8", "surrogatepass")):
            return None
        with self._database.writing() as opened:
            row = opened.execute(
                "DELETE FROM begun WHERE token = ? RETURNING back, ends", (self._digest(token),)
            ).fetchone()
        return (
            self._attempt(token, row[0], at)
            if row and 0 < row[1] - self._database.now() <= MINUTES * 60 + SKEW
            else None
        )

    def now(self) -> int:
        """The time by the clock of the accounts, in whole seconds since 1970."""
        return self._database.now()

    def _attempt(self, token: str, back: str, at: int) -> Attempt:
        where = "" if at == 1 else f" {at}"
        names = (f"begun {what}{where}" for what in ("state", "nonce", "verifier"))
        state, nonce, verifier = (self._keys.digest(name, token) for name in names)
        return Attempt(token, back, state, nonce, verifier)

    def _digest(self, token: str) -> str:
        return self._keys.digest("begun", token)
