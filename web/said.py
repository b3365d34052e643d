"""What a form has to say on the page that it leads to."""

from __future__ import annotations

import re
import secrets

from web.shared_memory import SharedMemory

__all__ = ["Said"]

_WAITING = 64  # sentences kept for redirects that have not been followed yet
_PLACE = 4096  # bytes for a token and its sentence
_TOKEN = re.compile(r"[\w-]{12}", re.ASCII)


class Said:
    """Sentences for the page after a form: each is shown once, to whoever holds the token that the redirect carries.

    Neither names nor sentences stand in an address or a cookie. All processes that serve the map have them in common.
    """

    def __init__(self) -> None:
        self._common = SharedMemory(_WAITING * _PLACE)
        self._next = SharedMemory(8)

    def keep(self, sentence: str) -> str:
        """Keep a sentence; returns its token."""
        token = secrets.token_urlsafe(9)
        with self._next.alone():
            number = int.from_bytes(self._next.bytes[:8], "little")
            self._next.bytes[:8] = (number + 1).to_bytes(8, "little")
        with self._common.alone():
            self._put(number % _WAITING, token.encode() + _cut(sentence))
        return token

    def take(self, token: str) -> str:
        """The sentence of a token, for the last time; empty when there is none."""
        if not _TOKEN.fullmatch(token):
            return ""
        with self._common.alone():
            for at in range(_WAITING):
                found = self._common.bytes[at * _PLACE : (at + 1) * _PLACE]
                if secrets.compare_digest(found[:12], token.encode()):
                    self._put(at, b"")
                    return found[12:].rstrip(b"\0").decode()
        return ""

    def _put(self, at: int, what: bytes) -> None:
        self._common.bytes[at * _PLACE : (at + 1) * _PLACE] = what.ljust(_PLACE, b"\0")


def _cut(sentence: str) -> bytes:
    """As much of it as there is room for, without half a letter at its end."""
    return sentence.replace("\0", "").encode()[: _PLACE - 12].decode(errors="ignore").encode()
