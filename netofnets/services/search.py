"""Search: people, networks, organizations and interests by name and by what they work on, each with its why."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["MODES", "Facet", "FacetValue", "Filters", "Match", "SearchAnswer", "search"]

MODES = ("offers", "seeks", "practises")


@dataclass(frozen=True, slots=True)
class Filters:
    """What limits the people found: ids of an interest and a network, texts of region and country, a mode."""

    interest: str = ""
    network: str = ""
    region: str = ""
    country: str = ""
    mode: str = ""  # offers | seeks | practises (together with interest, or of any interest)


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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a filter: ``value`` goes into the URL."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its choices, most frequent first, counted over the people found before the cap."""

    name: str  # interest | network | region | country | mode
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The search page."""

    version: str
    text: str
    filters: Filters
    summary: str  # "214 people match; 30 are shown, at most 3 of each network"
    people: tuple[Match, ...]
    people_total: int
    networks: tuple[Match, ...]
    organizations: tuple[Match, ...]
    interests: tuple[Match, ...]
    facets: tuple[Facet, ...]
    note: str = ""  # about the cap, or what to try when nothing matches


def search(
    published: Published, viewer: Viewer, text: str = "", filters: Filters | None = None, limit: int = 30
) -> SearchAnswer:
    """Everything that ``text`` matches, accents and small typing errors forgiven; empty text browses by the filters.

    At most 3 people of one network are shown before everybody else's turn, so that one large network cannot fill the page
    (not when the filter names a network). ``limit`` is clamped to 1-100. Filters that name something this viewer has not
    match nobody.
    """
    raise NotImplementedError
