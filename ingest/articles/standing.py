"""Whether an article shows somebody as one who leads among teachers, or merely mentions the person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.articles.mention import PERSON, Mention, after, before
from ingest.articles.page import Page
from ingest.articles.words import LEADING, ROLES
from netofnets.schema.proposals import MENTIONED

__all__ = ["with_standing"]

_BEFORE, _AFTER = 60, 45  # characters in which a role is taken to be the person's
_WORD = re.compile(r"[a-z-]+")
_LINE_UNDER = re.compile(r"[ \t]*\n[ \t]*([^\n]{3,80})")


def with_standing(page: Page, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, with ``mentioned`` on everybody who is cited, comments, or has no role among teachers beside."""
    leaders = {m.name for m in found if m.kind == PERSON and _leads(page, m)}
    return tuple(replace(m, standing=MENTIONED) if m.kind == PERSON and m.name not in leaders else m for m in found)


def _leads(page: Page, person: Mention) -> bool:
    """Whether the nearest role beside the name is one among teachers."""
    if person.detector == "known-leader":
        return True
    if person.standing == MENTIONED:
        return False
    behind, ahead = before(page, person.start, _BEFORE), after(page, person.end, _AFTER)
    near = [(len(behind) - m.end(), m.group()) for m in _WORD.finditer(behind.casefold())]
    near += [(m.start(), m.group()) for m in _WORD.finditer(ahead.casefold())]
    if under := _LINE_UNDER.match(page.plain, person.end):
        near += [(0, word) for word in _WORD.findall(under.group(1).casefold())]
    roles = sorted((distance, word not in LEADING) for distance, word in near if word in ROLES)
    return bool(roles) and not roles[0][1]
