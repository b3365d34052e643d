"""The detectors in their order: what comes first is surer, and nothing is taken for two things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.articles import bodies, interests, people
from ingest.articles.mention import Known, Mention, overlaps
from ingest.articles.page import Page
from ingest.articles.standing import with_standing

__all__ = ["DETECTORS", "Detector", "mentions_in"]

Detector = Callable[[Page, Known, Sequence[Mention]], Iterator[Mention]]

DETECTORS: tuple[Detector, ...] = (
    people.by_comment,
    bodies.known_bodies,
    people.known_leaders,
    people.by_title,
    people.by_citation,
    bodies.by_head,
    bodies.by_public_schools,
    bodies.by_abbreviation,
    people.by_given_name,
    people.by_role,
    people.by_saying,
    people.by_attribution,
    people.by_byline,
    people.by_list,
    people.by_part_of_name,
    bodies.by_source,
    bodies.by_cue,
    interests.by_wording,
)


def mentions_in(page: Page, known: Known | None = None) -> tuple[Mention, ...]:
    """What an article names, by place; each detector sees what those before it found, the last word is on standing."""
    found: list[Mention] = []
    for detect in DETECTORS:
        for mention in detect(page, known or Known(), tuple(found)):
            if not overlaps(found, mention.start, mention.end):
                found.append(mention)
    return with_standing(page, sorted(found, key=lambda m: m.start))
