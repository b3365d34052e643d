"""Detectors of people: each a small pure function that says by what it took a name for a person's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.articles.mention import PERSON, Known, Mention, Run, name_runs
from ingest.articles.page import Page
from ingest.articles.words import NO_NAME, PEOPLE, ROLES, SAYING, SENTENCE_WORDS, TITLES, given_names
from netofnets.schema.identifiers import fold

__all__ = [
    "by_attribution",
    "by_byline",
    "by_citation",
    "by_comment",
    "by_given_name",
    "by_list",
    "by_part_of_name",
    "by_role",
    "by_saying",
    "by_title",
    "known_leaders",
]

_ENUMERATED = re.compile(r"\s*(?:,|,?\s(?:and|or|&))\s+\Z")
_DASHED = re.compile(r"(?:^|\n)[ \t]*[—–\u2015-]{1,2}[ \t]*\Z")
_BYLINE = re.compile(r"(?:(?:^|\n)[ \t]*(?:By|by|BY|Author:|Written by)|\|)[ \t]+\Z")
_CITED = re.compile(
    r"(?<!\w)(?P<names>[A-Z][\w’'\-]+(?:(?:,\s+|,?\s+(?:&|and)\s+)[A-Z][\w’'\-]+){0,4})(?:,?\s+et\s+al\.?)?,?\s+"
    r"\(?(?:(?:19|20)\d\d[a-z]?\b|forthcoming\b|in\s+press\b)"
)
_COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)[•*\-–+][ \t]+(?P<who>[^\W\d_][^\W_]*(?:[ .'’-][^\W\d_]+){0,2})[ \t]*\n(?:[ \t]*\n)+"
    r"(?P<said>[ \t]+\S.{2,})",
    re.MULTILINE,
)
_CAMEL = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})\Z")
_ARTICLE = re.compile(r"\b(?:the|The|a|A|an|An)\s+\Z")
_SURNAMES = re.compile(r"[A-Z][\w’'\-]+")


def known_leaders(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Leaders of the map, by their whole names."""
    for run in name_runs(page):
        if len(run.words) > 1 and fold(run.name) in known.leaders:
            yield _person(run, "known-leader", "a leader on the map is called so")


def by_title(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A title before one to four names."""
    for run in name_runs(page):
        words = run.words
        titled = words[0].text in TITLES and len(words) > 1
        previous = re.search(r"(\w+)\.?\s+\Z", page.plain[max(0, run.start - 12) : run.start])
        if titled:
            yield _person(Run(words[1:5]), "title", f"“{words[0].text}” stands before the name")
        elif previous and previous.group(1) in TITLES and len(words) <= 4:
            yield _person(run, "title", f"“{previous.group(1)}” stands before the name")


def by_given_name(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A common given name and what follows it."""
    for run in _whole_names(page):
        if run.words[0].text.split("-")[0] in given_names():
            yield _person(run, "given-name", f"“{run.words[0].text}” is a common given name")


def by_role(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A role right before the name: “teacher Ana Ruiz”."""
    for run in _whole_names(page):
        role = re.search(r"([\w-]+),?\s+\Z", page.plain[max(0, run.start - 25) : run.start])
        if role and role.group(1).casefold() in ROLES and _few_commas(role.group(), role.group(1)):
            yield _person(run, "role", f"“{role.group(1)}” stands before the name")


def by_saying(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A verb of saying or leading right after the name, or right before it."""
    for run in _whole_names(page):
        follows = re.match(r",?\s+([\w]+)", page.plain[run.end : run.end + 20])
        leads = re.search(r"\b(\w+)\s+\Z", page.plain[max(0, run.start - 15) : run.start])
        verb = next((m.group(1) for m in (follows, leads) if m and m.group(1) in SAYING), "")
        if verb:
            yield _person(run, "saying", f"“{verb}” stands beside the name")


def by_attribution(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A dash before the name, under a quotation."""
    for run in _whole_names(page):
        if _DASHED.search(page.plain[max(0, run.start - 12) : run.start]):
            yield _person(run, "attribution", "a dash before the name says whose words stand above")


def by_byline(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """The line that says who wrote the article."""
    for run in _whole_names(page):
        if _BYLINE.search(page.plain[max(0, run.start - 20) : run.start]):
            yield _person(run, "byline", "the line of the author", "mentioned")


def by_list(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Names in one list with somebody who is a person, or after “teachers such as”."""
    starts = {m.start for m in found if m.kind == PERSON}
    ends = {m.end for m in found if m.kind == PERSON}
    runs = list(_whole_names(page))
    for runs_in_order in (runs, runs[::-1]):
        for run in runs_in_order:
            low, high = run.start, run.end
            behind = next((low - gap for gap in range(1, 9) if low - gap in ends), low)
            ahead = next((high + gap for gap in range(1, 9) if high + gap in starts), high)
            beside = _ENUMERATED.match(page.plain[behind:low]) or _ENUMERATED.match(page.plain[high:ahead])
            if low not in starts and (beside or _introduced(page, low)):
                starts.add(low)
                ends.add(high)
                yield _person(run, "list", "it stands in one list with people")


def by_citation(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Authors of works that the text cites: a surname and a year."""
    for cited in _CITED.finditer(page.plain):
        for name in _SURNAMES.finditer(cited.group("names")):
            start = cited.start() + name.start()
            if name.group() not in NO_NAME and not name.group().isupper():
                reason = "a surname and a year: the author of a work that is cited"
                yield Mention(PERSON, start, start + len(name.group()), name.group(), "citation", reason, "mentioned")


def by_comment(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """Whoever commented below the article: a name or handle alone on a line, then what was said."""
    comments = [
        c
        for c in _COMMENT.finditer(page.text)
        if len(c.group("said")) - len(c.group("said").lstrip()) > len(c["indent"])
    ]
    for comment in comments if len(comments) > 1 else ():
        who, (start, end) = comment.group("who"), comment.span("who")
        name = " ".join(camel.groups()) if (camel := _CAMEL.match(who)) else who
        yield Mention(PERSON, start, end, name, "comment", "the name alone on a line, then a comment", "mentioned")


def by_part_of_name(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """The given name or surname alone of somebody whom the article names in full."""
    owners: dict[str, set[str]] = {}
    for name in {m.name for m in found if m.kind == PERSON}:
        for part in {name.split()[0], name.split()[-1]}:
            owners.setdefault(part, set()).add(name)
    whole = {}
    for part, names in owners.items():
        longer = {name for name in names if " " in name} or names
        if len(longer) == 1:  # what two people are called tells nobody
            whole[part] = min(longer)
    words = page.words
    for at, word in enumerate(words):
        full = whole.get(word.text)
        if full and word.capital and word.text not in SENTENCE_WORDS and len(word.text) > 1:
            parts = full.split()
            following = [w for w in words[at : at + len(parts)] if w is word or w.after.strip() == ""]
            end = following[-1].end if [w.text for w in following] == parts else word.end
            yield Mention(PERSON, word.start, end, full, "part-of-name", f"the article names {full}")


def _whole_names(page: Page) -> Iterator[Run]:
    """Runs that may be a whole name: two to four words, not a title by itself."""
    for run in name_runs(page):
        words = run.words
        while words and (words[0].text in TITLES or words[0].text.casefold() in ROLES):
            words = words[1:]
        if not words or _ARTICLE.search(page.plain[max(0, words[0].start - 5) : words[0].start]):
            continue  # “the Ground Up” is nobody
        if 2 <= len([w for w in words if w.capital]) <= 4 and len(words[-1].text) > 1:
            yield Run(words)


def _introduced(page: Page, start: int) -> bool:
    led = re.search(
        r"([\w-]+)[^.;:!?]{0,60}?(?:such as|like|including|[—:–])\s*\Z", page.plain[max(0, start - 90) : start]
    )
    return bool(led) and any(w in PEOPLE for w in re.findall(r"[\w-]+", led.group().casefold())) if led else False


def _few_commas(text: str, role: str) -> bool:
    """“colleagues, Ana Ruiz” names people; “teacher, Ana Ruiz” ends one thing and begins another."""
    return "," not in text or role.casefold() in PEOPLE


def _person(run: Run, detector: str, reason: str, standing: str = "") -> Mention:
    return Mention(PERSON, run.start, run.end, run.name, detector, reason, standing)
