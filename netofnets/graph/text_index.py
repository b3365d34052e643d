"""The text index of an edition: which nodes have which words, written at publication and mapped by all who search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.graph.folders import linked
from netofnets.graph.letters import Letters
from netofnets.graph.published import Published, read_table, write_table
from netofnets.graph.seal import Seals, check_seals, checksum
from netofnets.graph.sorted_texts import SortedTexts
from netofnets.graph.vocabulary import Vocabulary, words_in
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

    @classmethod
    def of_column(cls, column: pa.ChunkedArray) -> Places:
        """Of a column of lists, one for each word."""
        lists = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
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
        told = {(kind, field): _Told.of(nodes[kind][field]) for kind, fields in FIELDS.items() for field in fields}
        vocabulary = Vocabulary.of([word for one in told.values() for words in one.words for word in words])
        numbers = {word: number for number, word in enumerate(vocabulary.words)}
        return cls(vocabulary, {key: one.places(numbers) for key, one in told.items()})

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
        return cls(Vocabulary(SortedTexts(words["word"].combine_chunks()), Letters.of_table(letters)), fields)

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
    """A field: the words of each distinct value, and which value each node has (-1: none)."""

    words: list[list[str]]
    values: npt.NDArray[np.int64]

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> _Told:
        """Of a column of texts or lists of texts."""
        if pa.types.is_list(column.type):
            told = [" ".join(several) if several else None for several in column.to_pylist()]
            column = pa.chunked_array([pa.array(told, pa.string())])
        coded = column.combine_chunks().dictionary_encode()
        values = np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
        return cls([words_in(text) for text in coded.dictionary.to_pylist()], values)

    def places(self, numbers: Mapping[str, int]) -> Places:
        """Where each of the numbered words stands."""
        lists = [np.unique([numbers[word] for word in words]).astype(np.int64) for words in self.words]
        lengths = np.array([*map(len, lists), 0], dtype=np.int64)  # the last one is for -1
        start = np.cumsum(lengths) - lengths
        every = np.concatenate([*lists, np.empty(0, dtype=np.int64)])
        each = lengths[self.values]
        nodes = np.repeat(np.arange(len(self.values)), each)
        step = np.arange(len(nodes)) - np.repeat(np.cumsum(each) - each, each)
        words = every[np.repeat(start[self.values], each) + step]
        order = np.lexsort((nodes, words))
        indptr = np.searchsorted(words[order], np.arange(len(numbers) + 1))
        return Places(indptr.astype(np.int32), nodes[order].astype(np.int32))
