"""Related skills and levels: what they are worth, what they allow, and the same numbers pair by pair and in bulk."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import (
    MatchingError,
    Participant,
    Problem,
    Related,
    Rule,
    Rules,
    Weights,
    broken_rules,
    legal_pairs,
    score_parts,
    solve,
    why_not,
)
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.teaching import offers
from tests.effort import examples
from tests.matching import exact
from tests.matching.builders import (
    MENTEE,
    MENTOR,
    MONDAY,
    SKILLS,
    mentee,
    mentor,
    mixed_problems,
    participants,
    problem,
    relations,
)

LENIENT = Rules(related_skills=True)
RELATED = {"Automation": frozenset({"AI tools"}), "Podcasts": frozenset({"Storytelling"})}


def skill_part(shares: tuple[str, ...], levels: tuple[int, ...], wants: tuple[str, ...]) -> tuple[int, str]:
    teacher = replace(MENTOR, shares=shares, share_levels=levels)
    found = score_parts(teacher, replace(MENTEE, wants=wants), Weights(), MONDAY, RELATED)
    return next((part.points, part.words) for part in found if part.name == "skill_fit")


@pytest.mark.parametrize(
    ("shares", "levels", "points", "words"),
    [
        (("AI tools",), (), 5000, "Teaches “AI tools” (first choice)"),
        (("AI tools",), (3,), 5000, "Teaches “AI tools” (first choice)"),
        (("AI tools",), (2,), 4166, "Teaches “AI tools” (first choice)"),
        (("AI tools",), (1,), 3333, "Teaches the basics of “AI tools” (first choice)"),
        (("Automation",), (3,), 2500, "Teaches “Automation” (related to “AI tools”, first choice)"),
        (
            ("Automation",),
            (1,),
            833,
            "Teaches the basics of “Automation” (related to “AI tools”, first choice)",
        ),
        (("Automation", "AI tools"), (3, 1), 3333, "Teaches the basics of “AI tools” (first choice)"),
        (("AI tools", "AI tools"), (1, 3), 5000, "Teaches “AI tools” (first choice)"),
    ],
)
def test_what_an_offer_is_worth(
    shares: tuple[str, ...], levels: tuple[int, ...], points: int, words: str
) -> None:
    assert skill_part(shares, levels, ("AI tools",)) == (points, words)


def test_an_exact_skill_at_any_level_is_worth_more_than_a_related_one() -> None:
    offers = [(("AI tools",), (level,)) for level in (3, 2, 1)]
    offers += [(("Automation",), (level,)) for level in (3, 2, 1)]
    points = [skill_part(shares, levels, ("AI tools", "Podcasts"))[0] for shares, levels in offers]
    assert all(more > less for more, less in pairwise(points))


def test_several_wishes_are_covered_each_in_its_own_way() -> None:
    assert skill_part(("Podcasts", "Automation"), (2, 3), ("Podcasts", "AI tools", "Storytelling")) == (
        5000 * (60 * 5 + 30 * 3 + 20 * 2) // (6 * 110),
        (
            "Teaches “Podcasts” (first choice, and related to “Storytelling”, third choice) and "
            "“Automation” (related to “AI tools”, second choice)"
        ),
    )


def test_a_related_skill_makes_a_pair_legal_only_if_the_rules_say_so() -> None:
    people = mentor("a", shares=("Automation",)), mentee("x")
    strict = problem(*people, related=RELATED)
    assert [broken.rule for broken in broken_rules(*people, strict)] == [Rule.SKILL]
    assert solve(strict).pairs == ()
    assert [left.reason for left in solve(strict).left_out] == [
        "No mentor offers a wanted skill",
        "No mentee wants a skill they share",
    ]
    assert [broken.rule for broken in why_not(strict, "a", "x").broken] == [Rule.SKILL]
    lenient = replace(strict, rules=LENIENT)
    assert broken_rules(*people, lenient) == ()
    assert len(solve(lenient).pairs) == 1
    assert solve(problem(*people, rules=LENIENT)).pairs == ()


def test_where_an_exact_skill_makes_the_pair_related_ones_still_count() -> None:
    people = mentor("a", shares=("Podcasts", "Automation")), mentee("x", wants=("AI tools", "Podcasts"))
    (pair,) = solve(problem(*people, related=RELATED)).pairs
    assert pair.parts[0].points == 5000 * (60 * 3 + 30 * 6) // (6 * 90)
    assert pair.parts[0].words == (
        "Teaches “Automation” (related to “AI tools”, first choice) and “Podcasts” (second choice)"
    )


def test_the_relation_has_a_direction() -> None:
    people = mentor("a", shares=("AI tools",)), mentee("x", wants=("Automation",))
    assert solve(problem(*people, related=RELATED, rules=LENIENT)).pairs == ()


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(mixed_problems())
def test_what_a_pair_needs_written_another_way(given_problem: Problem) -> None:
    context = Context(given_problem)
    for teacher, learner in permutations(given_problem.people, 2):
        taught = set(teacher.shares)
        if given_problem.rules.related_skills:
            taught.update(*(given_problem.related.get(skill, ()) for skill in teacher.shares))
        broken = {broken.rule for broken in broken_rules(teacher, learner, context)}
        assert (Rule.SKILL in broken) == taught.isdisjoint(learner.wants)


def test_the_better_teacher_is_chosen() -> None:
    people = [
        mentor("basics", share_levels=(1,)),
        mentor("related", shares=("Automation",)),
        mentor("knows", share_levels=(2,)),
        mentee("x"),
    ]
    found = solve(problem(*people, related=RELATED, rules=LENIENT))
    assert [pair.mentor_id for pair in found.pairs] == ["knows"]


@pytest.mark.parametrize("levels", [(1, 2), (0,), (4,)])
def test_levels_that_make_no_sense_are_refused(levels: tuple[int, ...]) -> None:
    with pytest.raises(MatchingError, match="junior"):
        replace(MENTOR, share_levels=levels)


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(mixed_problems())
def test_pairs_and_scores_in_bulk_equal_those_pair_by_pair(given_problem: Problem) -> None:
    one_by_one = {pair: exact.score(given_problem, pair) for pair in exact.legal_pairs(given_problem)}
    listed = list(legal_pairs(given_problem))
    assert {(mentor_id, mentee_id): score for mentor_id, mentee_id, score in listed} == one_by_one
    assert len(listed) == len(one_by_one)
    assert listed == sorted(listed, key=lambda pair: (pair[1], pair[0]))


@given(participants("a"), relations(), st.sets(st.sampled_from(SKILLS)))
def test_offers_of_what_is_wanted_are_those_among_all(
    teacher: Participant, related: Related, wanted: set[str]
) -> None:
    among_all = {skill: offer for skill, offer in offers(teacher, related).items() if skill in wanted}
    assert offers(teacher, related, wanted) == among_all
