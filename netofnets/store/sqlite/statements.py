"""SQL text, generated from the schema; no value of a user ever becomes part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

from netofnets.schema.kinds import BY_NAME, node_kind
from netofnets.schema.model import Kind, PropertyType, RelationshipKind
from netofnets.store.columns import columns_of

__all__ = [
    "BOOKKEEPING",
    "DECISIONS",
    "LOGS",
    "PAST",
    "PUT_CLAIM",
    "PUT_PAST",
    "TOMBSTONES",
    "add_column",
    "create_kind",
    "delete_entity",
    "insert_entity",
    "known_among",
    "schema",
    "select_entities",
    "upsert_entity",
]

_SQL_TYPES: dict[PropertyType, LiteralString] = {
    PropertyType.INTEGER: "INTEGER",
    PropertyType.YES_NO: "INTEGER",
    PropertyType.NUMBER: "REAL",
}

# Whom a decision is about is a JSON list of ids.
DECISIONS = """CREATE TABLE decision (
  number INTEGER PRIMARY KEY, topic TEXT NOT NULL, subjects TEXT NOT NULL, value TEXT NOT NULL,
  who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, run INTEGER NOT NULL DEFAULT 0
) STRICT"""

# What claims said before a run changed or withdrew them, and from which run on that is kept. Erasing looks for records
# in all of it: an index for that would cost every load.
PAST: tuple[LiteralString, ...] = (
    """CREATE TABLE past_claim (
  source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, until INTEGER NOT NULL, stated INTEGER NOT NULL,
  local_id TEXT NOT NULL, from_id TEXT, to_id TEXT, "values" TEXT NOT NULL, origin TEXT NOT NULL,
  first_run INTEGER NOT NULL,
  PRIMARY KEY (source, kind, key, until)
) STRICT, WITHOUT ROWID""",
    "CREATE TABLE past_since (one INTEGER PRIMARY KEY CHECK (one = 1), run INTEGER NOT NULL) STRICT",
    "INSERT INTO past_since (one, run) SELECT 1, coalesce(max(number), 0) FROM run",
)
# One address may be that of two people who were erased.
TOMBSTONES = """CREATE TABLE tombstone (
  mark TEXT NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, "key" TEXT NOT NULL, PRIMARY KEY (mark, person)
) STRICT, WITHOUT ROWID"""
LOGS = ("judgement", "visibility_choice", "decision")
"""The logs; each row has the run that appended it, 0 where that was before runs were kept there."""

# One row per claim, in the order in which a source is read again; "email" is the casefolded address of a leader.
BOOKKEEPING: tuple[LiteralString, ...] = (
    """CREATE TABLE run (
  number INTEGER PRIMARY KEY, source TEXT NOT NULL, status TEXT NOT NULL,
  started TEXT NOT NULL, finished TEXT NOT NULL, report TEXT NOT NULL
) STRICT""",
    """CREATE TABLE claim (
  source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, entity TEXT NOT NULL, local_id TEXT NOT NULL,
  from_id TEXT, to_id TEXT, "values" TEXT NOT NULL, origin TEXT NOT NULL,
  first_run INTEGER NOT NULL REFERENCES run (number) DEFERRABLE INITIALLY DEFERRED, email TEXT,
  PRIMARY KEY (source, kind, key)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX claim_entity ON claim (kind, entity)",
    "CREATE INDEX claim_start ON claim (from_id) WHERE from_id IS NOT NULL",
    "CREATE INDEX claim_end ON claim (to_id) WHERE to_id IS NOT NULL",
    "CREATE INDEX claim_email ON claim (email) WHERE email IS NOT NULL",
    """CREATE TABLE judgement (
  number INTEGER PRIMARY KEY, "left" TEXT NOT NULL, "right" TEXT NOT NULL, verdict TEXT NOT NULL,
  who TEXT NOT NULL, why TEXT NOT NULL, model TEXT NOT NULL, at TEXT NOT NULL, run INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """CREATE TABLE visibility_choice (
  number INTEGER PRIMARY KEY, record TEXT NOT NULL, level TEXT NOT NULL,
  who TEXT NOT NULL, why TEXT NOT NULL, field TEXT NOT NULL, at TEXT NOT NULL, run INTEGER NOT NULL DEFAULT 0
) STRICT""",
    DECISIONS,
    # Who writes at the moment, for the message to others; the lock itself is SQLite's own and ends with the process.
    """CREATE TABLE lease (
  one INTEGER PRIMARY KEY CHECK (one = 1), run INTEGER NOT NULL, source TEXT NOT NULL,
  since TEXT NOT NULL, process INTEGER NOT NULL, token TEXT NOT NULL
) STRICT""",
)

_CLAIM_COLUMNS = (
    '"source", "kind", "key", "entity", "local_id", from_id, to_id, "values", "origin", "first_run", "email"'
)
PUT_CLAIM = (
    f"INSERT INTO claim ({_CLAIM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (source, kind, key) DO UPDATE SET "
    '(entity, local_id, from_id, to_id, "values", origin, email) = (excluded.entity, excluded.local_id, '
    'excluded.from_id, excluded.to_id, excluded."values", excluded.origin, excluded.email)'
)

PUT_PAST = (
    'INSERT INTO past_claim (source, kind, key, until, stated, local_id, from_id, to_id, "values", origin, first_run) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def known_among(kind: str) -> LiteralString:
    """Which of a list of ids are nodes of a kind, or records of it that a judgement names."""
    declared = node_kind(kind)
    # A CROSS JOIN keeps its order: each id is looked up by its key, or by an end of a judgement.
    judged = f"SELECT one FROM asked CROSS JOIN judgement ON {{}} = one WHERE one LIKE '{declared.label[0].lower()}%'"
    left, right = judged.format('"left"'), judged.format('"right"')
    return (
        "WITH asked (one) AS (SELECT value FROM json_each(?)) "
        f"SELECT one FROM asked CROSS JOIN {declared.name} ON id = one "
        f"UNION {left} UNION {right}"
    )


def schema() -> tuple[LiteralString, ...]:
    """Everything that makes an empty file a store, in order."""
    return (*BOOKKEEPING, *PAST, *(create_kind(kind) for kind in BY_NAME.values()))


def create_kind(kind: Kind) -> LiteralString:
    """The table of a kind. Rows that nobody claims are deleted by the ledger, so no foreign keys stand in its way."""
    ends = ("  from_id TEXT NOT NULL", "  to_id TEXT NOT NULL") if isinstance(kind, RelationshipKind) else ()
    columns: Iterator[LiteralString] = (f"  {_declared(kind, p.name)}" for p in kind.properties)
    lines: tuple[LiteralString, ...] = ("  id TEXT PRIMARY KEY", *ends, *columns)
    return f"CREATE TABLE {kind.name} (\n" + ",\n".join(lines) + "\n) STRICT, WITHOUT ROWID"


def add_column(kind: Kind, name: LiteralString) -> LiteralString:
    """Bring a table made before a property was declared up to date."""
    return f"ALTER TABLE {kind.name} ADD COLUMN {_declared(kind, name)}"


def insert_entity(kind: Kind) -> LiteralString:
    """Insert a row; what the benchmark calls bare."""
    columns = columns_of(kind.name)
    return f"INSERT INTO {kind.name} ({_names(columns)}) VALUES ({', '.join('?' for _ in columns)})"


def upsert_entity(kind: Kind) -> LiteralString:
    """Insert a row or bring it up to date; a row that would not change is not written."""
    columns = columns_of(kind.name)[1:]
    if not columns:
        return f"{insert_entity(kind)} ON CONFLICT (id) DO NOTHING"
    old = ", ".join(f'{kind.name}."{name}"' for name in columns)
    new = ", ".join(f'excluded."{name}"' for name in columns)
    update = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
    return f"{insert_entity(kind)} ON CONFLICT (id) DO UPDATE SET {update} WHERE ({old}) IS NOT ({new})"


def delete_entity(kind: Kind) -> LiteralString:
    """Delete a row by its id."""
    return f"DELETE FROM {kind.name} WHERE id = ?"


def select_entities(kind: Kind) -> LiteralString:
    """All rows, in the order of the columns."""
    return f"SELECT {_names(columns_of(kind.name))} FROM {kind.name}"


def _declared(kind: Kind, name: LiteralString) -> LiteralString:
    return f'"{name}" {_SQL_TYPES.get(kind.property(name).type, "TEXT")}'


def _names(columns: tuple[LiteralString, ...]) -> LiteralString:
    return ", ".join(f'"{name}"' for name in columns)
