"""What the analyses say of one person: each number with its definition, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.language import say
from netofnets.schema.purposes import SCORES
from netofnets.services.index import EditionIndex
from netofnets.services.measures import meaning
from netofnets.services.words import number, rank_words

__all__ = ["Score", "scores_of"]

# (measure, column, title, why there may be no value)
_SHOWN = (
    ("bridges", "participation", say("Participation"), say("no membership or tie to judge by")),
    ("bridges", "strength", say("Strength"), say("no membership or tie to judge by")),
    ("bridges", "score", say("Bridging score"), say("the data show no bridging here")),
    ("bridges", "blocks", say("Blocks of networks joined"), say("the networks form no blocks")),
    ("bridges", "block_score", say("Block score"), say("joins no two blocks of networks")),
    ("communities", "strength", say("Share of ties inside the community"), say("in no community")),
    ("direct_ties", "degree_in", say("People who began working with this person"), say("no direct ties")),
    ("direct_ties", "degree_out", say("People this person began working with"), say("no direct ties")),
    (
        "direct_ties",
        "betweenness",
        say("Betweenness on direct ties"),
        say("no direct ties, or too many people to compute it"),
    ),
    ("direct_ties", "constraint", say("Constraint on direct ties"), say("no direct ties")),
)
_RANK = ("rank", "rank_low", "rank_high")
_COLUMNS = {measure: [*_RANK, *(name for of, name, *_ in _SHOWN if of == measure)] for measure, *_ in _SHOWN}


@dataclass(frozen=True, slots=True)
class Score:
    """One number of an analysis; ``value`` is None when it is not defined for this person, and ``words`` says why."""

    measure: str
    name: str
    title: str
    value: float | None
    words: str
    definition: str


def scores_of(index: EditionIndex, leader: int) -> tuple[Score, ...]:
    """The numbers of a person, those that are defined and those that are not; none of whoever declined scores."""
    if index.declining(SCORES)[leader]:
        return ()
    leader_id = index.leader(leader).id
    rows = {measure: _row(index, measure, leader_id) for measure in _COLUMNS}
    scores = []
    for measure, name, title, absent in _SHOWN:
        value = rows[measure].get(name)
        words = say("not defined: {why}", why=absent) if value is None else number(value)
        scores.append(Score(measure, name, title, _plain(value), words, meaning(measure, name)))
    rank = rows["bridges"].get("rank")
    if rank is not None and index.bridging[leader]:
        words = rank_words(rank, rows["bridges"].get("rank_low"), rows["bridges"].get("rank_high"))
        scores.insert(0, Score("bridges", "rank", say("Rank"), float(rank), words, meaning("bridges", "rank")))
    return tuple(scores)


def _row(index: EditionIndex, measure: str, leader: str) -> dict[str, Any]:
    column = "id" if measure == "communities" else "leader"
    row = index.row_of(measure, column, leader)
    return index.cells(measure).row(row, _COLUMNS[measure]) if row >= 0 else {}


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
