"""Which nodes a question's words point at: names, schools, own words and interests, as sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from netofnets.graph.text_index import FIELDS, TextIndex
from netofnets.graph.vocabulary import words_in
from netofnets.services.find.meaning import LITTLE
from netofnets.services.find.thesaurus import is_known
from netofnets.services.index import EditionIndex

__all__ = ["FIELDS", "NodeHits", "Question", "TextIndex", "question", "score_nodes", "text_index"]

Floats = npt.NDArray[np.float32]


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
    """The text index of an edition, as it was published."""
    return index.once("text", index.read_texts)


def question(texts: TextIndex, text: str, most: int = 8) -> Question:
    """The first ``most`` distinct words of a text; little words are left out when there are others."""
    words = list(dict.fromkeys(words_in(text[:400])))
    telling = [w for w in words if w not in LITTLE] or words
    kept = tuple(telling[:most])
    return Question(kept, tuple(texts.vocabulary.like(w, slips=not is_known(w)) for w in kept))


def score_nodes(texts: TextIndex, asked: Question, kind: str, count: int) -> NodeHits:
    """How well the nodes of a kind (``count`` of them) answer each word by their own fields."""
    hits = np.zeros((len(asked.words), count), dtype=np.float32)
    for line, likely in zip(hits, asked.likely, strict=True):
        fields = FIELDS[kind].items()
        ways = [(weight * likeness, field, word) for field, weight in fields for word, likeness in likely.items()]
        for value, field, word in sorted(ways):  # the best last, so that it stays
            places = texts.fields[kind, field]
            line[places.indices[places.indptr[word] : places.indptr[word + 1]]] = np.float32(value)
    return NodeHits(hits)
