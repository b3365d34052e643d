"""The words of an edition: which of them a word in a question may mean, forgiving accents and small slips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.letters import Letters
from netofnets.graph.sorted_texts import SortedTexts
from netofnets.schema.identifiers import fold

__all__ = ["Vocabulary", "distance", "words_in"]

_WORD = re.compile(r"\w+")
# Letters that carry no separate accent, so that folding leaves them as they are.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_NEAREST = 40  # candidates that are looked at letter by letter
_ALIKE = 0.45  # cosine from which words are taken for forms of one another, such as library and libraries
_PREFIX = 3  # letters that a beginning of a word must have


def words_in(text: str) -> list[str]:
    """The words of a text, without case and accents, in their order."""
    return _WORD.findall(fold(text).translate(_LETTERS))


def words_of(texts: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """The words of many texts (:func:`words_in`), one after the other, and the place of the text that each is of.

    Texts of plain letters are taken apart without a Python object for each.
    """
    plain = np.asarray(pc.string_is_ascii(texts).to_numpy(zero_copy_only=False), dtype=bool)
    lists = pc.split_pattern_regex(pc.ascii_lower(texts.filter(pa.array(plain))), pattern=r"[^0-9a-z_]+")
    of = np.flatnonzero(plain)[np.asarray(pc.list_parent_indices(lists))]
    words = lists.flatten()
    there = pc.not_equal(words, "")
    others = np.flatnonzero(~plain)
    told = [words_in(text) for text in texts.take(pa.array(others)).to_pylist()]
    of_others = np.repeat(others, [len(one) for one in told])
    spelled = pa.array([word for one in told for word in one], pa.string())
    return pa.concat_arrays([words.filter(there), spelled]), np.concatenate([of[np.asarray(there)], of_others])


def named_so(name: str, asked: Sequence[str]) -> bool:
    """Whether each of these words is one of a name, or the beginning of one."""
    words = words_in(name)
    return all(any(word.startswith(part) for word in words) for part in asked)


@dataclass(frozen=True)
class Vocabulary:
    """Distinct words, sorted, with their character n-grams."""

    words: SortedTexts
    letters: Letters

    @classmethod
    def of(cls, words: pa.ChunkedArray) -> Vocabulary:
        """The vocabulary of ``words`` (repetitions count once)."""
        distinct = pc.unique(words)
        column = distinct.take(pc.sort_indices(distinct))
        return cls(SortedTexts(column), Letters.of(column))

    def like(self, word: str, slips: bool = True) -> dict[int, float]:
        """Words that ``word`` may mean: itself 1, words that begin with it 0.9, slips 0.7 or 0.6, other forms 0.5.

        A slip begins with the same letter. A word that is here, or known to mean something (``slips`` is False), is
        none: what else is spelled much like it is something else.
        """
        here = self.words.place(word)
        found = {here: 1.0} if here >= 0 else {}
        if len(word) >= _PREFIX:
            for at in self._beginning_with(word):
                found.setdefault(at, 0.9)
            for at, likeness in self._others(word, slips and here < 0):
                found.setdefault(at, likeness)
        return found

    def _beginning_with(self, word: str) -> range:
        return range(bisect_left(self.words, word), bisect_left(self.words, word + "\U0010ffff"))

    def _others(self, word: str, slips: bool) -> list[tuple[int, float]]:
        if len(word) <= _PREFIX:
            return []
        likeness = self.letters.likeness(word)
        near = np.flatnonzero(likeness)
        nearest = near[np.argsort(-likeness[near], kind="stable")][:_NEAREST]
        allowed = 1 if len(word) <= 5 else 2
        found = []
        for at in nearest.tolist():
            other = self.words[at]
            if likeness[at] >= _ALIKE and _same_stem(word, other):
                found.append((at, 0.5))
            elif slips and other[0] == word[0]:
                count = distance(word, other)
                found += [(at, 0.8 - 0.1 * count)] if 0 < count <= allowed else []
        return found


def _same_stem(left: str, right: str) -> bool:
    """Whether two words are forms of one another as far as their beginnings tell: library and libraries."""
    least = max(4, 2 * max(len(left), len(right)) // 3)
    return left[:least] == right[:least]


def distance(left: str, right: str) -> int:
    """Slips between two words: letters put in, left out, changed, or swapped with their neighbour.

    The optimal string alignment distance (a restricted Damerau-Levenshtein distance).
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        line = [i]
        for j, b in enumerate(right, 1):
            best = min(row[j] + 1, line[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            line.append(best)
        before, row = row, line
    return row[-1]
