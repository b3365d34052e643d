"""Detectors of networks and organizations, by the words in their names and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.articles.mention import BODY, Known, Mention, Run, body_runs, name_runs, overlaps
from ingest.articles.page import Page, Word
from ingest.articles.words import BODY_HEADS, CUES, NETWORK_HEADS, NO_ACRONYM, NO_NAME, PLACES
from netofnets.graph.vocabulary import words_in
from netofnets.services.find.thesaurus import thesaurus

__all__ = [
    "NETWORK",
    "ORGANIZATION",
    "by_abbreviation",
    "by_cue",
    "by_head",
    "by_public_schools",
    "by_source",
    "known_bodies",
]

NETWORK, ORGANIZATION = "network", "organization"

_PUBLIC = re.compile(r"\s+(?:(?:public|city|county|community)\s+schools|school\s+(?:district|board))\b")
_BESIDE = re.compile(
    r"\b(?:partner(?:s|ed|ing|ships?)?|cooperation|collaborat\w+|website|work(?:s|ed|ing)?|affiliated|sponsored|funded|"
    r"supported|hosted|published|piece|article|blog|report|research|study|survey|teach(?:es|ing)?|taught)\s+"
    r"(?:with|by|at|from|in|for)\s+(?:the\s+|our\s+)?\Z"
)
_SURVEY = re.compile(r"\s+(?:Survey|Poll|Report)\b")
_CITED = re.compile(r"\b([A-Z]{4,}),\s+(?:19|20)\d\d\b")
_LISTED = re.compile(
    r"\b(?:organi[sz]ations?|groups?|partners|foundations?|companies|nonprofits?|networks?|associations?|agencies|"
    r"districts?|unions?|institutions?|universities)\s+(?:such as|like|including)\s+(?:the\s+)?\Z"
)
_ALSO = re.compile(r"\s*(?:,|,?\s(?:and|or|&))\s+(?:the\s+)?\Z")


def known_bodies(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Networks and organizations of the map, by their whole names."""
    standing_of = dict.fromkeys(known.organizations, ORGANIZATION) | dict.fromkeys(known.networks, NETWORK)
    spelled: dict[str, dict[tuple[str, ...], str]] = {}
    for name in standing_of:
        words = tuple(words_in(name))
        if words and (len(words) > 1 or (len(name) > 3 and name not in _common())):
            spelled.setdefault(words[0], {})[words] = name
    pieces = [(piece, word) for word in page.words for piece in words_in(word.text)] if spelled else []
    for at, (piece, first) in enumerate(pieces):
        for words, name in spelled.get(piece, {}).items() if first.capital else ():
            if tuple(p for p, _ in pieces[at : at + len(words)]) == words:
                end = pieces[at + len(words) - 1][1].end
                said = " ".join(page.plain[first.start : end].split())
                yield Mention(
                    BODY, first.start, end, said, f"known-{standing_of[name]}", "the map has it", standing_of[name]
                )


def by_head(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A name with a word in it that says what it is: University, Network, Center for ..."""
    for run in body_runs(page):
        for part in _with_head(run.words):
            head = next(w.text for w in part if w.text in BODY_HEADS)
            if any(w.capital and w.text not in NO_NAME for w in part) and len(part) > 1:
                yield _body(Run(part), "head-word", f"“{head}” says what it is", _standing(part))


def by_public_schools(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A place and “public schools” or “school district” in small letters."""
    for run in name_runs(page):
        if said := _PUBLIC.match(page.plain, run.end):
            start, end = run.start, said.end()
            name = " ".join(page.plain[start:end].split())
            yield Mention(BODY, start, end, name, "school-district", "a place and its schools", ORGANIZATION)


def by_abbreviation(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Capitals that abbreviate a body: of a name in the text, or with words such as “staff” or “report” beside them."""
    initials = {_initials(m.name): m for m in found if m.kind == BODY and " " in m.name}
    words = page.words
    short = [
        w
        for w in words
        if 2 <= len(w.text) <= 7 and w.text.isupper() and (w.text in initials or w.text not in _no_acronyms())
    ]
    follows = {w.start: words[n + 1] for n, w in enumerate(words[:-1])}
    why: dict[str, str] = {}
    for word in short:
        text = word.text
        if text in initials:
            why[text] = f"the initials of {initials[text].name}"
        elif text not in why and (cue := _cue(page, word, follows.get(word.start))):
            why[text] = f"“{cue}” stands beside it"
    for word in words:
        text, _, joined = word.text.partition("-")
        if text in why and (not joined or joined in CUES):
            whole = initials.get(text)
            name, standing = (whole.name, whole.standing) if whole else (text, ORGANIZATION)
            yield Mention(BODY, word.start, word.start + len(text), name, "abbreviation", why[text], standing)


def by_cue(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A name after words such as “founder of”, “partnership with” or “groups like”."""
    listed_until = -1
    for run in body_runs(page):
        words = _until_connecting(run.words)
        start, end = words[0].start, words[-1].end
        led = page.plain[max(0, start - 60) : start]
        goes_on = listed_until >= 0 and bool(_ALSO.match(page.plain[listed_until:start]))
        named = words[0].text not in NO_NAME or len(words) > 1
        listed = bool(_LISTED.search(led)) or goes_on
        cue = _LEADS.search(led) or (_BESIDE.search(led) if len(words) > 1 else None)
        if named and (listed or cue) and not overlaps(found, start, end) and not _mere_place(words):
            listed_until = end if listed else -1
            reason = (
                "it stands in a list of bodies"
                if listed
                else f"“{' '.join(cue.group().split())}” stands before it"
                if cue
                else ""
            )
            yield _body(Run(words), "cue", reason, _standing(words))
        elif not overlaps(found, start, end):
            listed_until = -1
        elif goes_on:
            listed_until = end


def by_source(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Who made a survey or report: “Example Survey”, or capitals and a year."""
    for run in name_runs(page):
        if _SURVEY.match(page.plain, run.end) and len(run.words) < 4:
            yield _body(run, "source", "the survey or report is called by it", ORGANIZATION)
    for cited in _CITED.finditer(page.plain):
        start, end = cited.span(1)
        yield Mention(
            BODY, start, end, cited.group(1).title(), "source", "capitals and a year: it is cited", ORGANIZATION
        )


_LEADS = re.compile(
    r"\b(?:co-?founders?|founders?|directors?|president|CEO|heads?|chair|members?|fellows?|staff|dean|graduates?)\s+"
    r"(?:of|at|with|for)\s+(?:the\s+)?\Z"
)


def _with_head(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The parts of a run that a head word makes a name: what is before it, and “of” or “for” with what follows."""
    low = 0
    for at, word in enumerate(words):
        if word.text not in BODY_HEADS or at < low:
            continue
        start = at
        while start > low and words[start - 1].capital and words[start - 1].text not in ("The",):
            start -= 1
        end = at + 1
        if end < len(words) and not words[end].capital and words[end].text in ("of", "for", "in", "on"):
            end = len(words)
        elif end < len(words) and words[end].capital and words[end].text in BODY_HEADS:
            continue
        yield tuple(words[start:end])
        low = end


def _until_connecting(words: Sequence[Word]) -> tuple[Word, ...]:
    end = next((n for n, w in enumerate(words) if not w.capital), len(words))
    return tuple(words[: max(end, 1)])


def _cue(page: Page, word: Word, following: Word | None) -> str:
    behind = page.plain[word.end : word.end + 3]
    if following and following.after == " " and following.text.split("-")[0] in CUES:
        return following.text
    if re.match(r"['’]s", behind):
        return "’s"
    return (
        "members of"
        if re.search(r"\bmembers? of (?:the )?\Z", page.plain[max(0, word.start - 16) : word.start])
        else ""
    )


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())


def _standing(words: Sequence[Word]) -> str:
    return NETWORK if any(w.text in NETWORK_HEADS for w in words) else ORGANIZATION


def _mere_place(words: Sequence[Word]) -> bool:
    return all(w.text in PLACES or w.text in NO_NAME for w in words)


def _body(run: Run, detector: str, reason: str, standing: str) -> Mention:
    name = " ".join(w.text if not w.after.endswith("& ") else f"& {w.text}" for w in run.words)
    return Mention(BODY, run.start, run.end, name, detector, reason, standing)


@cache
def _no_acronyms() -> frozenset[str]:
    return NO_ACRONYM | frozenset(s.upper() for concept in thesaurus() for s in concept.short)


@cache
def _common() -> frozenset[str]:
    return frozenset(w.casefold() for w in NO_NAME)
