"""Keep what articles propose: a row of the log for each article that was read and each proposal that is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from netofnets.desk.checks import now
from netofnets.errors import SettingsError
from netofnets.language import say
from netofnets.schema.identifiers import proposal_id
from netofnets.schema.proposals import Proposal, proposals
from netofnets.schema.records import CORRECTING, Decision
from netofnets.schema.topics import ARTICLE, PROPOSAL
from netofnets.store.base import Store

__all__ = ["ReadArticle", "articles_of", "propose", "refuse_source_of_articles", "refuse_source_of_tables"]


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was read: no word of it, only what tells whether another one says nearly the same."""

    source: str
    file: str
    sha256: str
    sketch: tuple[str, ...]  # hashes, see ingest/articles/similar.py

    @property
    def id(self) -> str:
        """One for each text of a source under one name."""
        return proposal_id(ARTICLE, self.source, self.file, self.sha256)

    def decision(self, at: str) -> Decision:
        """The row of the log that keeps it."""
        value = {"source": self.source, "file": self.file, "sha256": self.sha256, "sketch": list(self.sketch)}
        return Decision(ARTICLE, (self.id,), json.dumps(value, ensure_ascii=False), "ingest", "read", at)


def articles_of(store: Store, source: str) -> tuple[ReadArticle, ...]:
    """The articles of a source that were read before."""
    found = []
    for row in store.decisions(ARTICLE):
        told = json.loads(row.value)
        if told["source"] == source:
            found.append(ReadArticle(source, told["file"], told["sha256"], tuple(told["sketch"])))
    return tuple(found)


def refuse_source_of_tables(store: Store, source: str) -> None:
    """Refuse a source that states tables: loading these again would withdraw what was accepted from its articles."""
    if source in store.status().sources and not articles_of(store, source):
        raise SettingsError(
            say(
                "{source!r} is already the source of tables, and loading these again would withdraw what articles say; "
                "give the articles a source of their own (--source)",
                source=source,
            )
        )


def refuse_source_of_articles(store: Store, source: str) -> None:
    """Refuse to load tables as a source that states what articles, or people of themselves, say: it would go."""
    if source in CORRECTING:
        raise SettingsError(
            say("{source!r} is no name for a source of tables; give them one of their own (--source)", source=source)
        )
    if articles_of(store, source):
        raise SettingsError(
            say(
                "{source!r} is the source of articles, and a load of tables would withdraw what was accepted from "
                "them; give the tables a source of their own (--source)",
                source=source,
            )
        )


def propose(store: Store, articles: Sequence[ReadArticle], made: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Append what is new to the log of decisions, in one run; returns the proposals that were not made before.

    Nothing enters the map by it. Raises :class:`SettingsError` for a source that states tables.
    """
    for source in sorted({article.source for article in articles}):
        refuse_source_of_tables(store, source)
    before = proposals(store.decisions(PROPOSAL))
    fresh = {proposal.id: proposal for proposal in made if proposal.id not in before}
    known = {row.subjects[0] for row in store.decisions(ARTICLE)}
    at = now()
    rows = [article.decision(at) for article in articles if article.id not in known]
    store.decide([*rows, *(proposal.decision(at) for proposal in fresh.values())])
    return tuple(fresh.values())
