"""Which people answer a question and fit the filters, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from netofnets.graph.twomode import TwoMode
from netofnets.services.find.credentials import credential_hits
from netofnets.services.find.meaning import Meant
from netofnets.services.find.text_index import NodeHits, Question, TextIndex, score_nodes
from netofnets.services.find.topics import meant_interests
from netofnets.services.index import EditionIndex, Ints

__all__ = ["LOOKED_AT", "PER_NETWORK", "Found", "Holdings", "InterestHits", "find_people", "holdings", "spread"]

PER_NETWORK = 3  # people of one network before everybody else's turn
LOOKED_AT = 3_000  # best people among whom the turns are given
_BY_INTEREST = 0.95  # a word found in an interest, compared with one found in the name
_BY_CREDENTIAL = 0.9


@dataclass(frozen=True)
class Found:
    """People found, best first, with how well they answer; ``answered`` words of the question at most."""

    leaders: Ints
    scores: npt.NDArray[np.float32]
    answered: int


def find_people(
    index: EditionIndex, texts: TextIndex, asked: Question, hold: Holdings, wanted: npt.NDArray[np.bool_]
) -> Found:
    """People among ``wanted`` who answer the most words, by score; without words all of them.

    Equals come in an order drawn for the question: the same each time, and nobody is first for every question.
    """
    if not asked.words:
        leaders = np.flatnonzero(wanted)
        turn = _turns(index, "", leaders)
        if len(leaders) > LOOKED_AT:  # nobody sees the order of the others
            order = np.argpartition(turn, LOOKED_AT)
            leaders, turn = leaders[order], turn[order]
        leaders[:LOOKED_AT] = leaders[:LOOKED_AT][np.argsort(turn[:LOOKED_AT], kind="stable")]
        return Found(leaders, np.zeros(len(leaders), dtype=np.float32), 0)
    own = score_nodes(texts, asked, "leaders", index.people).by_word
    held = np.stack([_best_held(index.interests, line) for line in hold.interests.by_word]) * np.float32(_BY_INTEREST)
    shown = np.stack([_best_held(index.credentials, line) for line in hold.credentials.by_word])
    shown *= np.float32(_BY_CREDENTIAL)
    hits = NodeHits(np.maximum(np.maximum(own, held), shown))
    matched = np.where(wanted, hits.matched, 0)
    most = int(matched.max(initial=0))
    leaders = np.flatnonzero((matched == most) & (most > 0))
    by_one = _best_held(index.credentials, hold.credentials.score) * np.float32(_BY_CREDENTIAL)
    whole = np.maximum.reduce([own.mean(axis=0), _best_held(index.interests, hold.interests.score), by_one])
    scores = np.asarray(0.9 * hits.score + 0.1 * whole, dtype=np.float32)[leaders]
    order = np.lexsort((_turns(index, " ".join(asked.words), leaders), -np.round(scores, 4)))
    return Found(leaders[order], scores[order], most)


@dataclass(frozen=True)
class InterestHits(NodeHits):
    """How well interests answer each word, and for those that the question means, how that is known."""

    meant: dict[int, Meant]


@dataclass(frozen=True)
class Holdings:
    """How well what people hold answers the words of a question."""

    interests: InterestHits
    credentials: NodeHits


def holdings(index: EditionIndex, texts: TextIndex, asked: Question) -> Holdings:
    """How well each interest and each credential answers."""
    return Holdings(interest_hits(index, texts, asked), credential_hits(index, texts, asked))


def interest_hits(index: EditionIndex, texts: TextIndex, asked: Question) -> InterestHits:
    """How well each interest answers each word, by its words or by what the question means.

    An interest also stands in for its wider ones, at 0.8.
    """
    hits = score_nodes(texts, asked, "interests", index.snapshot.count("interests")).by_word
    broader = index.snapshot.edges["broader_interests"]
    widened = hits.copy()
    for line, wider in zip(widened, hits, strict=True):
        np.maximum.at(line, broader.source, np.float32(0.8) * wider[broader.target])
    meant, lines = meant_interests(index, texts, asked)
    for at, how in meant.items():
        widened[lines, at] = np.maximum(widened[lines, at], np.float32(how.score))
    return InterestHits(widened, meant)


def _turns(index: EditionIndex, question: str, leaders: Ints) -> npt.NDArray[np.uint64]:
    """A number for each of these leaders, drawn from the leader's id and the question, whoever else there is."""

    def build() -> npt.NDArray[np.uint64]:
        ids = index.snapshot.ids("leaders").to_pylist()
        drawn = b"".join(blake2b(i.encode(), digest_size=8).digest() for i in ids)
        return np.frombuffer(drawn, dtype="<u8")

    seed = np.frombuffer(blake2b(question.encode(), digest_size=8).digest(), dtype="<u8")[0]
    mixed = index.once("draw", build)[leaders] ^ seed  # then the finalizer of splitmix64 (Steele, Lea and Flood 2014)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)


def spread(index: EditionIndex, leaders: Ints, limit: int) -> tuple[Ints, bool]:
    """The first ``limit`` people with at most 3 of one network, then the others; whether anybody had to wait.

    Whoever is in a network that has had less than its share gets a turn.
    """
    taken, waiting = [], []
    turns = np.zeros(index.snapshot.count("networks"), dtype=np.int64)
    for leader in leaders[:LOOKED_AT].tolist():
        networks = index.memberships.groups_of(leader)
        if len(networks) and turns[networks].min() >= PER_NETWORK:
            waiting.append(leader)
            continue
        turns[networks] += 1
        taken.append(leader)
        if len(taken) == limit:
            break
    return np.array((taken + waiting)[:limit], dtype=np.int64), bool(waiting)


def _best_held(ties: TwoMode, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """For each actor the largest of the values of its groups, 0 without any."""
    best = np.zeros(ties.csr.shape[0], dtype=np.float32)
    held = np.flatnonzero(values)
    for group in held[np.argsort(values[held])].tolist():  # the best last, so that it stays
        best[ties.actors_of(group)] = values[group]
    return best
