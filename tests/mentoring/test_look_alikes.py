"""Skills typed with letters that look the same, with what does not show, and with far too much of it."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.look_alikes import as_meant, in_latin
from mentoring.skills import MAX_LABEL, SkillError, Vocabulary, clean_label, skill_key, starter

CYRILLIC = dict(zip("ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху", strict=True))
GREEK = dict(zip("ABEHIKMNOPTXYZaiopvx", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖαιορνχ", strict=True))
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202e\u2066\u034f"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\u0420ython", "Python"),  # Cyrillic Er
        ("\u03a1ython", "Python"),  # Greek Rho
        ("\u0410\u0406 tools", "AI tools"),  # a whole word of look-alikes beside a Latin one
        ("\u0391\u0399 t\u03bf\u03bfls", "AI tools"),
        ("\u041d\u0422\u041cL", "HTML"),
        ("\u0440\u043ewer\u0440\u043eint", "PowerPoint"),
        ("дизa\u0439н", "дизайн"),  # one Latin letter among Cyrillic ones
        ("Мaр\u043aетинг", "Маркетинг"),
        ("\uff30\uff59\uff54\uff48\uff4f\uff4e", "Python"),  # full width
        ("\ufb01nance", "Finance"),  # a ligature
        ("Re\u0301sume\u0301", "R\u00e9sum\u00e9"),
        ("\U0001d5e3ython", "Python"),  # a mathematical letter
        ("Py\u200dth\u2060on\ufeff", "Python"),
        ("Py\u3164thon", "Python"),
    ],
)
def test_what_looks_the_same_is_the_same_skill(typed: str, meant: str) -> None:
    assert skill_key(typed) == skill_key(meant) != ""
    assert Vocabulary([meant]).find(typed) == meant
    assert meant in Vocabulary([meant, "Other"]).suggest(typed)


@pytest.mark.parametrize("word", ["Москва", "Рисование", "Сок", "Υγεία", "Ναυτιλία", "Έρευνα", "Тест", "СМР"])
def test_real_russian_and_greek_words_stay_what_they_are(word: str) -> None:
    assert clean_label(word) == word
    assert as_meant(word) == word
    assert skill_key(word).isascii() is False
    assert starter().find(word) is None


@pytest.mark.parametrize("text", ["Python для анализа", "SQL и отчёты", "UX-исследования", "Ναυτιλία & AI"])
def test_words_of_two_languages_side_by_side_stay_apart_from_others(text: str) -> None:
    assert clean_label(text) == text
    assert skill_key(text) == skill_key(text.upper()) == skill_key(f" {text}! ")


def test_a_word_of_look_alikes_alone_is_a_known_word_or_what_it_is() -> None:
    typed = "\u0420\u041d\u0420"
    assert Vocabulary(["PHP"]).find(typed) == "PHP"
    assert Vocabulary(["PHP"]).suggest(typed) == ["PHP"]
    assert Vocabulary(["Law"]).find(typed) is None
    assert in_latin("Москва, дом") == "Москва, дом", "a letter that looks like no Latin one"


@given(st.sampled_from(starter().labels), st.sampled_from([CYRILLIC, GREEK]), st.data())
def test_any_of_its_letters_may_be_of_another_script(
    label: str, others: dict[str, str], data: st.DataObject
) -> None:
    swapped = data.draw(st.sets(st.integers(0, len(label) - 1)))
    typed = "".join(others.get(char, char) if at in swapped else char for at, char in enumerate(label))
    assert starter().find(typed) == label


@given(st.sampled_from(starter().labels), st.text(ZERO_WIDTH, max_size=20), st.data())
def test_what_does_not_show_does_not_count(label: str, hidden: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(label)))
    typed = f"{label[:at]}{hidden}{label[at:]}"
    assert skill_key(typed) == skill_key(label)
    assert skill_key(clean_label(typed)) == skill_key(label)


@given(st.text(max_size=60))
def test_composed_or_not_it_is_the_same_label(text: str) -> None:
    try:
        label = clean_label(text)
    except SkillError:
        return
    assert clean_label(label) == label
    assert clean_label(unicodedata.normalize("NFD", label)) == label
    assert skill_key(label) == skill_key(unicodedata.normalize("NFD", label))


@given(st.text(st.characters(whitelist_categories=["Lu", "Ll", "Mn", "Cf", "Zs"]), max_size=40))
def test_letters_of_all_scripts_give_a_key_that_does_not_depend_on_case(text: str) -> None:
    as_meant(text)
    assert len(skill_key(text)) <= 200
    assert skill_key(f"x{text}") != ""


LONG = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "x" * LONG,
        "\u0301" * LONG,
        "\u0301\u0316" * LONG,
        "x" + "\u0316\u0301" * LONG,
        "\u202e" * LONG,
        "\u200b" * LONG,
        " " * LONG,
        "🤖" * LONG,
        "\u200d" * LONG,
        "ﷺ" * LONG,
        "а" * LONG + "x",
        "." * LONG,
    ],
    ids=lambda text: f"{ord(text[0]):04x}",
)
def test_far_too_much_is_refused_without_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here takes a tenth of a second; putting a million accents in order took minutes."""
    put_in_order: list[int] = []
    normalize = unicodedata.normalize

    def noted(form: Any, given: str) -> str:
        put_in_order.append(len(given))
        return normalize(form, given)

    monkeypatch.setattr(unicodedata, "normalize", noted)
    with pytest.raises(SkillError):
        clean_label(text)
    assert len(skill_key(text)) <= 200
    starter().find(text)
    starter().suggest(text)
    assert max(put_in_order, default=0) < LONG / 50


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eAI tools\u202c", "AI tools"),
        ("<!channel> AI", "<!channel> AI"),  # what shows it escapes it
        ("🤖 AI tools", "🤖 AI tools"),
        ("👩\u200d💻 code", "👩\u200d💻 code"),
        ("AI\u200d\u200d tools\u200d", "AI tools"),
        ("Z\u0316\u0317\u0318\u0319\u031c\u031d\u031ealgo", "Z\u0316\u0317\u0318\u0319algo"),
        ("AI\u3164 tools", "AI tools"),
    ],
)
def test_what_is_left_is_shown_harmlessly(text: str, shown: str) -> None:
    assert clean_label(text) == shown


@pytest.mark.parametrize("text", ["\u0301" * 9, "\u3164", "\u202e\u2066", "<!>", "🤖🤖", "\u0e47\u0e47"])
def test_nothing_to_read_is_no_skill(text: str) -> None:
    with pytest.raises(SkillError, match="at least one letter or number"):
        clean_label(text)


def test_a_long_word_of_combined_letters_still_fits() -> None:
    typed = unicodedata.normalize("NFD", "ệ" * MAX_LABEL)
    assert len(typed) == 3 * MAX_LABEL
    assert clean_label(typed) == "ệ" * MAX_LABEL
