"""Partner organizations: which networks each supports, where it stands between two that nobody joins, who has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from netofnets.analysis.partners import Apart, apart_pairs, joined_networks
from netofnets.graph.published import Published
from netofnets.graph.vocabulary import named_so, words_in
from netofnets.language import say
from netofnets.services.bounded import bounded
from netofnets.services.index import EditionIndex, index_of, slice_of
from netofnets.services.networks.partner_words import list_words, nobody_in_both, partner_words
from netofnets.services.paged import Paged, paged
from netofnets.services.person.evidence import Quotation, quotations_of
from netofnets.services.refs import Ref, ref
from netofnets.services.unseen import UnseenGroups, unseen_in
from netofnets.services.viewer import Viewer

__all__ = [
    "ApartPair",
    "OrganizationPage",
    "OrganizationRow",
    "OrganizationsList",
    "Supported",
    "organization_page",
    "organizations_list",
]

_PAIRS, _PEOPLE = 30, 100


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One line of the list of organizations."""

    organization: Ref
    kind: str
    place: str
    networks: tuple[Ref, ...]  # that it partners with, by name
    people: int
    apart: int  # pairs of these networks that nobody joins
    only_partner: int  # networks that have no other partner
    unseen: int = 0  # at least so many leaders of these networks who are not shown


@dataclass(frozen=True, slots=True)
class OrganizationsList:
    """The organizations of this viewer's edition, and the networks that partner with none, page by page."""

    version: str
    summary: str
    rows: tuple[OrganizationRow, ...]  # those between most pairs first, then with most networks; of the page
    paged: Paged
    without: tuple[Ref, ...]  # networks with members and no partner, by name; of their page
    without_paged: Paged
    text: str = ""  # the filter: words that an organization has in its name


@dataclass(frozen=True, slots=True)
class Supported:
    """A network that an organization partners with."""

    network: Ref
    role: str
    members: int
    only: bool  # whether the network has no other partner
    unseen: int = 0  # at least so many members who are not shown


@dataclass(frozen=True, slots=True)
class ApartPair:
    """Two networks of one organization that nobody joins."""

    first: Ref
    second: Ref
    words: str


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """The page of an organization."""

    version: str
    organization: Ref
    summary: str
    facts: tuple[tuple[str, str], ...]
    supports: tuple[Supported, ...]
    apart: tuple[ApartPair, ...]  # those with most members first, at most 30
    apart_total: int
    focuses: tuple[Ref, ...]
    issues: tuple[Ref, ...]  # credentials, by name
    people: tuple[Ref, ...]  # who works for or with it, by name, at most 100
    people_total: int
    quotations: tuple[Quotation, ...] = ()  # from articles, as somebody accepted them; organizers only
    unseen: str = ""  # how many leaders of its networks there are at least who are not shown
    left_out: str = ""  # which lists, beside pairs and people, are longer than what is listed, in words


_LISTS = {
    "supports": say("networks"),
    "focuses": say("subjects"),
    "issues": say("credentials"),
    "quotations": say("quotes"),
}
_FACTS = {"kind": say("Kind"), "place": say("Place"), "country": say("Country"), "url": say("Url")}


def organizations_list(
    published: Published,
    viewer: Viewer,
    *,
    text: str = "",
    limit: int | None = None,
    page: int = 1,
    without_page: int = 1,
) -> OrganizationsList:
    """The organizations with what they support, and the networks without a partner; ``limit`` of each on a page.

    ``text`` keeps the organizations with each of its words, or the beginning of it, in their name.
    """
    index = index_of(published, viewer)
    unseen = unseen_in(index, viewer)
    order = index.once("organizations in order", lambda: _in_order(index))
    between = int(np.count_nonzero(index.table("partners")["apart"].to_numpy()))
    without = index.once(("without a partner", viewer.k), lambda: _without(index, unseen))
    asked = words_in(text[:200])
    names = index.snapshot.names("organizations")
    found = [at for at in order if named_so(names[at].as_py() or "", asked)] if asked else order
    at, beside = paged(len(found), limit, page), paged(len(without), limit, without_page)
    told = index.table("partners")
    return OrganizationsList(
        index.version,
        list_words(len(order), between, len(without), everybody=viewer.sees_people),
        tuple(_row(index, unseen, one, told.slice(one, 1).to_pylist()[0]) for one in found[at.rows]),
        at,
        tuple(index.network(n) for n in without[beside.rows]),
        beside,
        text,
    )


def _in_order(index: EditionIndex) -> list[int]:
    """The organizations by pairs of networks that nobody joins, by networks, then by name."""
    apart = index.table("partners")["apart"].to_pylist()
    networks = index.snapshot.incidence("partnerships").group_sizes.tolist()
    names = [str(name or "").casefold() for name in index.snapshot.names("organizations").to_pylist()]
    ids = index.snapshot.ids("organizations").to_pylist()
    return sorted(range(len(ids)), key=lambda o: (-apart[o], -networks[o], names[o], ids[o]))


def _without(index: EditionIndex, unseen: UnseenGroups) -> list[int]:
    """The networks of somebody, shown or counted, that have no partner: by name."""
    ids = index.snapshot.ids("networks").to_pylist()
    counted_in = np.array([unseen.at_least("network", one) > 0 for one in ids], dtype=bool)
    known = (index.memberships.group_sizes > 0) | counted_in
    alone = np.flatnonzero((index.snapshot.incidence("partnerships").degrees == 0) & known).tolist()
    names = [str(name or "").casefold() for name in index.snapshot.names("networks").to_pylist()]
    return sorted(alone, key=lambda n: (names[n], ids[n]))


def organization_page(published: Published, viewer: Viewer, organization: str) -> OrganizationPage:
    """Everything about an organization; :class:`NotFound` for a missing and for an unseen one alike."""
    index = index_of(published, viewer)
    at = index.snapshot.position("organizations", organization)
    unseen = unseen_in(index, viewer)
    supports = _supported(index, unseen, at)
    apart = apart_pairs(index.snapshot, _joined(index), at)
    staff = index.by_name(index.snapshot.incidence("affiliations").actors_of(at))
    page = OrganizationPage(
        index.version,
        ref(index.snapshot, "organizations", at),
        partner_words([(s.network.name, s.only) for s in supports], len(apart.first), everybody=viewer.sees_people),
        _facts(index, at),
        supports,
        _pairs(index, apart, everybody=viewer.sees_people),
        len(apart.first),
        _focuses(index, at),
        _issues(index, at),
        tuple(index.leader(int(p)) for p in staff[:_PEOPLE]),
        len(staff),
        quotations_of(index, organization),
        unseen.words("organization", organization),
    )
    return bounded(page, _LISTS)


def _row(index: EditionIndex, unseen: UnseenGroups, at: int, row: dict[str, Any]) -> OrganizationRow:
    node = index.snapshot.nodes["organizations"].slice(at, 1).to_pylist()[0]
    own = (index.network(int(n)) for n in index.snapshot.incidence("partnerships").actors_of(at))
    return OrganizationRow(
        ref(index.snapshot, "organizations", at),
        node["kind"] or "",
        ", ".join(str(node[name]) for name in ("place", "country") if node[name]),
        tuple(sorted(own, key=lambda r: (r.name.casefold(), r.id))),
        int(row["people"]),
        int(row["apart"]),
        int(row["only_partner"]),
        unseen.at_least("organization", node["id"]),
    )


def _joined(index: EditionIndex) -> Any:
    return index.once("joined_networks", lambda: joined_networks(index.snapshot))


def _supported(index: EditionIndex, unseen: UnseenGroups, organization: int) -> tuple[Supported, ...]:
    edges = index.snapshot.edges["partnerships"]
    degrees = index.snapshot.incidence("partnerships").degrees
    roles: dict[int, set[str]] = {}
    for row in index.arriving("partnerships")[organization].tolist():
        roles.setdefault(int(edges.source[row]), set()).add(str(edges.table["role"][row].as_py() or ""))
    found = [
        Supported(
            index.network(n),
            "; ".join(sorted(role for role in said if role)),
            int(index.memberships.group_sizes[n]),
            int(degrees[n]) == 1,
            unseen.at_least("network", index.network(n).id),
        )
        for n, said in roles.items()
    ]
    return tuple(sorted(found, key=lambda s: (s.network.name.casefold(), s.network.id)))


def _pairs(index: EditionIndex, apart: Apart, *, everybody: bool) -> tuple[ApartPair, ...]:
    sizes = index.memberships.group_sizes
    found = []
    for a, b in zip(apart.first[:_PAIRS].tolist(), apart.second[:_PAIRS].tolist(), strict=True):
        words = nobody_in_both(int(sizes[a]), int(sizes[b]), everybody=everybody)
        found.append(ApartPair(index.network(a), index.network(b), words))
    return tuple(found)


def _focuses(index: EditionIndex, organization: int) -> tuple[Ref, ...]:
    edges = index.snapshot.edges["organization_focuses"]
    found = (ref(index.snapshot, "interests", int(edges.target[r])) for r in slice_of(edges.source, organization))
    return tuple(sorted(found, key=lambda r: (r.name.casefold(), r.id)))


def _issues(index: EditionIndex, organization: int) -> tuple[Ref, ...]:
    found = index.snapshot.incidence("credential_issuers").actors_of(organization)
    return tuple(sorted((ref(index.snapshot, "credentials", int(c)) for c in found), key=lambda r: r.name.casefold()))


def _facts(index: EditionIndex, organization: int) -> tuple[tuple[str, str], ...]:
    row = index.snapshot.nodes["organizations"].slice(organization, 1).to_pylist()[0]
    return tuple((label, str(row[name])) for name, label in _FACTS.items() if row[name])
