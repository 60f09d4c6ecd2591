"""A program's rules and weights in words: one sentence for each, as it stands."""

from __future__ import annotations

from handlers.views.text import agreeing, count, escape, joined, mention
from mentoring.experiences import read_topics
from mentoring.ladders import read_ladder
from mentoring.rule_sheet import ON, RuleSheet

_LADDER_ROOM = 500

_MUCH = {"off": "not at all", "little": "a little", "some": "some", "much": "much"}
_WISHES = {
    "skill_fit": "skills that fit",
    "gap": "a gap near the ideal one",
    "hours_overlap": "shared hours",
    "other_department": "another department",
}


def ladder(sheet: RuleSheet) -> str:
    """The levels from the bottom up."""
    names = " < ".join(read_ladder(sheet.ladder))
    return f"Levels, the lowest first: {escape(names, _LADDER_ROOM)}."


def gaps(sheet: RuleSheet) -> str:
    """How far apart two people of a pair may be."""
    if not sheet.max_gap:
        return f"The mentee is at least {_levels(sheet.min_gap)} above the mentor."
    if sheet.max_gap == sheet.min_gap:
        return f"The mentee is exactly {_levels(sheet.min_gap)} above the mentor."
    return f"The mentee is {escape(sheet.min_gap, 20)} to {_levels(sheet.max_gap)} above the mentor."


def _levels(number: str) -> str:
    return f"{escape(number, 20)} {'level' if number == '1' else 'levels'}"


def departments(sheet: RuleSheet) -> str:
    """Whether two people of one department can be a pair."""
    if sheet.other_department_only == ON:
        return "Both come from different departments; whoever named none cannot be paired."
    return "Both may come from the same department."


def guests(sheet: RuleSheet) -> str:
    """Whether guests take part."""
    return "Guests may take part." if sheet.guests_allowed == ON else "Guests do not take part."


def overlap(sheet: RuleSheet) -> str:
    """For how long two people have to work at the same time."""
    if sheet.min_overlap == "0":
        return "Both may work at entirely different times."
    return f"Both work at the same time for at least {span(sheet.min_overlap)} a day."


def span(minutes: str) -> str:
    """Like `90 minutes` or `2 hours`; what is no number is said back."""
    if not minutes.isdigit():
        return escape(minutes, 20)
    hours, rest = divmod(int(minutes), 60)
    return count(hours, "hour") if hours and not rest else count(int(minutes), "minute")


def repeats(sheet: RuleSheet) -> str:
    """When two people can be a pair again."""
    if not sheet.repeat_cycles:
        return "Nobody is paired with the same person again."
    if sheet.repeat_cycles == "0":
        return "Two people may be paired again at once."
    number = escape(sheet.repeat_cycles, 20)
    return f"Two people may be paired again after {number} {'cycle' if number == '1' else 'cycles'} apart."


def wishes(sheet: RuleSheet) -> str:
    """What makes one possible pair better than another."""
    parts = [f"{what} ({_MUCH.get(getattr(sheet, name), '?')})" for name, what in _WISHES.items()]
    return f"Among possible pairs count: {joined(parts)}. The ideal gap is {_levels(sheet.ideal_gap)}."


def waiting(sheet: RuleSheet) -> str:
    """Whether waiting counts."""
    if sheet.waiting_first == ON:
        return "Whoever went without a partner comes first next time."
    return "How long somebody waited does not count."


def approval(sheet: RuleSheet) -> str:
    """How pairs are approved."""
    told = []
    if sheet.approve_above:
        told.append(
            f"A pair that fits at least {escape(sheet.approve_above, 20)} of 100, with nothing that needs a look, "
            "is approved by itself."
        )
    if sheet.approve_after_days:
        days = (
            "1 working day" if sheet.approve_after_days == "1" else f"{sheet.approve_after_days} working days"
        )
        told.append(f"A pair that waited {escape(days, 40)} for a decision is approved by itself.")
    return " ".join([*told, "Leads decide on all others."] if told else ["Leads decide on every pair."])


def ask_first(sheet: RuleSheet) -> str:
    """Whether mentees are asked before they are introduced."""
    if sheet.ask_first == ON:
        return "The mentee of an approved pair is asked first, and a no is never shown to the mentor."
    return "Approved pairs are introduced without asking their mentee first."


def faces(sheet: RuleSheet) -> str:
    """Who stands for the program."""
    named = [
        f"{mention(person)} is its {what}"
        for person, what in ((sheet.sponsor, "sponsor"), (sheet.junior_champion, "junior champion"))
        if person
    ]
    return f"{joined(named)}." if named else "No sponsor and no junior champion is named yet."


def preparation(sheet: RuleSheet) -> str:
    """Whether people have to prepare."""
    if sheet.preparation_required == ON:
        return "Nobody is paired before they have read the five cards of the preparation."
    return "Preparing is up to each."


def experiences(sheet: RuleSheet) -> str:
    """What mentors may open, and mentees ask for."""
    topics = read_topics(sheet.experiences)
    if not topics:
        return "Nobody is asked about experiences."
    return f"Experiences that can be opened and asked for: {escape('; '.join(topics), _LADDER_ROOM)}."


def without(name: str, sheet: RuleSheet) -> str:
    """A rule by its name in the count of what rules cost."""
    return {
        "min_gap": f"at least {_levels(sheet.min_gap)} between the two",
        "max_gap": f"at most {_levels(sheet.max_gap)} between the two",
        "other_department_only": "different departments",
        "guests_allowed": "no guests",
        "min_overlap": f"{span(sheet.min_overlap)} of shared working time",
        "repeat_cycles": "nobody with the same person again"
        + ("" if not sheet.repeat_cycles else " too soon"),
    }[name]


def losing(people: int) -> str:
    """What happens to people on levels that are no more."""
    if not people:
        return ""
    return agreeing(
        people,
        "1 person is on a level that goes. They keep everything else, and wait until they chose a level again.",
        "{people} people are on levels that go. They keep everything else, and wait until they chose a level again.",
        people=str(people),
    )
