"""Newcomers compared with those of a store who share a key with them: the same answer as with everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set

import numpy as np

from netofnets.resolution.corpus import COUNTED, SAMPLE, Corpus, strangers
from netofnets.resolution.index import EVERYBODY, Index, Row, people_of_rows, value_number
from netofnets.resolution.keys import keys_of
from netofnets.resolution.recognise import Recognised, recognise_people
from netofnets.resolution.records import People
from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement, Verdict

__all__ = ["corpus_of", "recognise_newcomers"]


def recognise_newcomers(
    index: Index,
    newcomers: Sequence[Row],
    judged: Callable[[Iterable[str]], tuple[Judgement, ...]],
    more: Sequence[Judgement],
    source: str,
    stated: Callable[[Set[str]], Set[str]],
) -> Recognised:
    """Compare ``newcomers`` with everybody in ``index`` whom another source lists.

    ``judged`` tells all judgements that bear on some records, of which the entities in the index follow; ``more`` are
    to be appended. ``stated`` says which of some records the ``source`` of the newcomers still states: those of the
    others are nobody to be compared with. Whose entity the newcomers are is worked out here.
    """
    shared, common = index.sharing(_rooms(people_of_rows(newcomers)))
    rows = {row.number: row for row in index.with_siblings(shared)}
    ends = {end for judgement in more for end in (judgement.left, judgement.right)}
    before = judged({row.key for row in (*newcomers, *rows.values())} | ends)
    log = (*before, *more) if more else before
    was, identity = Identity.of(before), Identity.of(log)
    newcomers = [row._replace(entity=identity.canonical(row.key)) for row in newcomers]
    wanted = {identity.canonical(row.key) for row in rows.values()} | {row.entity for row in newcomers}
    wanted |= _waiting({row.entity for row in newcomers}, identity, log)
    entities = {was.canonical(record) for entity in wanted for record in identity.members(entity)}
    rows |= {row.number: row for row in index.of_entities(entities - {row.entity for row in rows.values()})}
    fresh = {row.number for row in newcomers}
    still = stated({row.key for row in rows.values() if row.source == source})
    others = [
        row._replace(entity=identity.canonical(row.key))
        for row in rows.values()
        if row.number not in fresh and (row.source != source or row.key in still)
    ]
    ordered = sorted([*newcomers, *others], key=lambda row: (row.entity, row.source, row.parts))
    people = people_of_rows(ordered)
    flags = np.array([row.number in fresh for row in ordered], dtype=bool)
    return recognise_people(people, corpus_of(index, newcomers, people), log, flags, common)


def corpus_of(index: Index, newcomers: Sequence[Row], people: People) -> Corpus:
    """What the index and the newcomers say together, with the counts of the values that ``people`` have."""
    more = people_of_rows(newcomers)
    numbers = {(name, ""): value_number(name, "") for name in COUNTED}
    for name in COUNTED:
        numbers |= {(name, text): value_number(name, text) for text in getattr(people, name).values}
    known = index.counts([EVERYBODY, *numbers.values()])
    counts, said = {}, {}
    for name in COUNTED:
        column, added = getattr(people, name), getattr(more, name)
        own = Counter(added.values[code] for code in added.codes.tolist() if code >= 0)
        counts[name] = np.array([known.get(numbers[name, v], 0) + own[v] for v in column.values], dtype=np.int64)
        said[name] = known.get(numbers[name, ""], 0) + own.total()
    drawn = {row.number: row for row in [*index.first(SAMPLE), *newcomers]}
    sample = [drawn[number] for number in sorted(drawn)[:SAMPLE]]
    size = known.get(EVERYBODY, 0) + len(newcomers)
    return Corpus(size, said, counts, *strangers(people_of_rows(sample), np.arange(len(sample))))


def _rooms(people: People) -> dict[int, int]:
    """By key of a newcomer, how many others may have it."""
    rooms: dict[int, int] = {}
    for key in keys_of(people):
        values, times = np.unique(key.keys, return_counts=True)
        rooms |= dict(zip(values.tolist(), (key.most - times).tolist(), strict=True))
    return rooms


def _waiting(entities: Set[str], identity: Identity, log: Iterable[Judgement]) -> set[str]:
    """Who is waiting for an answer about one of ``entities``."""
    found: set[str] = set()
    for judgement in log:
        if judgement.verdict is Verdict.UNSURE:
            pair = {identity.canonical(judgement.left), identity.canonical(judgement.right)}
            if pair & entities:
                found |= pair
    return found
