"""Introductions: who of different networks should meet, why, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.introduction_candidates import MOST, candidates
from netofnets.analysis.introduction_choice import Chosen, Introducible, choose, introducible
from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.introduction_likelihood import FEATURES, STATED, Likelihood, features, learned, meanings
from netofnets.analysis.introduction_reasons import contacts_of, effect_of, reasons_for, shared_interests
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.tables import floats, integers, pick, sentences, table
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.language import joined, say
from netofnets.schema.topics import INTRODUCTION_STATES

__all__ = ["INTRODUCTIONS", "MODES", "introduce", "introductions"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# How much the gap counts beside the likelihood, by the word that people choose.
MODES: dict[str, float] = {"safe": 0.0, "balanced": 1.0, "bold": 1.5}
_SUGGESTED, _ASKED, _ACCEPTED, _DECLINED, _MET, _ = INTRODUCTION_STATES
_OPEN = {_SUGGESTED, _ASKED, _ACCEPTED}
_CAME_OF_IT = {_ACCEPTED: True, _MET: True, _DECLINED: False}


def introductions(
    snapshot: Snapshot,
    results: Results,
    *,
    beta: str,
    most: int,
    per_person: int,
    per_pair: int,
    outcomes: int,
    between: str,
) -> pa.Table:
    """The table of :data:`INTRODUCTIONS`."""
    named = [snapshot.position("networks", node_id) for node_id in between.split()]
    if len(named) not in (0, 2):
        raise SettingsError(f"between names two networks by id, not {between!r}")
    return introduce(
        Ground(snapshot),
        _betas(beta),
        rows=most,
        per_person=per_person,
        per_pair=most if named else per_pair,
        outcomes=outcomes,
        between=(named[0], named[1]) if named else None,
    )


def introduce(
    ground: Ground,
    betas: Sequence[float],
    *,
    rows: int,
    per_person: int,
    per_pair: int,
    outcomes: int,
    between: tuple[int, int] | None = None,
    looked_at: int = MOST,
) -> pa.Table:
    """For each beta, at most ``rows`` introductions; ``between`` two networks (positions) if it is given.

    ``looked_at`` bounds the pairs of people that are compared, as for :func:`candidates`.
    """
    states = ground.ledger
    able = ~ground.said_no & (np.diff(ground.belongs.indptr) > 0)
    ends = np.array([p for p, state in states.items() if state in _OPEN], dtype=np.int64).reshape(-1, 2)
    room = np.full(ground.people, per_person, dtype=np.int64)
    np.subtract.at(room, ends.ravel(), 1)
    first, second = candidates(ground, able & (room > 0), apart=states.keys(), between=between, most=looked_at)
    spoken = features(ground, first, second)
    likelihood = _likelihood(ground, states, outcomes)
    only = None if between is None else min(between) * ground.joined.width + max(between)
    found = introducible(ground, first, second, likelihood.of(spoken), only)
    begun = introducible(ground, ends[:, 0], ends[:, 1], np.ones(len(ends)))
    lists = [
        choose(found, ground, beta=beta, rows=rows, room=room, per_pair=per_pair, under_way=begun) for beta in betas
    ]
    told = [
        (beta, place, one) for beta, chosen in zip(betas, lists, strict=True) for place, one in enumerate(chosen, 1)
    ]
    return _table(ground, found, spoken, likelihood, told)


def _betas(text: str) -> tuple[float, ...]:
    try:
        betas = tuple(dict.fromkeys(float(part) for part in text.split()))
    except ValueError:
        betas = ()
    if not betas or not all(0.0 <= b <= 10.0 for b in betas):
        raise SettingsError(f"beta is how much a gap counts, one number or several from 0 to 10, not {text!r}")
    return betas


def _likelihood(ground: Ground, states: dict[tuple[int, int], str], least: int) -> Likelihood:
    """Learned from the introductions that came to something or were declined, when there are enough of them."""
    known = sorted(
        pair for pair, state in states.items() if state in _CAME_OF_IT and not ground.declined[list(pair)].any()
    )
    if len(known) < least:
        return STATED
    ends = np.array(known, dtype=np.int64).reshape(-1, 2)
    good = np.array([_CAME_OF_IT[states[pair]] for pair in known], dtype=bool)
    return learned(features(ground, ends[:, 0], ends[:, 1]), good, least)


def _table(
    ground: Ground,
    found: Introducible,
    spoken: Floats,
    likelihood: Likelihood,
    told: Sequence[tuple[float, int, Chosen]],
) -> pa.Table:
    chosen = [one for _, _, one in told]
    rows = np.array([one.row for one in chosen], dtype=np.int64)
    first, second = found.first[rows], found.second[rows]
    sides = _sides(ground, first, second, np.array([one.code for one in chosen], dtype=np.int64))
    before = ground.distances(*sides)
    opens = np.array([sum(not ways for _, ways in found.pairs(row)) for row in rows.tolist()], dtype=np.int64)
    width = ground.joined.width
    ends = list(zip(first.tolist(), second.tolist(), zip(*(s.tolist() for s in sides), strict=True), strict=True))
    told_of = list(zip(ends, before.tolist(), opens.tolist(), strict=True))
    people, networks = ground.snapshot.ids("leaders"), ground.snapshot.ids("networks")
    return table(
        {
            "beta": floats([beta for beta, _, _ in told]),
            "rank": integers([place for _, place, _ in told]),
            "first": pick(people, first),
            "second": pick(people, second),
            "first_network": pick(networks, sides[0]),
            "second_network": pick(networks, sides[1]),
            "score": floats([one.score for one in chosen]),
            "likelihood": floats(found.likelihood[rows]),
            "gap": floats([one.gap for one in chosen]),
            "similarity": floats(spoken[rows, FEATURES.index("similarity")]),
            "interests": integers([len(shared_interests(ground, a, b)) for a, b, _ in ends]),
            "contacts": integers([len(contacts_of(ground, a, b)) for a, b, _ in ends]),
            "ways": integers(ground.joined.ways(np.minimum(*sides) * width + np.maximum(*sides))),
            "before": integers(before, before >= 0),
            "opens": integers(opens),
            "outcomes": integers(np.full(len(told), likelihood.outcomes)),
            **sentences("reason", [joined(reasons_for(ground, a, b, pair)) for a, b, pair in ends]),
            **sentences("effect", [effect_of(ground, pair, at, new) for (_, _, pair), at, new in told_of]),
        }
    )


def _sides(ground: Ground, first: Ints, second: Ints, code: Ints) -> tuple[Ints, Ints]:
    """The network of the first and that of the second leader, of the pair of networks that is named."""
    width = max(ground.joined.width, 1)
    low, high = code // width, code % width
    own = np.array([n in ground.belongs.indices[ground.belongs.indptr[p] : ground.belongs.indptr[p + 1]]
                    for p, n in zip(first.tolist(), low.tolist(), strict=True)], dtype=bool)  # fmt: skip
    return np.where(own, low, high), np.where(own, high, low)


INTRODUCTIONS = Measure(
    id="introductions",
    title=say("Introductions"),
    question=say("Who of different networks should meet?"),
    run=introductions,
    outputs=(
        Output("beta", say("How much the gap counts: 0 safe, 1 balanced, 1.5 bold; one list for each.")),
        Output("rank", say("1 is chosen first; each next takes into account what was chosen before.")),
        Output("first", say("Leader, by id; the smaller id of the two."), of="leaders"),
        Output("second", say("The other leader."), of="leaders"),
        Output(
            "first_network",
            say(
                "A network of the first leader: of the pair of networks that the introduction is for, the least joined."
            ),
            of="networks",
        ),
        Output("second_network", say("The network of the second leader in that pair."), of="networks"),
        Output("score", say("likelihood x gap ^ beta, when it was chosen.")),
        Output(
            "likelihood",
            say(
                "1 / (1 + exp(3.5 - x)), x the sum of: {features}. With enough outcomes the weights are learned, if "
                "that foresees outcomes better.",
                features=meanings(),
            ),
        ),
        Output(
            "gap",
            say(
                "1 / (1 + people in both + pairs of people who work across + introductions chosen before), summed "
                "over the pairs of networks between the two."
            ),
        ),
        Output("similarity", say("Cosine of the interests of the two, each weighing its rarity; 0 to 1.")),
        Output("interests", say("Interests that both name.")),
        Output("contacts", say("People who work with both.")),
        Output("ways", say("What joins the two networks today: people in both and pairs of people who work across.")),
        Output(
            "before", say("Steps between the two networks today; empty where nothing leads there. Afterwards it is 1.")
        ),
        Output("opens", say("Pairs of networks between the two that nothing joins today.")),
        Output("outcomes", say("Introductions from which the likelihood was learned; 0: the stated weights.")),
        Output("reason", say("Why, in words that recount it.")),
        message_of("reason"),
        Output("effect", say("What it would change, in words.")),
        message_of("effect"),
    ),
    parameters=(
        Parameter("beta", "0 1 1.5", say("How much a gap counts beside the likelihood; a list for each number.")),
        Parameter("most", 300, say("Introductions in each list.")),
        Parameter("per_person", 3, say("Introductions of one person in a list, open ones of the ledger included.")),
        Parameter("per_pair", 2, say("Introductions for one pair of networks in a list.")),
        Parameter(
            "outcomes",
            50,
            say("Introductions accepted, met or declined from which on the likelihood is learned from them."),
        ),
        Parameter("between", "", say("Two networks by id: introductions between these two alone. Empty: between all.")),
    ),
    references=(
        "Zhou, Lü and Zhang 2009: Predicting missing links via local information, doi:10.1140/epjb/e2009-00335-8",
        "Rajkumar et al. 2022: A causal test of the strength of weak ties, doi:10.1126/science.abl4476",
        "Su, Sharma and Goel 2016: The effect of recommendations on network structure, doi:10.1145/2872427.2883040",
        "Platt 1999: Probabilistic outputs for support vector machines (calibration)",
    ),
    use=say(
        "To decide which few people to bring together so that networks meet: two of different circles who share an "
        "interest or know the same person, and between whose networks hardly anything leads."
    ),
    misleads=say(
        "Who gets on with whom is not in the data: the stated weights are a guess until outcomes are on record, "
        "and people may know each other without any roster saying so. Two records of one person, under two names, look "
        "like two people who should meet. Ask both before you introduce them."
    ),
    command="introductions",
    order=(("beta", "ascending"), ("rank", "ascending")),
)
