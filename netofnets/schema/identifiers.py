"""Stable ids: a digest of what a source calls a thing, never of where it happened to be stored."""

from __future__ import annotations

import hashlib
import unicodedata

from netofnets.schema.kinds import NODE_KINDS, node_kind

__all__ = ["INTEREST_NAMESPACE", "fold", "kind_of", "proposal_id", "record_id", "relationship_id"]

INTEREST_NAMESPACE = "interest"
"""Interests are one vocabulary for all sources."""

_BYTES = 10  # 80 bits: at 60 million people a chance of one collision in about 700 million
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # base 32 of RFC 4648, in small letters
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_SHIFTS = range(8 * _BYTES - 10, -1, -10)
_KINDS = {kind.label[0].lower(): kind.name for kind in NODE_KINDS}


def _digest(*parts: str) -> str:
    # Length-prefixed parts: ("ab", "c") and ("a", "bc") must differ.
    text = "".join([f"{len(part)}:{part}" for part in parts])
    raw = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BYTES).digest(), "big")
    # Base 32, ten bits at a time: a load makes millions of ids, and this takes a third of base64.b32encode's time.
    return "".join([_PAIRS[raw >> shift & 1023] for shift in _SHIFTS])


def record_id(kind: str, namespace: str, local_id: str) -> str:
    """The id of a source's record of a node: 17 characters, first letter of the label, then base 32.

    ``namespace`` is the source's name unless its mapping says that it shares ids with others.
    """
    return node_kind(kind).label[0].lower() + _digest(kind, namespace, unicodedata.normalize("NFC", local_id))


def kind_of(record: str) -> str:
    """The kind of node that a record's id is of, by its first letter; empty for what is no such id."""
    return _KINDS.get(record[:1], "")


def relationship_id(kind: str, source: str, target: str, distinguishing: tuple[str, ...] = ()) -> str:
    """The id of a relationship between two ids; ``distinguishing`` values in the order of the schema."""
    return "r" + _digest(kind, source, target, *distinguishing)


def proposal_id(*parts: str) -> str:
    """The id of a proposal, or of an article that proposals come from: no record has its first letter."""
    return "p" + _digest(*parts)


# Letters that Unicode does not take apart, and what people type instead of them.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})


def fold(text: str) -> str:
    """Casefolded text without accents and with single blanks: what two spellings of one word share."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
