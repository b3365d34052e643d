"""Names and addresses in comparable form: case, accents, titles, order, initials and well-known short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from netofnets.schema.identifiers import fold

__all__ = ["NameParts", "compatible", "is_role_mailbox", "parse_name"]

_TITLES = frozenset("dr prof professor mr mrs ms miss mx sir dame rev fr sra sr srta herr frau mme mlle".split())
# Not MA or MD, which are also short for Maria and Mohammed.
_DEGREES = frozenset("phd edd mba msc bsc esq nbct".split())
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")

# Short forms that are safe to follow when the family name and the address agree as well.
_SHORT_FORMS = """
abigail abby, albert al bert, alexander alex sasha, alexandra alex sasha sandra, alfred fred al, andrew andy drew,
anthony tony, barbara barb, benjamin ben, catherine kate cathy katie, charles charlie chuck, christina tina chris,
christopher chris, daniel dan danny, david dave, deborah deb debbie, donald don, dorothy dot, edward ed eddie ted ned,
elizabeth liz beth betty lizzie eliza, eugene gene, francis frank, francisco paco pancho, frederick fred, gregory
greg, guadalupe lupe, gabriela gaby, henry harry hank, ignacio nacho, isabel isa, jacob jake, james jim jimmy jamie,
jennifer jen jenny, jessica jess, john jack johnny, jonathan jon, joseph joe joey, jose pepe, joshua josh, judith
judy, katherine kate kathy katie, kenneth ken, kimberly kim, lawrence larry, leonard leo len, margaret maggie meg
peggy, maria ma mari, matthew matt, michael mike mick, mohammed mohamed muhammad mohammad md, nancy nan, nicholas
nick, olivia liv, pamela pam, patricia pat patty trish, patrick pat, peter pete, philip phil, raymond ray, rebecca
becky, richard rick dick rich, robert bob rob bobby bert, ronald ron, samantha sam, samuel sam, sarah sally, stephen
steve steven, susan sue suzy, teresa tere terry, theodore ted theo, thomas tom tommy, timothy tim, victoria vicky,
vincent vince, william bill will billy liam, zachary zach
"""

_ROLES = frozenset(
    """
    admin administration admissions contact enquiries frontdesk general headteacher hello help helpdesk hr info
    inquiries it library mail membership no-reply noreply office postmaster principal reception registrar school
    schooloffice secretary secretariat staff support team teachers webmaster
    """.split()
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: ``first`` given name, all ``other`` words after it, the ``last`` of them, and jr/sr/ii."""

    first: str
    other: tuple[str, ...]
    last: str
    generation: str = ""


@lru_cache(maxsize=16_384)
def parse_name(name: str) -> NameParts:
    """Folded parts of ``name``; ``Last, First`` is turned round, titles and degrees are left out."""
    before, comma, after = name.partition(",")
    words, behind = _words(before), _words(after)
    generation = next((w for w in (*words[1:], *behind) if w in _GENERATIONS), "")
    if comma and all(w in _DEGREES or w in _GENERATIONS for w in behind):
        comma, behind = "", []
    family, given = (_bare(words), _bare(behind)) if comma else ([], _bare(words))
    parts = [*given, *family]
    if not parts:
        return NameParts("", (), "", generation)
    return NameParts(parts[0], tuple(parts[1:]), parts[-1] if len(parts) > 1 else "", generation)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace(".", " "))


def _bare(words: list[str]) -> list[str]:
    """Without titles in front and degrees behind, as long as a name remains."""
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and (words[-1] in _GENERATIONS or (words[-1] in _DEGREES and len(words) > 2)):
        words = words[:-1]
    return words


def compatible(left: str, right: str) -> bool:
    """Whether two names may well be one person's, given a strong reason to think so (never a reason by itself).

    They share a family name (also one of two), and the given names are equal, an initial, or a known short form;
    or all words agree in another order.
    """
    a, b = parse_name(left), parse_name(right)
    if a.generation and b.generation and a.generation != b.generation:
        return False
    if sorted((a.first, *a.other)) == sorted((b.first, *b.other)):
        return True
    if not a.last or not b.last:
        return False
    return (a.last in b.other or b.last in a.other) and _same_given(a.first, b.first)


def _same_given(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return any(a in group and b in group for group in _groups())


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in _SHORT_FORMS.split(","))


def is_role_mailbox(email: str) -> bool:
    """Whether an address belongs to an office, not to a person (``office@``, ``info@`` ...)."""
    local = email.partition("@")[0].casefold().partition("+")[0]
    return local in _ROLES or local.replace(".", "").replace("-", "").replace("_", "") in _ROLES
