"""Accept or reject what articles propose: what is accepted becomes claims of the article's source, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from netofnets.desk.checks import check_said, now
from netofnets.errors import NotFound, SettingsError
from netofnets.language import listed as every
from netofnets.language import say
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.model import NodeKind
from netofnets.schema.proposals import MENTIONED, Answer, Proposal, answers, proposals
from netofnets.schema.records import Claim, Decision, Judgement, Verdict
from netofnets.schema.topics import ANSWER, PROPOSAL
from netofnets.store.base import Store, Writer
from netofnets.store.ledger import plan

__all__ = ["Listed", "answer", "listed"]

_SHORTEST = 5  # characters of an id that may stand for the whole
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal and what was said to it."""

    id: str
    state: Answer
    proposal: Proposal


def listed(store: Store, *states: Answer) -> tuple[Listed, ...]:
    """The proposals in one of these states (all when none is given), as they were made; the merely mentioned last."""
    said = answers(store.decisions(ANSWER))
    every = (
        Listed(i, said.get(i, Answer.OPEN), proposal) for i, proposal in proposals(store.decisions(PROPOSAL)).items()
    )
    wanted = [one for one in every if not states or one.state in states]
    return tuple(sorted(wanted, key=lambda one: one.proposal.standing == MENTIONED))


def answer(
    store: Store, ids: Sequence[str], said: Answer, *, who: str, why: str = "", same_as: str = ""
) -> tuple[Proposal, ...]:
    """Accept or reject proposals; accepted ones become claims, and what was accepted and no longer is, is withdrawn.

    ``Answer.OPEN`` puts off what waits and takes back what was answered, with the verdict that ``same_as`` made of it.

    ``ids`` may be beginnings that only one proposal has. ``same_as`` says that the one accepted is a node on the map,
    by the id of any of its records: a verdict in the log of identity. All of one source happens in one run. Raises
    :class:`NotFound` for an id that means nothing, :class:`SettingsError` for a relation whose ends nobody accepted,
    or when nobody decided; nothing of that source is written then.
    """
    check_said(who)
    known = proposals(store.decisions(PROPOSAL))
    chosen = {proposal.id: proposal for proposal in (_meant(known, i) for i in ids)}
    if same_as and (len(chosen) != 1 or not isinstance(kind_named(next(iter(chosen.values())).kind), NodeKind)):
        raise SettingsError(say("say of one person, network or organization at a time that it is on the map already"))
    for source in sorted({proposal.source for proposal in chosen.values()}):
        of_source = [proposal for proposal in chosen.values() if proposal.source == source]
        with store.writer(source) as writer:
            _answer(writer, source, of_source, said, who, why, same_as)
    return tuple(chosen.values())


def _answer(
    writer: Writer, source: str, chosen: Sequence[Proposal], said: Answer, who: str, why: str, same_as: str
) -> None:
    at = now()
    rows = [Decision(ANSWER, (p.id, *p.people), said.value, who, why, at) for p in chosen]
    log = writer.decisions(ANSWER)
    stands = {i for i, last in answers([*log, *rows]).items() if last is Answer.ACCEPTED}
    accepted = [p for i, p in proposals(writer.decisions(PROPOSAL)).items() if i in stands and p.source == source]
    judgements = _judgements(writer, chosen[0], who, why, same_as, at) if same_as else []
    if said is not Answer.ACCEPTED:
        judgements = _taken_back(writer.judgements(), chosen, accepted, who, at)
    statements = _statements(writer, source, chosen, accepted)
    changes = plan(writer, source, statements, judgements)
    changes.decisions = rows
    writer.apply(changes)
    writer.finish({"answers": len(rows), "created": changes.created, "withdrawn": changes.withdrawn})


def _statements(writer: Writer, source: str, chosen: Sequence[Proposal], accepted: Sequence[Proposal]) -> list[Claim]:
    """All that the source states now: what it stated, but for what was answered anew, and what is accepted of that.

    What stood stays although its proposal is gone: the quote may have named somebody who was erased.
    """
    answered = {(c.kind, c.key) for p in chosen for c in p.claims() if c.kind == p.kind}
    stated = {(c.kind, c.key): c for c in writer.claims_of(source) if (c.kind, c.key) not in answered}
    for proposal in accepted:
        for claim in proposal.claims():
            if (claim.kind, claim.key) in answered or claim.kind == "interests":
                stated.setdefault((claim.kind, claim.key), claim)
    kept = {(c.kind, c.key) for p in accepted for c in p.claims()}
    now_accepted = {p.id for p in accepted}
    for proposal in chosen:
        if proposal.id in now_accepted and (missing := _missing(proposal, stated)):
            raise SettingsError(
                say(
                    "{proposal}: nobody has accepted {missing} yet; accept them first, or all at once",
                    proposal=proposal.words,
                    missing=every(missing),
                )
            )
    return _without_loose_ends(stated, kept)


def _missing(proposal: Proposal, stated: Mapping[_Key, Claim]) -> list[str]:
    return [t.name for t in proposal.things if (t.kind, t.record(proposal.source)) not in stated]


def _without_loose_ends(stated: Mapping[_Key, Claim], kept: Set[_Key]) -> list[Claim]:
    """Without relations whose ends are no longer stated, and interests that neither a relation nor a person keeps."""
    records = {key for _, key in stated}
    ties = [c for c in stated.values() if c.from_id and {c.from_id, c.to_id} <= records]
    ends = {end for c in ties for end in (c.from_id, c.to_id)}
    nodes = [c for c in stated.values() if not c.from_id]
    return [*(c for c in nodes if c.kind != "interests" or c.key in ends or (c.kind, c.key) in kept), *ties]


def _judgements(writer: Writer, proposal: Proposal, who: str, why: str, same_as: str, at: str) -> list[Judgement]:
    record = proposal.things[0].record(proposal.source)
    if not any(c.kind == proposal.kind and c.key == same_as for c in writer.claims_touching([same_as])):
        told = say("none of the {kind} on the map has the id {id}; pages show the ids", kind=proposal.kind, id=same_as)
        raise NotFound(told)
    if record == same_as:
        raise SettingsError(say("{id} is what this proposal becomes; --as takes another record", id=same_as))
    reason = why or f"{proposal.things[0].name} in {proposal.places[0].file}"
    return [Judgement(min(record, same_as), max(record, same_as), Verdict.SAME, who, reason, at=at)]


def _taken_back(
    log: Sequence[Judgement], chosen: Sequence[Proposal], accepted: Sequence[Proposal], who: str, at: str
) -> list[Judgement]:
    """Verdicts of people on what these proposals would have become, and no accepted one becomes: no longer held."""
    gone = {p.things[0].record(p.source) for p in chosen if isinstance(kind_named(p.kind), NodeKind)}
    gone -= {t.record(p.source) for p in accepted for t in p.things}
    last = {(j.left, j.right): j for j in log}
    held = [j for j in last.values() if j.verdict is Verdict.SAME and {j.left, j.right} & gone]
    why = "The proposal that it came from is not accepted any more."
    return [Judgement(j.left, j.right, Verdict.UNSURE, who, why, at=at) for j in held]


def _meant(known: Mapping[str, Proposal], beginning: str) -> Proposal:
    fits: Iterable[str] = [beginning] if beginning in known else ()
    if not fits and len(beginning) >= _SHORTEST:
        fits = [i for i in known if i.startswith(beginning)]
    found = list(fits)
    if len(found) != 1:
        if found:
            raise NotFound(say("{id} means several proposals; netofnets proposals shows the ids", id=beginning))
        raise NotFound(say("{id} means no proposal; netofnets proposals shows the ids", id=beginning))
    return known[found[0]]
