"""How much is taken: one table of limits, so that no file can use up the machine."""

from __future__ import annotations

__all__ = [
    "ARCHIVE_BYTES",
    "ARCHIVE_MEMBERS",
    "ARCHIVE_RATIO",
    "BAD_ROWS_SHARE",
    "BAD_ROWS_SURE",
    "CELL_CHARACTERS",
    "COLUMNS",
    "CYPHER_SECONDS",
    "DRAFTS",
    "DRAFT_SECONDS",
    "FIELD_CHARACTERS",
    "JSON_BYTES",
    "NESTING",
    "ROW_CHARACTERS",
    "SHRINK_SHARE",
    "TURTLE_BYTES",
    "UPLOAD_BYTES",
    "UPLOAD_FILES",
    "WORKBOOK_BYTES",
    "WORKBOOK_SECONDS",
]

CELL_CHARACTERS = 64 * 1024
"""A longer cell puts its row into quarantine (``cell_too_large``)."""

ROW_CHARACTERS = 256 * 1024
"""A longer row goes into quarantine (``row_too_large``)."""

COLUMNS = 512
"""A file with more columns is refused (``too_many_columns``)."""

CYPHER_SECONDS = 600
"""A question to a graph may take so long, when its table does not say how long (``seconds``)."""

JSON_BYTES = 32 * 1024 * 1024
"""A JSON document may not be larger (``too_large``); JSON Lines may."""

TURTLE_BYTES = 64 * 1024 * 1024
"""A vocabulary may not be larger (``too_large``)."""

NESTING = 64
"""JSON and XML may not be nested deeper (``json_depth``, ``xml_depth``)."""

FIELD_CHARACTERS = 16 * 1024 * 1024
"""A CSV cell beyond this is taken for a quote that was never closed (``csv_syntax``)."""

ARCHIVE_BYTES = 512 * 1024 * 1024
"""A workbook may not unpack to more (``archive_too_large``)."""

ARCHIVE_RATIO = 100
"""A workbook of more than 10 MiB unpacked may not be packed tighter (``archive_too_large``)."""

ARCHIVE_MEMBERS = 1_000
"""A workbook may not have more parts (``archive_too_large``)."""

WORKBOOK_BYTES = 768 * 1024 * 1024
"""The process that reads a workbook may use so much address space (``sheet_too_large``)."""

WORKBOOK_SECONDS = 120
"""The process that reads a workbook may be silent for so long (``sheet_too_large``)."""

BAD_ROWS_SURE = 20
"""Up to so many rows in quarantine never refuse a batch ..."""

BAD_ROWS_SHARE = 0.05
"""... but more than those and more than this share do: then the mapping is wrong (``too_many_bad_rows``)."""

SHRINK_SHARE = 0.20
"""A load that withdraws a larger share of a source's leaders, memberships or networks needs ``--allow-shrink``."""

UPLOAD_BYTES = 64 * 1024 * 1024
"""All files together that are given at once in the browser; larger ones are loaded with the command."""

UPLOAD_FILES = 20
"""So many files at once in the browser."""

DRAFTS = 12
"""So many loads may wait in the browser for somebody to go on with them."""

DRAFT_SECONDS = 24 * 3600
"""A load that nobody went on with for so long is removed, with its files."""
