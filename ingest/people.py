"""Telling people apart inside one source when it gives no ids: by address, else by name and school."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from netofnets.resolution.normalise import is_role_mailbox
from netofnets.schema.identifiers import fold

__all__ = ["DERIVED", "People", "by_name", "by_name_and_issuer"]

DERIVED = " "
"""Local ids that we derive begin with a blank, which no given id can (ids are trimmed)."""


def by_name(name: str) -> str:
    """The local id of a thing that is known by its name."""
    return f"{DERIVED}name:{fold(name)}"


def by_name_and_issuer(name: str, issuer: str) -> str:
    """The local id of a credential: its name as it is written, so that one person's spelling renames no other's."""
    return f"{DERIVED}name:{name}|{fold(issuer)}"


class People:
    """All people of a batch that come without ids; two passes, so that the order of rows does not matter."""

    def __init__(self) -> None:
        # By a digest of name and school: the address, empty for none; several are no address of anybody.
        self._address: dict[bytes, str] = {}

    def add(self, email: str, name: str, school: str) -> None:
        """First pass: note a row."""
        person = _digest(name, school)
        known = self._address.setdefault(person, "")
        if email and not is_role_mailbox(email) and email != known:
            self._address[person] = _SEVERAL if known else email

    def ambiguous(self, email: str, name: str, school: str) -> bool:
        """Whether the same name at the same school stands there with several addresses: one person, or two?"""
        return bool(name and school) and self._address.get(_digest(name, school)) == _SEVERAL

    def local_id(self, email: str, name: str, school: str) -> str:
        """Second pass: the person's id. A row without address belongs to one of that name and school that has one."""
        if not email or is_role_mailbox(email):
            known = self._address.get(_digest(name, school), "")
            email = "" if known == _SEVERAL else known
        if email:
            return f"{DERIVED}email:{email.casefold()}"
        return f"{DERIVED}name:{_folded(name)}|{_folded(school)}"


_SEVERAL = " "
_folded = lru_cache(maxsize=16_384)(fold)


def _digest(name: str, school: str) -> bytes:
    return blake2b(repr((_folded(name), _folded(school))).encode(), digest_size=16).digest()
