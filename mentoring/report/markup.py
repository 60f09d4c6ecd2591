"""HTML made of elements, so that no text can become markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

Content: TypeAlias = Element | str


def tag(name: str, /, *content: Content, **attributes: str) -> Element:
    """Return an element; an attribute named like a Python keyword ends in an underscore, as in `class_`."""
    found = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    last: Element | None = None
    for piece in content:
        if not isinstance(piece, str):
            found.append(piece)
            last = piece
        elif last is None:
            found.text = (found.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece
    return found


def html(element: Element) -> str:
    """Return an element as HTML."""
    return tostring(element, encoding="unicode", method="html")


def section(heading: str, *content: Content, note: str = "") -> Element:
    """Return a part of the page with its heading and, if there is one, a sentence below it."""
    key = heading.casefold().replace(" ", "-").replace(",", "")
    said = [tag("p", note, class_="note")] if note else []
    return tag("section", tag("h2", heading, id=key), *said, *content, aria_labelledby=key)


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[Content]], kind: str) -> Element:
    """Return a table. In a narrow window its cells stand below each other, each with its heading.

    The roles say again what the elements mean, because browsers forget it where cells are not laid out as a table.
    """
    found = tag("table", tag("caption", caption), role="table", class_=kind)
    head = SubElement(SubElement(found, "thead", role="rowgroup"), "tr", role="row")
    head.extend(tag("th", heading, scope="col", role="columnheader") for heading in headings)
    body = SubElement(found, "tbody", role="rowgroup")
    for row in rows:
        line = SubElement(body, "tr", role="row")
        cells = zip(row, headings, strict=True)
        first, heading = next(cells)
        line.append(tag("th", first, scope="row", role="rowheader", data_label=heading))
        line.extend(tag("td", cell, role="cell", data_label=name) for cell, name in cells)
    return found


def bar(count: int, most: int, kind: str = "") -> Element:
    """Return a number with a bar beside it, whose length is the number's share of the most there is."""
    length = 100 * count // most if most > 0 else 0
    line = tag("span", class_=f"bar {kind}".strip(), style=f"width:{length}%", aria_hidden="true")
    return tag(
        "span", tag("span", f"{count:,}", class_="count"), tag("span", line, class_="track"), class_="counted"
    )


def person(name: str) -> Element:
    """Return a name, which may be written in any direction."""
    return tag("bdi", name)
