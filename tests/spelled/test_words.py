"""Yes and no, and languages, in many languages."""

from __future__ import annotations

import pytest

from handlers import choices
from mentoring.spelled.answers import read_answer
from mentoring.spelled.languages import language_key
from mentoring.spelled.texts import Unclear, folded, listed

YES = """
yes y TRUE WAHR ja VRAI Oui verdadero Sí si VERO sì verdadeiro sim WAAR tak PRAWDA да ИСТИНА 是 はい x
X ✓ ☑ 1 1.0 true
""".split()
NO = "no n FALSE FALSCH Nein FAUX non falso não nee ONWAAR nie FAŁSZ нет ЛОЖЬ 否 いいえ ☐ 0 0.0 HAYIR".split()
ONE_LANGUAGE = [
    ("de", "German Deutsch DEUTSCH de de-AT Allemand alemán немецкий 德语 ドイツ語".split()),
    ("fr", ["French", "français", "FRANCAIS", "fr_CA", "Französisch", "French (Canada)", "法语"]),
    ("es", ["Spanish", "español", "castellano", "es-419", "Spanisch"]),
    ("zh", ["Chinese", "中文", "Mandarin", "zh-Hant", "普通话", "汉语", "Chinesisch"]),
    ("ja", ["Japanese", "日本語", "ja-JP"]),
    ("ru", ["Russian", "Русский", "русский"]),
    ("en", ["English", "en-US", "Englisch", "anglais", "inglés", "英语", "English (UK)"]),
    ("pt", ["Portuguese", "português", "pt-BR", "Português do Brasil", "Brazilian Portuguese"]),
    ("no", ["Norwegian", "norsk", "nb", "nn-NO"]),
    ("yue", ["Cantonese", "粵語"]),
    ("klingon", ["Klingon", " KLINGON "]),
]


@pytest.mark.parametrize("text", YES)
def test_yes(text: str) -> None:
    assert read_answer(text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text: str) -> None:
    assert read_answer(text) is False


@pytest.mark.parametrize("text", ["×", "✗", "☒", "o", "V"])
def test_what_is_yes_here_and_no_there_is_refused(text: str) -> None:
    with pytest.raises(Unclear, match="can mean yes or no"):
        read_answer(text)


@pytest.mark.parametrize("text", ["perhaps", "", "?", "2", "yes and no"])
def test_what_is_neither(text: str) -> None:
    with pytest.raises(Unclear, match="is neither yes nor no"):
        read_answer(text)


def test_no_word_says_both() -> None:
    answers = {meaning: set(map(folded, words)) - {""} for meaning, words in listed("answers.txt")}
    assert answers["yes"].isdisjoint(answers["no"])


@pytest.mark.parametrize(("key", "texts"), ONE_LANGUAGE)
def test_names_of_one_language_are_one(key: str, texts: list[str]) -> None:
    assert {language_key(text) for text in texts} == {key}


def test_no_name_is_that_of_two_languages() -> None:
    names = [(folded(name), code) for code, words in listed("languages.txt") for name in words]
    assert len({name for name, _ in names}) == len(set(names))


def test_every_language_of_the_form_has_a_name_to_be_found_by() -> None:
    known = {code for code, _ in listed("languages.txt")}
    assert [name for name in choices.LANGUAGES if language_key(name) not in known] == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Deutsch", "German"), ("日本", "Japanese"), ("中文", "Chinese"), ("рус", "Russian")],
)
def test_the_form_finds_languages_by_their_own_names(typed: str, offered: str) -> None:
    assert choices.languages(typed) == [offered, typed]
