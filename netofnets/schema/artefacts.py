"""What is generated from the declaration of kinds: templates, the schema page, and the browser's schema."""

from __future__ import annotations

import json

from netofnets.schema.columns import Column, Shape, shape, shapes
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import Kind, NodeKind, Property, PropertyType, RelationshipKind

__all__ = ["generated_files", "template_csv", "template_help"]

_WRITTEN = {
    PropertyType.TEXT: "text",
    PropertyType.INTEGER: "whole number",
    PropertyType.NUMBER: "number",
    PropertyType.DATE: "date, such as 2024-09-01",
    PropertyType.EMAIL: "email address",
    PropertyType.URL: "address that begins with https://",
    PropertyType.YES_NO: "yes or no",
    PropertyType.TEXTS: "several texts, separated by semicolons",
}


def generated_files() -> dict[str, str]:
    """Path relative to the repository -> text, of every generated file of this room."""
    files = {f"ingest/templates/{name}.csv": template_csv(name) for name in shapes()}
    files["docs/schema.md"] = _page()
    files["web/static/schema.json"] = json.dumps(_browser_schema(), indent=1, ensure_ascii=False) + "\n"
    return files


def template_csv(name: str) -> str:
    """The header line of a table; :class:`netofnets.errors.SchemaError` when there is none of that name."""
    return ",".join(shape(name).template) + "\n"


def template_help(name: str) -> str:
    """One line for each column of a table: name, how it is written, what it means."""
    wanted = shape(name)
    width = max(len(column.name) for column in wanted.columns)
    lines = [f"{name}: {wanted.help}", ""]
    lines += [f"{column.name:{width}}  {_sentence(column)}" for column in wanted.columns]
    return "\n".join(lines) + "\n"


def _sentence(column: Column) -> str:
    needed = " Required." if column.property.required and not column.alternative else ""
    choices = f" One of {', '.join(column.property.choices)}." if column.property.choices else ""
    return f"({_WRITTEN[column.property.type]}) {column.property.help}{choices}{needed}"


def _page() -> str:
    lines = [
        "# The schema",
        "",
        "Generated from `netofnets/schema/kinds.py` and `relationships.py` by `netofnets docs`; do not edit.",
        "",
        "Every fact is a claim of a source about one of these kinds. The label or type is the name in Neo4j,",
        "the kind is the name in SQLite, in Python and of tables to load.",
        "Private properties are seen by organizers only.",
        "",
        "## Kinds of nodes",
        "",
    ]
    for node in NODE_KINDS:
        lines += [f"### `{node.name}` (`:{node.label}`)", "", node.help, "", *_properties(node)]
    lines += ["## Kinds of relationships", ""]
    for tie in RELATIONSHIP_KINDS:
        lines += [f"### `{tie.name}` (`:{tie.type}`)", "", tie.help, "", *_ends(tie), *_properties(tie)]
    lines += [
        "## Tables to load",
        "",
        "`netofnets template NAME` prints the header of each; docs/mapping.md says how to map other headers.",
        "",
    ]
    for table in shapes().values():
        lines += _table(table)
    return "\n".join(lines).rstrip() + "\n"


def _ends(tie: RelationshipKind) -> list[str]:
    lines = [f"From `{tie.source}` to `{tie.target}`: *{tie.forward}*; seen from the other end: *{tie.reverse}*."]
    if tie.distinguishing:
        names = ", ".join(f"`{name}`" for name in tie.distinguishing)
        lines.append(f"Several between the same two are told apart by {names}.")
    return [*lines, ""]


def _properties(kind: Kind) -> list[str]:
    if not kind.properties:
        return []
    rows = [f"| `{p.name}` | {p.type.value} | {_marks(p)} | {p.help}{_choices(p)} |" for p in kind.properties]
    return ["| property | type | | meaning |", "|---|---|---|---|", *rows, ""]


def _choices(prop: Property) -> str:
    return f" One of {', '.join(prop.choices)}." if prop.choices else ""


def _marks(prop: Property) -> str:
    marks = (
        ("required", prop.required),
        ("private", prop.private),
        ("indexed", prop.indexed),
        ("searched", bool(prop.searched)),
    )
    return ", ".join(word for word, holds in marks if holds)


def _table(table: Shape) -> list[str]:
    rows = [f"| `{c.name}` | {_sentence(c)} |" for c in table.columns]
    return [f"### {table.name}", "", table.help, "", "| column | meaning |", "|---|---|", *rows, ""]


def _browser_schema() -> dict[str, object]:
    return {
        "nodes": {kind.name: _node_entry(kind) for kind in NODE_KINDS},
        "relationships": {kind.name: _tie_entry(kind) for kind in RELATIONSHIP_KINDS},
    }


def _node_entry(kind: NodeKind) -> dict[str, object]:
    return {"label": kind.label, "help": kind.help, "properties": _property_entries(kind)}


def _tie_entry(kind: RelationshipKind) -> dict[str, object]:
    ends = {"source": kind.source, "target": kind.target, "forward": kind.forward, "reverse": kind.reverse}
    return {"type": kind.type, "help": kind.help, **ends, "properties": _property_entries(kind)}


def _property_entries(kind: Kind) -> dict[str, dict[str, object]]:
    # Private properties are never sent to a browser, so their declaration is not needed there.
    return {p.name: {"type": p.type.value, "help": p.help} for p in kind.properties if not p.private}
