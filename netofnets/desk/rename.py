"""Give a community a name that people know it by, or take it back."""

from __future__ import annotations

from netofnets.desk.checks import check_said, check_short, now
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.schema.community_names import LONGEST_NAME, community_names, plain_name
from netofnets.schema.identity import Identity
from netofnets.schema.records import Decision
from netofnets.schema.topics import COMMUNITY_NAME
from netofnets.services.groups.community import community_page
from netofnets.services.index import index_of
from netofnets.services.viewer import ORGANIZER
from netofnets.store.base import Store

__all__ = ["name_community"]

_NETWORKS = 8  # of the largest, by which the community is known again


def name_community(store: Store, published: Published, community: str, name: str, *, who: str, why: str) -> Decision:
    """Append a name for a community, by its number in the organizers' edition; an empty ``name`` takes it back.

    The name shows from the next publication on, wherever the description made from the data showed. Raises
    :class:`NotFound` when there is no such community, :class:`SettingsError` for a name that is too long, cannot be
    printed, or is that of a network or of another community, and when nobody decided; nothing is written then.
    """
    page = community_page(published, ORGANIZER, community, limit=0)
    given = _checked(published, name)
    check_said(who)
    check_short(who=who, why=why)
    number = page.row.community
    networks = tuple(n.network.id for n in page.networks[:_NETWORKS])
    made = Decision(COMMUNITY_NAME, (str(number), *networks), given, who.strip(), why.strip(), now())

    def fits(standing: tuple[Decision, ...], _: Identity) -> None:
        names = community_names(standing)
        if not given and number not in names:
            raise SettingsError(f"community {number} has no name that could be taken back")
        for other, decision in names.items():
            if other != number and given and plain_name(decision.value) == plain_name(given):
                raise SettingsError(f"community {other} is called {decision.value!r} already; choose another name")

    store.decide([made], fits)
    return made


def _checked(published: Published, name: str) -> str:
    if not name.isprintable():
        raise SettingsError("the name holds characters that cannot be printed; type it anew")
    given = " ".join(name.split())
    if len(given) > LONGEST_NAME:
        raise SettingsError(f"the name has {len(given):,} characters; shorten it to {LONGEST_NAME}")
    networks = index_of(published, ORGANIZER).snapshot.names("networks").to_pylist()
    if given and plain_name(given) in {plain_name(network or "") for network in networks}:
        raise SettingsError(f"{given!r} is the name of a network, and a community is not that network; choose another")
    return given
