"""A small writer of .xlsx workbooks: texts, numbers, dates, yes and no on named sheets, the same bytes everywhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from netofnets.errors import NetOfNetsError
from netofnets.export.markup import in_attribute, in_element

__all__ = ["Cell", "workbook"]

Cell = str | int | float | bool | date | None

_MOST_ROWS, _LONGEST = 1_048_576, 32_767  # that a sheet and a cell of Excel hold

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ZERO = date(
    1899, 12, 30
)  # day 0 of the 1900 date system, for days after February 1900 (ECMA-376 part 1, 18.17.4.1)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)  # style 1 is the built-in date format 14


# What XML cannot hold, and what would be read as an escape, is escaped (ECMA-376 part 1, 22.9.2.19).
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """An Office Open XML workbook with these sheets; rows are sequences of cells, ``None`` is an empty one.

    :class:`NetOfNetsError` for more rows, or a longer text, than a spreadsheet program opens.
    """
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relationships({"rId1": (f"{_OFFICE}/officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _book(list(sheets)),
        "xl/_rels/workbook.xml.rels": _relationships(
            {f"rId{n}": (f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
            | {f"rId{len(sheets) + 1}": (f"{_OFFICE}/styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, rows in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    return _zipped(parts)


def _zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            # Stored, with a fixed date and system: compressed bytes differ between versions of zlib.
            info = zipfile.ZipInfo(name, (2025, 9, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, (_HEAD + text).encode())
    return out.getvalue()


def _content_types(numbers: range) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _book(titles: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{in_attribute(t)}" sheetId="{n}" r:id="rId{n}"/>' for n, t in enumerate(titles, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: Iterable[Sequence[Cell]]) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        if number > _MOST_ROWS:
            raise NetOfNetsError(f"more than {_MOST_ROWS:,} rows do not fit into a sheet; write another format")
        cells = (_cell(f"{_letters(place)}{number}", cell) for place, cell in enumerate(row))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(address: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{address}"><v>{cell!r}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{address}" s="1"><v>{(cell - _DAY_ZERO).days}</v></c>'
    if len(cell) > _LONGEST:
        raise NetOfNetsError(f"cell {address} has more than {_LONGEST:,} characters; write another format than .xlsx")
    text = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{in_element(text)}</t></is></c>'


def _letters(place: int) -> str:
    """The name of a column: 0 is A, 25 is Z, 26 is AA."""
    text = ""
    while place >= 0:
        place, rest = place // 26 - 1, place % 26
        text = chr(ord("A") + rest) + text
    return text
