"""The words of an edition: which of them a word in a question may mean, forgiving accents and small slips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

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


@dataclass(frozen=True)
class Vocabulary:
    """Distinct words, sorted, with the matrix of their character n-grams (TF-IDF, rows of length 1)."""

    words: tuple[str, ...]
    position: dict[str, int]
    vectorizer: Any
    matrix: sp.csr_array | None

    @classmethod
    def of(cls, words: Sequence[str]) -> Vocabulary:
        """The vocabulary of ``words`` (repetitions count once)."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        distinct = tuple(sorted(set(words)))
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float32, lowercase=False)
        matrix = sp.csr_array(vectorizer.fit_transform(distinct)) if distinct else None
        return cls(distinct, {w: i for i, w in enumerate(distinct)}, vectorizer, matrix)

    def like(self, word: str) -> dict[int, float]:
        """Words that ``word`` may mean: itself 1, words that begin with it 0.9, slips 0.7 or 0.6, others alike 0.5."""
        found = {self.position[word]: 1.0} if word in self.position else {}
        if len(word) >= _PREFIX:
            for at in self._beginning_with(word):
                found.setdefault(at, 0.9)
            for at, likeness in self._slips(word):
                found.setdefault(at, likeness)
        return found

    def _beginning_with(self, word: str) -> range:
        return range(bisect_left(self.words, word), bisect_left(self.words, word + "\U0010ffff"))

    def _slips(self, word: str) -> list[tuple[int, float]]:
        if self.matrix is None or len(word) <= _PREFIX:
            return []
        likeness = self.matrix @ self.vectorizer.transform([word]).toarray()[0]
        nearest = np.argsort(-likeness, kind="stable")[:_NEAREST]
        allowed = 1 if len(word) <= 5 else 2
        near = [(int(at), distance(word, self.words[at])) for at in nearest if likeness[at] > 0]
        found = [(at, 0.8 - 0.1 * slips) for at, slips in near if 0 < slips <= allowed]
        return found + [(at, 0.5) for at, slips in near if slips > allowed and likeness[at] >= _ALIKE]


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
