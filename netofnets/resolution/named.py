"""What is compared of networks and organizations: their names in comparable form, and where they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pyarrow as pa

from netofnets.resolution.normalise import latin
from netofnets.resolution.records import listing
from netofnets.schema.identifiers import fold
from netofnets.schema.records import Claim

__all__ = ["AREA", "NAMED", "Named", "initials", "named_of_claims", "named_of_table", "run_together", "words_of"]

NAMED: tuple[str, ...] = ("networks", "organizations")
"""Kinds of nodes that are told by their names and places; people are compared in more ways."""

AREA: Mapping[str, str] = {"networks": "region", "organizations": "place"}
"""The property that says where a thing of a kind is, nearer than its country."""

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "a an the of for in at on and or de del der des di du la las le les los el und et y e von da".split()
)
_LONG = {
    "acad": "academy", "assn": "association", "assoc": "association", "centre": "center", "coll": "college",
    "ctr": "center", "dept": "department", "fdn": "foundation", "inst": "institute",
    "intl": "international", "mt": "mount", "natl": "national", "org": "organization", "organisation": "organization",
    "programme": "program", "sch": "school", "soc": "society", "st": "saint", "uni": "university", "univ": "university",
}  # fmt: skip


@dataclass(slots=True)
class Named:
    """A network or organization as far as it is known to be one, with all that its sources call it."""

    entity: str
    names: set[str] = field(default_factory=set)
    area: set[str] = field(default_factory=set)  # regions of a network, places of an organization
    country: set[str] = field(default_factory=set)
    url: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    by_id: set[str] = field(default_factory=set)  # sources that know it by an id of its own, not by its name alone


def named_of_table(claims: pa.Table, kind: str) -> list[Named]:
    """The things of a kind, of a table of claims as :class:`netofnets.store.base.Facts` has it."""
    own = listing(claims, kind)
    columns = (own[name].to_pylist() for name in ("entity", "source", "local_id", "values"))
    return _gathered(kind, ((e, s, i, json.loads(v)) for e, s, i, v in zip(*columns, strict=True)))


def named_of_claims(kind: str, claims: Iterable[tuple[str, Claim]]) -> list[Named]:
    """The things of a kind, of (entity, claim) pairs."""
    return _gathered(kind, ((e, c.source, c.local_id, c.values) for e, c in claims))


def _gathered(kind: str, told: Iterable[tuple[str, str, str, Mapping[str, object]]]) -> list[Named]:
    found: dict[str, Named] = {}
    for entity, source, local_id, values in told:
        if not (name := str(values.get("name") or "")):
            continue
        one = found.setdefault(entity, Named(entity))
        one.names.add(name)
        one.sources.add(source)
        if local_id not in ("", fold(name)):
            one.by_id.add(source)
        for column, said in (("area", AREA[kind]), ("country", "country"), ("url", "url")):
            if values.get(said):
                getattr(one, column).add(str(values[said]))
    return [found[entity] for entity in sorted(found)]


@lru_cache(maxsize=16_384)
def run_together(name: str) -> str:
    """A name without case, accents, blanks and punctuation: ``Teach-Meet Leeds`` is ``teachmeetleeds``."""
    return "".join(_WORD.findall(latin(name.replace("&", " and "))))


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in alphabetical order, abbreviations spelled out, without small words if others remain."""
    words = [_LONG.get(word, word) for word in _WORD.findall(latin(name.replace(".", "").replace("'", "")))]
    return tuple(sorted([word for word in words if word not in _SMALL] or words))


def initials(name: str) -> tuple[str, ...]:
    """The first letters of the words of a name of three or more words, with and without the small ones."""
    words = _WORD.findall(latin(name))
    letters = {"".join(w[0] for w in some) for some in (words, [w for w in words if w not in _SMALL]) if len(some) > 2}
    return tuple(sorted(letters))
