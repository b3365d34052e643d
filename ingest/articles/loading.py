"""Read a batch of articles: what they propose, which are nearly the same, and what of it is new to the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ingest.articles.mention import Known
from ingest.articles.page import collect_pages
from ingest.articles.proposing import propose
from ingest.articles.similar import Likeness, likenesses, sketch
from netofnets.desk.propose import ReadArticle, articles_of, refuse_source_of_tables
from netofnets.desk.propose import propose as keep
from netofnets.schema.identifiers import fold
from netofnets.schema.proposals import Proposal, naming, proposals
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.schema.topics import PROPOSAL
from netofnets.store.base import Facts, Store
from netofnets.store.erasure_key import refuse_other_keys

__all__ = ["Outcome", "known_names", "read_articles"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read: by file how many proposals and how many new, kinds of the new ones, articles that are alike."""

    files: tuple[tuple[str, int, int], ...]
    kinds: tuple[tuple[str, int], ...]
    alike: tuple[Likeness, ...]
    new: tuple[Proposal, ...]
    left_out: int = 0  # proposals that name somebody who was erased


def read_articles(
    store: Store, paths: tuple[Path, ...], source: str, *, dry_run: bool = False, marks: Marks | None = None
) -> Outcome:
    """Read the articles among ``paths`` as what ``source`` published and keep what they propose that is new.

    What names somebody who was erased, by ``marks``, is left out, unless somebody else of that name is on the map.
    Raises :class:`netofnets.errors.InputError` for what is no article, :class:`netofnets.errors.SettingsError` for a
    source that states tables; nothing is written then.
    """
    pages = collect_pages(paths)
    refuse_source_of_tables(store, source)
    tombstones = store.tombstones()
    refuse_other_keys(tombstones, marks, store.url)
    known = known_names(store.scan(), source)
    read = [ReadArticle(source, page.name, page.sha256, sketch(page.plain)) for page in pages]
    files_now = {page.name for page in pages}
    earlier = {a.file: a.sketch for a in articles_of(store, source) if a.file not in files_now}
    alike = likenesses([(a.file, a.sketch) for a in read], list(earlier.items()))
    before = set(proposals(store.decisions(PROPOSAL)))
    made: dict[str, Proposal] = {}
    files, erased, left_out = [], _Erased(tombstones, marks, known), set[str]()
    for page in pages:
        own = {proposal.id: proposal for proposal in propose(page, source, known)}
        naming_erased = erased.named_in(own.values())
        left_out |= naming_erased
        own = {i: proposal for i, proposal in own.items() if i not in naming_erased}
        files.append((page.name, len(own), len(own.keys() - before - made.keys())))
        made |= {i: proposal for i, proposal in own.items() if i not in made}
    new = (
        tuple(proposal for i, proposal in made.items() if i not in before)
        if dry_run
        else keep(store, read, list(made.values()))
    )
    kinds = Counter(proposal.kind for proposal in new)
    return Outcome(tuple(files), tuple(kinds.most_common()), alike, new, len(left_out))


class _Erased:
    """Which proposals are about somebody who was erased, or have a quote with the name."""

    def __init__(self, tombstones: Sequence[Tombstone], marks: Marks | None, known: Known) -> None:
        self._marks, self._known = marks, known
        self._erased = {one.mark for one in tombstones}

    def named_in(self, made: Iterable[Proposal]) -> set[str]:
        marks, proposed = self._marks, list(made)
        if marks is None or not self._erased:
            return set()
        people = {t.name for one in proposed for t in one.things if t.kind == "leaders"}
        names = [n for n in people if marks.name(n) in self._erased and fold(n) not in self._known.leaders]
        return set(naming([one.decision("") for one in proposed], (), names)) if names else set()


def known_names(facts: Facts, source: str) -> Known:
    """Leaders, networks and organizations of the map by folded name, without those that only ``source`` states.

    Those would make the second reading of an article see more than the first.
    """
    claims = facts.claims
    told = zip(claims["entity"].to_pylist(), claims["source"].to_pylist(), strict=True)
    elsewhere = {entity for entity, said_by in told if said_by != source}
    return Known(*(_named(facts.tables.get(kind), elsewhere) for kind in ("leaders", "networks", "organizations")))


def _named(table: pa.Table | None, wanted: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if table is not None:
        for entity, name in sorted(zip(table["id"].to_pylist(), table["name"].to_pylist(), strict=True)):
            if entity in wanted and name:
                found[fold(name)] = (*found.get(fold(name), ()), entity)
    return found
