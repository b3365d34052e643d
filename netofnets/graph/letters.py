"""How alike texts are in their letters: the cosine of character n-grams (TF-IDF), through those that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.graph.sorted_texts import SortedTexts

__all__ = ["Letters"]

_COLUMNS = ("gram", "weight", "texts", "cosines", "rows")
_LONGEST = (2, 4)  # letters in an n-gram; words are looked at one by one, with a blank on each side


@dataclass(frozen=True)
class Letters:
    """Texts by character n-grams, rows of length 1, column by column: a question touches those that it has."""

    grams: SortedTexts
    weights: npt.NDArray[np.float32]  # inverse document frequency of each n-gram
    by_gram: sp.csc_array
    analyze: Callable[[str], list[str]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Letters:
        """The index of ``texts``."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        made = TfidfVectorizer(analyzer="char_wb", ngram_range=_LONGEST, dtype=np.float32, lowercase=False)
        if not texts:
            none = np.zeros(0, np.float32), sp.csc_array((0, 0), dtype=np.float32)
            return cls(SortedTexts.of(()), *none, made.build_analyzer())
        matrix = sp.csc_array(made.fit_transform(texts))  # columns by n-gram, in order
        return cls(SortedTexts.of(made.vocabulary_), made.idf_.astype(np.float32), matrix, made.build_analyzer())

    @classmethod
    def of_table(cls, table: pa.Table) -> Letters:
        """What :meth:`as_table` gave."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        grams, weights, texts, cosines, rows = (table[name].combine_chunks() for name in _COLUMNS)
        analyze = TfidfVectorizer(analyzer="char_wb", ngram_range=_LONGEST, lowercase=False).build_analyzer()
        shape = (rows[0].as_py() if len(rows) else 0, len(grams))
        parts = (cosines.values.to_numpy(), texts.values.to_numpy(), texts.offsets.to_numpy())
        by_gram = sp.csc_array(parts, shape=shape) if len(grams) else sp.csc_array(shape, dtype=np.float32)
        return cls(SortedTexts(grams), weights.to_numpy(), by_gram, analyze)

    def as_table(self) -> pa.Table:
        """A row for each n-gram: its weight, the texts that have it, and how much of each it makes up."""
        offsets = pa.array(self.by_gram.indptr, pa.int32())
        texts = pa.ListArray.from_arrays(offsets, pa.array(self.by_gram.indices, pa.int32()))
        cosines = pa.ListArray.from_arrays(offsets, pa.array(self.by_gram.data, pa.float32()))
        rows = pa.array([self.by_gram.shape[0]] * len(self.grams), pa.int64())
        columns = (self.grams.column, pa.array(self.weights, pa.float32()), texts, cosines, rows)
        return pa.table(dict(zip(_COLUMNS, columns, strict=True)))

    def likeness(self, text: str) -> npt.NDArray[np.float32]:
        """Cosine with each text, shape (texts,); the transform of scikit-learn costs more than all that follows it."""
        found = np.zeros(self.by_gram.shape[0], dtype=np.float32)
        counts = Counter(at for gram in self.analyze(text) if (at := self.grams.place(gram)) >= 0)
        if not counts:
            return found
        columns = np.fromiter(counts, dtype=np.int64)
        asked = np.fromiter(counts.values(), dtype=np.float32) * self.weights[columns]
        asked /= np.linalg.norm(asked)
        for column, value in zip(columns.tolist(), asked, strict=True):
            low, high = self.by_gram.indptr[column], self.by_gram.indptr[column + 1]
            found[self.by_gram.indices[low:high]] += value * self.by_gram.data[low:high]
        return found
