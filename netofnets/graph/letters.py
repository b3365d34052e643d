"""How alike texts are in their letters: the cosine of character n-grams (TF-IDF), through those that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.arrow_files import in_one
from netofnets.graph.sorted_texts import SortedTexts

__all__ = ["Letters", "grams_in"]

_COLUMNS = ("gram", "weight", "texts", "cosines", "rows")
_LENGTHS = (2, 3, 4)  # letters in an n-gram
_AT_ONCE = 65_536  # texts that are taken apart at a time


@dataclass(frozen=True)
class Letters:
    """Texts by character n-grams, rows of length 1, column by column: a question touches those that it has."""

    grams: SortedTexts
    weights: npt.NDArray[np.float32]  # inverse document frequency of each n-gram
    by_gram: sp.csc_array

    @classmethod
    def of(cls, told: pa.Array | Sequence[str]) -> Letters:
        """The index of texts: counts x (ln((1 + texts) / (1 + texts with it)) + 1), each row of length 1.

        As the ``TfidfVectorizer`` of scikit-learn has it ("char_wb", 2 to 4 letters), many texts in one array.
        """
        texts = told if isinstance(told, pa.Array) else pa.array(told, pa.string())
        rows = len(texts)
        letters = _Alphabet.of(texts)
        parts = [letters.grams(texts.slice(begin, _AT_ONCE)) for begin in range(0, rows, _AT_ONCE)]
        keys = np.unique(np.concatenate([np.zeros(0, np.uint64), *(np.unique(part) for part, _ in parts)]))
        counted = [sp.csr_array((0, len(keys)), dtype=np.float32)]
        while parts:
            part, lengths = parts.pop(0)
            ends = np.concatenate([[0], np.cumsum(lengths)])
            at = np.searchsorted(keys, part).astype(np.int32)
            counts = sp.csr_array((np.ones(len(at), np.float32), at, ends), shape=(len(lengths), len(keys)))
            counts.sum_duplicates()
            counted.append(counts)
        matrix = sp.csr_array(sp.vstack(counted, format="csr"))
        idf = np.log((1.0 + rows) / (1.0 + np.bincount(matrix.indices, minlength=len(keys)))) + 1.0
        matrix.data *= idf.astype(np.float32)[matrix.indices]
        of = np.repeat(np.arange(rows), np.diff(matrix.indptr))
        norm = np.sqrt(np.bincount(of, matrix.data.astype(np.float64) ** 2, rows))
        matrix.data /= norm.astype(np.float32)[of]
        return cls(SortedTexts(letters.spelled(keys)), idf.astype(np.float32), sp.csc_array(matrix.tocsc()))

    @classmethod
    def of_table(cls, table: pa.Table) -> Letters:
        """What :meth:`as_table` gave."""
        grams, weights, texts, cosines, rows = (in_one(table[name]) for name in _COLUMNS)
        shape = (rows[0].as_py() if len(rows) else 0, len(grams))
        parts = (cosines.values.to_numpy(), texts.values.to_numpy(), texts.offsets.to_numpy())
        by_gram = sp.csc_array(parts, shape=shape) if len(grams) else sp.csc_array(shape, dtype=np.float32)
        return cls(SortedTexts(grams), weights.to_numpy(), by_gram)

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
        counts = Counter(at for gram in grams_in(text) if (at := self.grams.place(gram)) >= 0)
        if not counts:
            return found
        columns = np.fromiter(counts, dtype=np.int64)
        asked = np.fromiter(counts.values(), dtype=np.float32) * self.weights[columns]
        asked /= np.linalg.norm(asked)
        for column, value in zip(columns.tolist(), asked, strict=True):
            low, high = self.by_gram.indptr[column], self.by_gram.indptr[column + 1]
            found[self.by_gram.indices[low:high]] += value * self.by_gram.data[low:high]
        return found


def grams_in(text: str) -> list[str]:
    """The n-grams of the words of a text, each with a blank on both sides; as often as they are in it."""
    padded = [f" {word} " for word in text.split()]
    return [word[at : at + n] for word in padded for n in _LENGTHS for at in range(len(word) - n + 1)]


@dataclass(frozen=True)
class _Alphabet:
    """The letters of some texts, a blank among them, by code point; an n-gram is one number with a digit for each."""

    letters: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, texts: pa.Array) -> _Alphabet:
        seen = [_points(" ")]
        for begin in range(0, len(texts), _AT_ONCE):
            seen.append(np.unique(_points(_together(texts.slice(begin, _AT_ONCE)))))
        return cls(np.unique(np.concatenate(seen)))

    def grams(self, texts: pa.Array) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
        """The n-grams of texts, text by text, and how many each has."""
        lists = pc.utf8_split_whitespace(texts)
        told, text = lists.flatten(), np.asarray(pc.list_parent_indices(lists))
        there = pc.not_equal(told, "")
        told, text = told.filter(there), text[np.asarray(there)]
        padded = pc.binary_join_element_wise("", told, "", " ")  # a blank on both sides
        lengths = np.asarray(pc.utf8_length(padded), dtype=np.int64)
        digits = np.searchsorted(self.letters, _points(_together(padded))).astype(np.uint64) + 1
        base, ends = np.uint64(len(self.letters) + 1), np.repeat(np.cumsum(lengths), lengths)
        place, keys, of = np.arange(len(digits)), [], []
        for n in _LENGTHS:
            at = place[place + n <= ends]
            key = np.zeros(len(at), dtype=np.uint64)
            for step in range(max(_LENGTHS)):
                key = key * base + (digits[at + step] if step < n else np.uint64(0))
            keys.append(key)
            of.append(np.repeat(text, np.maximum(lengths - n + 1, 0)))
        texts_of = np.concatenate(of)
        order = np.argsort(texts_of, kind="stable")
        return np.concatenate(keys)[order], np.bincount(texts_of, minlength=len(texts)).astype(np.int64)

    def spelled(self, keys: npt.NDArray[np.uint64]) -> pa.Array:
        """These n-grams as texts."""
        base, digits = np.uint64(len(self.letters) + 1), []
        for _ in range(max(_LENGTHS)):
            digits.append((keys % base).astype(np.int64))
            keys = keys // base
        letters = np.concatenate([[""], [chr(one) for one in self.letters.tolist()]]).astype("U1")
        columns = [letters[digit] for digit in reversed(digits)]
        return pa.array(["".join(parts) for parts in zip(*columns, strict=True)], pa.string())


def _together(texts: pa.Array) -> str:
    """All texts in one, without a Python object for each."""
    _, offsets, letters = texts.buffers()
    if not len(texts) or letters is None:
        return ""
    ends = np.frombuffer(offsets, dtype=np.int32)
    return bytes(letters[ends[texts.offset] : ends[texts.offset + len(texts)]]).decode()


def _points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
