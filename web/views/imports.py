"""Import: drop files, see how they are read, try, load, publish; what waits, and what was loaded before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest import limits
from ingest.drafts.columns import groups, kinds
from ingest.drafts.folder import clear_old, draft
from ingest.drafts.standing import draft_stands, imports_stand
from ingest.drafts.tables import DATES, MARKS, wants
from netofnets.desk.undo import undoable
from netofnets.errors import StoreError, StoreUnavailable
from netofnets.language import said_by, say
from netofnets.schema.records import Run
from web.pages import Ask, Page
from web.params import Choice
from web.stores import known_settings, opened_store

__all__ = ["DRAFT", "IMPORT"]


def _import(ask: Ask) -> Mapping[str, Any]:
    home = known_settings().home
    clear_old(home)
    runs, can, note = _runs()
    shown = ask.published.run if ask.published else 0
    behind = any(run.status == "done" and run.number > shown for run in runs)
    return {
        "imports": imports_stand(home, runs, can, known_settings().store),
        "behind": behind,
        "on_map": ask.published is not None,
        "note": note,
        "most_bytes": limits.UPLOAD_BYTES,
    }


def _draft(ask: Ask) -> Mapping[str, Any]:
    one = draft(known_settings().home, ask.id)
    runs, _, note = _runs()
    stands = draft_stands(one, runs)
    step = "columns" if ask.values["step"] == "columns" and stands.step in ("tried", "failed") else stands.step
    return {"draft": stands, "step": step, "note": note, **_MENUS}


def _runs() -> tuple[tuple[Run, ...], frozenset[int], str]:
    """All runs of the store and the numbers of those that can be undone, and why not when it does not answer.

    Where there is no store yet there are none.
    """
    try:
        with opened_store() as store:
            return store.runs(), frozenset(one.run for one in undoable(store)), ""
    except StoreUnavailable:
        scheme = known_settings().store.partition(":")[0]
        silent = say("The store does not answer, so what was loaded before is not shown.")
        return (), frozenset(), "" if scheme == "sqlite" else silent
    except StoreError as error:
        return (), frozenset(), say("What was loaded before is not shown, since {why}.", why=said_by(error))


def _only_facts(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in facts.items() if name not in _MENUS}


_MENUS = {"groups": groups, "kinds": kinds, "wants": wants, "marks": MARKS, "dates": DATES}

IMPORT = Page("import", "/import", "import.html", _import, desk=True)
DRAFT = Page(
    "draft", "/import/<id>", "draft.html", _draft, (Choice("step", ("", "columns")),), shape=_only_facts, desk=True
)
