"""My page: what is kept of me, from where, who can see it; choose, take it along, or leave."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, render_template

from netofnets.desk.choose import FIELDS, choose
from netofnets.desk.erase import erase
from netofnets.desk.republish import republish
from netofnets.errors import SettingsError
from netofnets.export.tables import cell
from netofnets.language import joined, say
from netofnets.schema.cells import guarded
from netofnets.schema.model import Visibility
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_ANSWER, OWN_WORD, PURPOSE
from netofnets.services.bounded import bounded
from netofnets.services.person.circle import name_shown
from netofnets.services.person.facts import label_of
from netofnets.services.person.own import LEVELS, OWN_LISTS, Log, OwnPage, own_page, own_rows
from netofnets.services.person.provenance import Source
from netofnets.services.person.roster import COLUMNS
from netofnets.store.base import Store
from web.actions import Action, Order
from web.contact_reads import contact_reads_of
from web.pages import Ask, Page, plain
from web.params import Choice, Text
from web.session import gate_of, session
from web.stores import known_settings, opened_store
from web.withdrawn import gone

__all__ = ["CHOOSE", "LEAVE", "MINE", "add_download"]

_TOPICS = (OWN_WORD, PURPOSE, INTRODUCTION, INTRODUCTION_ANSWER)
_WHO = "the person, signed in"


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {
        "page": bounded(_page(ask), OWN_LISTS),
        "levels": {str(level): words for level, words in LEVELS.items()},
        "agreed": _agreed(),
        "blocked": _blocked(ask),
        **_looks(ask),
    }


def _cut(facts: Mapping[str, Any]) -> bool:
    return bool(facts["page"].left_out)


def _looks(ask: Ask) -> Mapping[str, Any]:
    with opened_store() as store:
        return contact_reads_of(store, ask.viewer.who.record, ask.published)


def _page(ask: Ask) -> OwnPage:
    with opened_store() as store:
        return own_page(ask.published, ask.viewer, _log(store), gone(ask.viewer))


def _log(store: Store) -> Log:
    said = [one for topic in _TOPICS for one in store.decisions(topic)]
    return Log(store.choices(), store.judgements(), store.scan, said)


def _agreed() -> list[dict[str, str]]:
    """The versions of the terms that the account accepted, with the day."""
    gate, found = gate_of(), session()
    if gate is None or found is None:
        return []
    told = gate.terms.of(found.account)
    return [{"version": one.version, "day": datetime.fromtimestamp(one.at, UTC).date().isoformat()} for one in told]


def _blocked(ask: Ask) -> list[dict[str, str]]:
    """The people whom the account blocks, by name where the reader is shown them."""
    gate, found = gate_of(), session()
    if gate is None or found is None:
        return []
    return [{"id": i, "name": name_shown(ask.published, ask.viewer, i)} for i in gate.blocks.of(found.account)]


def _choose(order: Order) -> str:
    settings, field, level = known_settings(), order.values["field"], Visibility(order.values["level"])
    choose(order.store, settings.home, order.viewer.who.record, level, who=_WHO, field=field)
    republish(settings)
    if field:
        done = say("{fact} is shown to {whom}.", fact=label_of(field), whom=LEVELS[level])
    else:
        done = say("Your record is shown to {whom}.", whom=LEVELS[level])
    return joined([done, say("Nobody else is shown it from now on; the map follows in a moment.")])


def _leave(order: Order) -> str:
    if order.values["sure"] != "yes":
        raise SettingsError(say("tick the box first: what is erased cannot be brought back"))
    settings = known_settings()
    erase(order.store, settings.home, order.viewer.who.record, {"seed": settings.integer("seed")})
    return say("You are erased.")


MINE = Page("mine", "/mine", "mine.html", _answer, live=True, own=True, truncated=_cut)

CHOOSE = Action(
    "choose level",
    "/mine/level",
    MINE,
    (Choice("field", ("", *FIELDS)), Choice("level", ("shared_network", *(str(level) for level in Visibility)))),
    _choose,
)
LEAVE = Action("leave", "/mine/leave", MINE, (Text("sure", longest=3),), _leave, then="/mine/left")


def add_download(app: Flask) -> None:
    """Everything about the person as a file, in either form; and the last page, for who has left."""
    app.add_url_rule("/mine/left", "left", lambda: render_template("left.html", here_is="left"))
    app.add_url_rule("/mine/everything.json", "my data as JSON", lambda: _file("json"))
    app.add_url_rule("/mine/everything.csv", "my data as CSV", lambda: _file("csv"))
    app.add_url_rule("/mine/roster.csv", "my data as a roster", _roster)


def _roster() -> Response:
    """The own record as a roster, in the columns that a roster has: it can be loaded elsewhere."""
    with opened_store() as store:
        rows = own_rows(g.published, g.viewer, _log(store))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([cell(row.get(name)) for name in COLUMNS] for row in rows)
    return _attached(out.getvalue(), "csv", "my-roster")


def _file(form: str) -> Response:
    page = _page(Ask(g.published, g.viewer, "", {}))
    told = {**plain(page), **_looks(Ask(g.published, g.viewer, "", {}))}
    text = json.dumps(told, ensure_ascii=False, indent=1) if form == "json" else _table(page)
    return _attached(text, form, "my-data")


def _attached(text: str, form: str, name: str) -> Response:
    response = Response(text, mimetype="application/json" if form == "json" else "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _table(page: OwnPage) -> str:
    """One row for each fact and each source that states it."""
    rows = [(f.fact.label, f.fact.value, f.seen_by, (*f.fact.sources, *f.fact.disagreeing)) for f in page.fields]
    rows += [
        (f"Network, {m.role}" if m.role else "Network", m.network.name, page.seen_by, (*m.sources, *m.disagreeing))
        for m in page.memberships
    ]
    rows += [
        ("Organization", a.organization.name, page.seen_by, (*a.sources, *a.disagreeing)) for a in page.affiliations
    ]
    rows += [
        (f"Interest, {i.mode}" if i.mode else "Interest", i.interest.name, page.seen_by, (*i.sources, *i.disagreeing))
        for i in page.interests
    ]
    rows += [
        (f"Tie, {c.words}", c.leader.name, page.seen_by, (*c.sources, *c.disagreeing)) for c in page.collaborations
    ]
    rows += [("Activity", a.activity.name, page.seen_by, (*a.sources, *a.disagreeing)) for a in page.activities]
    rows += [("Credential", c.credential.name, page.seen_by, (*c.sources, *c.disagreeing)) for c in page.credentials]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["what", "value", "seen by", "source", "file", "row", "says", "first seen", "last seen"])
    for what, value, seen_by, sources in rows:
        for told in [_told(one) for one in sources] or [("",) * 6]:
            writer.writerow([guarded(cell) for cell in (what, value, seen_by, *told)])
    return out.getvalue()


def _told(one: Source) -> tuple[str, ...]:
    return one.source, one.file, str(one.row or ""), one.value, one.first_seen, one.last_seen
