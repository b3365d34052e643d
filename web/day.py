"""The day and the run whose map is looked at: in the address as ``as_of`` and ``as_of_run``, carried on by every link.

A day is answered from what is published. A run is answered from the store, for organizers, since runs are numbered for
them alone; pages about what is on its way in stay those of today.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, g, request

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import said_by, say
from netofnets.schema.dates import read_date
from netofnets.schema.text import BadValue
from netofnets.settings import Settings
from web.params import Text
from web.past import PastRuns

if TYPE_CHECKING:
    from web.pages import Page

__all__ = ["DAY", "RUN", "NoSuchRun", "add_day", "add_run", "kept_time", "lend_again", "shown_run"]

DAY = Text("as_of", 20)
RUN = Text("as_of_run", 20)


class NoSuchRun(NotFound):
    """The address names a run that cannot be shown; the message says why."""


def add_day(app: Flask) -> None:
    """Let every request know its day; what is no day is said on the page, and counts as none."""
    app.before_request(_know_day)


def add_run(app: Flask, settings: Settings) -> None:
    """Lend every request that names a run the map of that run, instead of what is published."""
    app.extensions["netofnets-past-runs"] = PastRuns(settings)
    app.before_request(_know_run)


def kept_time() -> dict[str, str]:
    """The day and run that links of this page carry on, by the name of their parameter; empty where there is none."""
    if "viewer" not in g:
        return {}
    return {DAY.name: g.viewer.as_of, RUN.name: str(g.viewer.as_of_run or "")}


def shown_run() -> dict[str, Any] | None:
    """The run that is looked at: its number, source and day (empty where nothing of that source is told any more)."""
    if not ("viewer" in g and g.viewer.as_of_run):
        return None
    past: Published = g.past_run
    rows = past.edition("organizers").snapshot.readings.to_pylist()
    found = next((row for row in reversed(rows) if row["run"] == past.run), {"source": "", "day": ""})
    return {"number": past.run, "source": found["source"], "day": found["day"], "of_today": "present" not in g}


def lend_again() -> Published:
    """The map of the run once more, made anew: a publication removed it while it was read."""
    runs: PastRuns = current_app.extensions["netofnets-past-runs"]
    again = runs.at(g.present, g.viewer.as_of_run)
    g.published = g.past_run = again
    return again


def _page() -> Page | None:
    endpoint = (request.endpoint or "").removesuffix(".json")
    found: Page | None = current_app.extensions["netofnets-pages"].get(endpoint)
    return found


def _know_run() -> None:
    runs: PastRuns = current_app.extensions["netofnets-past-runs"]
    present: Published | None = g.get("published")
    if present is not None:
        runs.turn_to(present)
    asked, page = RUN.settle(request.args.get(RUN.name, "")), _page()
    if not asked or page is None or present is None:
        return
    if not g.viewer.sees_people:
        raise NoSuchRun(say("runs are numbered for organizers only: give a day, such as ?as_of=2024-09-01"))
    if not (asked.isascii() and asked.isdecimal()):
        raise NoSuchRun(say("as_of_run takes the number of a run, such as ?as_of_run=3"))
    try:
        g.past_run = runs.at(present, int(asked))
    except NotFound as unknown:
        raise NoSuchRun(said_by(unknown)) from None
    g.viewer = replace(g.viewer, as_of_run=g.past_run.run)
    if not (page.desk or page.of_today):
        g.present, g.published = present, g.past_run


def _know_day() -> None:
    page = _page()
    asked = DAY.settle(request.args.get(DAY.name, ""))
    if not asked or page is None or any(param.name == DAY.name for param in page.params):
        return  # a page that compares days has two of its own
    try:
        g.viewer = replace(g.viewer, as_of=read_date(asked))
    except BadValue:
        g.no_day = asked
