"""The forms of import: give files, choose, try, load, publish, discard; and the files that it hands out."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

from flask import Flask, Response, abort, request

from ingest import limits
from ingest.drafts.batches import Plan, batches, choose, read_plan, write_plan
from ingest.drafts.corrections import with_corrections
from ingest.drafts.folder import Draft, clear_old, draft, new_draft
from ingest.drafts.kept import all_kept, forget, kept_mapping
from ingest.drafts.progress import begin, progress
from ingest.drafts.uploads import as_kinds, read_tables
from netofnets.errors import InputError, StoreBusy
from netofnets.language import say
from netofnets.language.system import system_words
from web.desk_forms import DeskForm, Next, add_desk_form
from web.pages import without_publication
from web.stores import known_settings
from web.views.imports import DRAFT, IMPORT

__all__ = ["FORMS", "add_imports"]

_log = logging.getLogger(__name__)
UPLOAD = limits.UPLOAD_BYTES + (1 << 20)  # the files, and what a form says beside them
_LEAVES = ("accept_bad", "allow_shrink", "same_people")


def add_imports(app: Flask) -> None:
    """Route the forms and the files; what was left in the home for too long goes."""
    for form in FORMS:
        add_desk_form(app, form)
    app.add_url_rule("/import/<id>/to-correct-<int:number>.csv", "rows to correct", _to_correct)
    app.add_url_rule("/import/mappings/<id>.toml", "kept mapping", _mapping)
    without_publication(app, "rows to correct", "kept mapping")
    clear_old(app.extensions["netofnets-settings"].home)


def _give(_: str) -> Next:
    try:
        return _kept(known_settings().home)
    except OSError as error:
        _log.error("files that were given could not be kept: %s", error)
        why = say(
            "the files could not be kept here ({why}), and nothing of them was. Whoever runs this map has to make "
            "room, or to put the rights on its folder right; then give them again",
            why=system_words(error),
        )
        raise InputError(why, code="not_kept") from None


def _kept(home: Path) -> Next:
    given = [file for file in request.files.getlist("files") if file.filename]
    if not given:
        raise InputError(say("choose one file or several first"), code="empty_batch")
    one = new_draft(home)
    try:
        for file in given:
            one.add(file.filename or "", file.stream)
        tables, sources = read_tables(one, all_kept(home))
        write_plan(one, Plan(tuple(tables), sources))
    except BaseException:
        one.remove()  # nothing of what was refused is kept
        raise
    return Next(DRAFT, one.id)


def _try(given: str) -> Next:
    one = _resting(given)
    before = read_plan(one)
    plan = choose(before, request.form)
    said = {i: request.form.get(f"kind-{i}", table.kind) for i, table in enumerate(before.tables)}
    tables = as_kinds(one, plan.tables, said)
    if anew := [table for table, old in zip(tables, before.tables, strict=True) if table.kind != old.kind]:
        one.drop("check", "load", "published", "progress")
        write_plan(one, replace(plan, tables=tuple(tables)))
        look = say("Look at the columns of {place} again: they are guessed for what it is.", place=anew[0].place)
        return Next(DRAFT, one.id, look)
    one.drop("check", "load", "published", "progress")
    write_plan(one, plan)
    batches(one, plan)  # what makes no mapping is said at once
    begin(known_settings(), one, "check")
    return Next(DRAFT, one.id)


def _load(given: str) -> Next:
    one = _resting(given)
    told = one.read("check").get("outcomes", [])
    if not told:
        raise InputError(say("try it first, so that you have seen what it would become"), code="untried")
    allowed = {}
    for i, outcome in enumerate(told):
        ticked = tuple(leave for leave in _LEAVES if f"{leave}-{i}" in request.form)
        if set(outcome["leaves"]) - set(ticked):
            why = say(
                "{source}: {why}; tick what you allow all the same, or correct it",
                source=outcome["source"],
                why=outcome["refused"],
            )
            raise InputError(why, code="refused")
        allowed[outcome["source"]] = ticked
    write_plan(one, replace(read_plan(one), allowed=allowed))
    begin(known_settings(), one, "load")
    return Next(DRAFT, one.id)


def _publish(given: str) -> Next:
    one = _resting(given)
    begin(known_settings(), one, "publish")
    return Next(DRAFT, one.id)


def _correct(given: str) -> Next:
    one = _resting(given)
    sheet, source = request.files.get("sheet"), request.form.get("source", "")
    if sheet is None or not sheet.filename:
        raise InputError(say("choose the sheet with the corrected rows first"), code="empty_batch")
    write_plan(one, with_corrections(one, read_plan(one), source, sheet.filename, sheet.stream))
    one.drop("check", "load", "published", "progress")
    done = say("The corrected rows stand beside the others now, in place of the rows as they were.")
    return Next(DRAFT, one.id, done)


def _undo(given: str) -> Next:
    return _apart("undo", int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0)


def _publish_all(_: str) -> Next:
    return _apart("publish")


def _apart(job: str, run: int = 0) -> Next:
    """Begin a job that needs no files."""
    settings = known_settings()
    one = new_draft(settings.home)
    try:
        one.write("undo", {"run": run})
        begin(settings, one, job)
    except BaseException:
        one.remove()
        raise
    return Next(DRAFT, one.id)


def _discard(given: str) -> Next:
    _resting(given).remove()
    return Next(IMPORT, "", say("The load is discarded, with its files."))


def _forget(given: str) -> Next:
    return Next(IMPORT, "", say("The mapping of {source} is deleted.", source=forget(known_settings().home, given)))


def _resting(given: str) -> Draft:
    """The draft of an id, while nothing is being done with it."""
    one = draft(known_settings().home, given)
    if progress(one).state == "working":
        raise StoreBusy(say("this load is being worked on; wait until that is done"))
    return one


def _to_correct(id: str, number: int) -> Response:
    path = draft(known_settings().home, id).folder / f"to-correct-{number}.csv"
    if not path.is_file():
        abort(404)
    return _attached(path.read_bytes(), "text/csv", f"to-correct-{number + 1}.csv")


def _mapping(id: str) -> Response:
    kept = kept_mapping(known_settings().home, id)
    name = re.sub(r"[^A-Za-z0-9]+", "-", kept.source).strip("-") or "mapping"
    return _attached(kept.text.encode(), "application/toml", f"{name}.toml")


def _attached(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_TOO_LARGE = say(
    "these files are larger than {most} MB together; load fewer at once, or larger ones with the command netofnets "
    "ingest",
    most=limits.UPLOAD_BYTES // 2**20,
)

FORMS = (
    DeskForm("give files", "/import", IMPORT, _give, UPLOAD, _TOO_LARGE),
    DeskForm("try", "/import/<id>/try", DRAFT, _try),
    DeskForm("load", "/import/<id>/load", DRAFT, _load),
    DeskForm("publish", "/import/<id>/publish", DRAFT, _publish),
    DeskForm("correct", "/import/<id>/correct", DRAFT, _correct, UPLOAD, _TOO_LARGE),
    DeskForm("publish all", "/import/now/publish", IMPORT, _publish_all),
    DeskForm("undo load", "/import/undo/<id>", IMPORT, _undo),
    DeskForm("discard", "/import/<id>/discard", DRAFT, _discard),
    DeskForm("forget mapping", "/import/mappings/<id>/forget", IMPORT, _forget),
)
