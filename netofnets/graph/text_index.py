"""The text index of an edition: which nodes have which words, written at publication and mapped by all who search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.arrow_files import in_one, read_table, write_table
from netofnets.graph.folders import linked
from netofnets.graph.letters import Letters
from netofnets.graph.published import Published
from netofnets.graph.seal import Seals, check_seals, checksum
from netofnets.graph.sorted_texts import SortedTexts
from netofnets.graph.vocabulary import Vocabulary, words_of
from netofnets.schema.kinds import NODE_KINDS

__all__ = ["FIELDS", "FOLDER", "Places", "TextIndex", "write_text_index"]

FOLDER = "index"
_WORDS, _LETTERS = f"{FOLDER}/words.arrow", f"{FOLDER}/letters.arrow"

# Fields of each kind that are searched, and how much a word found there counts: as the schema declares them.
FIELDS: dict[str, dict[str, float]] = {
    kind.name: {p.name: p.searched for p in kind.properties if p.searched} for kind in NODE_KINDS
}

_Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each word stands: ``indices[indptr[word]:indptr[word + 1]]`` are positions of nodes, in order."""

    indptr: _Ints
    indices: _Ints

    def has(self, word: int, node: int) -> bool:
        """Whether a node has a word: looked up by halves, as a word may stand with everybody."""
        own = self.indices[self.indptr[word] : self.indptr[word + 1]]
        at = int(own.searchsorted(own.dtype.type(node)))
        return at < len(own) and int(own[at]) == node

    @classmethod
    def of_column(cls, column: pa.ChunkedArray) -> Places:
        """Of a column of lists, one for each word."""
        lists = in_one(column)
        return cls(np.asarray(lists.offsets.to_numpy()), np.asarray(lists.values.to_numpy()))

    def as_column(self) -> pa.ListArray:
        """The same as a column."""
        return pa.ListArray.from_arrays(pa.array(self.indptr, pa.int32()), pa.array(self.indices, pa.int32()))


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The vocabulary and, for each (kind, field), where its words stand."""

    vocabulary: Vocabulary
    fields: dict[tuple[str, str], Places]

    @classmethod
    def build(cls, nodes: Mapping[str, pa.Table]) -> TextIndex:
        """The index of the tables of nodes."""
        told = {(k, field): _Told.of_column(nodes[k][field]) for k, own in FIELDS.items() for field in own}
        vocabulary = Vocabulary.of(pa.chunked_array([one.words for one in told.values()], pa.string()))
        return cls(vocabulary, {key: one.places(vocabulary.words.column) for key, one in told.items()})

    @classmethod
    def published(cls, folder: Path, seals: Seals, nodes: Mapping[str, pa.Table]) -> TextIndex:
        """The index of the edition in ``folder``; built from its ``nodes`` where an older version published it."""
        if _WORDS not in seals:
            return cls.build(nodes)
        check_seals(folder, seals, (_WORDS, _LETTERS))
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> TextIndex:
        """Map what :meth:`write` wrote below the folder of an edition."""
        words, letters = read_table(folder / _WORDS), read_table(folder / _LETTERS)
        fields = {(k, field): Places.of_column(words[f"{k}.{field}"]) for k, own in FIELDS.items() for field in own}
        return cls(Vocabulary(SortedTexts(in_one(words["word"])), Letters.of_table(letters)), fields)

    def write(self, folder: Path) -> None:
        """Write it below the folder of an edition: a table of words, and one of n-grams of letters."""
        columns = {f"{kind}.{field}": places.as_column() for (kind, field), places in self.fields.items()}
        write_table(pa.table({"word": self.vocabulary.words.column, **columns}), folder / _WORDS)
        write_table(self.vocabulary.letters.as_table(), folder / _LETTERS)


def write_text_index(folder: Path, name: str, last: Published | None) -> None:
    """Write the index of the edition ``name`` in ``folder``; that of the last publication serves if its nodes do."""
    files = [f"facts/{kind}.arrow" for kind in FIELDS]
    seals = last.manifest["editions"].get(name, {}).get("files", {}) if last else {}
    if last and _WORDS in seals and all(seals.get(file) == checksum(folder / file) for file in files):
        (folder / FOLDER).mkdir(exist_ok=True)
        for file in (_WORDS, _LETTERS):
            linked(str(last.folder / name / file), str(folder / file))
        return
    TextIndex.build({kind: read_table(folder / f"facts/{kind}.arrow") for kind in FIELDS}).write(folder)


@dataclass(frozen=True, slots=True)
class _Told:
    """A field: the words of its distinct values, of which value each word is, and which value each node has.

    A node without a value has the one beyond the last.
    """

    words: pa.Array
    of: npt.NDArray[np.int64]
    values: npt.NDArray[np.int64]

    @classmethod
    def of_column(cls, column: pa.ChunkedArray) -> _Told:
        """Of a column of texts or lists of texts."""
        if pa.types.is_list(column.type):
            told = [" ".join(several) if several else None for several in column.to_pylist()]
            column = pa.chunked_array([pa.array(told, pa.string())])
        coded = in_one(column).dictionary_encode()
        values = coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False)
        return cls(*words_of(coded.dictionary), np.asarray(values, dtype=np.int64))

    def places(self, vocabulary: pa.Array) -> Places:
        """Where each word of the vocabulary stands."""
        numbers = pc.index_in(self.words, value_set=vocabulary).to_numpy(zero_copy_only=False)
        shape = (max(self.values.max(initial=-1), self.of.max(initial=-1)) + 1, len(vocabulary))
        has = sp.csr_array((np.ones(len(numbers), dtype=np.int8), (self.of, numbers)), shape=shape)
        nodes = sp.csr_array(has[self.values])
        nodes.sum_duplicates()
        found = sp.csc_array(nodes.tocsc())
        return Places(found.indptr.astype(np.int32), found.indices.astype(np.int32))
