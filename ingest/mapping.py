"""Mapping files: what the columns of somebody's spreadsheet mean. The format is described in docs/mapping.md."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.mapping_keys import Keys, close_match, wrong
from ingest.sources.matrix import MATRIX, NAMES
from netofnets.errors import MappingError, SchemaError
from netofnets.schema.columns import IDENTIFIED_BY_NAME, Shape, shape, shapes
from netofnets.schema.kinds import NODE_KINDS

__all__ = ["MappingFile", "Recipe", "TableSpec", "load_mapping", "parse_mapping", "refuse_lacking"]

_WRITTEN = ("encoding", "delimiter", "skip_lines", "date_format", "empty", "where", "rows", "self_ties", "ignore")
_NEVER = ("visibility", "consent", "visible", "public")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the cell of one of our columns is made of the cells of a row."""

    how: str  # "first_of" | "join" | "template" | "constant"
    headers: tuple[str, ...] = ()
    text: str = ""  # the template, the constant, or what joins
    strip_prefix: str = ""
    strip_suffix: str = ""
    swap_at: str = ""
    split: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    other: str = "keep"  # keep | empty | refuse
    empty: tuple[str, ...] | None = None
    date_format: tuple[str, ...] | None = None
    optional: bool = False
    fallback: str = ""  # the constant of the same column


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One ``[[tables]]`` block."""

    place: str  # how messages call it: "tables[1]"
    file: str
    shape: Shape
    columns: Mapping[str, Recipe]
    sheet: str = ""
    optional: bool = False
    encoding: str = ""
    delimiter: str = ""
    skip_lines: int = 0
    date_format: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: bool = False
    keep_self_ties: bool = False
    ignore: tuple[str, ...] = ()
    layout: str = ""  # "matrix" or "names": the table is people by people
    cypher: str = ""  # the question whose answer the table is; ``file`` is then the name of the answer
    seconds: int = 0  # that the question may take


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A whole mapping."""

    tables: tuple[TableSpec, ...]
    source: str = ""
    namespaces: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path) -> MappingFile:
    """Read and check a mapping file; :class:`MappingError` names the table and key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MappingError(
            f"{path.name}: a mapping file is UTF-8 text; save it as such", code="mapping", file=path.name
        ) from None
    except OSError as error:
        raise MappingError(f"{path.name}: cannot be read ({error.strerror})", code="mapping", file=path.name) from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str = "mapping") -> MappingFile:
    """Like :func:`load_mapping`, of a text."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{name}: not valid TOML: {error}", code="mapping", file=name) from None
    try:
        return _whole(Keys(read, ""))
    except MappingError as error:
        raise MappingError(f"{name}: {error}", code="mapping", file=name) from None


def _whole(keys: Keys) -> MappingFile:
    keys.only("source", "namespaces", "defaults", "tables")
    namespaces = _namespaces(keys.table("namespaces"))
    defaults = keys.table("defaults")
    defaults.only(*_WRITTEN)
    blocks = keys.read.get("tables")
    if not isinstance(blocks, list) or not blocks or not all(isinstance(block, dict) for block in blocks):
        raise wrong("tables", "write at least one [[tables]] block")
    tables = tuple(_table(Keys({**defaults.read, **block}, f"tables[{i}]")) for i, block in enumerate(blocks, 1))
    return MappingFile(tables, keys.text("source"), namespaces)


def _namespaces(keys: Keys) -> dict[str, str]:
    allowed = [kind.name for kind in NODE_KINDS if kind.name != IDENTIFIED_BY_NAME]
    keys.only(*allowed)
    if "credentials" in keys.read and "organizations" not in keys.read:
        # Else each source would put an issuer of its own beside what all of them share.
        raise wrong(f"{keys.place}.credentials", "who shares credentials shares their issuers: add organizations")
    return {kind: keys.text(kind) for kind in keys.read}


def _table(keys: Keys) -> TableSpec:
    keys.only("file", "sheet", "is", "optional", "cypher", "seconds", *_WRITTEN, "columns", "constants")
    declared = _shape(keys)
    columns = _columns(keys.table("columns"), keys.table("constants"), declared)
    cypher = keys.text("cypher").strip()
    if cypher and (keys.text("file") or keys.text("sheet")):
        raise wrong(f"{keys.place}.cypher", "a table is in a file or in the answer of a graph; say one of the two")
    if not (cypher and not keys.table("columns").read):  # else its columns are those of the answer
        refuse_lacking(keys.place, declared, columns)
    rows, ties = (
        keys.choice("rows", ("", "events", MATRIX, NAMES)),
        keys.choice("self_ties", ("", "quarantine", "keep")),
    )
    return TableSpec(
        place=keys.place,
        file=_answer_name(keys.place) if cypher else keys.text("file") or keys.missing("file"),
        shape=declared,
        columns=columns,
        sheet=keys.text("sheet"),
        optional=keys.flag("optional"),
        encoding=keys.text("encoding"),
        delimiter=keys.choice("delimiter", ("", ",", ";", "\t", "|")),
        skip_lines=keys.number("skip_lines"),
        date_format=keys.texts("date_format"),
        empty=keys.texts("empty"),
        where=_where(keys.table("where")),
        events=rows == "events",
        keep_self_ties=ties == "keep",
        ignore=keys.texts("ignore"),
        layout=rows if rows in (MATRIX, NAMES) else "",
        cypher=cypher,
        seconds=keys.number("seconds"),
    )


def refuse_lacking(place: str, declared: Shape, columns: Iterable[str]) -> None:
    """Raise :class:`MappingError` when a table lacks a column that it cannot do without."""
    for needed in declared.needs:
        if not any(name in columns for name in needed):
            raise wrong(f"{place}.columns", f"a {declared.name} table needs a column for {' or '.join(needed)}")


def _answer_name(place: str) -> str:
    """What messages call the answer to the Cypher of ``tables[2]``: ``cypher-2.csv``, as if it were a file."""
    return f"cypher-{place.strip('tables[]')}.csv"


def _shape(keys: Keys) -> Shape:
    name = keys.text("is") or keys.missing("is")
    try:
        return shape(name)
    except SchemaError as error:
        raise wrong(f"{keys.place}.is", f"{error}{close_match(name, shapes())}") from None


def _where(keys: Keys) -> dict[str, tuple[str, ...]]:
    return {header: () if wanted == "*" else keys.texts(header) for header, wanted in keys.read.items()}


def _columns(columns: Keys, constants: Keys, declared: Shape) -> dict[str, Recipe]:
    names = [column.name for column in declared.columns]
    for keys in (columns, constants):
        for name in keys.read:
            if name in _NEVER:
                raise wrong(f"{keys.place}.{name}", "who may see what is never taken from a file")
            if name not in names:
                close = close_match(name, names) or f"; it has {', '.join(names)}"
                problem = f"{declared.name} has no column {name!r}{close}"
                raise wrong(f"{keys.place}.{name}", problem)
    fixed = {name: constants.text(name) for name in constants.read}
    recipes = {name: _recipe(columns, name, fixed.get(name, "")) for name in columns.read}
    return recipes | {name: Recipe("constant", text=text) for name, text in fixed.items() if name not in recipes}


def _recipe(columns: Keys, name: str, fallback: str) -> Recipe:
    value = columns.read[name]
    if isinstance(value, str):
        return Recipe("first_of", (value,), fallback=fallback)
    keys = columns.table(name)
    keys.only(
        "from", "first_of", "join", "with", "template", "constant", "strip_prefix", "strip_suffix",
        "swap_at", "split", "values", "other", "empty", "date_format", "optional",
    )  # fmt: skip
    how, headers, text = _maker(keys)
    values = keys.table("values")
    return Recipe(
        how,
        headers,
        text,
        keys.text("strip_prefix"),
        keys.text("strip_suffix"),
        keys.text("swap_at"),
        keys.texts("split"),
        {cell.strip().casefold(): values.text(cell) for cell in values.read},
        keys.choice("other", ("keep", "empty", "refuse")),
        keys.texts("empty") if "empty" in keys.read else None,
        keys.texts("date_format") if "date_format" in keys.read else None,
        keys.flag("optional"),
        fallback,
    )


def _maker(keys: Keys) -> tuple[str, tuple[str, ...], str]:
    makers = [key for key in ("from", "first_of", "join", "template", "constant") if key in keys.read]
    if len(makers) != 1:
        raise wrong(keys.place, "say exactly one of from, first_of, join, template or constant")
    how: Any = makers[0]
    if how == "template":
        template = keys.text("template")
        return how, _braced(keys, template), template
    if how == "constant":
        return how, (), keys.text("constant")
    headers = keys.texts(how)
    if not headers or (how == "from" and len(headers) > 1):
        raise wrong(f"{keys.place}.{how}", "name one header" if how == "from" else "name the headers")
    if how == "join":
        return how, headers, keys.text("with") if "with" in keys.read else " "
    return "first_of", headers, ""


def _braced(keys: Keys, template: str) -> tuple[str, ...]:
    pieces = template.replace("}", "{").split("{")
    headers = tuple(pieces[1::2])
    if not headers or len(pieces) % 2 == 0 or not all(headers):
        raise wrong(f"{keys.place}.template", 'write headers in braces, as in "Participant {UID}"')
    return headers
