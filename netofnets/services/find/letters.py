"""How alike texts are in their letters: the cosine of character n-grams (TF-IDF), through those that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["Letters"]

_LONGEST = (2, 4)  # letters in an n-gram; words are looked at one by one, with a blank on each side


@dataclass(frozen=True)
class Letters:
    """Texts by character n-grams, rows of length 1, column by column: a question touches those that it has."""

    grams: dict[str, int]
    weights: npt.NDArray[np.float32]  # inverse document frequency of each n-gram
    by_gram: sp.csc_array
    analyze: Callable[[str], list[str]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Letters:
        """The index of ``texts``."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        made = TfidfVectorizer(analyzer="char_wb", ngram_range=_LONGEST, dtype=np.float32, lowercase=False)
        if not texts:
            return cls({}, np.zeros(0, np.float32), sp.csc_array((0, 0), dtype=np.float32), made.build_analyzer())
        matrix = sp.csc_array(made.fit_transform(texts))
        return cls(made.vocabulary_, made.idf_.astype(np.float32), matrix, made.build_analyzer())

    def likeness(self, text: str) -> npt.NDArray[np.float32]:
        """Cosine with each text, shape (texts,); the transform of scikit-learn costs more than all that follows it."""
        found = np.zeros(self.by_gram.shape[0], dtype=np.float32)
        counts = Counter(self.grams[gram] for gram in self.analyze(text) if gram in self.grams)
        if not counts:
            return found
        columns = np.fromiter(counts, dtype=np.int64)
        asked = np.fromiter(counts.values(), dtype=np.float32) * self.weights[columns]
        asked /= np.linalg.norm(asked)
        for column, value in zip(columns.tolist(), asked, strict=True):
            low, high = self.by_gram.indptr[column], self.by_gram.indptr[column + 1]
            found[self.by_gram.indices[low:high]] += value * self.by_gram.data[low:high]
        return found
