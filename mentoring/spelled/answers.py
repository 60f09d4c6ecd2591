"""Yes and no in many languages, in the words of spreadsheet programs and of forms."""

from __future__ import annotations

from mentoring.spelled.texts import Unclear, folded, one_line

_YES = """yes y true t 1 ok on x ✓ ✔ ✅ ☑ ○ ◯ active enabled
ja j wahr jawohl aktiv oui vrai actif sí si s verdadero cierto activo sì vero attivo sim verdadeiro ativo
waar actief tak prawda aktywny да д истина так істина evet doğru jo sant sann sand kyllä tosi joo ano pravda áno igen
igaz da adevărat ναι αληθής 是 真 对 對 有 はい 真 有効 예 네 참 ya benar có đúng نعم صحيح כן אמת हाँ हां सत्य ใช่ จริง"""
_NO = """no n false f 0 off inactive disabled
nein falsch inaktiv non faux inactif falso falsa inactivo inattivo não nao inativo
nee onwaar inactief nie fałsz nieaktywny нет н ложь ні хиба hayır hayir yanlış yanlis nej falskt usann falsk ei epätosi ne nepravda
nem hamis nu fals όχι ψευδής 否 假 不是 没有 沒有 いいえ 偽 無効 아니요 아니오 거짓 tidak salah không sai لا خطأ לא שקר नहीं असत्य
ไม่ใช่ เท็จ"""
_EITHER = frozenset("× ✗ ✘ ☒ ❌ o v".split())
"""Marks that are a tick in one place and a no in another, and letters that could be a slip or an abbreviation."""

_EMPTY_BOX = "☐"


def _table() -> dict[str, bool]:
    found = dict.fromkeys(map(_key, _YES.split()), True)
    return found | dict.fromkeys(map(_key, [*_NO.split(), _EMPTY_BOX]), False)


def _key(text: str) -> str:
    """Return the words of an answer; marks, which have no letters, stay as they are."""
    return folded(text) or text.strip().rstrip("\ufe0f")


_ANSWERS = _table()


def read_answer(text: str) -> bool:
    """Return whether a text says yes; raises `Unclear` when it says neither, or both in different places."""
    line = one_line(text)
    line = line[:-2] if line in ("1.0", "0.0", "1,0", "0,0") else line
    mark = text.strip().rstrip("\ufe0f")
    if mark in _EITHER or line.casefold() in _EITHER:
        raise Unclear("can mean yes or no. Give yes or no.")
    found = _ANSWERS.get(_key(line), _ANSWERS.get(mark))
    if found is None:
        raise Unclear("is neither yes nor no. Give yes, no, true, false, 1 or 0.")
    return found
