"""What is left of somebody who was erased: keyed hashes that know the person again, and tell nobody who it was."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from netofnets.schema.identifiers import fold

__all__ = ["ADDRESS", "NAME", "RECORD", "Marks", "Tombstone"]

RECORD, ADDRESS, NAME = "record", "address", "name"
"""What a mark is of: an id that a source gave, an email address, or a name with an organization.

The first two mean one person. A name is another person's too, so it leaves a row to be decided about, never out.
"""

_FINGERPRINT = 16  # hexadecimal digits that tell keys apart


@dataclass(frozen=True, slots=True, order=True)
class Tombstone:
    """One mark of somebody who was erased; those of one erasure share ``person``, which is a mark, too."""

    mark: str  # HMAC-SHA-256, 64 hexadecimal digits
    kind: str  # RECORD, ADDRESS or NAME
    person: str
    key: str  # tells which key the mark was made with


class Marks:
    """The marks that one key makes (HMAC-SHA-256, RFC 2104): without the key no guess of a name can be tried."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.key = self._of("key")[:_FINGERPRINT]

    def record(self, record: str) -> str:
        """The mark of a record's id, which itself is a digest of the source and the id that it gives."""
        return self._of(RECORD, record)

    def address(self, email: str) -> str:
        """The mark of an email address, in capital or small letters."""
        return self._of(ADDRESS, email.strip().casefold())

    def name(self, name: str, organization: str = "") -> str:
        """The mark of a name at an organization, without case and accents, the words of the name in any order."""
        return self._of(NAME, " ".join(sorted(fold(name.replace(",", " ")).split())), fold(organization))

    def of(self, kind: str, mark: str, person: str) -> Tombstone:
        """A tombstone under this key; ``person`` is any text that those of one erasure share."""
        return Tombstone(mark, kind, self._of("person", person), self.key)

    def _of(self, *parts: str) -> str:
        text = "".join([f"{len(part)}:{part}" for part in parts])
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
