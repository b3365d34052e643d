"""Which nodes a question's words point at: names, schools, own words and interests, as sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.schema.kinds import NODE_KINDS
from netofnets.services.find.meaning import LITTLE
from netofnets.services.find.thesaurus import is_known
from netofnets.services.find.vocabulary import Vocabulary, words_in
from netofnets.services.index import EditionIndex

__all__ = ["FIELDS", "NodeHits", "Question", "TextIndex", "question", "score_nodes", "text_index"]

Floats = npt.NDArray[np.float32]

# Fields of each kind that are searched, and how much a word found there counts: as the schema declares them.
FIELDS: dict[str, dict[str, float]] = {
    kind.name: {p.name: p.searched for p in kind.properties if p.searched} for kind in NODE_KINDS
}


@dataclass(frozen=True)
class TextIndex:
    """The vocabulary and, for each (kind, field), a matrix of nodes by words, by column."""

    vocabulary: Vocabulary
    fields: dict[tuple[str, str], sp.csc_array]


@dataclass(frozen=True)
class Question:
    """The words of a question, each with the words of the vocabulary that it may mean."""

    words: tuple[str, ...]
    likely: tuple[dict[int, float], ...]


@dataclass(frozen=True)
class NodeHits:
    """How well each node of a kind answers each word: shape (words, nodes), 0 where not at all."""

    by_word: Floats

    @property
    def matched(self) -> npt.NDArray[np.int64]:
        """How many words each node answers."""
        return np.asarray(np.count_nonzero(self.by_word, axis=0), dtype=np.int64)

    @cached_property
    def score(self) -> Floats:
        """Mean over the words, shape (nodes,)."""
        return np.asarray(self.by_word.mean(axis=0), dtype=np.float32)


def text_index(index: EditionIndex) -> TextIndex:
    """The text index of an edition, built on first use."""
    return index.once("text", lambda: _build(index))


def question(texts: TextIndex, text: str, most: int = 8) -> Question:
    """The first ``most`` distinct words of a text; little words are left out when there are others."""
    words = list(dict.fromkeys(words_in(text[:400])))
    telling = [w for w in words if w not in LITTLE] or words
    kept = tuple(telling[:most])
    return Question(kept, tuple(texts.vocabulary.like(w, slips=not is_known(w)) for w in kept))


def score_nodes(texts: TextIndex, asked: Question, kind: str, count: int) -> NodeHits:
    """How well the nodes of a kind (``count`` of them) answer each word by their own fields."""
    hits = np.zeros((len(asked.words), count), dtype=np.float32)
    for field, weight in FIELDS[kind].items():
        matrix = texts.fields[kind, field]
        for line, likely in zip(hits, asked.likely, strict=True):
            for word, likeness in likely.items():
                nodes = matrix.indices[matrix.indptr[word] : matrix.indptr[word + 1]]
                line[nodes] = np.maximum(line[nodes], np.float32(weight * likeness))
    return NodeHits(hits)


def _build(index: EditionIndex) -> TextIndex:
    documents = {(kind, field): _documents(index, kind, field) for kind, fields in FIELDS.items() for field in fields}
    vocabulary = Vocabulary.of([w for texts in documents.values() for words in texts for w in words])
    return TextIndex(vocabulary, {key: _matrix(texts, vocabulary) for key, texts in documents.items()})


def _documents(index: EditionIndex, kind: str, field: str) -> list[list[str]]:
    values = index.snapshot.nodes[kind][field].to_pylist()
    return [words_in(" ".join(v) if isinstance(v, list) else v) if v else [] for v in values]


def _matrix(documents: Sequence[Sequence[str]], vocabulary: Vocabulary) -> sp.csc_array:
    lengths = [len(d) for d in documents]
    words = np.array([vocabulary.position[w] for d in documents for w in d], dtype=np.int32)
    rows = np.repeat(np.arange(len(documents), dtype=np.int32), lengths)
    shape = (len(documents), len(vocabulary.words))
    matrix = sp.csc_array(sp.coo_array((np.ones(len(words), dtype=np.float32), (rows, words)), shape=shape))
    matrix.sum_duplicates()
    return matrix
