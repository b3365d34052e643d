"""Where claims were read, when the name of the file is somebody's name: an erasure takes that along, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from netofnets.schema.identifiers import fold
from netofnets.schema.records import Claim

__all__ = ["UNNAMED", "named_after", "unnamed"]

UNNAMED = "(erased)"
"""What stands for a file, and its sheet, that was called by the name of somebody who was erased."""

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6  # letters of a name that may stand in a file's name without blanks


def unnamed(claims: Iterable[Claim], names: Sequence[str]) -> Iterator[Claim]:
    """The claims that were read from files called by one of these names, without the file's name; the row stays."""
    told: dict[str, bool] = {}
    for claim in claims:
        file, colon, row = claim.origin.rpartition(":")
        if not colon:
            file, row = claim.origin, ""
        if file not in told:
            told[file] = any(named_after(file, name) for name in names)
        if told[file]:
            yield replace(claim, origin=f"{UNNAMED}{colon}{row}")


def named_after(file: str, name: str) -> bool:
    """Whether the name of a file, or of its sheet, has all words of somebody's name, in any order, or run together."""
    own, words = _words(file), _words(name)
    if not words or set(words) <= set(own):
        return bool(words)
    together = ("".join(words), "".join(reversed(words)))
    return any(len(text) >= _SHORTEST and text in "".join(own) for text in together)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
