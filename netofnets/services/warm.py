"""What pages look up is made before anybody asks: one of each kind of page is answered, for nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from netofnets.graph.published import Published
from netofnets.services.find.search import search
from netofnets.services.front import welcome
from netofnets.services.groups.listing import community_list
from netofnets.services.index import index_of
from netofnets.services.map.clicked import clicked
from netofnets.services.map.overview import overview
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.gaps import gaps_report
from netofnets.services.networks.introductions import introductions_report
from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.networks.partners import organizations_list
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import Viewer
from netofnets.services.week import this_week

__all__ = ["warm"]

_FEW = 5_000


def warm(published: Published, viewer: Viewer) -> None:
    """Make the indexes of the edition that this viewer reads; who asks meanwhile waits for one, and makes none twice.

    Of few people everything is made in a moment, when it is asked for. What is asked for rarely, and takes long, is
    left to whoever asks: changes, what-if, paths, the whole atlas.
    """
    snapshot = index_of(published, viewer).snapshot
    if snapshot.count("leaders") < _FEW:
        return
    welcome(published, viewer)
    this_week(published, viewer, datetime.now(UTC).date())
    overview(published, viewer)
    search(published, viewer, "networks", limit=1)
    for listed in (networks_list, organizations_list, bridge_report, overlap_report, gaps_report, community_list):
        listed(published, viewer, limit=1)
    introductions_report(published, viewer, limit=1)
    for network in snapshot.ids("networks")[:1].to_pylist():
        network_page(published, viewer, network, limit=1)
        clicked(published, viewer, network, people=True)
    for leader in snapshot.ids("leaders")[:1].to_pylist():
        leader_profile(published, viewer, leader)
        clicked(published, viewer, leader, people=True)
