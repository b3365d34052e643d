"""From organizers' words to the field's terms: each word once, what it means here, and the measure that defines it."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.analysis.registry import measure
from netofnets.graph.published import Published
from netofnets.language import say
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
        "leader",
        say("Leader"),
        say("actor, node of the first mode"),
        say("A person on a roster: a teacher leader, or anybody else."),
    ),
    Term(
        "network",
        say("Network"),
        say("group, event, node of the second mode"),
        say(
            "An association, chapter, circle or chat that has a roster. A network of networks is all of them on one "
            "map."
        ),
    ),
    Term(
        "two-mode",
        say("Who is in what"),
        say("two-mode (bipartite, affiliation) network"),
        say(
            "People on one side, networks on the other. Two people of one network need not know each other, so nothing "
            "here counts them as friends."
        ),
        "two_mode",
    ),
    Term(
        "share",
        say("In both, shared members"),
        say("co-membership, overlap"),
        say("People who belong to two networks. Large networks share some by chance alone."),
        "overlap",
    ),
    Term(
        "chance",
        say("More than chance would give"),
        say("statistically validated against a null model; false discovery rate"),
        say(
            "So many are in both that dealing all memberships anew would hardly ever give it. If it is not said, these "
            "data cannot tell; it does not mean that there is nothing."
        ),
        "overlap",
    ),
    Term(
        "expected",
        say("Expected"),
        say("expectation under the bipartite configuration model"),
        say("How many would be in both if memberships were dealt anew and everybody kept their number of networks."),
        "overlap",
    ),
    Term(
        "q",
        say("q"),
        say("Benjamini-Hochberg adjusted p-value"),
        say("Of all the pairs that are called beyond chance at this q, about so large a part is not."),
        "overlap",
    ),
    Term(
        "bridge",
        say("Bridging leader (ringed)"),
        say("broker, boundary spanner; participation coefficient; structural hole"),
        say(
            "Somebody who joins parts of the map that hardly anybody joins, more than chance explains. It is a place "
            "on the map, not a quality of the person."
        ),
        "bridges",
    ),
    Term(
        "connector",
        say("Connector (thin ring)"),
        say("broker; cut vertex, articulation point"),
        say(
            "Somebody who is in two networks or works across: a fact, whatever chance would give. How much hangs on "
            "each is counted."
        ),
        "connectors",
    ),
    Term(
        "role",
        say("Way of connecting"),
        say("Gould-Fernandez brokerage roles"),
        say("Whether somebody joins two people of the same group, of another, or of two others."),
        "roles",
    ),
    Term(
        "community",
        say("Community"),
        say("community, module, cluster (Leiden algorithm)"),
        say(
            "People and networks that are tied more closely to each other than to the rest, whatever their networks "
            "are called. Found by the program; not a network that anybody joined."
        ),
        "communities",
    ),
    Term(
        "sure",
        say("How sure"),
        say("stability, agreement between seeds; bootstrap interval of ranks"),
        say("How often the same comes out when the search begins elsewhere, or a part of the memberships is left out."),
        "community_methods",
    ),
    Term(
        "block",
        say("Block"),
        say("component of the validated projection"),
        say("Networks that hold together by shared members beyond chance."),
        "blocks",
    ),
    Term(
        "gap",
        say("Gap"),
        say("structural hole between groups"),
        say("Two networks with much in common that share nobody or hardly anybody."),
        "gaps",
    ),
    Term(
        "island",
        say("Island"),
        say("isolate of the network-to-network graph"),
        say("A network that shares no member that is shown with another."),
        "islands",
    ),
    Term(
        "dependence",
        say("Hangs on one person"),
        say("vulnerability; cut vertex of the two-mode graph"),
        say("Without this one, a network would be joined with nothing else on the map."),
        "dependence",
    ),
    Term(
        "introduction",
        say("Introduction"),
        say("link recommendation, coverage of gaps"),
        say("Two people of different networks who could talk: likely enough, and where a gap would close."),
        "introductions",
    ),
    Term(
        "path",
        say("How to reach somebody"),
        say("shortest path in the two-mode graph"),
        say("Past whom: over people who worked together, or over a network that two are in, small circles first."),
    ),
    Term(
        "convene",
        say("Whom to call together"),
        say("maximum coverage, greedy bound"),
        say("A few people who together are in as many networks, or join as many pairs of them, as possible."),
        "convene",
    ),
    Term(
        "ties",
        say("Works with"),
        say("direct tie, edge"),
        say(
            "Two people who mentored, observed, led or wrote together, as a roster or an article says. Betweenness and "
            "constraint are computed on these alone."
        ),
        "direct_ties",
    ),
    Term(
        "compare",
        say("Found against declared"),
        say("adjusted mutual information, partition comparison"),
        say("Whether communities say what regions, schools or kinds of networks say already. Different is not wrong."),
        "comparison",
    ),
    Term(
        "not-defined",
        say("Not defined"),
        say("null, missing value"),
        say("There is nothing to compute it from, for somebody without any tie, say. Never zero."),
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
