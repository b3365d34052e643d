"""Small graphs by name, from plain Python, checked by hand where they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema


def rows(kind: str, found: Iterable[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist([dict(row) for row in found], schema=arrow_schema(kind))


def snapshot(
    belongs: Mapping[str, Sequence[str]],
    ties: Iterable[tuple[str, str] | tuple[str, str, int]] = (),
    *,
    networks: Iterable[str] = (),
    interests: Mapping[str, Sequence[str]] | None = None,
    leaders: Mapping[str, Mapping[str, Any]] | None = None,
    kinds: Mapping[str, str] | None = None,
    partners: Iterable[tuple[str, str]] = (),
    parts: Iterable[tuple[str, str]] = (),
    roles: Mapping[tuple[str, str], str] | None = None,
    modes: Mapping[tuple[str, str], str] | None = None,
) -> Snapshot:
    """``belongs``: leader -> networks; ids are names. ``networks`` adds empty ones, ``leaders`` properties.

    ``roles`` are of (leader, network), ``modes`` of (leader, interest).
    """
    parts, partners = list(parts), list(partners)
    stated = {n for pair in parts for n in pair} | {n for n, _ in partners}
    all_networks = sorted({n for own in belongs.values() for n in own} | set(networks) | stated)
    tags = sorted({i for own in (interests or {}).values() for i in own})
    organizations = sorted({o for _, o in partners})
    return Snapshot.build(
        {
            "leaders": rows("leaders", [{"id": x, "name": x, **(leaders or {}).get(x, {})} for x in belongs]),
            "networks": rows("networks", [{"id": n, "name": n, "kind": (kinds or {}).get(n)} for n in all_networks]),
            "interests": rows("interests", [{"id": i, "name": i} for i in tags]),
            "organizations": rows("organizations", [{"id": o, "name": o} for o in organizations]),
            "memberships": rows(
                "memberships",
                [
                    {"id": f"m{i}", "from_id": x, "to_id": n, "role": (roles or {}).get((x, n))}
                    for i, (x, n) in enumerate((x, n) for x, own in belongs.items() for n in own)
                ],
            ),
            "network_parts": rows("network_parts", _ends(parts)),
            "collaborations": rows("collaborations", [{"id": f"c{i}", **_tie(*tie)} for i, tie in enumerate(ties)]),
            "leader_interests": rows("leader_interests", _held(interests or {}, modes or {})),
            "partnerships": rows("partnerships", _ends(partners)),
        }
    )


def _held(interests: Mapping[str, Sequence[str]], modes: Mapping[tuple[str, str], str]) -> list[dict[str, str | None]]:
    ends = _ends((x, i) for x, own in interests.items() for i in own)
    return [{**row, "mode": modes.get((row["from_id"], row["to_id"]))} for row in ends]


def _ends(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": f"r{i}", "from_id": a, "to_id": b} for i, (a, b) in enumerate(pairs)]


def _tie(source: str, target: str, count: int | None = None) -> dict[str, Any]:
    return {"from_id": source, "to_id": target, "count": count}


def two_camps() -> Snapshot:
    """Networks a1, a2 with the same five people, b1, b2 with five others, and `z` in a1 and b1; `i` knows nobody."""
    belongs: dict[str, list[str]] = {f"a-{k}": ["a1", "a2"] for k in range(5)}
    belongs |= {f"b-{k}": ["b1", "b2"] for k in range(5)}
    return snapshot(belongs | {"z": ["a1", "b1"], "i": []})


def camps(size: int = 30, joining: int = 2, extra: int = 0) -> Snapshot:
    """Two blocks of three networks each, every member in two of a block's three; ``joining`` people in both blocks.

    ``extra`` people are in the first network of either block only, so that chance has room.
    """
    belongs: dict[str, list[str]] = {}
    for block in "ab":
        for k in range(size):
            belongs[f"{block}{k:02d}"] = [f"{block}-{k % 3}", f"{block}-{(k + 1) % 3}"]
        for k in range(extra):
            belongs[f"{block}x{k:02d}"] = [f"{block}-0"]
    for k in range(joining):
        belongs[f"z{k}"] = ["a-0", "a-1", "b-0", "b-1"]
    return snapshot(belongs)
