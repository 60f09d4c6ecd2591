"""Files that are neither text with separators nor an Excel workbook, and what to do with them."""

from __future__ import annotations

import io
import re
from zipfile import BadZipFile, ZipFile

_OLE = b"\xd0\xcf\x11\xe0"
_LOOKED_AT = 4_000_000
_SAVE = "Open it and save the sheet as .xlsx or as “CSV UTF-8”, and use that file."

_STARTS = (
    (b"%PDF", "This is a PDF. Ask for the same list as .xlsx or CSV, and use that file."),
    (b"{\\rtf", f"This is a text document. {_SAVE}"),
    (b"\x1f\x8b", "This file is compressed. Unpack it, and use the file inside."),
    (b"7z\xbc\xaf", "This file is compressed. Unpack it, and use the file inside."),
    (b"Rar!", "This file is compressed. Unpack it, and use the file inside."),
    (b"\x89PNG", "This is a picture. Ask for the same list as .xlsx or CSV, and use that file."),
    (b"\xff\xd8\xff", "This is a picture. Ask for the same list as .xlsx or CSV, and use that file."),
    (b"SQLite format 3", "This is a database. Export the people as CSV, and use that file."),
    (b"PAR1", "This is a Parquet file. Export the people as CSV, and use that file."),
)
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<head|<table|<meta|<style)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml")
_JSON = re.compile(rb'\s*(?:\[\s*[\[{]|\{\s*")')


def other_format(data: bytes) -> str:
    """Return a sentence about what a file is and what to do, empty if it may be text or an Excel workbook."""
    for start, words in _STARTS:
        if data.startswith(start):
            return words
    if data.startswith(_OLE):
        return _older_workbook(data)
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    head = data[:1_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MARKUP.match(head):
        return f"This is a web page, though it may be called .xls. {_SAVE}"
    if _XML.match(head):
        return f"This is XML, not a table of text. {_SAVE}"
    return "This is JSON. Export the people as CSV, and use that file." if _JSON.match(head) else ""


def _older_workbook(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data[:_LOOKED_AT] + data[-_LOOKED_AT:]:
        return "This workbook is protected by a password. Save a copy without one, and use that file."
    return f"This is a workbook in the format of Excel 97 to 2003 (.xls). {_SAVE}"


def _packed(data: bytes) -> str:
    """Return what a zip archive is, if it is no workbook that can be read."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and _is_small(archive, "mimetype")
                else b""
            )
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "This workbook is damaged. Open it in a spreadsheet program, save it anew, and use that file."
    if "xl/workbook.xml" in names:
        return ""
    if "xl/workbook.bin" in names:
        return f"This is a binary Excel workbook (.xlsb). {_SAVE}"
    if b"opendocument.spreadsheet" in kind:
        return f"This is an OpenDocument sheet (.ods). {_SAVE}"
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        return "This is a Numbers document. In Numbers, choose File → Export To → CSV or Excel, and use that file."
    if any(name.startswith("word/") for name in names):
        return "This is a Word document. Put the list into a spreadsheet, and use that file."
    if "[Content_Types].xml" in names:
        return ""
    return "This is an archive, not a workbook. Unpack it, and use the file inside."


def _is_small(archive: ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size < _LOOKED_AT
