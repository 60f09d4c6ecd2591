"""The narrator: turns what happens in the workspace into lines that read like a story."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import datetime

from sandbox import Happening

WIDTH = 110
LONGEST = 300
HEAD, TAIL = 30, 130
"""Of a message that changed, its beginning says which it is, and its end what is new."""
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_PERSON = re.compile(r"<@(\w+)>")
_CHANNEL = re.compile(r"<#\w+\|?([^>]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class Narrator:
    """Prints scenes, and what happens in them.

    `names` maps user ids to names and grows with the cast; `hush` leaves out what has been seen often enough.
    """

    def __init__(self, say: Callable[[str], None], short: bool = False) -> None:
        """Tell the story through `say`, a line or a paragraph at a time; `short`: a line for each scene."""
        self._say, self._short = say, short
        self.names: dict[str, str] = {}
        self.hush = False

    def scene(self, title: str, when: datetime) -> None:
        """Begin a scene."""
        line = f"{when:%A, %B} {when.day}, {when.year}: {title}"
        self._say(f"  {line}" if self._short else f"\n{line}")

    def aside(self, words: str) -> None:
        """Say something that is not a happening."""
        if not self._short:
            self._say(textwrap.fill(words, WIDTH, initial_indent="    ", subsequent_indent="    "))

    def happened(self, happening: Happening) -> None:
        """Tell what somebody did, or what the app posted."""
        if self.hush:
            return
        where = f" in {happening.where}" if happening.where else ""
        words = self.readable(happening.text)
        words = (
            _ends(words)
            if "changed" in happening.what
            else textwrap.shorten(words, LONGEST, placeholder=" …")
        )
        line = f"{happening.at:%a %H:%M}  {happening.who} {happening.what}{where}" + (
            f": {words}" if words else ""
        )
        self._say(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent=" " * 13))

    def readable(self, text: str) -> str:
        """Message text as a person would read it: names, dates and plain words."""
        text = _DATE.sub(r"\1", text)
        text = _PERSON.sub(lambda found: self.names.get(found[1], found[1]), text)
        text = _CHANNEL.sub(r"#\1", text).replace("*", "").replace("`", "")
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        return text


def _ends(words: str) -> str:
    if len(words) <= HEAD + TAIL:
        return words
    tail = words[-TAIL:].partition(" ")[2]
    return f"{textwrap.shorten(words, HEAD, placeholder='')} … {tail}"
