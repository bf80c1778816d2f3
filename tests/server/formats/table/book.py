"""Writes small workbooks, well-formed and not, as bytes in a zip: what Excel writes, without Excel."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
"""Style 1 is a date."""

Cells = Mapping[str, str | float | bool]


def cell(at: str, value: str | float | bool) -> str:
    """A cell. "=…" is a formula, with what stands behind | as the value it was last reckoned to; "date:45413" a date by its number."""
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, float | int):
        return f'<c r="{at}"><v>{value}</v></c>'
    if value.startswith("date:"):
        return f'<c r="{at}" s="1"><v>{value[5:]}</v></c>'
    if value.startswith("="):
        formula, _, reckoned = value[1:].partition("|")
        return (
            f'<c r="{at}" t="str"><f>{escape(formula)}</f>'
            + (f"<v>{escape(reckoned)}</v>" if reckoned else "")
            + "</c>"
        )
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(cells: Cells, merged: Sequence[str] = ()) -> str:
    """A sheet's XML; `cells` by their address (B3), row by row."""
    rows: dict[str, list[str]] = {}
    for at, value in cells.items():
        rows.setdefault(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), []).append(cell(at, value))
    data = "".join(f'<row r="{number}">{"".join(row)}</row>' for number, row in rows.items())
    joined = (
        f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(one)}/>' for one in merged)}</mergeCells>" if merged else ""
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{joined}</worksheet>'


def book(
    path: Path,
    sheets: Mapping[str, str],
    *,
    hidden: Sequence[str] = (),
    extra: Mapping[str, bytes] | None = None,
    without: Sequence[str] = (),
) -> Path:
    """A workbook of sheets, {name: XML}; `extra` parts go in as they are, those in `without` stay out."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"{" state=" + quoteattr("hidden") if name in hidden else ""}/>'
        for n, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{RELS}">{related}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**parts, **(extra or {})}.items():
            if name not in without:
                packed.writestr(name, content)
    return path
