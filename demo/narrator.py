"""The narrator: turns what happens in the workspace into lines that read like a story."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import datetime

from sandbox import Happening

WIDTH = 110
LONGEST = 300
LONGEST_CHANGE = 110
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_PERSON = re.compile(r"<@(\w+)>")
_CHANNEL = re.compile(r"<#\w+\|?([^>]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class Narrator:
    """Prints scenes, and what happens in them.

    `names` maps user ids to names and grows with the cast; `hush` leaves out what has been seen often enough.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        """Tell the story through `say`, a line or a paragraph at a time."""
        self._say = say
        self.names: dict[str, str] = {}
        self.hush = False

    def scene(self, title: str, when: datetime) -> None:
        """Begin a scene."""
        self._say(f"\n{when:%A, %B} {when.day}, {when.year}: {title}")

    def aside(self, words: str) -> None:
        """Say something that is not a happening."""
        self._say(textwrap.fill(words, WIDTH, initial_indent="    ", subsequent_indent="    "))

    def happened(self, happening: Happening) -> None:
        """Tell what somebody did, or what the app posted."""
        if self.hush:
            return
        where = f" in {happening.where}" if happening.where else ""
        words = self.readable(happening.text, LONGEST_CHANGE if "changed" in happening.what else LONGEST)
        line = f"{happening.at:%a %H:%M}  {happening.who} {happening.what}{where}" + (
            f": {words}" if words else ""
        )
        self._say(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent=" " * 13))

    def readable(self, text: str, longest: int = LONGEST) -> str:
        """Message text as a person would read it: names, dates and plain words; a long one is cut at a word."""
        text = _DATE.sub(r"\1", text)
        text = _PERSON.sub(lambda found: self.names.get(found[1], found[1]), text)
        text = _CHANNEL.sub(r"#\1", text).replace("*", "").replace("`", "")
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        return textwrap.shorten(text, longest, placeholder=" …")
