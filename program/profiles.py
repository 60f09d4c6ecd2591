"""Joining the program and saying what one can share and wants to learn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring import skills
from mentoring.errors import Invalid
from mentoring.hr import Fact
from mentoring.messages import Kind, to_person
from mentoring.people import (
    MAX_SKILLS,
    Member,
    Person,
    Profile,
    ProfileDraft,
    Role,
    Standing,
    check_profile,
    draft_of,
)
from mentoring.programs import Program
from program import access, checkins, experiences, hr_facts, late_pairs, rechecks, returning
from program.act import Act
from program.context import Context
from program.forms import ProfileForm
from storage import invitations, members, people, programs
from storage import skills as own_words
from storage.database import Tx

SUGGESTIONS = 50

TRIES = 5
"""A save is thought through again when the vocabulary, the settings or the profile changed meanwhile, so many times."""

NEW = ProfileDraft(languages=("English",))
"""What the form proposes to somebody new."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored profile; `merged` are (word as typed, word that the program uses already).

    `undecided` is what HR says otherwise, and no lead has decided about. `stays` is HR's, because a lead decided so,
    though something else was typed. Of these, some are what their Slack profile says (`from_slack`).
    """

    member: Member
    joined: bool
    merged: tuple[tuple[str, str], ...]
    undecided: tuple[Fact, ...] = ()
    stays: tuple[Fact, ...] = ()
    from_slack: tuple[Fact, ...] = ()

    @property
    def still_paused(self) -> bool:
        """Whether they stay out of matching and check-ins, which saving a profile does not change."""
        return self.member.standing is Standing.PAUSED


def form(
    ctx: Context, workspace: str, person: Person, shares: Sequence[str] = (), wants: Sequence[str] = ()
) -> ProfileForm:
    """The profile form, filled in with what is known; typed skills are added to those on file. Raises `NoProgram`."""
    with ctx.read(workspace, person.id) as act:
        program = act.program
        member = members.get(act.tx, program.id, person.id)
        offered = ctx.vocabularies.of(act.tx, program.id).words if shares or wants else None
        known = hr_facts.shown(act, member)
        number, said = experiences.of_form(act)
    on_file = known.prefilled(draft_of(member.profile) if member else NEW)
    on_file = replace(on_file, opens=said.opens, asks=said.asks)
    draft = replace(on_file, role=_role_for(on_file.role if member else "", bool(shares), bool(wants)))
    if offered is not None:
        words = _Words(offered, person.id, _own(member))
        draft = replace(
            draft,
            shares=tuple(dict.fromkeys([*draft.shares, *map(words.same, shares)])),
            wants=tuple(dict.fromkeys([*draft.wants, *map(words.same, wants)])),
        )
    enrolled = member is not None and member.standing is not Standing.LEFT
    return ProfileForm(
        program,
        draft,
        enrolled,
        known.words,
        known.counting,
        known.from_slack,
        on_file,
        experiences=program.rules.experiences,
        cycle_number=number,
    )


def _role_for(on_file: str, shares: bool, wants: bool) -> str:
    """The role that fits what was typed: whoever types a skill to share means to share it."""
    if not on_file:
        return Role.SHARE if shares and not wants else Role.LEARN if wants and not shares else Role.BOTH
    lacks = (shares and not Role(on_file).mentors) or (wants and not Role(on_file).learns)
    return Role.BOTH if lacks else on_file


def suggest(ctx: Context, workspace: str, query: str, person_id: str = "") -> list[str]:
    """Skills for a type-ahead, best first; everything common for an empty query.

    Beside what everybody is offered, a person is offered the words in their own profile.
    """
    with ctx.read(workspace, person_id) as act:
        own = _own(members.get(act.tx, act.program.id, person_id))
        words = ctx.vocabularies.of(act.tx, act.program.id).words
    return words.suggest(query, SUGGESTIONS, own)


def save(ctx: Context, workspace: str, person: Person, draft: ProfileDraft, invitation_id: int = 0) -> Saved:
    """Store a profile and, for somebody new, join the program, perhaps by an invitation.

    Raises `Invalid` with a sentence per field.
    """
    for left in reversed(range(TRIES)):
        plan = _plan(ctx, workspace, person, draft)
        saved = _store(ctx, workspace, person, plan, invitation_id, anyway=not left)
        if saved is not None:
            break
    assert saved is not None
    return saved


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a profile was checked against."""

    program: Program
    version: int
    before: Profile | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """A checked profile that is ready to be stored, as long as its basis holds."""

    basis: _Basis
    profile: Profile
    slips: Sequence[skills.Spelling]
    merged: tuple[tuple[str, str], ...]
    draft: ProfileDraft


def _plan(ctx: Context, workspace: str, person: Person, draft: ProfileDraft) -> _Plan:
    """Compare the words and check the rest: nobody waits for this, because nothing is written yet."""
    with ctx.read(workspace, person.id) as act:
        program = act.program
        before = members.get(act.tx, program.id, person.id)
        offered = ctx.vocabularies.of(act.tx, program.id)
    words = _Words(offered.words, person.id, _own(before))
    draft = replace(draft, shares=words.take("shares", draft.shares), wants=words.take("wants", draft.wants))
    profile = _checked(draft, person.id, len(program.ladder), words.problems | experiences.check(draft))
    profile = replace(profile, working_days=_own_days(program, profile, before))
    basis = _Basis(program, offered.version, before.profile if before else None)
    return _Plan(basis, profile, words.slips, tuple(words.merged), draft)


def _store(
    ctx: Context, workspace: str, person: Person, plan: _Plan, invitation_id: int, *, anyway: bool
) -> Saved | None:
    """Store a planned profile; None when its basis is another one by now, unless it is to be stored anyway."""
    with ctx.act(workspace, person.id) as act:
        tx, now, program = act.tx, act.now, act.program
        before = members.get(tx, program.id, person.id)
        basis = _Basis(program, own_words.version(tx, program.id), before.profile if before else None)
        if basis != plan.basis and not anyway:
            return None
        was_away = before is not None and before.away_since is not None
        joined = before is None or (before.standing is Standing.LEFT and not was_away)
        if before is None or joined:
            member = Member(
                program.id, person, plan.profile, Standing.ACTIVE, joined_at=now, active_since=now
            )
        else:
            member = replace(before, person=person, profile=plan.profile)
        if was_away:
            # Whoever comes back by this door wants to take part, also if they had paused.
            member = replace(member, away_from=Standing.ACTIVE)
        known = people.get(tx, workspace, person.id)
        if known != person:  # what was known before is no newer for it
            people.replace(tx, workspace, known, person, now)
        member = hr_facts.saved(act, before, member)
        members.save(tx, workspace, member, before)
        experiences.keep(act, member, plan.draft)
        _follow(act, before, member)
        if before is not None or plan.slips:
            _remember(tx, member, plan.slips)
        if was_away:
            returning.take_back(act, member)
            member = access.member(act)
        late_pairs.look_for(act, person.id)
        if joined:
            _is_in(act, person, invitation_id)
        undecided = tuple(hr_facts.undecided(tx, program.id, [person.id]).get(person.id, {}))
        stays = hr_facts.not_taken(plan.profile, member)
        from_slack = hr_facts.from_slack(act, person.id) if undecided or stays else ()
    return Saved(member, joined, plan.merged, undecided, stays, from_slack)


def _is_in(act: Act, person: Person, invitation_id: int) -> None:
    """Welcome somebody new, and count by which invitation they came."""
    act.say(to_person(Kind.WELCOME, int(act.now.timestamp()), person.id))
    if invitation_id and invitations.get(act.tx, act.program.id, invitation_id):
        invitations.came(act.tx, act.program.id, person.id, invitation_id)


def _follow(act: Act, before: Member | None, member: Member) -> None:
    """Take back pairs that the new profile forbids, and ask at the new hours.

    A new manager may forbid other people's pairs as well.
    """
    rechecks.of_person(act.tx, act.program, member.person.id)
    stayed = before is not None and before.standing is not Standing.LEFT
    if before is not None and stayed and _works_differently(before.profile, member.profile):
        checkins.replan(act, member.person.id)
    if member.profile.manager_id != (before.profile.manager_id if before else None):
        programs.recheck_from(act.tx, act.program.id, 0)


def _checked(draft: ProfileDraft, person_id: str, levels: int, word_problems: dict[str, str]) -> Profile:
    """The profile, or every problem at once: what is wrong with a word says more than that none is left."""
    try:
        profile = check_profile(draft, person_id, levels)
    except Invalid as invalid:
        raise Invalid(invalid.fields | word_problems) from None
    if word_problems:
        raise Invalid(word_problems)
    return profile


def _own_days(program: Program, profile: Profile, before: Member | None) -> tuple[int, ...] | None:
    """The person's own working days, None while they are the program's; those on file where nobody was asked."""
    if profile.working_days is None:
        return before.profile.working_days if before else None
    return None if profile.working_days == program.calendar.working_days else profile.working_days


def _works_differently(before: Profile, now: Profile) -> bool:
    return (before.hours, before.working_days) != (now.hours, now.working_days)


def _remember(tx: Tx, member: Member, slips: Sequence[skills.Spelling]) -> None:
    """Keep which words became others, new ones and earlier ones that still count, so that it can be undone."""
    earlier = own_words.spellings(tx, member.program_id, member.person.id)
    named = {*member.profile.shares, *member.profile.wants}
    known = [one for one in (*earlier, *slips) if one.label in named]
    own_words.save_spellings(tx, member.program_id, member.person.id, known)


def _own(member: Member | None) -> tuple[str, ...]:
    """The words in a person's profile, also of somebody who left."""
    return (*member.profile.shares, *member.profile.wants) if member else ()


class _Words:
    """Brings typed skills together with the words that everybody is offered, and with the person's own.

    A person's own words are those in their profile and in the form itself. Other people's words are never looked
    at, so that nobody learns of them by typing. What stands in the profile stays as it is. `slips` are those merged
    words that differ by more than case, number and punctuation.
    """

    def __init__(self, offered: skills.Vocabulary, person_id: str, own: Iterable[str]) -> None:
        self.offered = offered
        self.person_id = person_id
        self.own: dict[str, str] = {}
        for label in own:
            self.own.setdefault(skills.skill_key(label), label)
        self.slips: list[skills.Spelling] = []
        self.merged: list[tuple[str, str]] = []
        self.problems: dict[str, str] = {}

    def take(self, field: str, typed: Sequence[str]) -> tuple[str, ...]:
        """The word to be kept for each typed one, in the same order; too many are not looked at."""
        texts = tuple(dict.fromkeys(typed))
        if len(texts) > MAX_SKILLS:
            return texts
        named: dict[str, str] = {}
        for text in texts:
            try:
                named[text] = self._label(text)
            except skills.SkillError as problem:
                self.problems[field] = str(problem)
        self.slips += [self._spelling(text, named) for text, label in named.items() if _is_slip(text, label)]
        return tuple(dict.fromkeys(named.values()))

    def same(self, text: str) -> str:
        """The person's own word or the one that everybody is offered, if it is the same; else the text."""
        return self.own.get(skills.skill_key(text)) or self.offered.same(text) or text

    def _spelling(self, text: str, named: Mapping[str, str]) -> skills.Spelling:
        key, label = skills.skill_key(text), named[text]
        beside = any(one == label and skills.skill_key(other) != key for other, one in named.items())
        return skills.Spelling(self.person_id, skills.clean_label(text), label, beside)

    def _label(self, text: str) -> str:
        written = skills.clean_label(text)
        label = self.own.get(skills.skill_key(written)) or self.offered.find(written) or written
        self.own.setdefault(skills.skill_key(label), label)
        if label not in (text, written):
            self.merged.append((text, label))
        return label


def _is_slip(text: str, label: str) -> bool:
    return skills.skill_key(text) != skills.skill_key(label)
