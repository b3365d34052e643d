"""Credentials: which a question means, by name or by who issued them, and the page of one: who holds it, since when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.find.text_index import NodeHits, Question, TextIndex, score_nodes
from netofnets.services.index import EditionIndex, index_of, slice_of
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, quoted

__all__ = [
    "CredentialHolder",
    "CredentialPage",
    "best_credential",
    "credential_hits",
    "credential_page",
    "issuers_of",
    "titled",
]

_BY_ISSUER = 0.8  # a word found in the name of the issuer, compared with one found in the credential's own
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class CredentialHolder:
    """Somebody who holds a credential; days are ISO or empty."""

    leader: Ref
    start: str
    end: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CredentialPage:
    """The page of a credential: who issues it, who holds it."""

    version: str
    credential: Ref
    kind: str
    about: str
    url: str
    issuers: tuple[Ref, ...]
    summary: str
    people_total: int
    people: tuple[CredentialHolder, ...]  # by name, at most 200


def credential_page(published: Published, viewer: Viewer, credential: str) -> CredentialPage:
    """Who holds a credential that has not expired; :class:`NotFound` when there is no such credential."""
    index = index_of(published, viewer)
    at = index.snapshot.position("credentials", credential)
    node = index.snapshot.nodes["credentials"].slice(at, 1).to_pylist()[0]
    holders = index.by_name(index.credentials.actors_of(at))
    reference, issuers = ref(index.snapshot, "credentials", at), issuers_of(index, at)
    return CredentialPage(
        index.version,
        reference,
        node["kind"] or "",
        node["about"] or "",
        node["url"] or "",
        issuers,
        _summary(len(holders), titled(index, at)),
        len(holders),
        tuple(_holder(index, int(leader), at) for leader in holders[:_SHOWN]),
    )


def issuers_of(index: EditionIndex, credential: int) -> tuple[Ref, ...]:
    """The organizations that issue a credential, by name."""
    found = index.snapshot.incidence("credential_issuers").groups_of(credential)
    return tuple(
        sorted((ref(index.snapshot, "organizations", int(o)) for o in found), key=lambda r: (r.name.casefold(), r.id))
    )


def titled(index: EditionIndex, credential: int) -> str:
    """A credential in words, with its issuer: ``"Coaching", issued by Hillside College``."""
    name, issuers = quoted(ref(index.snapshot, "credentials", credential).name), issuers_of(index, credential)
    return joined([name, say("issued by {names}", names=listed([i.name for i in issuers]))], ", ") if issuers else name


def _summary(holders: int, credential: str) -> str:
    if not holders:
        return say("No people shown here hold {credential}.", credential=credential)
    return say_count(
        "{n:,} person shown here holds {credential}.",
        "{n:,} people shown here hold {credential}.",
        holders,
        credential=credential,
    )


def credential_hits(index: EditionIndex, texts: TextIndex, asked: Question) -> NodeHits:
    """How well each credential answers each word: by its own words, or at 0.8 by its issuer's name."""
    own = score_nodes(texts, asked, "credentials", index.snapshot.count("credentials")).by_word
    issuers = score_nodes(texts, asked, "organizations", index.snapshot.count("organizations")).by_word
    edges = index.snapshot.edges["credential_issuers"]
    for line, of_issuers in zip(own, issuers, strict=True):
        np.maximum.at(line, edges.source, np.float32(_BY_ISSUER) * of_issuers[edges.target])
    return NodeHits(own)


def best_credential(index: EditionIndex, values: npt.NDArray[np.float32], leader: int) -> int:
    """The credential of a leader with the largest value; -1 when none has any."""
    held = index.credentials.groups_of(leader)
    best = max(held.tolist(), key=lambda c: (float(values[c]), -c), default=-1)
    return best if best >= 0 and values[best] else -1


def _holder(index: EditionIndex, leader: int, credential: int) -> CredentialHolder:
    """A holder with the latest of the days on which it was earned."""
    edges = index.snapshot.edges["leader_credentials"]
    rows = [r for r in slice_of(edges.source, leader) if edges.target[r] == credential]
    spells = [edges.table.slice(r, 1).to_pylist()[0] for r in rows]
    last = max(spells, key=lambda s: str(s["start"] or ""))
    return CredentialHolder(index.leader(leader), last["start"] or "", last["end"] or "", index.detail_of(leader))
