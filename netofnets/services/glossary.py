"""From organizers' words to the field's terms: each word once, what it means here, and the measure that defines it."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.analysis.registry import measure
from netofnets.graph.published import Published
from netofnets.services.index import index_of
from netofnets.services.viewer import Viewer

__all__ = ["TERMS", "Glossary", "GlossaryTerm", "glossary"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of these pages; ``field`` is what the literature calls it, ``measure`` where it is defined exactly."""

    id: str
    word: str
    field: str
    meaning: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term with the title of its measure; ``measure`` is empty where the term is no number."""

    id: str
    word: str
    field: str
    meaning: str
    measure: str
    title: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms by the organizer's word."""

    version: str
    terms: tuple[GlossaryTerm, ...]


TERMS: tuple[Term, ...] = (
    Term(
        "leader", "Leader", "actor, node of the first mode", "A person on a roster: a teacher leader, or anybody else."
    ),
    Term(
        "network",
        "Network",
        "group, event, node of the second mode",
        "An association, chapter, circle or chat that has a roster. A network of networks is all of them on one map.",
    ),
    Term(
        "two-mode",
        "Who is in what",
        "two-mode (bipartite, affiliation) network",
        "People on one side, networks on the other. Two people of one network need not know each other, so nothing "
        "here counts them as friends.",
        "two_mode",
    ),
    Term(
        "share",
        "In both, shared members",
        "co-membership, overlap",
        "People who belong to two networks. Large networks share some by chance alone.",
        "overlap",
    ),
    Term(
        "chance",
        "More than chance would give",
        "statistically validated against a null model; false discovery rate",
        "So many are in both that dealing all memberships anew would hardly ever give it. If it is not said, these "
        "data cannot tell; it does not mean that there is nothing.",
        "overlap",
    ),
    Term(
        "expected",
        "Expected",
        "expectation under the bipartite configuration model",
        "How many would be in both if memberships were dealt anew and everybody kept their number of networks.",
        "overlap",
    ),
    Term(
        "q",
        "q",
        "Benjamini-Hochberg adjusted p-value",
        "Of all the pairs that are called beyond chance at this q, about so large a part is not.",
        "overlap",
    ),
    Term(
        "bridge",
        "Bridging leader (ringed)",
        "broker, boundary spanner; participation coefficient; structural hole",
        "Somebody who joins parts of the map that hardly anybody joins, more than chance explains. It is a place on "
        "the map, not a quality of the person.",
        "bridges",
    ),
    Term(
        "connector",
        "Connector (thin ring)",
        "broker; cut vertex, articulation point",
        "Somebody who is in two networks or works across: a fact, whatever chance would give. How much hangs on each "
        "is counted.",
        "connectors",
    ),
    Term(
        "role",
        "Way of connecting",
        "Gould-Fernandez brokerage roles",
        "Whether somebody joins two people of the same group, of another, or of two others.",
        "roles",
    ),
    Term(
        "community",
        "Community",
        "community, module, cluster (Leiden algorithm)",
        "People and networks that are tied more closely to each other than to the rest, whatever their networks are "
        "called. Found by the program; not a network that anybody joined.",
        "communities",
    ),
    Term(
        "sure",
        "How sure",
        "stability, agreement between seeds; bootstrap interval of ranks",
        "How often the same comes out when the search begins elsewhere, or a part of the memberships is left out.",
        "community_methods",
    ),
    Term(
        "block",
        "Block",
        "component of the validated projection",
        "Networks that hold together by shared members beyond chance.",
        "blocks",
    ),
    Term(
        "gap",
        "Gap",
        "structural hole between groups",
        "Two networks with much in common that share nobody or hardly anybody.",
        "gaps",
    ),
    Term(
        "island",
        "Island",
        "isolate of the network-to-network graph",
        "A network that shares no member that is shown with another.",
        "islands",
    ),
    Term(
        "dependence",
        "Hangs on one person",
        "vulnerability; cut vertex of the two-mode graph",
        "Without this one, a network would be joined with nothing else on the map.",
        "dependence",
    ),
    Term(
        "introduction",
        "Introduction",
        "link recommendation, coverage of gaps",
        "Two people of different networks who could talk: likely enough, and where a gap would close.",
        "introductions",
    ),
    Term(
        "path",
        "How to reach somebody",
        "shortest path in the two-mode graph",
        "Past whom: over people who worked together, or over a network that two are in, small circles first.",
    ),
    Term(
        "convene",
        "Whom to call together",
        "maximum coverage, greedy bound",
        "A few people who together are in as many networks, or join as many pairs of them, as possible.",
        "convene",
    ),
    Term(
        "ties",
        "Works with",
        "direct tie, edge",
        "Two people who mentored, observed, led or wrote together, as a roster or an article says. Betweenness and "
        "constraint are computed on these alone.",
        "direct_ties",
    ),
    Term(
        "compare",
        "Found against declared",
        "adjusted mutual information, partition comparison",
        "Whether communities say what regions, schools or kinds of networks say already. Different is not wrong.",
        "comparison",
    ),
    Term(
        "not-defined",
        "Not defined",
        "null, missing value",
        "There is nothing to compute it from, for somebody without any tie, say. Never zero.",
    ),
)
"""In the order in which they are best read."""


def glossary(published: Published, viewer: Viewer) -> Glossary:
    """All terms; a measure that is not published for this viewer is not named."""
    index = index_of(published, viewer)
    found = []
    for term in TERMS:
        known = term.measure if term.measure in index.measures else ""
        title = measure(known).title if known else ""
        found.append(GlossaryTerm(term.id, term.word, term.field, term.meaning, known, title))
    return Glossary(index.version, tuple(found))
