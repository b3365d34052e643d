"""Articles that say nearly the same: the share of the shorter one's word shingles that the other has, too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from netofnets.schema.identifiers import fold

__all__ = ["NEARLY", "Likeness", "contained", "likenesses", "sketch"]

_SHINGLE = 5  # words
_ONE_IN = 4  # of the shingles a fixed quarter is kept, the same of every text
NEARLY = 0.8
"""Share from which two articles are called nearly the same."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """``file`` says nearly what ``other`` says: the ``share`` of the shorter one that stands in both."""

    file: str
    other: str
    share: float


def sketch(text: str) -> tuple[str, ...]:
    """Hashes of a fixed share of the five-word shingles of a text, sorted.

    The method is FracMinHash (Irber et al. 2022, doi:10.1101/2022.01.11.475838): the same hashes are kept of every
    text, so that how far a short text lies within a long one can be estimated, which MinHash of equal size cannot.
    """
    words = _WORD.findall(fold(text))
    hashes = set()
    for at in range(max(len(words) - _SHINGLE + 1, min(len(words), 1))):
        digest = hashlib.blake2b(" ".join(words[at : at + _SHINGLE]).encode(), digest_size=6).hexdigest()
        if int(digest[:4], 16) % _ONE_IN == 0:
            hashes.add(digest)
    return tuple(sorted(hashes))


def contained(left: Sequence[str], right: Sequence[str]) -> float:
    """The share (0 to 1) of the smaller sketch that the other has; 0 when one is empty."""
    one, other = set(left), set(right)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def likenesses(
    own: Sequence[tuple[str, Sequence[str]]], others: Sequence[tuple[str, Sequence[str]]]
) -> tuple[Likeness, ...]:
    """Who of ``own`` is nearly the same as one before it, or as one of ``others`` of another name."""
    found = []
    for at, (name, hashes) in enumerate(own):
        for other, its in (*others, *own[:at]):
            if other != name and (share := contained(hashes, its)) >= NEARLY:
                found.append(Likeness(name, other, round(share, 3)))
    return tuple(found)
