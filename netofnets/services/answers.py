"""Every question that a page answers, as one method each, for scripts and notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.registry import by_command, measure
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.graph.vocabulary import words_in
from netofnets.schema.records import Decision
from netofnets.services.briefing import Briefing, briefing, network_briefing
from netofnets.services.changes import ChangesReport, changes_report
from netofnets.services.chosen_rows import Condition, chosen_rows
from netofnets.services.find.credentials import CredentialPage, credential_page
from netofnets.services.find.filters import FILTERS, Filters
from netofnets.services.find.interest import InterestPage, interest_page
from netofnets.services.find.search import SearchAnswer, search
from netofnets.services.front import Welcome, welcome
from netofnets.services.glossary import Glossary, glossary
from netofnets.services.groups.community import CommunityPage, community_page
from netofnets.services.groups.compare import ComparisonPage, comparison_page
from netofnets.services.groups.listing import CommunityList, community_list
from netofnets.services.index import index_of
from netofnets.services.introduced.board import Board, introductions_board
from netofnets.services.map.atlas import AtlasView, networks_scene, people_scene
from netofnets.services.map.focus_map import FocusMap, interest_focus, leader_focus, networks_focus, paths_focus
from netofnets.services.measures import MeasuresPage, measures_page
from netofnets.services.networks.bridges import BridgeReport, bridge_report
from netofnets.services.networks.convene import ConvenePage, convene_page
from netofnets.services.networks.gaps import GapsReport, gaps_report
from netofnets.services.networks.introductions import IntroductionsReport, introductions_report
from netofnets.services.networks.network import NetworkPage, NetworksList, network_page, networks_list
from netofnets.services.networks.overlap import OverlapReport, overlap_report
from netofnets.services.networks.partners import (
    OrganizationPage,
    OrganizationsList,
    organization_page,
    organizations_list,
)
from netofnets.services.networks.what_if import WhatIf, what_if
from netofnets.services.person.collaborators import Suggestions, suggestions
from netofnets.services.person.lineage import LineagePage, lineage_page
from netofnets.services.person.me import MePage, me_page
from netofnets.services.person.paths import Paths, paths
from netofnets.services.person.profile import Profile, leader_profile
from netofnets.services.review import ReviewQueue, review_queue
from netofnets.services.table_page import TablesPage, tables_page
from netofnets.services.tables import measure_table
from netofnets.services.viewer import ORGANIZER, Viewer

__all__ = ["Answers"]


class Answers:
    """The answers of one publication for one viewer, each the same dataclass that the page shows.

    A leader, network or interest is named by id, or by a name (accents and case aside) that only one has;
    :class:`NotFound` otherwise.
    ``dataclasses.asdict`` of an answer is what the page's JSON twin lists.
    """

    def __init__(self, published: Published, viewer: Viewer = ORGANIZER) -> None:
        self.published = published
        self.viewer = viewer

    @classmethod
    def current(cls, home: Path, viewer: Viewer = ORGANIZER) -> Answers:
        """The answers of what is published in ``home`` now."""
        return cls(Published.current(home), viewer)

    def __enter__(self) -> Answers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the published folder."""
        self.published.close()

    def front(self) -> Welcome:
        """How much there is, and what each reader finds first."""
        return welcome(self.published, self.viewer)

    def briefing(self, network: str = "") -> Briefing:
        """One page to take along: about the whole map, or about a network."""
        if network:
            return network_briefing(self.published, self.viewer, self._id("networks", network))
        return briefing(self.published, self.viewer, datetime.now(UTC).date())

    def bridges(
        self, *, network: str = "", without_role: str = "", kind: str = "", cut: bool = False, limit: int = 50
    ) -> BridgeReport:
        """Who holds the networks together; also without a role, among networks of a kind, or only who parts the map."""
        return bridge_report(
            self.published,
            self.viewer,
            network=self._id("networks", network),
            without_role=without_role,
            kind=kind,
            cut=cut,
            limit=limit,
        )

    def overlap(self, *, network: str = "", limit: int = 200) -> OverlapReport:
        """Which networks overlap."""
        return overlap_report(self.published, self.viewer, network=self._id("networks", network), limit=limit)

    def search(self, text: str = "", filters: Filters | None = None, *, me: str = "", limit: int = 30) -> SearchAnswer:
        """Who and what answers a text: ``Filters(language="Spanish", release="40")`` limits it, nodes by id or name.

        With ``me`` (a leader) the answer says what that person has in common with whom it finds.
        """
        viewer = replace(self.viewer, me=self._id("leaders", me)) if me else self.viewer
        chosen = (filters or Filters()).chosen
        named = {f.name: self._id(f.kind, chosen[f.name]) if f.kind else chosen[f.name] for f in FILTERS}
        return search(self.published, viewer, text, Filters(**named), limit)

    def gaps(self, *, network: str = "", limit: int = 20) -> GapsReport:
        """Which networks should meet."""
        return gaps_report(self.published, self.viewer, network=self._id("networks", network), limit=limit)

    def introductions(
        self, *, mode: str = "balanced", network: str = "", other: str = "", limit: int = 30
    ) -> IntroductionsReport:
        """Who of different networks should meet: safe, balanced or bold; of one network, or between two."""
        return introductions_report(
            self.published,
            self.viewer,
            mode=mode,
            network=self._id("networks", network),
            other=self._id("networks", other),
            limit=limit,
        )

    def communities(self, *, limit: int = 50) -> CommunityList:
        """The communities, and how sure they are."""
        return community_list(self.published, self.viewer, limit=limit)

    def community(self, which: str | int, *, limit: int = 30) -> CommunityPage:
        """One community by its number: who is at its core, who could as well be elsewhere."""
        return community_page(self.published, self.viewer, str(which), limit=limit)

    def comparison(self, *, against: str = "") -> ComparisonPage:
        """Communities beside a declared grouping: regions, schools, networks:KIND."""
        return comparison_page(self.published, self.viewer, against=against)

    def atlas(self, *, people: bool = False, colour: str = "", select: str = "") -> AtlasView:
        """The map as marks with places: networks, or people in them."""
        scene = people_scene if people else networks_scene
        return scene(self.published, self.viewer, colour=colour, select=select)

    def around(self, which: str) -> FocusMap:
        """The surroundings of a leader as a picture."""
        return leader_focus(self.published, self.viewer, self._id("leaders", which))

    def between(self, first: str, second: str) -> FocusMap:
        """Two networks and who is between them, as a picture."""
        return networks_focus(self.published, self.viewer, self._id("networks", first), self._id("networks", second))

    def among(self, which: str) -> FocusMap:
        """An interest and who holds it in which networks, as a picture."""
        return interest_focus(self.published, self.viewer, self._id("interests", which))

    def along(self, start: str, end: str, *, without: str = "") -> FocusMap:
        """The ways from one person to another, as a picture."""
        return paths_focus(self.published, self.viewer, start, end, without=without)

    def review(self, *, limit: int = 20) -> ReviewQueue:
        """Pairs of people who may be one, as they were published."""
        return review_queue(self.published, self.viewer, limit=limit)

    def glossary(self) -> Glossary:
        """Organizers' words and the field's terms."""
        return glossary(self.published, self.viewer)

    def measures(self) -> MeasuresPage:
        """Every published measure with its definition and parameters."""
        return measures_page(self.published, self.viewer)

    def tables(self) -> TablesPage:
        """Every published table, with the parameters it was computed with."""
        return tables_page(self.published, self.viewer)

    def table(
        self, which: str, *, where: Sequence[Condition] = (), sort: str = "", **parameters: int | float | str
    ) -> pa.Table:
        """The table of a measure, named by id or command; computed anew where a parameter is not the published one.

        ``where`` are conditions such as ``("score", "least", "0.5")``, ``sort`` is a column, ``-`` in front from the
        largest.
        """
        declared = by_command(which) or measure(which)
        whole = measure_table(self.published, self.viewer, declared.id, parameters)
        return chosen_rows(declared, whole, where, sort)

    def networks(self) -> NetworksList:
        """All networks."""
        return networks_list(self.published, self.viewer)

    def network(self, which: str, *, limit: int = 200) -> NetworkPage:
        """One network: members, neighbours, what it depends on."""
        return network_page(self.published, self.viewer, self._id("networks", which), limit=limit)

    def profile(self, which: str) -> Profile:
        """One leader: facts with sources, ties, scores with reasons."""
        return leader_profile(self.published, self.viewer, self._id("leaders", which))

    def me(self, text: str = "") -> MePage:
        """What the map says to the reader (``Viewer(role, me=ID)``), or whom a name may mean."""
        return me_page(self.published, self.viewer, text)

    def suggestions(self, which: str, *, limit: int = 10) -> Suggestions:
        """Whom a leader should meet."""
        return suggestions(self.published, self.viewer, self._id("leaders", which), limit=limit)

    def interest(self, which: str) -> InterestPage:
        """Who offers, seeks or practises an interest."""
        return interest_page(self.published, self.viewer, self._id("interests", which))

    def credential(self, which: str) -> CredentialPage:
        """Who holds a credential, and who issues it."""
        return credential_page(self.published, self.viewer, self._id("credentials", which))

    def convene(self, *, k: int = 6, cover: str = "networks") -> ConvenePage:
        """Whom to call together."""
        return convene_page(self.published, self.viewer, k=k, cover=cover)

    def lineage(self, which: str) -> LineagePage:
        """Whom a leader brought in, and how far it spread."""
        return lineage_page(self.published, self.viewer, self._id("leaders", which))

    def organizations(self) -> OrganizationsList:
        """All organizations, and the networks without a partner."""
        return organizations_list(self.published, self.viewer)

    def organization(self, which: str) -> OrganizationPage:
        """One organization: networks supported, and where it stands between two."""
        return organization_page(self.published, self.viewer, self._id("organizations", which))

    def what_if(
        self,
        *,
        without: str = "",
        meet: tuple[str, str] = ("", ""),
        join: tuple[str, str] = ("", ""),
        limit: int | None = 30,
    ) -> WhatIf:
        """What would change if somebody stepped back, two people met, or two networks joined."""
        return what_if(self.published, self.viewer, without=without, meet=meet, join=join, limit=limit)

    def changes(
        self, *, since: str = "", as_of: str = "", limit: int = 200, bridging: bool | None = None
    ) -> ChangesReport:
        """What changed since a day or a run: who joined and left, which networks and people join anew."""
        return changes_report(self.published, self.viewer, since=since, as_of=as_of, limit=limit, bridging=bridging)

    def paths(self, start: str, end: str, *, without: str = "") -> Paths:
        """How to reach somebody: ways past other people, each step with what it rests on."""
        return paths(self.published, self.viewer, start, end, without=without)

    def board(
        self, decisions: Sequence[Decision] | None = None, *, first: str = "", second: str = "", limit: int = 50
    ) -> Board:
        """How far introductions have come: as published, or by ``store.decisions(INTRODUCTION)`` as it stands."""
        return introductions_board(self.published, self.viewer, decisions, first=first, second=second, limit=limit)

    def ids(self, kind: str, which: Sequence[str]) -> tuple[str, ...]:
        """The ids of several nodes of a kind, each named by id or by name."""
        return tuple(self._id(kind, one) for one in which)

    def _id(self, kind: str, which: str) -> str:
        """The id of what is meant: ``which`` itself when it is one, else that of the only node of this name."""
        snapshot = index_of(self.published, self.viewer).snapshot
        ids = snapshot.ids(kind)
        if not which or pc.index(ids, which).as_py() >= 0:
            return which
        wanted = words_in(which)
        named = [at for at, name in enumerate(snapshot.names(kind).to_pylist()) if words_in(name or "") == wanted]
        if not named:
            raise NotFound(f"{kind}: none has the id or the name {which!r}; `netofnets search` finds parts of names")
        if len(named) > 1:
            several = ", ".join(ids[n].as_py() for n in named[:5])
            raise NotFound(f"{len(named)} {kind} are called {which!r}: say which by id ({several})")
        return str(ids[named[0]].as_py())
