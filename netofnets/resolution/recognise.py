"""Three tiers: who is one person beyond doubt, who may be and is asked about, and everybody else, who stays apart."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets import __version__
from netofnets.resolution.block import candidates, distinct
from netofnets.resolution.cluster import cluster
from netofnets.resolution.compare import LIKE_SCHOOL, SAME_PLACE
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.reasons import listed, reasons
from netofnets.resolution.records import Ints, People, in_order, people_of
from netofnets.resolution.score import FellegiSunter, Scored, Scorer
from netofnets.resolution.verdicts import Verdicts
from netofnets.schema.records import Judgement, Verdict

__all__ = [
    "ASKED",
    "CERTAIN",
    "CERTAIN_OF_MANY",
    "ENOUGH",
    "MANY",
    "MODEL",
    "RULE",
    "Proposal",
    "Recognised",
    "recognise",
    "recognise_people",
]

RULE = "rule:name-and-place"
MODEL = f"{FellegiSunter.model}/tiers-2/{__version__}"
"""What decides who is proposed: an answer may be kept as long as this stays."""
CERTAIN = 0.999
"""Probability from which on two records are joined without asking, if names and school or page agree; where only the
town agrees, from MANY records on."""
ENOUGH = 1_000
"""Records from which on that is done: fewer do not show how rare a name is, and people can answer all questions."""
CERTAIN_OF_MANY = 0.99
"""The same for school or page, from MANY records on."""
MANY = 5_000
"""Records from which on that is done: they show well how rare a name is, and leave many questions."""
ASKED = 0.2
"""Probability from which on people are asked; below, records stay apart."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people (canonical ids, ``left < right``) who may be one, and why."""

    left: str
    right: str
    probability: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    put_off: bool = False  # somebody looked at it and could not tell


@dataclass(frozen=True, slots=True)
class Recognised:
    """What follows from comparing records: judgements to append, and what is to be asked, the likeliest first."""

    automatic: tuple[Judgement, ...]
    open: tuple[Proposal, ...]


def recognise(
    records: pa.Table,
    log: Sequence[Judgement] = (),
    fresh: npt.NDArray[np.bool_] | None = None,
    scorer: Scorer | None = None,
    joining: bool = True,
) -> Recognised:
    """Compare ``records`` (:data:`netofnets.resolution.records.RECORDS`) and sort the pairs into tiers.

    ``log`` is the log of judgements: what was judged ``different`` is neither joined nor asked about again, ``unsure``
    is asked about. ``fresh`` marks the rows that are new: only pairs with one of them are looked at. Where nobody
    appends what is automatic (``joining`` is false), that is asked about too. The same records and log give the same
    answer, in whatever order the rows stand.
    """
    if records.num_rows < 2:
        return Recognised((), ())
    people, order = in_order(people_of(records))
    fresh = None if fresh is None else fresh[order]
    return recognise_people(people, Corpus.of(people), log, fresh, scorer=scorer, joining=joining)


def recognise_people(
    people: People,
    corpus: Corpus,
    log: Sequence[Judgement] = (),
    fresh: npt.NDArray[np.bool_] | None = None,
    common: Set[int] = frozenset(),
    scorer: Scorer | None = None,
    joining: bool = True,
) -> Recognised:
    """Like :func:`recognise`, for records in comparable form that need not be all of those that ``corpus`` is about.

    They are in the order of entity, source and parts, and hold at least all that share a key with one that is
    ``fresh`` (keys that are ``common`` apart), all that wait for an answer about one, and everybody of the same
    entities.
    """
    verdicts, sources = Verdicts(people, log), _sources(people)
    scored = (scorer or FellegiSunter())(people, *_pairs(people, verdicts, fresh, common), corpus)
    best = _likely(people, verdicts, scored)
    unsure = verdicts.are_unsure(best.left, best.right)
    certain = _certain(people, best, corpus) & ~unsure & joining
    a, b = people.entity.codes[best.left], people.entity.codes[best.right]
    root, of_root = np.arange(len(sources)), sources
    if certain.any():
        pairs = zip(*(column[certain].tolist() for column in (a, b, best.weight)), strict=True)
        root = np.array(cluster(pairs, sources, verdicts.apart))
        of_root = _of_clusters(root, sources)
    together = np.flatnonzero(certain & (root[a] == root[b]))
    automatic = _judgements(people, best, together, (scorer or FellegiSunter).model, corpus)
    shares = np.array(
        [not of_root[x].isdisjoint(of_root[y]) for x, y in zip(root[a].tolist(), root[b].tolist(), strict=True)], bool
    )
    asked = (root[a] != root[b]) & (unsure | ~shares)
    return Recognised(automatic, _proposals(people, best.where(asked), root.tolist(), verdicts, corpus))


def _pairs(
    people: People, verdicts: Verdicts, fresh: npt.NDArray[np.bool_] | None, common: Set[int]
) -> tuple[Ints, Ints]:
    """The candidates, and what waits for an answer."""
    left, right = candidates(people, fresh, common)
    waiting = verdicts.rows_to_ask()
    if fresh is not None:
        waiting = [(one, other) for one, other in waiting if fresh[one] or fresh[other]]
    size = np.int64(len(people))
    added = np.array([one * size + other for one, other in waiting], dtype=np.int64)
    pairs = distinct(np.concatenate([left * size + right, added]))
    return pairs // size, pairs % size


def _likely(people: People, verdicts: Verdicts, scored: Scored) -> Scored:
    """Of each two entities that are to be joined or asked about, the pair of rows that is most alike."""
    wanted = (scored.probability >= ASKED) & ~verdicts.are_apart(scored.left, scored.right)
    rows = np.flatnonzero(wanted | verdicts.are_unsure(scored.left, scored.right))
    a, b = people.entity.codes[scored.left[rows]], people.entity.codes[scored.right[rows]]
    key = np.minimum(a, b) * np.int64(len(people.entity.values)) + np.maximum(a, b)
    order = np.lexsort((rows, -scored.weight[rows], key))
    first = np.append(True, np.diff(key[order]) != 0) if len(order) else np.empty(0, dtype=bool)
    return scored.where(rows[order[first]])


def _sources(people: People) -> list[frozenset[str]]:
    """The sources that list each entity."""
    alone = [frozenset((source,)) for source in people.source.values]
    found: list[frozenset[str]] = [frozenset()] * len(people.entity.values)
    for entity, source in zip(people.entity.codes.tolist(), people.source.codes.tolist(), strict=True):
        if source >= 0:
            found[entity] = found[entity] | alone[source] if found[entity] else alone[source]
    return found


def _of_clusters(root: Ints, sources: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The sources that list each cluster, by its root."""
    found: list[frozenset[str]] = [frozenset()] * len(sources)
    for entity, of in enumerate(root.tolist()):
        found[of] |= sources[entity]
    return found


def _certain(people: People, scored: Scored, corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Beyond doubt: names and place (or page) agree, no address speaks against it, and nobody else could be meant."""
    levels, chance = scored.levels, scored.probability
    told = np.array([len(value) > 1 for value in [*people.given.values, ""]])  # an initial is no given name
    written = told[people.given.codes[scored.left]] & told[people.given.codes[scored.right]]
    named = (levels["given"] >= 0) & (levels["given"] <= 1) & (levels["family"] == 0) & written
    at_school = ((levels["place"] >= 0) & (levels["place"] <= LIKE_SCHOOL)) | (levels["url"] == 0)
    in_town = (levels["place"] == SAME_PLACE) & (levels["given"] == 0)  # a short form there is left to people
    many = corpus.size >= MANY
    at_school &= chance >= (CERTAIN_OF_MANY if many else CERTAIN)
    in_town &= (chance >= CERTAIN) & many
    found = (at_school | in_town) & named & (levels["email"] != 2) & (corpus.size >= ENOUGH)
    return np.asarray(found & ~_rivalled(people, scored), dtype=bool)


def _rivalled(people: People, scored: Scored) -> npt.NDArray[np.bool_]:
    """Pairs of which one could as well be somebody else of the other's source."""
    ends = ((scored.left, scored.right), (scored.right, scored.left))
    rivalled = np.zeros(len(scored.left), dtype=bool)
    for one, other in ends:
        key = people.entity.codes[one] * np.int64(len(people.source.values) + 1) + people.source.codes[other] + 1
        _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
        rivalled |= (counts[inverse] > 1) & (people.source.codes[other] >= 0)
    return rivalled


def _judgements(people: People, scored: Scored, pairs: Ints, model: str, corpus: Corpus) -> tuple[Judgement, ...]:
    ids, ends = people.entity.values, [people.entity.codes[end[pairs]].tolist() for end in (scored.left, scored.right)]
    found = []
    for one, other, (why, _) in zip(*ends, reasons(people, scored, pairs, corpus), strict=True):
        left, right = sorted((ids[one], ids[other]))
        found.append(Judgement(left, right, Verdict.SAME, RULE, f"{listed(why).capitalize()}.", model))
    return tuple(found)


def _proposals(
    people: People, scored: Scored, root: list[int], verdicts: Verdicts, corpus: Corpus
) -> tuple[Proposal, ...]:
    """One proposal for each two clusters, the likeliest first; what somebody put off comes last."""
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    ids, chances = people.entity.values, scored.probability.tolist()
    ends = [people.entity.codes[end].tolist() for end in (scored.left, scored.right)]
    for pair in np.lexsort((scored.right, scored.left, -scored.weight)).tolist():
        a, b = sorted((ends[0][pair], ends[1][pair]))
        found.setdefault((min(root[a], root[b]), max(root[a], root[b])), (pair, a, b))
    told = reasons(people, scored, np.array([pair for pair, _, _ in found.values()], dtype=np.int64), corpus)
    proposals = [
        Proposal(ids[one], ids[other], round(chances[pair], 4), why, against, (a, b) in verdicts.put_off)
        for ((one, other), (pair, a, b)), (why, against) in zip(found.items(), told, strict=True)
    ]
    return tuple(sorted(proposals, key=lambda p: (p.put_off, -p.probability, p.left, p.right)))
