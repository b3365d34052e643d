"""Detectors of relations: who works where, with whom and on what, by what stands between two mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.articles.mention import BODY, INTEREST, PERSON, Mention
from ingest.articles.page import Page
from netofnets.schema.modes import PRACTISES

__all__ = ["RELATIONS", "Relation", "relations_in"]

_ROLE = r"(?P<role>[\w’'-]+(?: [\w’'-]+){0,3})"
_BESIDE = re.compile(rf"(?:,? (?:an?|the|its|our) |, | \()?(?:{_ROLE})?,? ?(?:at|of|from|for|with) (?:the )?\Z")
_SERVED = re.compile(
    r",? (?:who )?(?:have |has |had )?(?:served|serves?|worked|works|acts?|acted|is|are|was|were)(?: as)?"
    r" (?:an? |the )?\Z"
)
_OF_BODY = re.compile(
    r"[ -](?P<role>staff|colleagues?|teacherpreneurs?|members?|fellows?|teachers?|coach(?:es)?|mentors?|leaders?)"
    r"(?:,| like| such as| including|[—–:])? ?\Z"
)
_ALSO = re.compile(r"(?:,|,? and|,? or)\s\Z")
_WORKING = re.compile(r"\b(?:teach(?:es|ing)?|taught|works?|worked|working|coach(?:es)?) (?:in|at|for) (?:the )?\Z")
_BETWEEN = re.compile(
    r"[^.!?]{0,80}\b(?:works?|worked|working|collaborat\w+|co-?\w+ed|team(?:s|ed))\b[^.!?]{0,40}\bwith\b[^.!?]{0,30}\Z"
)
_TOGETHER = re.compile(
    r" (?:have |has |had )?(?P<kind>assembled|written|wrote|founded|led|created|organi[sz]ed|edited|built|designed|"
    r"taught|co-?\w+ed)\b"
)
_LINES = re.compile(r"[ \t]*\n(?:[ \t]*(?P<role>[^\n]{3,80}?)[ \t]*\n(?:[^\n]{0,80}\n){0,2})?[ \t\n]*\Z")
_FEW = 3  # people in a sentence, up to which an interest in it is likely theirs


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of the schema between two mentions."""

    kind: str
    left: Mention
    right: Mention
    detector: str
    reason: str
    values: dict[str, str] = field(default_factory=dict)


Detector = Callable[[Page, Sequence[Mention]], Iterator[Relation]]


def at_body(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """“Ana Ruiz, founder of X”, “Ana Ruiz at X”; and “Ana Ruiz has served as X fellow”."""
    for person, body in _neighbours(page, found, PERSON, BODY):
        gap = _gap(page, person, body)
        beside, served = _BESIDE.match(gap), _SERVED.match(gap)
        if beside and not gap.startswith(("’", "'")) and person.detector not in ("citation", "comment"):
            yield _at(person, body, "beside", f"“{gap.strip(' ,(')}” stands between them", beside.group("role") or "")
        elif served and (role := re.match(r" ([a-z][\w-]+)", page.plain[body.end : body.end + 30])):
            for one in _listed_before(page, found, person):
                yield _at(one, body, "served", f"“{gap.strip(' ,')}” stands between them", _singular(role.group(1)))


def of_body(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """“X colleagues Ana Ruiz, Ben Ode and Mei Lin”."""
    for body, person in _neighbours(page, found, BODY, PERSON):
        if said := _OF_BODY.match(_gap(page, body, person)):
            for one in _listed_after(page, found, person):
                reason = f"it stands in a list after “{said.group('role')}” of it"
                yield _at(one, body, "of-body", reason, _singular(said.group("role")))


def under_quotation(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """The lines under the name of whom a quotation is by."""
    for person, body in _neighbours(page, found, PERSON, BODY):
        lines = (
            _LINES.match(_gap(page, person, body))
            if person.detector == "attribution" or _dashed(page, person)
            else None
        )
        if lines:
            yield _at(
                person, body, "attribution", "it stands below the name, under a quotation", lines.group("role") or ""
            )


def subject_teaches(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """A sentence that begins with people and says further on that they teach in X."""
    for body in found:
        if body.kind != BODY or not _WORKING.search(page.plain[max(0, body.start - 40) : body.start]):
            continue
        low, _ = page.sentence(body.start, body.end)
        for person in _subjects(page, found, low, body.start):
            yield _at(person, body, "subject", "the sentence begins with the person and says so", "")


def together(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """“Ana Ruiz worked with Ben Ode”, “Ana Ruiz and Ben Ode have written ...”."""
    for left, right in _neighbours(page, found, PERSON, PERSON):
        gap = _gap(page, left, right)
        joint = _TOGETHER.match(page.plain, right.end) if gap == " and " else None
        if left.name == right.name or "citation" in (left.detector, right.detector):
            continue
        if joint:
            reason = f"“{joint.group('kind')}” is said of both"
            yield Relation("collaborations", left, right, "together", reason, {"kind": joint.group("kind")})
        elif _BETWEEN.match(gap):
            yield Relation(
                "collaborations", left, right, "together", "“with” stands between them", {"kind": "worked with"}
            )


def on_interest(page: Page, found: Sequence[Mention]) -> Iterator[Relation]:
    """An interest and few people in one sentence."""
    for interest in found:
        if interest.kind != INTEREST:
            continue
        low, high = page.sentence(interest.start, interest.end)
        people = {m.name: m for m in found if m.kind == PERSON and low <= m.start < high and not m.standing}
        for person in people.values() if len(people) <= _FEW else ():
            reason = "both stand in one sentence"
            yield Relation("leader_interests", person, interest, "same-sentence", reason, {"mode": PRACTISES})


RELATIONS: tuple[Detector, ...] = (at_body, of_body, under_quotation, subject_teaches, together, on_interest)


def relations_in(page: Page, found: Sequence[Mention]) -> tuple[Relation, ...]:
    """The relations that an article states between its mentions, surest first."""
    return tuple(relation for detect in RELATIONS for relation in detect(page, found))


def _at(person: Mention, body: Mention, detector: str, reason: str, role: str) -> Relation:
    kind = "memberships" if body.standing == "network" else "affiliations"
    role = " ".join(role.split()).strip(" ,")
    return Relation(kind, person, body, detector, reason, {"role": role} if role else {})


def _neighbours(page: Page, found: Sequence[Mention], left: str, right: str) -> Iterator[tuple[Mention, Mention]]:
    own = [m for m in found if m.kind in (PERSON, BODY)]
    for one, other in zip(own, own[1:], strict=False):
        if one.kind == left and other.kind == right and other.start - one.end < 200:
            yield one, other


def _gap(page: Page, left: Mention, right: Mention) -> str:
    return re.sub(r" +", " ", page.plain[left.end : right.start])  # many blanks stand where a tag was


def _dashed(page: Page, person: Mention) -> bool:
    return page.plain[: person.start].rstrip(" \t").endswith(("—", "–", "\u2015"))


def _listed_before(page: Page, found: Sequence[Mention], last: Mention) -> list[Mention]:
    people = [m for m in found if m.kind == PERSON and m.start <= last.start][::-1]
    listed = people[:1]
    for one in people[1:]:
        if not _ALSO.match(_gap(page, one, listed[-1])):
            break
        listed.append(one)
    return listed


def _listed_after(page: Page, found: Sequence[Mention], first: Mention) -> list[Mention]:
    people = [m for m in found if m.kind == PERSON and m.start >= first.start]
    listed = people[:1]
    for one in people[1:]:
        if not _ALSO.match(_gap(page, listed[-1], one)):
            break
        listed.append(one)
    return listed


def _subjects(page: Page, found: Sequence[Mention], low: int, end: int) -> list[Mention]:
    first = next((m for m in found if m.kind == PERSON and low <= m.start < end), None)
    if first is None or first.start - low > 4:
        return []
    return _listed_after(page, [m for m in found if m.start < end], first)


def _singular(word: str) -> str:
    return word.removesuffix("es") if word.endswith("ches") else word.removesuffix("s") if word != "staff" else word
