"""Files written the way that real programs write them: text with its encoding and quoting, and real workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]


class _Quoted(csv.excel):
    quoting = csv.QUOTE_ALL


def text(rows: Rows, separator: str = ",", newline: str = "\r\n", *, quote_all: bool = False) -> str:
    """Return rows as CSV."""
    file = io.StringIO()
    dialect = _Quoted if quote_all else csv.excel
    csv.writer(file, dialect, delimiter=separator, lineterminator=newline).writerows(rows)
    return file.getvalue()


def excel_csv(rows: Rows, encoding: str, separator: str = ";") -> bytes:
    """Excel's “CSV” in the encoding of a machine; Excel writes question marks for what it lacks."""
    return text(rows, separator).encode(encoding)


def excel_utf_8(rows: Rows, separator: str = ";") -> bytes:
    """Excel's “CSV UTF-8”, with its mark."""
    return text(rows, separator).encode("utf-8-sig")


def excel_unicode_text(rows: Rows) -> bytes:
    """Excel's “Unicode Text”: UTF-16 with tabs."""
    return text(rows, "\t").encode("utf-16")


def google_csv(rows: Rows) -> bytes:
    """Google Sheets: UTF-8 without a mark, commas."""
    return text(rows).encode()


def libre_office_csv(rows: Rows, separator: str = ",") -> bytes:
    """LibreOffice with “Quote all text cells”."""
    return text(rows, separator, "\n", quote_all=True).encode()


def padded(lines: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """Return rows that are all as wide, as spreadsheet programs export them."""
    return [[*line, *[""] * (width - len(line))] for line in lines]


def workbook(*sheets: tuple[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a real workbook with these sheets, changed a little further."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def first(book: Workbook) -> Worksheet:
    """Return the first sheet."""
    return book.worksheets[0]


def archive(**parts: str) -> bytes:
    """Return a zip archive; two underscores in a name stand for a slash, one for a full stop."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as found:
        for name, content in parts.items():
            found.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def with_shared_strings(data: bytes, spoken: str = "") -> bytes:
    """Return a workbook whose texts stand in one table, as Excel writes them, with how they are spoken beside."""
    texts: list[str] = []

    def taken(cell: re.Match[str]) -> str:
        texts.append(cell[3])
        return f'<c r="{cell[1]}"{cell[2]} t="s"><v>{len(texts) - 1}</v></c>'

    def part(name: str, content: str) -> str:
        if name.startswith("xl/worksheets/"):
            return re.sub(
                r'<c r="([A-Z0-9]+)"([^>]*) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>',
                taken,
                content,
                flags=re.DOTALL,
            )
        if name == "xl/_rels/workbook.xml.rels":
            more = f'<Relationship Id="rId99" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            return content.replace("</Relationships>", f"{more}</Relationships>")
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
        return (
            content.replace("</Types>", f"{override}</Types>") if name == "[Content_Types].xml" else content
        )

    file = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, part(name, old.read(name).decode()))
        beside = f'<rPh sb="0" eb="1"><t>{spoken}</t></rPh>' if spoken else ""
        items = "".join(f'<si><t xml:space="preserve">{text}</t>{beside}</si>' for text in texts)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')
    return file.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
