"""Changes: who joined, who left, and which networks and people join anew, since a day or a run?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.errors import SettingsError
from netofnets.services.changes import changes_report
from web.pages import Ask, Page
from web.params import Text, Whole

__all__ = ["CHANGES"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    asked, limit = ask.values, int(ask.values["limit"])
    try:
        report = changes_report(ask.published, ask.viewer, since=asked["since"], as_of=asked["as_of"], limit=limit)
    except SettingsError as wrong:  # what was typed is no day: say so above what is shown anyway
        return {"report": changes_report(ask.published, ask.viewer, limit=limit), "wrong": wrong.args[0]}
    return {"report": report, "wrong": ""}


def _cut(facts: Mapping[str, Any]) -> bool:
    return any(section.total > len(section.rows) for section in facts["report"].sections)


CHANGES = Page(
    "changes",
    "/changes",
    "changes.html",
    _answer,
    params=(Text("since", longest=20), Text("as_of", longest=20), Whole("limit", 10, 1000, 50)),
    alike=True,
    truncated=_cut,
)
