"""Skills: one spelling for each, safe merging, suggestions, and labels that are fit to be shown."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.skills import (
    MAX_LABEL,
    SkillError,
    Vocabulary,
    bring_together,
    clean_label,
    related_skills,
    skill_key,
    starter,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AI tools", "ai  TOOL"),
        ("A.I. tools", "AI tools"),
        ("Node.js", "nodejs"),
        ("Data-visualization", "data visualization"),
        ("Résumés", "resume"),
        ("ＳＱＬ", "sql"),
        ("Movies", "movie"),
        ("Caches", "cache"),
        ("Databases", "database"),
        ("Case studies", "case study"),
        ("Classes", "class"),
        ("Leader's voice", "leaders voice"),
        ("Research & development", "research and development"),
        ("Podcasts!", "“podcast”"),
        ("AI tools\u202e", "AI tools"),
    ],
)
def test_spellings_of_one_skill_have_one_key(one: str, other: str) -> None:
    assert skill_key(one) == skill_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Java", "JavaScript"),
        ("Java", "Lava"),
        ("C", "C++"),
        ("C++", "C#"),
        ("C", "C ++"),
        ("R", "Rust"),
        ("R", "R&D"),
        ("Net", ".NET"),
        ("Go", "Git"),
        ("SEO", "SEM"),
        ("iOS", "OS"),
        ("React", "Redux"),
        ("Web 2", "Web 3"),
        ("Analysis 2023", "Analysis 2024"),
        ("UX research", "UI research"),
        ("Coaching", "Caching"),
        ("Investing", "Inventing"),
        ("Leadership", "Readership"),
        ("Conservation", "Conversation"),
        ("Data literacy", "Data literary"),
        ("Mentoring", "Monitoring"),
        ("Public speaking", "Public writing"),
        ("Маркетинг", "Маркетинги"),
    ],
)
def test_different_skills_stay_apart(one: str, other: str) -> None:
    assert Vocabulary([one]).find(other) is None
    assert Vocabulary([other]).find(one) is None


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Data visualization", "data visualisation"),
        ("Accessibility", "acessibility"),
        ("Photography", "Photograhpy"),
        ("Public speaking", "public speakking"),
        ("Design", "desing"),
        ("ChatGPT", "chat gpt"),
        ("E-commerce", "ecommerce"),
        ("C++", "C ++"),
        ("No-code tools", "nocode tool"),
    ],
)
def test_near_duplicates_are_found(known: str, typed: str) -> None:
    assert Vocabulary(["Other", known]).find(typed) == known


def test_a_new_skill_is_added_and_a_known_one_merged() -> None:
    first = Vocabulary(["AI tools"])
    grown, label, merged = first.add("  Bird\n watching ")
    assert (label, merged, grown.labels) == ("Bird watching", False, ("AI tools", "Bird watching"))
    assert first.labels == ("AI tools",)
    same, label, merged = grown.add("bird-watching")
    assert (label, merged, same.labels) == ("Bird watching", True, grown.labels)


def test_of_two_spellings_the_first_stays() -> None:
    assert Vocabulary(["AI tools", "ai tool", "Podcasts"]).labels == ("AI tools", "Podcasts")


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\u202e\u200b", "+#", "🤖"])
def test_a_label_needs_a_letter_or_number(text: str) -> None:
    with pytest.raises(SkillError, match="at least one letter or number"):
        clean_label(text)
    assert skill_key(text) == ""
    assert starter().find(text) is None


def test_a_label_has_at_most_sixty_characters() -> None:
    assert clean_label("x" * MAX_LABEL) == "x" * MAX_LABEL
    with pytest.raises(SkillError, match="This one has 61"):
        Vocabulary([]).add("x" * (MAX_LABEL + 1))


def test_labels_lose_what_does_not_show() -> None:
    assert clean_label("  AI\u202e\u2066 to\x00ols\t\n now\ud800 ") == "AI tools now"
    assert clean_label("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("vid", ["Video editing", "Short videos"]),
        ("videos", ["Video editing", "Short videos"]),
        ("POD", ["Podcasts"]),
        ("lgbtq+", ["LGBTQ+ inclusion"]),
        ("acces", ["Accessibility"]),
        ("socail media", ["Social media"]),
        ("blockchian", ["Cryptocurrency and blockchain"]),
        ("e commerce", ["E-commerce"]),
        ("xyzzy", []),
        ("qq", []),
    ],
)
def test_suggestions_while_typing(query: str, first: list[str]) -> None:
    assert starter().suggest(query, 5) == first


def test_suggestions_begin_with_the_query_then_have_a_word_that_does_then_contain_it() -> None:
    known = Vocabulary(["Maintaining art", "Smart art", "Art history", "Depart"])
    assert known.suggest("art") == ["Art history", "Maintaining art", "Smart art", "Depart"]
    assert known.suggest("art", 2) == ["Art history", "Maintaining art"]


def test_nothing_typed_suggests_the_most_common() -> None:
    assert starter().suggest(" ", 3) == list(starter().labels[:3])


def test_the_starter_vocabulary_is_clean_and_about_sixty_skills() -> None:
    labels = starter().labels
    assert 50 <= len(labels) <= 70
    for label in labels:
        others = Vocabulary([other for other in labels if other != label])
        assert clean_label(label) == label
        assert others.find(label) is None


def test_the_module_loads_without_string_distances() -> None:
    code = "import sys, mentoring.skills as s; s.starter().find('AI tool'); print('rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_a_label_or_a_sentence(text: str) -> None:
    known = starter()
    known.suggest(text)
    try:
        grown, label, merged = known.add(text)
    except SkillError:
        assert not skill_key(text) or len(text) > MAX_LABEL
        return
    assert clean_label(label) == label
    assert 1 <= len(label) <= MAX_LABEL
    assert label.encode()
    assert label in grown.labels
    assert grown.find(text) == label
    assert merged == (grown is known)


@given(st.text(max_size=60), st.sampled_from(("  {} ", "{}!", "({})", "\u202e{}")))
def test_space_punctuation_and_direction_around_a_skill_do_not_count(text: str, around: str) -> None:
    assert skill_key(around.format(text)) == skill_key(text)


def test_every_starter_skill_has_a_relation_and_every_relation_is_between_starters() -> None:
    text = (resources.files("mentoring") / "related.txt").read_text(encoding="utf-8")
    listed = [label for line in text.splitlines() for label in line.replace(": ", ", ").split(", ")]
    assert set(listed) == set(starter().labels)


def test_related_skills_go_both_ways_and_one_step() -> None:
    related = related_skills(("AI tools", "automation", "Spreadsheet", "Juggling"))
    assert related == {
        "AI tools": {"automation"},
        "automation": {"AI tools", "Spreadsheet"},
        "Spreadsheet": {"automation"},
    }


def test_a_skill_is_not_related_to_itself() -> None:
    related = related_skills(starter().labels)
    assert [label for label, others in related.items() if label in others] == []


def test_spellings_are_brought_together_under_the_most_common_or_the_known() -> None:
    wrote = {
        "knitting Pattern": 1,
        "Knitting patterns": 2,
        "Knittting patterns": 1,
        "ai-tool": 5,
        "R": 1,
        "Rust": 1,
    }
    assert bring_together(wrote, starter()) == {
        "knitting Pattern": "Knitting patterns",
        "Knitting patterns": "Knitting patterns",
        "Knittting patterns": "Knitting patterns",
        "ai-tool": "AI tools",
        "R": "R",
        "Rust": "Rust",
    }


_letters = st.text(alphabet="abms", min_size=6, max_size=10)


@given(
    st.dictionaries(st.lists(_letters, min_size=1, max_size=2).map(" ".join), st.integers(1, 3), max_size=25)
)
def test_bringing_together_agrees_with_asking_one_by_one(wrote: dict[str, int]) -> None:
    by_count: dict[str, int] = {}
    for text, count in wrote.items():
        by_count[skill_key(text)] = by_count.get(skill_key(text), 0) + count
    vocabulary = Vocabulary(())
    asked = {}
    for key in sorted(by_count, key=lambda key: (-by_count[key], key)):
        vocabulary, label, _ = vocabulary.add(key)
        asked[key] = label
    found = bring_together(wrote, Vocabulary(()))
    assert {text: skill_key(label) for text, label in found.items()} == {
        text: skill_key(asked[skill_key(text)]) for text in wrote
    }
