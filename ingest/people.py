"""Telling people apart inside one source when it gives no ids: by address, else by name and school."""

from __future__ import annotations

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
        self._addresses: dict[tuple[str, str], set[str]] = {}
        self._folded: dict[str, str] = {}

    def add(self, email: str, name: str, school: str) -> None:
        """First pass: note a row."""
        addresses = self._addresses.setdefault(self._key(name, school), set())
        if email and not is_role_mailbox(email):
            addresses.add(email)

    def ambiguous(self, email: str, name: str, school: str) -> bool:
        """Whether the same name at the same school stands there with several addresses: one person, or two?"""
        return bool(name and school) and len(self._addresses.get(self._key(name, school), ())) > 1

    def local_id(self, email: str, name: str, school: str) -> str:
        """Second pass: the person's id. A row without address belongs to one of that name and school that has one."""
        key = self._key(name, school)
        if not email or is_role_mailbox(email):
            addresses = self._addresses.get(key, set())
            email = next(iter(addresses)) if len(addresses) == 1 else ""
        if email:
            return f"{DERIVED}email:{email.casefold()}"
        return f"{DERIVED}name:{key[0]}|{key[1]}"

    def _key(self, name: str, school: str) -> tuple[str, str]:
        return self._fold(name), self._fold(school)

    def _fold(self, text: str) -> str:
        found = self._folded.get(text)
        if found is None:
            found = self._folded[text] = fold(text)
        return found
