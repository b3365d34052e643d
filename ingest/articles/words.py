"""What the detectors go by: given names, roles, kinds of bodies, and words that begin sentences, not names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = [
    "BODY_HEADS",
    "CONNECTING",
    "CUES",
    "LEADING",
    "NETWORK_HEADS",
    "NO_ACRONYM",
    "NO_NAME",
    "PEOPLE",
    "PLACES",
    "ROLES",
    "SAYING",
    "SENTENCE_WORDS",
    "TITLES",
    "given_names",
]


def _text(name: str) -> str:
    return (files("ingest.articles") / "data" / name).read_text(encoding="utf-8")


_LISTS = {name: frozenset(words.split()) for name, words in tomllib.loads(_text("words.toml")).items()}

SENTENCE_WORDS = _LISTS["sentence"]
CONNECTING = _LISTS["connecting"]
TITLES = _LISTS["titles"]
LEADING = _LISTS["leading"]
ROLES = LEADING | _LISTS["roles"]
PEOPLE = frozenset(role for role in ROLES if role.endswith("s"))
SAYING = _LISTS["saying"]
NETWORK_HEADS = _LISTS["network_heads"]
BODY_HEADS = NETWORK_HEADS | _LISTS["body_heads"]
NO_NAME = BODY_HEADS | SENTENCE_WORDS | _LISTS["no_name"]
PLACES = _LISTS["places"]
NO_ACRONYM = _LISTS["no_acronym"]
CUES = _LISTS["cues"]


@cache
def given_names() -> frozenset[str]:
    """Common given names, as `data/given_names.txt` lists them."""
    lines = _text("given_names.txt").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
