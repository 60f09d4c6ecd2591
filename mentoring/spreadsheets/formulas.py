"""Cells that a spreadsheet program would run as a formula, and the apostrophe that keeps them text.

OWASP, CSV injection (https://owasp.org/www-community/attacks/CSV_Injection), and ASVS 5.0, 1.2.10.
"""

from __future__ import annotations

_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")


def neutral(text: str) -> str:
    """Return the text with an apostrophe in front if it could be taken for a formula."""
    return f"'{text}" if _is_formula(text) else text


def plain(text: str) -> str:
    """Return the text that `neutral` was given, so that what was written can be read again."""
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    return text[:1] in _STARTS or text.lstrip()[:1] in _STARTS if text else False
