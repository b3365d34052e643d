"""The secret of a shared map, and the keyed digests that tokens are kept under."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import suppress

from netofnets.errors import SettingsError

__all__ = ["BYTES", "Keys", "read_secret"]

BYTES = 32
"""Bytes of the secret (at least) and of every token: nobody guesses 256 bits."""


def read_secret(text: str) -> bytes:
    """The secret that a setting holds, in hexadecimal or base64; :class:`SettingsError` when it is too short."""
    for found in _decoded(text.strip()):
        if len(found) >= BYTES and len(set(found)) > BYTES // 4:
            return found
    raise SettingsError(
        f"the secret must be {BYTES} random bytes or more in hexadecimal or base64; openssl rand -hex {BYTES} makes one"
    )


def _decoded(text: str) -> Iterator[bytes]:
    with suppress(ValueError):
        yield bytes.fromhex(text)
    with suppress(ValueError):  # binascii.Error is one
        plain = text.replace("-", "+").replace("_", "/")
        yield base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


class Keys:
    """Tokens, and digests of them: a stolen database holds nothing that opens a session."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self) -> str:
        """A new random token, to be given away once."""
        return secrets.token_urlsafe(BYTES)

    def digest(self, purpose: str, token: str) -> str:
        """What is kept of a token (HMAC-SHA-256); another purpose gives another digest."""
        told = f"{len(purpose)}:{purpose}{token}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, told, hashlib.sha256).hexdigest()
