"""The pages, one file for each question, and the forms on them; the routes follow from these lists."""

from __future__ import annotations

from web.actions import Action
from web.pages import Page
from web.views.about import ABOUT
from web.views.atlas import ATLAS
from web.views.bridges import BRIDGES
from web.views.briefing import BRIEFING, NETWORK_BRIEFING
from web.views.changes import CHANGES
from web.views.circle import CIRCLE, KNOWN
from web.views.communities import COMMUNITIES, COMMUNITY, COMPARISON, NAME_COMMUNITY
from web.views.convene import CONVENE
from web.views.credential import CREDENTIAL
from web.views.disputes import DISPUTES, SETTLE
from web.views.focus import INTEREST_MAP, LEADER_MAP, NETWORKS_MAP, PATHS_MAP
from web.views.front import FRONT
from web.views.gaps import GAPS, SETTLE_GAP
from web.views.imports import DRAFT, IMPORT
from web.views.interest import INTEREST
from web.views.introduced import BOARD, INTRODUCE
from web.views.introductions import INTRODUCTIONS
from web.views.invitations import INVITATIONS, INVITE, WITHDRAW
from web.views.leader import LEADER
from web.views.lineage import LINEAGE
from web.views.manual import API, GLOSSARY
from web.views.me import ME
from web.views.mine import CHOOSE, LEAVE, MINE
from web.views.networks import NETWORK, NETWORKS
from web.views.organizations import ORGANIZATION, ORGANIZATIONS
from web.views.overlap import OVERLAP
from web.views.own_word import OWN_ACTIONS
from web.views.paths import PATHS
from web.views.reports import REPORT_ACTIONS, REPORTS
from web.views.review import ANSWER, QUEUE_ACTIONS, REVIEW, TAKE_BACK
from web.views.search import SEARCH
from web.views.tables import TABLE, TABLES
from web.views.what_if import WHAT_IF

__all__ = ["ACTIONS", "DESK", "MANUAL", "OWN", "PAGES"]

PAGES: tuple[Page, ...] = (
    FRONT,
    ME,
    ATLAS,
    BRIDGES,
    OVERLAP,
    GAPS,
    INTRODUCTIONS,
    SEARCH,
    NETWORKS,
    NETWORK,
    LEADER,
    COMMUNITIES,
    COMPARISON,
    COMMUNITY,
    LEADER_MAP,
    NETWORKS_MAP,
    INTEREST_MAP,
    PATHS_MAP,
    LINEAGE,
    INTEREST,
    CREDENTIAL,
    ORGANIZATIONS,
    ORGANIZATION,
    CONVENE,
    WHAT_IF,
    CHANGES,
    PATHS,
    BOARD,
    REVIEW,
    BRIEFING,
    NETWORK_BRIEFING,
    TABLES,
    TABLE,
    GLOSSARY,
    ABOUT,
)

OWN: tuple[Page, ...] = (MINE, CIRCLE, KNOWN, DISPUTES, INVITATIONS, REPORTS)
"""Pages about what an account has of its own: nothing that a laptop or a command line could ask for."""

DESK: tuple[Page, ...] = (IMPORT, DRAFT)
"""Pages about what is on its way in: answers to no reader's question, so no command and no method says the same."""

MANUAL: tuple[Page, ...] = (API,)
"""Pages about the program itself."""

ACTIONS: tuple[Action, ...] = (
    INTRODUCE,
    NAME_COMMUNITY,
    ANSWER,
    TAKE_BACK,
    *QUEUE_ACTIONS,
    CHOOSE,
    LEAVE,
    *OWN_ACTIONS,
    SETTLE,
    SETTLE_GAP,
    INVITE,
    WITHDRAW,
    *REPORT_ACTIONS,
)
