"""The front page: what this is, how much is in it, and an answer to each reader's first question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow.compute as pc
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from netofnets.graph.published import Published
from netofnets.language import say, say_count
from netofnets.services.front_words import Counts, front_words
from netofnets.services.groups.listing import sureness
from netofnets.services.index import EditionIndex, Ints, index_of, positions
from netofnets.services.networks.bridges import by_rank
from netofnets.services.networks.islands import Island, could_be_joined, island_of
from netofnets.services.refs import ref
from netofnets.services.review import open_questions_words
from netofnets.services.unseen import UnseenGroups, in_both_words, unseen_in
from netofnets.services.viewer import Viewer
from netofnets.services.week import has_week
from netofnets.services.words import number, share_words

__all__ = ["Counts", "Finding", "Reader", "Welcome", "welcome"]

_LINES = 5
_CONNECTORS = 3
_WORDS = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a short list: a sentence (or a word to click) and where it leads."""

    text: str
    href: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's first question with at most a few answers from the data."""

    key: str  # organizer | teacher | analyst
    title: str
    question: str
    findings: tuple[Finding, ...]
    more: Finding  # where to go on


@dataclass(frozen=True, slots=True)
class Welcome:
    """The front page. ``run`` is None for anybody but organizers: run numbers tell that something hidden changed."""

    version: str
    summary: str
    counts: Counts
    readers: tuple[Reader, ...]
    run: int | None
    empty: bool  # nothing at all in this edition


def welcome(published: Published, viewer: Viewer) -> Welcome:
    """Counts, and three short lists that answer the first question of organizer, teacher and analyst."""
    index = index_of(published, viewer)
    key = ("front", viewer.sees_people, has_week(viewer), viewer.k, _run(published, viewer))
    return index.once(key, lambda: _welcome(published, viewer, index))


def _welcome(published: Published, viewer: Viewer, index: EditionIndex) -> Welcome:
    unseen = unseen_in(index, viewer)
    counts = _counts(index, unseen)
    empty = not counts.leaders and not counts.networks
    readers = (_organizer(index, viewer, unseen), _teacher(index, unseen), _analyst(index, counts))
    return Welcome(index.version, front_words(counts, viewer, empty), counts, readers, _run(published, viewer), empty)


def _run(published: Published, viewer: Viewer) -> int | None:
    return published.run if viewer.sees_people else None


def _counts(index: EditionIndex, unseen: UnseenGroups) -> Counts:
    snapshot = index.snapshot
    return Counts(
        index.people,
        snapshot.count("networks"),
        snapshot.count("interests"),
        snapshot.count("organizations"),
        index.collaborators.nnz // 2,
        len(index.community_labels),
        int(pc.sum(pc.fill_null(index.table("overlap")["validated"], False)).as_py() or 0),
        int(index.table("connectors").num_rows),
        int(index.bridging.sum()),
        unseen.total,
    )


def _organizer(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups) -> Reader:
    findings = [*(_overlaps(index) or _largest_share(index)), *_holding(index)]
    findings += [] if has_week(viewer) else _hinges(index, viewer)
    findings += [*_islands(index, viewer), *_unseen_pairs(index, unseen)]
    asked = [] if has_week(viewer) else _asked(index)
    # Where nobody joins networks yet, the answer to a question may be who does.
    findings = (
        [*asked, *findings] if not index.table("connectors").num_rows else [*findings[: _LINES - len(asked)], *asked]
    )
    return Reader(
        "organizer",
        say("Organizer"),
        say("Which networks overlap, who holds them together, and where is a gap?"),
        tuple(findings[:_LINES]),
        Finding(say("Open the map"), "/atlas"),
    )


def _overlaps(index: EditionIndex) -> list[Finding]:
    """The overlap that chance explains least, of networks that are no parts of one another if there are such."""
    first, second, table = index.pairs
    chosen = np.flatnonzero(np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool))
    surplus = table["shared"].to_numpy() - np.asarray(pc.fill_null(table["expected"], 0.0).to_numpy())
    family = _families(index)
    apart = chosen[family[first[chosen]] != family[second[chosen]]]
    chosen = apart if len(apart) else chosen
    best = chosen[np.argsort(-surplus[chosen], kind="stable")][:1]
    found = []
    for row in best.tolist():
        a, b = index.network(int(first[row])), index.network(int(second[row]))
        words = share_words(table["shared"][row].as_py(), table["expected"][row].as_py())
        text = say("{a} and {b} overlap", a=a.name, b=b.name)
        found.append(Finding(text, f"/overlap?network={a.id}", words))
    return found


def _unseen_pairs(index: EditionIndex, unseen: UnseenGroups) -> list[Finding]:
    """The pairs of networks with most leaders in common who are not shown."""
    found = []
    for first, second, least in unseen.shared[:_CONNECTORS]:
        a, b = (index.network(index.snapshot.position("networks", one)) for one in (first, second))
        text = say("{a} and {b} share leaders", a=a.name, b=b.name)
        found.append(Finding(text, f"/overlap?network={a.id}", in_both_words(least)))
    return found


def _asked(index: EditionIndex) -> list[Finding]:
    """That answers are wanted on which these figures hang, if any are."""
    words = open_questions_words(index.questions)
    return [Finding(say("Some of this hangs on open questions"), "/review", words)] if words else []


def _families(index: EditionIndex) -> Ints:
    """A number for each network that its parts and the whole it is part of share."""
    parts = index.snapshot.edges["network_parts"]
    networks = index.snapshot.count("networks")
    ties = sp.coo_array((np.ones(len(parts)), (parts.source, parts.target)), shape=(networks, networks))
    return np.asarray(connected_components(ties, directed=False)[1], dtype=np.int64)


def _largest_share(index: EditionIndex) -> list[Finding]:
    """Where no overlap is validated: the pair that shares most people, as a fact."""
    first, second, table = index.pairs
    if not len(first):
        return []
    row = int(np.argmax(table["shared"].to_numpy()))
    a, b = index.network(int(first[row])), index.network(int(second[row]))
    first_size, second_size = (table[f"{side}_size"][row].as_py() for side in ("first", "second"))
    sizes = say("of {first:,} and {second:,} members", first=first_size, second=second_size)
    shared = int(table["shared"][row].as_py())
    text = say_count("{a} and {b} share {n:,} person", "{a} and {b} share {n:,} people", shared, a=a.name, b=b.name)
    return [Finding(text, f"/overlap?network={a.id}", sizes)]


def _holding(index: EditionIndex) -> list[Finding]:
    """The first bridging leader; where nobody is called that, the connectors on whom most hangs."""
    claimed = by_rank(index, np.flatnonzero(index.bridging))[:1]
    if len(claimed):
        leader = index.leader(int(claimed[0]))
        text = say("{name} holds networks together", name=leader.name)
        return [Finding(text, leader.href, index.reason(int(claimed[0])))]
    strongest = positions(index.snapshot, "leaders", index.table("connectors").slice(0, _CONNECTORS)["leader"])
    found = [(index.leader(int(p)), index.joins(int(p))) for p in strongest]
    return [Finding(say("{name} joins networks", name=leader.name), leader.href, joins) for leader, joins in found]


def _hinges(index: EditionIndex, viewer: Viewer) -> list[Finding]:
    table = index.table("dependence")
    hanging = table.filter(table["sole_link"].is_valid())
    networks = positions(index.snapshot, "networks", hanging["network"])
    people = positions(index.snapshot, "leaders", hanging["sole_link"])
    found = []
    for row in np.argsort(-index.memberships.group_sizes[networks], kind="stable")[:1].tolist():
        network, person = index.network(int(networks[row])), index.leader(int(people[row]))
        if viewer.sees_people:
            words = say("{name} is the only member who is in other networks too", name=person.name)
        else:
            words = say("{name} is the only member shown who is in other networks too", name=person.name)
        found.append(Finding(say("{network} hangs on one person", network=network.name), network.href, words))
    return found


def _islands(index: EditionIndex, viewer: Viewer) -> list[Finding]:
    """The largest network that shares nobody, those that stand alone before the others; never the whole of all."""
    table = index.table("islands")
    rows = table.filter(pc.and_(pc.invert(table["shared_any"]), pc.greater(table["members"], 0)))
    rows = rows.sort_by([("alone", "descending"), ("members", "descending"), ("network", "ascending")])
    ends = positions(index.snapshot, "networks", rows["network"])
    first = [int(at) for at in islice((at for at in ends if could_be_joined(index, int(at))), 1)]
    found = [i for i in (island_of(index, viewer, at) for at in first) if i]
    return [Finding(_alone(i), i.network.href, i.words) for i in found]


def _alone(island: Island) -> str:
    return say("{network} stands alone", network=island.network.name) if island.alone else island.network.name


def _teacher(index: EditionIndex, unseen: UnseenGroups) -> Reader:
    """Interests that many people name, but by far not everybody: those are worth a click."""
    sizes = index.interests.group_sizes
    if len(sizes):
        spread = np.where(sizes > 0.2 * index.people, 0, sizes) if index.people > 50 else sizes
        best = np.argsort(-spread, kind="stable")[:_WORDS]
    else:
        best = np.empty(0, dtype=np.int64)
    found = [(ref(index.snapshot, "interests", int(i)), int(sizes[i])) for i in best if sizes[i]]
    return Reader(
        "teacher",
        say("Teacher"),
        say("Who else works on what I care about, outside my own circle?"),
        tuple(Finding(r.name, r.href, say_count("{n:,} person", "{n:,} people", n)) for r, n in found)
        or tuple(Finding(one.of.name, one.of.href, one.words) for one in unseen.interests(_WORDS)),
        Finding(say("Search people and interests"), "/search"),
    )


def _communities(index: EditionIndex, counts: Counts) -> str:
    if sureness(index).found:
        return say_count("{n:,} community", "{n:,} communities", counts.communities)
    if counts.communities < 2:
        return say("No division into communities")
    return say("No division into communities; {parts:,} parts that nothing joins", parts=counts.communities)


def _hash(index: EditionIndex) -> str:
    return say("content hash {hash}", hash=index.version[:12])


def _analyst(index: EditionIndex, counts: Counts) -> Reader:
    memberships = index.memberships.csr.nnz
    findings = [Finding(_hash(index), "/about", say("equal facts have equal hashes"))]
    if memberships:  # else nobody is shown, or nobody is known: nothing that could be counted or divided
        mean = number(memberships / counts.leaders)
        told = say("{number:,} memberships, {mean} for each person on average", number=memberships, mean=mean)
        findings = [Finding(told, "/networks"), Finding(_communities(index, counts), "/communities"), *findings]
    return Reader(
        "analyst",
        say("Analyst"),
        say("Which communities and bridges are there, by stated methods, as tables?"),
        tuple(findings),
        Finding(say("Methods and definitions"), "/about"),
    )
