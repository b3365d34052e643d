"""Files that organizers take away: a map in one file, and the graph for other programs, cut to an audience."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from flask import Flask, Response, g, request

from netofnets.analysis.registry import measure
from netofnets.errors import NetOfNetsError, NotFound, SettingsError
from netofnets.export import FORMATS, export
from netofnets.export.one_file import one_file
from netofnets.export.tables import answer_arrow, answer_csv, answer_parquet
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.leaving import FACTS, for_research, refuse_while_waiting
from netofnets.graph.snapshot import Snapshot
from netofnets.language import said_by, say
from netofnets.schema.purposes import PURPOSES
from netofnets.services.chosen_rows import chosen_rows
from netofnets.services.leaving_table import leaving_table
from netofnets.services.long_work import one_at_a_time
from netofnets.services.map.carried import carried_map
from netofnets.services.tables import measure_table
from netofnets.services.viewer import reader_of
from web.language import reads
from web.params import Choice, Text, address, settle
from web.session import note
from web.table_choice import TABLE_CHOICE, condition_of
from web.withdrawn import withheld

__all__ = [
    "GRAPH_FILES",
    "MOST_PEOPLE",
    "TABLE_FILES",
    "NoSuchFile",
    "add_downloads",
    "attached",
    "graph_file_of",
    "map_file_of",
    "table_file_of",
]

MOST_PEOPLE = 20_000
"""People in a graph that is handed out by a page; of larger ones `netofnets export` makes the file."""

_AUDIENCE = Choice("audience", tuple(reversed(AUDIENCES)))  # the public first
_MAP = (Text("about", longest=120), Text("and", longest=120), _AUDIENCE)
_TYPES = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".zip": "application/zip"}
_TYPES |= {".graphml": "application/xml", ".gexf": "application/xml", ".json": "application/json"}

GRAPH_FILES: Mapping[str, tuple[str, str]] = {
    f"{form.name}{ending if len(form.files) > 1 else ''}": (form.name, ending)
    for form in FORMATS.values()
    for ending in (form.files or (".zip",))
}
"""By the name in the address: the format and the ending of each file that the graph comes in."""


TABLE_FILES: Mapping[str, tuple[str, Callable[[pa.Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", answer_csv),
    "parquet": ("application/vnd.apache.parquet", answer_parquet),
    "arrow": ("application/vnd.apache.arrow.file", answer_arrow),
}
"""By the ending of the file: what it is called on the web, and what writes it."""


class NoSuchFile(NetOfNetsError):
    """There is no such file; the message says why."""


def add_downloads(app: Flask) -> None:
    """The routes of the files."""
    app.add_url_rule("/export/map.html", "map as a file", _map)
    app.add_url_rule("/export/table/<id>.<form>", "table as a file", _table)
    app.add_url_rule("/export/graph/<name>", "graph as a file", _graph)


def map_file_of(*about: str, audience: str = "") -> str:
    """The address of the one-file map of what these ids name."""
    values = dict(zip(("about", "and"), about, strict=False)) | {"audience": audience or _AUDIENCE.default}
    return address("/export/map.html", _MAP, values)


def graph_file_of(name: str, audience: str = "") -> str:
    """The address of the graph in one of :data:`GRAPH_FILES`."""
    return address(f"/export/graph/{name}", (_AUDIENCE,), {"audience": audience or _AUDIENCE.default})


def table_file_of(table: str, form: str, values: Mapping[str, str]) -> str:
    """The address of a table as a file in one of :data:`TABLE_FILES`, with the rows that the page has."""
    return address(f"/export/table/{table}.{form}", TABLE_CHOICE, values)


def _table(id: str, form: str) -> Response:
    if form not in TABLE_FILES:
        raise NoSuchFile(say("there is no file {name!r}; there are {names}", name=form, names=", ".join(TABLE_FILES)))
    refuse_while_waiting(withheld(), g.viewer.audience, [purpose.name for purpose in PURPOSES])
    declared, asked = measure(id), settle(TABLE_CHOICE, request.args)
    whole = leaving_table(g.published, declared, measure_table(g.published, g.viewer, declared.id, {}))
    try:
        table = chosen_rows(declared, whole, condition_of(asked), asked["sort"])
    except SettingsError as error:
        raise NoSuchFile(said_by(error)) from error
    kind, write = TABLE_FILES[form]
    return attached(write(table), kind, f"{id}.{form}", f"table {id} as {form}")


def _map() -> Response:
    asked = settle(_MAP, request.args)
    refuse_while_waiting(withheld(), asked["audience"], [purpose.name for purpose in PURPOSES])
    about = [asked[name] for name in ("about", "and") if asked[name]]
    reader = replace(reader_of(asked["audience"]), as_of=g.viewer.as_of)
    try:
        text = "".join(one_file(asdict(carried_map(g.published, reader, about)), reads()))
    except (NotFound, SettingsError) as error:
        raise NoSuchFile(say("that is not in what this audience is shown: {why}", why=said_by(error))) from error
    return attached(text.encode(), "text/html; charset=utf-8", "map.html", f"html for {asked['audience']}")


def _graph(name: str) -> Response:
    if name not in GRAPH_FILES:
        raise NoSuchFile(say("there is no file {name!r}; there are {names}", name=name, names=", ".join(GRAPH_FILES)))
    audience = settle((_AUDIENCE,), request.args)["audience"]
    refuse_while_waiting(withheld(), audience, FACTS)
    form, ending = GRAPH_FILES[name]
    snapshot = for_research(g.published, audience)
    if snapshot.count("leaders") > MOST_PEOPLE:
        raise NoSuchFile(
            say(
                "of more than {most:,} people a terminal makes it: netofnets export {form} FILE",
                most=MOST_PEOPLE,
                form=form,
            )
        )
    snapshot = snapshot.at(g.viewer.as_of) if g.viewer.as_of else snapshot
    g.reachable = _reachable(snapshot)  # whoever reads a file that is packed sees their addresses all the same
    with one_at_a_time(), tempfile.TemporaryDirectory(prefix="netofnets-") as folder:
        data = export(snapshot, form, Path(folder) / f"map{ending}").path.read_bytes()
    return attached(data, _TYPES.get(ending, "text/plain; charset=utf-8"), f"map{ending}", f"{form} for {audience}")


def _reachable(snapshot: Snapshot) -> frozenset[str]:
    """Those whose address is in a file: who took it is noted for each, as if a page had shown it."""
    leaders = snapshot.nodes["leaders"]
    return frozenset(leaders.filter(pc.is_valid(leaders["email"]))["id"].to_pylist())


def attached(data: bytes, kind: str, name: str, what: str) -> Response:
    """A file to keep; on a shared map the audit says who took it."""
    note("export", "", {}, what)
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
