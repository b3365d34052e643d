"""How several tellings of one fact become one: the same rule for the rows of a source and for the claims of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from netofnets.schema.model import Kind, Merge, Property, PropertyType, RelationshipKind
from netofnets.schema.records import BY_HAND, BY_PERSON, CORRECTING, Value

__all__ = ["SEPARATOR", "Telling", "differing", "in_order", "merged", "weighed"]

SEPARATOR = "; "
"""What stands between the parts of a joined text, such as the roles ``facilitator; member``."""

Telling = tuple[Mapping[str, Value], int]
"""What is told about a thing, and how many times it is told in these very words."""


def merged(kind: Kind, tellings: Sequence[Telling]) -> dict[str, Value]:
    """The values of a thing of ``kind`` as its tellings make them, property by property (:class:`Merge` says how).

    Among values told equally often, that of the telling that stands first is taken. The order therefore has to mean
    something: claims stand in the order of their sources, rows of one source in that of :func:`in_order`.
    """
    found: dict[str, Value] = {}
    for prop in kind.properties:
        told = _told(prop.name, tellings)
        if told:
            found[prop.name] = _one_of(prop, told)
    for prop in kind.properties:
        if prop.others_in and prop.name in found:
            _keep_others(prop, _told(prop.name, tellings), found)
    # What was kept of others may stand where nothing was told, so the order of the declaration is made again.
    return {prop.name: found[prop.name] for prop in kind.properties if prop.name in found}


def weighed(kind: Kind, told: Sequence[tuple[str, Mapping[str, Value]]]) -> dict[str, Value]:
    """The values of a thing as (source, what it says) make them, in the order of the sources.

    What rosters list is merged; what was edited by hand stands in its place; over both stands what the person told of
    themselves. What the person named on the way, such as a network that they have left, only fills in what nobody says.
    """
    listed = merged(kind, [(values, 1) for source, values in told if source not in CORRECTING])
    hand = {name: value for source, values in told if source == BY_HAND for name, value in values.items()}
    own = merged(kind, [(values, 1) for source, values in told if source == BY_PERSON])
    found = {**listed, **hand, **own} if _is_about_people(kind) else {**own, **listed, **hand}
    return {prop.name: found[prop.name] for prop in kind.properties if prop.name in found}


def differing(kind: Kind, tellings: Sequence[Telling]) -> list[Property]:
    """The properties that tellings differ about, where one value had to be taken for all or several joined."""
    choosing = (prop for prop in kind.properties if prop.merge in (Merge.MAJORITY, Merge.JOINED))
    return [
        prop
        for prop in choosing
        if prop.type is not PropertyType.TEXTS and len({value for value, _ in _told(prop.name, tellings)}) > 1
    ]


def in_order(kind: Kind, tellings: Iterable[Telling]) -> list[Telling]:
    """The tellings in an order that follows from what they say alone, in whatever order they come."""
    names = [prop.name for prop in kind.properties]
    return sorted(tellings, key=lambda telling: [_orderable(telling[0].get(name)) for name in names])


def _is_about_people(kind: Kind) -> bool:
    return (kind.source if isinstance(kind, RelationshipKind) else kind.name) == "leaders"


def _told(name: str, tellings: Sequence[Telling]) -> list[tuple[Value, int]]:
    return [(value, times) for values, times in tellings if (value := values.get(name)) is not None]


def _one_of(prop: Property, told: Sequence[tuple[Value, int]]) -> Value:
    values = [value for value, _ in told]
    if prop.type is PropertyType.TEXTS:
        return tuple(sorted({text for value in values if isinstance(value, tuple) for text in value}))
    if prop.merge is Merge.SMALLEST:
        return min(values, key=_orderable)
    if prop.merge is Merge.LARGEST:
        return max(values, key=_orderable)
    if prop.merge is Merge.JOINED:
        return SEPARATOR.join(sorted({part for value in values for part in str(value).split(SEPARATOR)}))
    counts: Counter[Value] = Counter()
    for value, times in told:
        counts[value] += times
    return counts.most_common(1)[0][0]  # stable: among equals the one that was told first


def _keep_others(prop: Property, told: Sequence[tuple[Value, int]], found: dict[str, Value]) -> None:
    """Put the values that were not taken into the list that the property names."""
    stated = found.pop(prop.others_in, ())
    others = {str(value) for value, _ in told}.union(stated if isinstance(stated, tuple) else ())
    if others := others - {str(found[prop.name])}:
        found[prop.others_in] = tuple(sorted(others))


def _orderable(value: Value) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, "" if value is None else str(value))
