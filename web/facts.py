"""What the JSON twin of each page holds: its facts by name, each with the type that the page hands over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.desk.open_interests import InterestQueue
from netofnets.services.article_queue import ArticleQueue
from netofnets.services.briefing import Briefing
from netofnets.services.changes import ChangesReport
from netofnets.services.find.credentials import CredentialPage
from netofnets.services.find.interest import InterestPage
from netofnets.services.find.search import SearchAnswer
from netofnets.services.front import Welcome
from netofnets.services.glossary import Glossary
from netofnets.services.groups.community import CommunityPage
from netofnets.services.groups.compare import ComparisonPage
from netofnets.services.groups.listing import CommunityList
from netofnets.services.introduced.board import Board
from netofnets.services.map.among import Among
from netofnets.services.map.at_hand import AtHand
from netofnets.services.map.atlas import AtlasView
from netofnets.services.map.focus_map import FocusMap
from netofnets.services.map.growth import Timeline
from netofnets.services.map.limits import Limited
from netofnets.services.map.moved import Movement
from netofnets.services.map.rows import SceneRow
from netofnets.services.map.selection import Selection
from netofnets.services.measures import MeasuresPage
from netofnets.services.networks.bridges import BridgeReport
from netofnets.services.networks.convene import ConvenePage
from netofnets.services.networks.gaps import GapsReport
from netofnets.services.networks.introductions import IntroductionsReport
from netofnets.services.networks.listing import NetworksList
from netofnets.services.networks.network import NetworkPage
from netofnets.services.networks.overlap import OverlapReport
from netofnets.services.networks.partners import OrganizationPage, OrganizationsList
from netofnets.services.networks.what_if import WhatIf
from netofnets.services.person.lineage import LineagePage
from netofnets.services.person.me import MePage
from netofnets.services.person.paths import Paths
from netofnets.services.person.profile import Profile
from netofnets.services.review import ReviewQueue
from netofnets.services.table_page import TablePage, TablesPage
from netofnets.services.week import Task

__all__ = ["FACTS"]

_FOCUS: Mapping[str, Any] = {"focus": FocusMap, "rows": tuple[SceneRow, ...], "centre": str, "vis": dict[str, Any]}

FACTS: Mapping[str, Mapping[str, Any]] = {
    "front": {"welcome": Welcome, "week": tuple[Task, ...], "picture": AtlasView},
    "me": {"page": MePage},
    "atlas": {
        "atlas": AtlasView,
        "limited": Limited,
        "among": Among | None,
        "moved": Movement | None,
        "timeline": Timeline,
        "at_hand": AtHand,
        "community": Selection | None,
        "rows": tuple[SceneRow, ...],
        "missing": bool,
    },
    "bridges": {"report": BridgeReport},
    "overlap": {"report": OverlapReport},
    "gaps": {"report": GapsReport, "note": str},
    "introductions": {"report": IntroductionsReport},
    "search": {"answer": SearchAnswer},
    "networks": {"list": NetworksList},
    "network": {"page": NetworkPage},
    "leader": {"profile": Profile, "focus": FocusMap, "known": bool},
    "communities": {"list": CommunityList},
    "community": {"page": CommunityPage},
    "comparison": {"page": ComparisonPage},
    "leader_map": _FOCUS,
    "networks_map": _FOCUS,
    "interest_map": _FOCUS,
    "paths_map": _FOCUS,
    "lineage": {"page": LineagePage},
    "interest": {"page": InterestPage},
    "credential": {"page": CredentialPage},
    "organizations": {"list": OrganizationsList},
    "organization": {"page": OrganizationPage},
    "convene": {"page": ConvenePage},
    "what_if": {"answer": WhatIf},
    "changes": {"report": ChangesReport, "wrong": str},
    "paths": {"answer": Paths},
    "introductions_board": {"board": Board, "note": str},
    "review": {"what": str, "queue": ReviewQueue | ArticleQueue | InterestQueue},
    "tables": {"list": TablesPage, "files": list[str], "most_people": int},
    "table": {"table": TablePage, "fault": str},
    "glossary": {"glossary": Glossary},
    "briefing": {"briefing": Briefing, "day": str},
    "network_briefing": {"briefing": Briefing, "day": str},
    "about": {
        "measures": MeasuresPage,
        "welcome": Welcome,
        "content_hash": str,
        "least_group": int,
        "versions": dict[str, str],
    },
}
"""By the name of the page. A twin may hold more: what a page says beside its facts is not promised."""
