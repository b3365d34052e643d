"""One page about the whole map or one network, to print or to send: what stands, in sentences, with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.language import joined, numeral, say, say_count
from netofnets.language import listed as every
from netofnets.services.front import Counts, welcome
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.gaps import GapRow, gaps_report
from netofnets.services.networks.introductions import Introduction, introductions_report
from netofnets.services.networks.network import NetworkPage, network_page
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.viewer import Viewer
from netofnets.services.week import this_week
from netofnets.services.words import listed

__all__ = ["Briefing", "Line", "Section", "briefing", "network_briefing"]

_LINES, _GAPS = 5, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is told: ``text`` names it, ``detail`` says what of it."""

    text: str
    detail: str = ""
    of: tuple[str, ...] = ()  # the people whom it names, by id: without them it is not told


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its first answers; ``words`` says how many there are, or why there is none."""

    title: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The page. ``read`` says when the data were last read; runs and sources are told to organizers alone."""

    version: str
    title: str
    summary: str
    numbers: tuple[tuple[str, str], ...]  # (value, what of)
    sections: tuple[Section, ...]
    read: str
    shown: str  # whom it shows


def briefing(published: Published, viewer: Viewer, today: date) -> Briefing:
    """The whole map: who overlaps, who holds them together, where a meeting is missing, what there is to do."""
    index, front = index_of(published, viewer), welcome(published, viewer)
    overlap = overlap_report(published, viewer, validated_only=True, limit=_LINES)
    bridges = bridge_report(published, viewer, limit=_LINES)
    gaps = gaps_report(published, viewer, limit=_GAPS)
    week = this_week(published, viewer, today)
    sections = (
        Section(
            say("Which networks overlap"),
            overlap.summary,
            tuple(Line(every([row.first.name, row.second.name]), row.words) for row in overlap.rows),
        ),
        Section(
            say("Who holds them together"),
            joined([text for text in (bridges.summary, bridges.claim) if text]),
            tuple(Line(one.leader.name, one.reason or one.joins, (one.leader.id,)) for one in bridges.leaders),
        ),
        Section(say("Which networks should meet"), gaps.summary, _gaps(gaps.rows)),
        Section(
            say("Worth doing this week"),
            "",
            tuple(Line(task.text, task.why, task.of) for task in week if task.kind != "gap"),
        ),
    )
    title = say("One map of many teacher networks")
    told = front.summary, _counts(front.counts), _told(sections)
    return Briefing(index.version, title, *told, *_source(index, viewer))


def _counts(counts: Counts) -> tuple[tuple[str, str], ...]:
    return _numbers(
        (counts.leaders, say_count("leader", "leaders", counts.leaders)),
        (counts.networks, say_count("network", "networks", counts.networks)),
        (counts.connectors, say_count("person joins networks", "people join networks", counts.connectors)),
        (
            counts.validated_overlaps,
            say_count("overlap beyond chance", "overlaps beyond chance", counts.validated_overlaps),
        ),
    )


def network_briefing(published: Published, viewer: Viewer, network: str) -> Briefing:
    """One network: how it stands, with whom it shares members, whom it should meet; :class:`NotFound` for none such."""
    index, page = index_of(published, viewer), network_page(published, viewer, network, limit=20)
    meet = introductions_report(published, viewer, network=network, limit=_GAPS)
    sections = (
        Section(
            say("How it stands"),
            "",
            tuple(Line(joined([one.label, one.value], ": "), one.improve) for one in page.indicators),
        ),
        Section(
            say("With whom it shares members"),
            "" if page.neighbours else say("With no other network that is shown."),
            tuple(Line(near.ref.name, near.words) for near in page.neighbours[:_LINES]),
        ),
        Section(
            say("Who ties it to others"),
            _hinge(page),
            tuple(Line(m.leader.name, m.reason, (m.leader.id,)) for m in page.bridging[:_LINES]),
        ),
        Section(say("Whom it should meet"), "", _gaps(page.gaps)),
        Section(say("Who should meet whom"), "", tuple(_meeting(one) for one in meet.rows)),
        Section(
            say("What its members work on"),
            listed([one.interest.name for one in page.interests], 10),
            (),
        ),
    )
    numbers = _numbers(
        (page.members_total, say_count("member", "members", page.members_total)),
        (
            len(page.neighbours),
            say_count("network shares members", "networks share members", len(page.neighbours)),
        ),
    )
    return Briefing(index.version, page.network.name, page.summary, numbers, _told(sections), *_source(index, viewer))


def _meeting(one: Introduction) -> Line:
    return Line(every([one.first.name, one.second.name]), one.effect, (one.first.id, one.second.id))


def _gaps(rows: Iterable[GapRow]) -> tuple[Line, ...]:
    return tuple(Line(row.reason) for row in rows)


def _hinge(page: NetworkPage) -> str:
    if not page.hinge:
        return ""
    return say("All its ties to other networks that are shown go through {name}.", name=page.hinge.name)


def _numbers(*counts: tuple[int, str]) -> tuple[tuple[str, str], ...]:
    return tuple((numeral(f"{n:,}"), of) for n, of in counts if n)


def _told(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.lines or section.words)


def _source(index: EditionIndex, viewer: Viewer) -> tuple[str, str]:
    """When the rosters were last read, and whom the page shows."""
    shown = (
        say("everybody, for organizers: it names people who are not public, so share it with care")
        if viewer.sees_people
        else viewer.shown
    )
    readings = index.snapshot.readings
    if not viewer.sees_people or not readings.num_rows:
        return "", shown
    sources = sorted(set(readings["source"].to_pylist()))
    told = say_count(
        "{n:,} source, last read on {day}: {sources}",
        "{n:,} sources, last read on {day}: {sources}",
        len(sources),
        day=pc.max(readings["day"]).as_py(),
        sources=listed(sources, 6),
    )
    return told, shown
