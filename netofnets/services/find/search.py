"""Search: people, networks, organizations and interests by name and by what they work on, each with its why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.schema.modes import mode_words
from netofnets.schema.purposes import SEARCH
from netofnets.services.find.credentials import issuers_of
from netofnets.services.find.filters import Facet, FacetValue, Filters, facets, fitting
from netofnets.services.find.people import LOOKED_AT, PER_NETWORK, Found, Holdings, find_people, holdings, spread
from netofnets.services.find.text_index import Question, TextIndex, question, score_nodes, text_index
from netofnets.services.find.why import held_interests, why_credential, why_interest, why_leader, why_named
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.paged import Paged, paged
from netofnets.services.person.in_common import common_with
from netofnets.services.refs import Ref, ref
from netofnets.services.unseen import UnseenGroups, unseen_in
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = ["Facet", "FacetValue", "Filters", "Match", "SearchAnswer", "search"]

_OTHERS = 8  # networks, organizations and interests shown
_INTERESTS = 6
_QUESTIONS = 32  # asked lately
_FEW = 20_000  # people found, of whom it is kept who they are: 12 bytes each


@dataclass(frozen=True, slots=True)
class Match:
    """One thing found, and why."""

    ref: Ref
    score: float  # 0 to 1
    why: tuple[str, ...]  # plain sentences: 'practises "formative assessment"'
    detail: str = ""  # school, region, country for a person; members for a network
    networks: tuple[Ref, ...] = ()
    interests: tuple[tuple[Ref, str], ...] = ()  # (interest, mode), those that matched first, at most 6
    bridging: bool = False
    to_me: tuple[str, ...] = ()  # what the reader has in common with a person: "in none of your networks"


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The search page."""

    version: str
    text: str
    filters: dict[str, str]  # what is chosen of each filter, empty where nothing is
    summary: str  # "214 people match; 30 are shown, at most 3 of each network"
    people: tuple[Match, ...]  # those of the page
    paged: Paged  # of the people found, the first 3,000
    people_total: int
    networks: tuple[Match, ...]
    organizations: tuple[Match, ...]
    interests: tuple[Match, ...]
    credentials: tuple[Match, ...]
    facets: tuple[Facet, ...]
    note: str = ""  # about the cap, or what to try when nothing matches


def search(
    published: Published, viewer: Viewer, text: str = "", filters: Filters | None = None, limit: int = 30, page: int = 1
) -> SearchAnswer:
    """Everything that ``text`` matches, by name or by meaning; empty text browses by the filters.

    At most 3 people of one network are shown before everybody else's turn, so that one large network cannot fill the
    page (not when the filter names a network). ``limit`` is clamped to 1-100. Filters that name something this viewer
    has not match nobody. Whoever declined to be found by searching is not found.
    """
    index, limit = index_of(published, viewer), min(max(limit, 1), 100)
    filters = Filters(me=viewer.me, **(filters.chosen if filters else {}))
    texts = text_index(index)
    asked, hits = _asked(index, texts, text)
    unseen = unseen_in(index, viewer)
    people, choices = _found(index, texts, text, filters)
    at = paged(min(len(people.leaders), LOOKED_AT), limit, page)
    scores, waited = _on_page(index, people, at, limit * page, spreading=not filters.chosen["network"])
    return SearchAnswer(
        index.version,
        text,
        filters.chosen,
        _summary(people, at, waited, bool(text.strip()), viewer),
        _people(index, viewer, texts, asked, hits, scores),
        at,
        len(people.leaders),
        *_beside(index, texts, asked, hits, unseen),
        facets(index, people.leaders, filters, choices),
        _note(people, asked, filters),
    )


def _asked(index: EditionIndex, texts: TextIndex, text: str) -> tuple[Question, Holdings]:
    """What a text asks for, and what answers that; who asked turns pages and chooses filters, and it stays the same."""

    def build() -> tuple[Question, Holdings]:
        asked = question(texts, text)
        return asked, holdings(index, texts, asked)

    return index.lately("questions", text, build, _QUESTIONS)


def _found(index: EditionIndex, texts: TextIndex, text: str, filters: Filters) -> tuple[Found, tuple[Facet, ...]]:
    """Who is found and what can be chosen of them, which are the same on all pages of an answer."""

    def build() -> tuple[Found, tuple[Facet, ...]]:
        asked, hits = _asked(index, texts, text)
        people = Found(np.empty(0, np.int64), np.empty(0, np.float32), 0)
        if asked.words or not text.strip():
            people = find_people(index, texts, asked, hits, fitting(index, filters) & ~index.declining(SEARCH))
        return people, facets(index, people.leaders, filters)

    key = text, tuple(filters.chosen.values()), filters.me if filters.chosen["circle"] else ""
    kept = index.lately("found", key, build, _QUESTIONS)
    if len(kept[0].leaders) > _FEW:
        index.memo["found"].pop(key, None)
    return kept


def _on_page(
    index: EditionIndex, people: Found, at: Paged, so_far: int, *, spreading: bool
) -> tuple[dict[int, float], bool]:
    """The people of a page with their scores, in order, and whether somebody waits for others to have their turn."""
    shown, waited = spread(index, people.leaders, so_far) if spreading else (people.leaders[:LOOKED_AT], False)
    scores = dict(zip(people.leaders[:LOOKED_AT].tolist(), people.scores[:LOOKED_AT].tolist(), strict=True))
    return {int(p): scores[int(p)] for p in shown[at.rows]}, waited


def _people(
    index: EditionIndex, viewer: Viewer, texts: TextIndex, asked: Question, hits: Holdings, scores: dict[int, float]
) -> tuple[Match, ...]:
    known = common_with(index, viewer, list(scores))
    found = ((p, _person(index, texts, asked, hits, p, score)) for p, score in scores.items())
    return tuple(replace(match, to_me=known[p].words) if p in known else match for p, match in found)


def _person(index: EditionIndex, texts: TextIndex, asked: Question, hits: Holdings, leader: int, score: float) -> Match:
    held = held_interests(index, leader)
    held.sort(key=lambda h: (-float(hits.interests.score[h[0]]) if asked.words else 0.0, h[0]))
    return Match(
        index.leader(leader),
        round(score, 4),
        why_leader(index, texts, asked, hits, leader),
        index.detail_of(leader),
        index.networks_of(leader),
        tuple((ref(index.snapshot, "interests", i), mode_words(mode)) for i, mode in held[:_INTERESTS]),
        bool(index.bridging[leader]),
    )


def _beside(
    index: EditionIndex, texts: TextIndex, asked: Question, hold: Holdings, unseen: UnseenGroups
) -> tuple[tuple[Match, ...], tuple[Match, ...], tuple[Match, ...], tuple[Match, ...]]:
    """Networks, organizations, interests and credentials."""
    return (
        _others(index, texts, asked, "networks", hold, unseen),
        _others(index, texts, asked, "organizations", hold, unseen),
        _others(index, texts, asked, "interests", hold, unseen),
        _others(index, texts, asked, "credentials", hold, unseen),
    )


def _others(
    index: EditionIndex, texts: TextIndex, asked: Question, kind: str, hold: Holdings, unseen: UnseenGroups
) -> tuple[Match, ...]:
    """Networks, organizations, interests or credentials that answer every word."""
    if not asked.words:
        return ()
    held = {"interests": hold.interests, "credentials": hold.credentials}
    hits = held.get(kind) or score_nodes(texts, asked, kind, index.snapshot.count(kind))
    found = np.flatnonzero(hits.matched == len(asked.words))
    best = found[np.argsort(-np.round(hits.score[found], 4), kind="stable")][:_OTHERS]
    matches = []
    for node in best.tolist():
        score = round(float(hits.score[node]), 4)
        if kind == "interests":
            sentences = why_interest(index, texts, asked, hold.interests, node)
        elif kind == "credentials":
            sentences = why_credential(index, texts, asked, node)
        else:
            sentences = why_named(index, texts, asked, kind, node)
        found_one = ref(index.snapshot, kind, node)
        told = unseen.words(kind.removesuffix("s"), found_one.id)
        matches.append(Match(found_one, score, sentences, _detail(index, kind, node, told)))
    return tuple(matches)


def _detail(index: EditionIndex, kind: str, node: int, unseen: str) -> str:
    if kind in ("networks", "interests"):
        held = index.memberships if kind == "networks" else index.interests
        shown = int(held.group_sizes[node])
        return joined(([_sized(kind, shown)] if shown or not unseen else []) + ([unseen] if unseen else []), "; ")
    if kind == "credentials":
        return _issued(listed([i.name for i in issuers_of(index, node)]), int(index.credentials.group_sizes[node]))
    return str(index.snapshot.value(kind, node, "kind") or "")


def _sized(kind: str, shown: int) -> str:
    if kind == "networks":
        return say_count("{n:,} member", "{n:,} members", shown) if shown else say("no members")
    return say_count("{n:,} person", "{n:,} people", shown) if shown else say("no people")


def _issued(issuers: str, holders: int) -> str:
    held = say_count("held by {n:,} person", "held by {n:,} people", holders) if holders else say("held by no people")
    return joined([say("issued by {names}", names=issuers), held], "; ") if issuers else held


def _summary(people: Found, at: Paged, waited: bool, asked: bool, viewer: Viewer) -> str:
    total, shown = len(people.leaders), at.last - max(at.first - 1, 0)
    if not total and not viewer.sees_people:
        return say("Nobody who is shown to you matches.") if asked else say("Nobody is shown to you.")
    if not total:
        return say("Nobody matches.") if asked else say("There is nobody to show.")
    if asked:
        found = say_count("{n:,} person matches", "{n:,} people match", total)
    else:
        found = say_count("{n:,} person can be browsed", "{n:,} people can be browsed", total)
    if shown == total:
        return joined([found, "."], "")
    counts = {"found": found, "rows": at.shown}
    if waited:
        return say_count(
            "{found}; {rows} is shown, at most {most} of one network before others have their turn.",
            "{found}; {rows} are shown, at most {most} of one network before others have their turn.",
            shown,
            most=PER_NETWORK,
            **counts,
        )
    return say_count("{found}; {rows} is shown.", "{found}; {rows} are shown.", shown, **counts)


def _note(people: Found, asked: Question, filters: Filters) -> str:
    if asked.words and people.answered and people.answered < len(asked.words):
        return say(
            "Nobody matches all {words} words; shown are people who match {answered} of them.",
            words=len(asked.words),
            answered=people.answered,
        )
    if not len(people.leaders):
        if filters.any:
            return say("Remove a filter, or try another word.")
        return say("Try another word, or one word less.")
    return ""
