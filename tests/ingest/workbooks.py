"""Writes the smallest workbooks that spreadsheet programs open, cell by cell, also those that they would not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

__all__ = ["xlsx"]

Cell = str | int | float | bool | Mapping[str, object] | None
"""A text, number or flag; ``{"d": serial}``: a number with a date style; ``{"e": "#REF!"}``: an error; None: empty."""

_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_OFFICE}/spreadsheetml/2006/main"'
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    date1904: bool = False,
    hidden: Collection[str] = (),
    bomb: int = 0,
) -> bytes:
    """The bytes of a workbook; ``bomb`` adds one text of so many letters to the end of each sheet."""
    numbers = range(1, len(sheets) + 1)
    parts = {f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, rows in zip(numbers, sheets.values(), strict=True)}
    types = {f"/{name}": "worksheet" for name in parts} | {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in types.items())
        + "</Types>"
    )
    parts["_rels/.rels"] = _relations({"book": ("officeDocument", "xl/workbook.xml")})
    targets = {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    parts["xl/_rels/workbook.xml.rels"] = _relations(targets | {"style": ("styles", "styles.xml")})
    parts["xl/workbook.xml"] = (
        f'<workbook {_MAIN} xmlns:r="{_RELATION}"><workbookPr date1904="{int(date1904)}"/><sheets>'
        + "".join(
            f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="s{n}"'
            + (' state="hidden"/>' if title in hidden else "/>")
            for n, title in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>"
    )
    parts["xl/styles.xml"] = (
        f'<styleSheet {_MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    return _packed(parts, bomb)


def _packed(parts: Mapping[str, str], bomb: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if bomb and "worksheets" in name:
                letters = f'<row><c t="inlineStr"><is><t>{"A" * bomb}</t></is></c></row></sheetData>'
                text = text.replace("</sheetData>", letters)
            archive.writestr(name, text)
    return out.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    one = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    rows = "".join(one.format(key, _RELATION, kind, target) for key, (kind, target) in targets.items())
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{rows}</Relationships>'


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    lines = (
        f'<row r="{r}">' + "".join(_cell(f"{chr(65 + c)}{r}", value) for c, value in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1)
    )
    return f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cell(at: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{at}" t="inlineStr">{text}</c>'
    if isinstance(value, Mapping):
        kind, of = next(iter(value.items()))
        return f'<c r="{at}" t="e"><v>{of}</v></c>' if kind == "e" else f'<c r="{at}" s="1"><v>{of}</v></c>'
    return (
        f'<c r="{at}" t="b"><v>{int(value)}</v></c>' if isinstance(value, bool) else f'<c r="{at}"><v>{value}</v></c>'
    )
