"""Give a community a name that people know it by, or take it back."""

from __future__ import annotations

from netofnets.desk.checks import check_said, check_short, now
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.language import say
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
            raise SettingsError(say("community {number} has no name that could be taken back", number=number))
        for other, decision in names.items():
            if other != number and given and plain_name(decision.value) == plain_name(given):
                raise SettingsError(_taken(other, decision.value))

    store.decide([made], fits)
    return made


def _taken(other: int, name: str) -> str:
    return say("community {number} is called {name!r} already; choose another name", number=other, name=name)


def _checked(published: Published, name: str) -> str:
    if not name.isprintable():
        raise SettingsError(say("the name holds characters that cannot be printed; type it anew"))
    given = " ".join(name.split())
    if len(given) > LONGEST_NAME:
        long = say("the name has {length:,} characters; shorten it to {most}", length=len(given), most=LONGEST_NAME)
        raise SettingsError(long)
    networks = index_of(published, ORGANIZER).snapshot.names("networks").to_pylist()
    if given and plain_name(given) in {plain_name(network or "") for network in networks}:
        told = say("{name!r} is the name of a network, and a community is not that network; choose another", name=given)
        raise SettingsError(told)
    return given
