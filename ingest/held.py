"""What a row says that its person has, whatever the network: interests and credentials; and the words for facts."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from ingest.checked import CheckedTable
from ingest.people import by_name, by_name_and_issuer
from netofnets.schema.modes import MODES
from netofnets.schema.records import Value
from netofnets.schema.rows import interest_key

__all__ = [
    "Bundle",
    "Lookup",
    "Node",
    "Properties",
    "Ref",
    "Tie",
    "Values",
    "at",
    "held_by",
    "interest_nodes",
    "places",
    "remembered",
]

Values = tuple[Value, ...]
Properties = dict[str, Value]


class Lookup(NamedTuple):
    """A reference by address or name, to be looked up when all things are known."""

    how: str  # "email" | "name"
    text: str


Ref = str | Lookup
Node = tuple[str, str, Properties]
Tie = tuple[str, Ref, Ref, Properties]


class Bundle(NamedTuple):
    """A person and what a row says the person has; a roster repeats it in every row of the person."""

    leader: str
    digest: bytes  # the same for rows of one table that say the same
    told: Callable[[], tuple[list[Node], list[Tie]]]


_REMEMBERED = 10_000  # of one sort, for the next rows; what repeats at all repeats soon, or is few
K = TypeVar("K")
V = TypeVar("V")


def remembered(known: dict[K, V], key: K, value: V) -> V:
    """The value, kept for the rows that follow; what is kept stays small, however many rows there are."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = value
    return value


def places(table: CheckedTable) -> Callable[..., int]:
    """The place of the first of some columns that a table has; -1 for none."""
    positions = {name: i for i, name in enumerate(table.columns)}

    def place(*names: str) -> int:
        return next((positions[name] for name in names if name in positions), -1)

    return place


def at(values: Values, position: int) -> str:
    """The text at a place; empty where there is none."""
    return str(values[position] or "") if position >= 0 else ""


def held_by(table: CheckedTable) -> Callable[[Values, str], Bundle | None]:
    """The interests and credentials that a row states of its person; None when it states none."""
    place = places(table)
    given = [(column, mode.name) for mode in MODES if (column := place(mode.column)) >= 0]
    credentials, issuer = place("credentials"), place("credential_issuer")
    spell = [(n, c) for n, c in (("start", place("credential_earned")), ("end", place("credential_expires"))) if c >= 0]
    listed = [column for column in (*(c for c, _ in given), credentials) if column >= 0]
    wanted = [*listed, *(column for column in (issuer, *(c for _, c in spell)) if column >= 0)]
    interest = interest_nodes()

    def told(values: Values, leader: str) -> tuple[list[Node], list[Tie]]:
        stated = [(interest(w), mode) for column, mode in given for w in _several(values[column])]
        nodes = [node for node, _ in stated]
        ties: list[Tie] = [("leader_interests", leader, node[1], {"mode": mode}) for node, mode in stated]
        if credentials >= 0 and values[credentials]:
            dates = {name: values[column] for name, column in spell if values[column] is not None}
            _hold(leader, _several(values[credentials]), at(values, issuer), dates, nodes, ties)
        return nodes, ties

    def bundle(values: Values, leader: str) -> Bundle | None:
        if not any(values[column] for column in listed):
            return None
        key = (leader, *(values[column] for column in wanted))
        digest = blake2b(repr(key).encode(), digest_size=16).digest()
        return Bundle(leader, digest, lambda: told(values, leader))

    return bundle


def _hold(
    leader: str, names: tuple[str, ...], issuer: str, dates: Properties, nodes: list[Node], ties: list[Tie]
) -> None:
    """State the credentials of a person, and who issued them."""
    if issuer:
        nodes.append(("organizations", by_name(issuer), {"name": issuer}))
    for name in names:
        local = by_name_and_issuer(name, issuer)
        nodes.append(("credentials", local, {"name": name}))
        ties.append(("leader_credentials", leader, local, dates))
        if issuer:
            ties.append(("credential_issuers", local, by_name(issuer), {}))


def interest_nodes() -> Callable[[str], Node]:
    """A maker of the node for a wording."""
    known: dict[str, Node] = {}

    def node(wording: str) -> Node:
        found = known.get(wording)
        if found is None:
            fresh: Node = ("interests", interest_key(wording), {"name": wording})
            found = remembered(known, wording, fresh)
        return found

    return node


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
