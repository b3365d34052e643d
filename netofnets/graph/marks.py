"""What people said of themselves, respected where an edition is cut: doubted facts and declined purposes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.schema.arrow import MARKS
from netofnets.schema.kinds import LEADERS, relationship_kind
from netofnets.schema.own_word import DOUBTED, TIES, About, Said, Word, words_of
from netofnets.schema.purposes import MAP, SCORES, SEARCH, SUGGESTIONS, WHEREABOUTS, Declined, declined
from netofnets.schema.records import Decision

__all__ = [
    "NOTHING_SAID",
    "OwnWords",
    "declining",
    "for_circle",
    "keeping_back",
    "marks",
    "no_longer",
    "own_words",
    "without_doubted",
    "words_for",
]

_HIDDEN_BY = {WHEREABOUTS: ("school", "place")}
_TOLD_TO_ALL = (SEARCH, SUGGESTIONS, SCORES)  # what answers of every edition have to respect
_DECLINES = "declines "


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The last words on facts, and who declined which purpose; people by canonical id."""

    words: Mapping[About, Word] = field(default_factory=dict)
    declined: Declined = field(default_factory=dict)

    def declines(self, purpose: str) -> frozenset[str]:
        """Who declined a purpose."""
        return self.declined.get(purpose, frozenset())


NOTHING_SAID = OwnWords()


def own_words(decisions: Iterable[Decision], canonical: Callable[[str], str]) -> OwnWords:
    """What the log of decisions holds of it."""
    log = tuple(decisions)
    return OwnWords(words_of(log, canonical), declined(log, canonical))


def without_doubted(kept: dict[str, pa.Table], own: OwnWords, *, on_the_map: bool = True) -> None:
    """Leave out, in place, what organizers alone are shown: doubted facts, ties that are over by the person's word.

    And whoever declined the map (not where ``on_the_map`` is false: what is shown there is none), and school and place
    of those who keep them to themselves.
    """
    if on_the_map and (away := own.declines(MAP)):
        kept["leaders"] = _without(kept["leaders"], "id", away)
    fields: dict[str, set[str]] = {}
    for (leader, what, end), word in own.words.items():
        if not end and word.said in DOUBTED and what != "name":
            fields.setdefault(what, set()).add(leader)
    safe = own.declines(WHEREABOUTS)
    for name in _HIDDEN_BY[WHEREABOUTS] if safe else ():
        fields.setdefault(name, set()).update(safe)
    for name, leaders in fields.items():
        kept["leaders"] = _emptied(kept["leaders"], name, leaders)
    if safe:
        kept["affiliations"] = _without(kept["affiliations"], "from_id", safe)
    for kind, rows in _rows_by_word(kept, own, {*DOUBTED, Said.LEFT}).items():
        over = {row for row, word in rows.items() if word.said is not Said.LEFT or not _ended(kept[kind], row)}
        kept[kind] = _without(kept[kind], "id", over)


def keeping_back(own: OwnWords) -> set[str]:
    """Who keeps single facts from others than organizers: what sources state of them would repeat it."""
    said = {leader for (leader, _, _), word in own.words.items() if word.said in DOUBTED}
    return said | own.declines(WHEREABOUTS)


def marks(kept: Mapping[str, pa.Table], own: OwnWords, *, everything: bool) -> pa.Table:
    """What an edition is told (:data:`netofnets.schema.arrow.MARKS`): purposes that its answers have to respect.

    ``everything``: organizers are told all purposes, and every word on a fact.
    """
    seen = set(kept["leaders"]["id"].to_pylist())
    found: list[tuple[str, str, str, str]] = []
    for name, people in own.declined.items():
        if everything or name in _TOLD_TO_ALL:
            found += [(leader, "", _DECLINES + name, "") for leader in people & seen]
    if everything:
        for (leader, what, end), word in own.words.items():
            if not end and leader in seen:
                found.append((leader, what, str(word.said), word.day))
        for rows in _rows_by_word(kept, own, set(Said)).values():
            found += [(row, "", str(word.said), word.day) for row, word in rows.items()]
    return pa.table(list(zip(*sorted(found), strict=True)) or [()] * len(MARKS), schema=MARKS)


def declining(told: pa.Table, ids: pa.Array, purpose: str) -> npt.NDArray[np.bool_]:
    """For each of these ids, whether the marks of an edition say that the person declined a purpose."""
    if not told.num_rows:
        return np.zeros(len(ids), dtype=bool)
    people = told.filter(pc.equal(told["mark"], _DECLINES + purpose))["id"].combine_chunks()
    return np.asarray(pc.is_in(ids, value_set=people).to_numpy(zero_copy_only=False), dtype=bool)


def for_circle(kept: dict[str, pa.Table], told: pa.Table, trusted: Collection[str], own: str) -> None:
    """Leave out of the rows of a circle, in place, what is for organizers and the person alone.

    ``told`` are the marks of the organizers' edition, ``trusted`` the leaders of whom whoever looks is an organizer,
    and ``own`` is the reader's own record.
    """
    over = {str(one) for one in DOUBTED}
    fields: dict[str, set[str]] = {}
    for row in told.to_pylist():
        if row["field"] and row["mark"] in over and row["id"] not in trusted and row["id"] != own:
            fields.setdefault(row["field"], set()).add(row["id"])
    safe = {i for i in told.filter(pc.equal(told["mark"], _DECLINES + WHEREABOUTS))["id"].to_pylist() if i != own}
    for name in _HIDDEN_BY[WHEREABOUTS] if safe else ():
        fields.setdefault(name, set()).update(safe)
    for name, leaders in fields.items():
        kept["leaders"] = _emptied(kept["leaders"], name, leaders)
    if safe:
        kept["affiliations"] = _without(kept["affiliations"], "from_id", safe)
    ends = pa.array(sorted({*trusted, own}), pa.string())
    for kind in TIES:
        rows = kept[kind]
        told_of = pc.or_(pc.is_in(rows["from_id"], value_set=ends), pc.is_in(rows["to_id"], value_set=ends))
        kept[kind] = rows.filter(pc.or_(pc.invert(no_longer(rows, told)), told_of))


def words_for(told: pa.Table, kept: Mapping[str, pa.Table], trusted: Collection[str]) -> pa.Table:
    """Of the marks of the organizers' edition, the words on facts of leaders whom somebody organizes."""
    ids = {i for i in kept["leaders"]["id"].to_pylist() if i in trusted}
    for kind in TIES:
        rows = kept[kind]
        theirs = pc.is_in(rows["from_id"], value_set=pa.array(sorted(ids), pa.string()))
        ids |= set(rows.filter(theirs)["id"].to_pylist()) if ids else set()
    about = pc.is_in(told["id"], value_set=pa.array(sorted(ids), pa.string()))
    return told.filter(pc.and_(about, pc.is_in(told["mark"], value_set=pa.array([str(one) for one in Said]))))


def no_longer(rows: pa.Table, told: pa.Table) -> pa.ChunkedArray:
    """Which ties, by their ids, are on record and hold no more: doubted, or left where no source says since when."""
    doubted = _ties_said(told, DOUBTED)
    found = pc.is_in(rows["id"], value_set=doubted)
    if "end" in rows.column_names:
        left = pc.is_in(rows["id"], value_set=_ties_said(told, (Said.LEFT,)))
        found = pc.or_(found, pc.and_(left, pc.is_null(rows["end"])))
    return found


def _ties_said(told: pa.Table, said: Iterable[Said]) -> pa.Array:
    words = pa.array([str(one) for one in said])
    rows = told.filter(pc.and_(pc.is_in(told["mark"], value_set=words), pc.equal(told["field"], "")))
    return rows["id"].combine_chunks()


def _rows_by_word(kept: Mapping[str, pa.Table], own: OwnWords, said: set[Said]) -> dict[str, dict[str, Word]]:
    """By kind of tie, the rows that a word is about."""
    wanted: dict[str, dict[tuple[str, str], Word]] = {}
    for (leader, what, end), word in own.words.items():
        if end and word.said in said:
            wanted.setdefault(what, {})[leader, end] = word
    found: dict[str, dict[str, Word]] = {}
    for kind in TIES:
        if kind not in wanted:
            continue
        both = relationship_kind(kind).target == LEADERS.name
        ends = [kept[kind][name].to_pylist() for name in ("id", "from_id", "to_id")]
        for row, start, end in zip(*ends, strict=True):
            said_of = wanted[kind].get((start, end)) or (wanted[kind].get((end, start)) if both else None)
            if said_of is not None:
                found.setdefault(kind, {})[row] = said_of
    return found


def _ended(rows: pa.Table, row: str) -> bool:
    if "end" not in rows.column_names:
        return False
    return bool(rows.filter(pc.equal(rows["id"], row))["end"][0].as_py())


def _without(rows: pa.Table, column: str, ids: Iterable[str]) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows[column], value_set=pa.array(sorted(ids), pa.string()))))


def _emptied(leaders: pa.Table, name: str, ids: Iterable[str]) -> pa.Table:
    theirs = pc.is_in(leaders["id"], value_set=pa.array(sorted(ids), pa.string()))
    column = pc.if_else(theirs, pa.scalar(None, leaders[name].type), leaders[name])
    return leaders.set_column(leaders.schema.get_field_index(name), name, column)
