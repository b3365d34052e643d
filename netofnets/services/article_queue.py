"""The queue of what articles say: each proposal with its quotes in their context, until somebody accepts or rejects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.language import joined, say, say_count
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.model import NodeKind
from netofnets.schema.proposals import MENTIONED, Answer, Place, Proposal, answers, naming, proposals
from netofnets.schema.records import Decision
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer

__all__ = ["ArticleQuestion", "ArticleQueue", "Quoted", "article_queue"]

_NOTHING = say("Nothing that articles say waits for an answer here. netofnets ingest articles DIR reads some.")
_NOT_SHOWN = say("Only organizers are shown what articles propose.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote, verbatim: characters ``start`` to ``end`` of the file, the mention with what stands around it."""

    file: str
    start: int
    end: int
    before: str
    mention: str
    after: str


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """Is this so? Accepted, it adds a node or a relationship of ``kind`` to the map, as the article's source states."""

    id: str
    kind: str
    says: str
    adds: str
    mentioned: bool  # somebody who is only mentioned: a cited author, a commenter
    quotes: tuple[Quoted, ...]
    detector: str
    reason: str
    known: tuple[Ref, ...]  # what on the map is called the same
    lacks: tuple[str, ...]  # ends of a relationship that nobody has accepted yet
    put_off: bool


@dataclass(frozen=True, slots=True)
class ArticleQueue:
    """The open proposals: nodes before relationships, the merely mentioned and what was put off last."""

    version: str
    summary: str
    rows: tuple[ArticleQuestion, ...]
    total: int
    answered: Mapping[str, int]  # accepted, rejected


def article_queue(
    published: Published,
    viewer: Viewer,
    log: Sequence[Decision],
    hidden: Mapping[str, str],
    *,
    first: str = "",
    limit: int = 20,
) -> ArticleQueue:
    """What waits in ``log`` (the decisions about proposals); nothing for the public.

    ``hidden`` are ids and names of people whom organizers do not see: what names one of them is left out. The proposal
    ``first`` stands first, if it is open.
    """
    edition = viewer.edition(published)
    if not viewer.sees_people:
        return ArticleQueue(edition.content_hash, _NOT_SHOWN, (), 0, {})
    said = answers(log)
    left_out = set(naming(log, hidden, list(hidden.values()))) if hidden else set()
    every = {i: p for i, p in proposals(log).items() if i not in left_out}
    stands = [p for i, p in every.items() if said.get(i) is Answer.ACCEPTED]
    accepted = {(t.kind, t.record(p.source)) for p in stands for t in p.things}
    waiting = [
        _question(edition.snapshot, i, p, accepted, i in said)
        for i, p in every.items()
        if said.get(i, Answer.OPEN) is Answer.OPEN
    ]
    waiting.sort(key=lambda q: (q.id != first, q.put_off, q.mentioned, bool(q.lacks), _is_tie(q.kind)))  # stable
    states = [said[i].value for i in every if i in said]
    answered = {state: states.count(state) for state in ("accepted", "rejected")}
    summary = _summary(waiting, answered)
    return ArticleQueue(edition.content_hash, summary, tuple(waiting[: max(limit, 0)]), len(waiting), answered)


def _is_tie(kind: str) -> bool:
    return not isinstance(kind_named(kind), NodeKind)


def _question(
    snapshot: Snapshot, i: str, proposal: Proposal, accepted: Collection[tuple[str, str]], put_off: bool
) -> ArticleQuestion:
    tie = _is_tie(proposal.kind)
    ends = [t for t in proposal.things if tie and t.kind != "interests"]
    return ArticleQuestion(
        i,
        proposal.kind,
        _says(proposal),
        _adds(proposal),
        proposal.standing == MENTIONED,
        tuple(map(_quoted, proposal.places)),
        proposal.detector,
        proposal.reason,
        tuple(_known(snapshot, proposal)),
        tuple(t.name for t in ends if (t.kind, t.record(proposal.source)) not in accepted),
        put_off,
    )


_ADDS = {
    "leaders": say("a leader"),
    "networks": say("a network"),
    "organizations": say("an organization"),
    "interests": say("an interest"),
    "activities": say("an activity"),
    "credentials": say("a credential"),
    "memberships": say("a relation: a leader belongs to a network, for a spell of time and in a role"),
    "affiliations": say("a relation: a leader works for or with an organization"),
    "leader_interests": say("a relation: a leader offers, seeks or practises something"),
    "collaborations": say(
        "a relation: a leader has worked with another; the direction says who began (replied to, mentors, observed)"
    ),
}


def _says(proposal: Proposal) -> str:
    """What is proposed, as :attr:`Proposal.words` says it."""
    names = [thing.name for thing in proposal.things]
    if proposal.standing == MENTIONED and len(names) == 1:
        return say("{name}: mentioned, not shown as a leader", name=names[0])
    return joined([names[0], _KINDS[proposal.kind]], ": ") if proposal.kind in _KINDS else _tie(proposal, *names)


_KINDS = {
    "leaders": say("leader"),
    "networks": say("network"),
    "organizations": say("organization"),
    "interests": say("interest"),
    "activities": say("activity"),
    "credentials": say("credential"),
}


def _tie(proposal: Proposal, first: str, second: str) -> str:
    values = ", ".join(value for name, value in sorted(proposal.values.items()) if name != "mode")
    if proposal.kind == "memberships":
        told = say("{a} belongs to {b}", a=first, b=second)
    elif proposal.kind in ("affiliations", "collaborations"):
        told = say("{a} works with {b}", a=first, b=second)
    elif proposal.kind == "leader_interests":
        told = say("{a} is interested in {b}", a=first, b=second)
    else:
        return proposal.words
    return say("{what} ({how})", what=told, how=values) if values else told


def _adds(proposal: Proposal) -> str:
    declared = kind_named(proposal.kind)
    if proposal.standing == MENTIONED:
        return say("a leader who is only mentioned: cited, or a commenter, who may not know of this map")
    return _ADDS.get(proposal.kind, declared.help)


def _quoted(place: Place) -> Quoted:
    at, until = (min(max(one - place.start, 0), len(place.quote)) for one in (place.at, place.until))
    quote = place.quote
    return Quoted(place.file, place.start, place.end, quote[:at], quote[at:until], quote[until:])


def _known(snapshot: Snapshot, proposal: Proposal) -> list[Ref]:
    """What is on the map of those called the same, as far as this edition has them."""
    found = []
    for node in proposal.known:
        try:
            found.append(ref(snapshot, proposal.kind, snapshot.position(proposal.kind, node)))
        except (NotFound, KeyError):
            continue  # hidden, gone, or by now part of another
    return found


def _summary(waiting: Sequence[ArticleQuestion], answered: Mapping[str, int]) -> str:
    before: list[str] = []
    if any(answered.values()):
        before.append(say("{accepted:,} accepted and {rejected:,} rejected before.", **answered))
    if not waiting:
        return joined([_NOTHING, *before])
    files = len({quote.file for question in waiting for quote in question.quotes})
    told = say_count(
        "{n:,} proposal from {articles} waits for an answer; nothing of them is on the map.",
        "{n:,} proposals from {articles} wait for an answer; nothing of them is on the map.",
        len(waiting),
        articles=say_count("{n:,} article", "{n:,} articles", files) if files else say("no articles"),
    )
    return joined([told, *before])
