"""The whole graph as it is kept: our nodes and relationships, whatever somebody has done to them in Browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, LiteralString

from netofnets.errors import StoreError
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import NodeKind
from netofnets.schema.records import Claim, PastClaim
from netofnets.store.book import Kept, LostPast, Unreadable
from netofnets.store.claims import claim_from_text
from netofnets.store.neo4j import statements
from netofnets.store.neo4j.rows import claims_in, past_from

__all__ = ["EARLIER", "PAST", "RUNS", "kept_from", "past_in", "vocabulary"]

PAST: LiteralString = "MATCH (p:NetOfNetsPastClaim) RETURN p.kind, p.claim, p.until, p.stated, p.key, p.source"
"""What :func:`past_in` reads."""

EARLIER: LiteralString = "MATCH (p:NetOfNetsPastClaim {stated: true}) RETURN p.kind, p.claim, p.until, p.stated"
"""What sources said before."""

"""The log of visibility."""

RUNS: LiteralString = """MATCH (r:NetOfNetsRun)
RETURN r.number, r.source, r.status, r.started, r.finished, r.report ORDER BY r.number"""
"""All runs, oldest first."""


def vocabulary(ask: Callable[[LiteralString], Iterable[Sequence[Any]]], prefix: LiteralString) -> Iterator[Claim]:
    """The claims about interests of sources that list nobody."""
    listing = {source for (source,) in ask(statements.listing("leaders", prefix))}
    texts = (row[0] for row in ask(statements.told("interests", prefix)))
    return (claim for claim in claims_in("interests", texts) if claim.source not in listing)


def kept_from(kind: str, rows: Iterable[Sequence[Any]]) -> Iterator[Kept]:
    """Nodes or relationships from the rows of :func:`netofnets.store.neo4j.statements.kept`."""
    declared = BY_NAME[kind]
    ends = 0 if isinstance(declared, NodeKind) else 2
    names = [prop.name for prop in declared.properties]
    for name, *rest in rows:
        *values, texts, listed = rest[ends:]
        stated = {n: _plain(value) for n, value in zip(names, values, strict=True) if value is not None}
        # One for each claim, so a source may stand there twice.
        sources = tuple(dict.fromkeys(map(str, listed))) if isinstance(listed, list) else ()
        claims, damaged = _read(kind, texts, sources)
        start, end = (_text(end) for end in rest[:ends] or ("", ""))
        yield Kept(kind, _text(name), stated, claims, start, end, damaged, sources)


def past_in(rows: Iterable[Sequence[Any]]) -> tuple[tuple[PastClaim, ...], tuple[LostPast, ...]]:
    """All past claims, and the addresses of those that cannot be read."""
    good: list[PastClaim] = []
    lost: list[LostPast] = []
    for kind, text, until, stated, key, source in rows:
        try:
            good.append(past_from(kind, text, int(until), bool(stated)))
        except (StoreError, TypeError, ValueError):
            lost.append((_text(kind), _text(key), _text(source), until if isinstance(until, int) else 0))
    return tuple(good), tuple(lost)


def _read(kind: str, texts: Any, sources: tuple[str, ...]) -> tuple[tuple[Claim, ...], tuple[Unreadable, ...]]:
    claims: list[Claim] = []
    damaged: list[Unreadable] = []
    for text in texts if isinstance(texts, list) else [texts]:
        try:
            claims.append(claim_from_text(kind, text))
        except StoreError:
            damaged.append(Unreadable(sources))
    told = {claim.source for claim in claims}
    # A source whose claim is readable has lost none, as far as can be told, unless every one of them is.
    left = tuple(source for source in sources if source not in told) or sources
    return tuple(claims), tuple(Unreadable(left) for _ in damaged)


def _plain(value: Any) -> object:
    return tuple(value) if isinstance(value, list) else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
