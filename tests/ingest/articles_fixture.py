"""The made-up articles of the tests, read as the command reads them."""

from __future__ import annotations

from pathlib import Path

from ingest.articles.mention import Known
from ingest.articles.page import Page, page_of
from ingest.articles.proposing import propose
from netofnets.schema.proposals import Proposal

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
SOURCE = "made-up gazette"


def page(text: str, name: str = "a.txt") -> Page:
    return Page(name, text, "0" * 64)


def read(name: str, known: Known | None = None) -> dict[str, Proposal]:
    """The proposals of a made-up article, by their words."""
    return {p.words: p for p in propose(page_of(ARTICLES / name), SOURCE, known or Known())}
