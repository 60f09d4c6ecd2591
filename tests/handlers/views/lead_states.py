"""What the views of leads are given in four states: empty, typical, as long as it may be, and hostile.

Messages that are delivered have theirs in `samples`; here is what answers, forms and the Home tab show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from handlers import views
from handlers.ids import Word
from handlers.metadata import Invites, OfRules, OnPage
from handlers.views import (
    Rendered,
    all_at_once,
    by_hand,
    calls,
    closing,
    decline,
    doubts,
    greeting,
    guides,
    help,
    home,
    hr,
    inviting,
    readiness,
    rehearsing,
    replies,
    reporting,
    review,
    rule_text,
    rules,
    setup,
    slack_fields,
    swaps,
    tables,
    unmatched,
    vocabulary,
    why_not,
)
from handlers.views.digest import as_it_stands, seen_answer, seen_modal
from handlers.views.inputs import modal
from handlers.views.parts import rendered
from mentoring.at_risk import Reason
from mentoring.cycles import StillAlone
from mentoring.digest import Figure
from mentoring.guides import MAX_WORDS as MAX_GUIDE
from mentoring.guides import Part, topics
from mentoring.hr import Fact, Meaning, SlackField
from mentoring.hr import Verdict as Whose
from mentoring.invitations import MAX_WORDS as MAX_INVITATION
from mentoring.invitations import Invite
from mentoring.pairings import PairState
from mentoring.programs import ProgramDraft
from mentoring.rehearsing import Rehearsal
from mentoring.troubles import ManyUnconfirmed
from program.approving_all import ApprovedAll, Left
from program.by_hand import Considered, Offered
from program.forms import (
    AllAtOnce,
    Difference,
    Differences,
    Home,
    LeadView,
    Matched,
    MergedWord,
    OwnWords,
    Ruled,
    SetupForm,
)
from program.reporting import Reported
from program.resolving import Changed
from program.seeing import A_PAGE, SeenPage, SeenPair, SeenPerson
from tests.handlers.views import report_samples as reports
from tests.handlers.views import test_forms as forms
from tests.handlers.views import test_pairing as pairing
from tests.handlers.views import test_readiness as ready
from tests.handlers.views import test_replies as answers
from tests.handlers.views import test_review as reviews
from tests.handlers.views import test_rules as sheets
from tests.handlers.views import test_unmatched as alone
from tests.handlers.views.samples import (
    DATES,
    EVERY_FIGURE,
    LARGEST,
    SHORT,
    SMALLEST,
    WHEN,
    a_card,
    a_pair,
    a_program,
    a_stand,
    hostile,
    ids,
)

TODAY = date(2026, 12, 1)
BELOW = OnPage(2**31 - 1, reviews.LONGEST.sieve, (2**31 - 1,) * 10)


class States(NamedTuple):
    """What a view is given in each state."""

    empty: tuple[Any, ...]
    typical: tuple[Any, ...]
    longest: tuple[Any, ...]
    hostile: tuple[Any, ...]


def states(*each: Any) -> States:
    """The same for a view that is given one thing."""
    return States(*((one,) for one in each))


ALL_AT_ONCE = tuple(reason for reason in Reason if reason is not Reason.BOTH_AWAY)
"""All the reasons that a pair can have at the same time."""


def seen(what: Figure | Reason, fill: str, text: str) -> SeenPage:
    """A page of a list behind a figure: with nobody, with one, or with as many as there may be."""
    number = {"nobody": 0, "one": 1, "many": A_PAGE}[fill]
    pairs = tuple(
        SeenPair(123_456, "U0000000001", "U0000000002", TODAY, TODAY, ALL_AT_ONCE if fill == "many" else ())
        for _ in range(number)
    )
    people = tuple(SeenPerson("U0000000001", TODAY, True, ids(10)) for _ in range(number))
    some = {"people": people, "pairs": ()} if what is Figure.PAUSED else {"people": (), "pairs": pairs}
    total = 99_999 if fill == "many" else number
    return SeenPage(
        text, what, **some, total=total, page=1 if total > 1 else 0, pages=9 if total > 1 else 1, apart=9
    )


PAGES = states(
    seen(Figure.MET, "nobody", "R"),
    seen(Reason.NOBODY_ANSWERS, "one", "Learning upwards"),
    seen(Figure.PAUSED, "many", "R" * 80),
    seen(Reason.NOBODY_ANSWERS, "many", hostile(80)),
)
STANDS = states(a_stand(), a_stand(members=40, running=9), a_stand(), replace(a_stand(), program=hostile(80)))
STANDS = STANDS._replace(longest=(replace(a_stand(), figures=EVERY_FIGURE),))
WORD = MergedWord("Chess club", "Chess", 2)
LONG_WORD, BAD_WORD = MergedWord("w" * 60, "l" * 60, 99_999), MergedWord(hostile(60), hostile(60), 99_999)
MANY = next(one for one in LARGEST if isinstance(one, ManyUnconfirmed))
NONE_YET = next(one for one in SMALLEST if isinstance(one, ManyUnconfirmed))
INVITES = next(one for one in LARGEST if isinstance(one, Invite))
DIFFERENCE = Difference(1, "U1", Fact.DEPARTMENT, "Sales", "Legal")
GRADE, UNIT, BOSS = SlackField("Xf1", "Grade"), SlackField("Xf2", "Unit"), SlackField("Xf3", "Manager", True)
FIELDS = States(
    ((), {}),
    ((GRADE, UNIT, BOSS), {Meaning.LEVEL: GRADE}),
    *(
        (
            tuple(SlackField(f"Xf{number}", label, number % 2 == 0) for number in range(200)),
            {one: SlackField("Xf1", label, one is Meaning.MANAGER) for one in Meaning},
        )
        for label in ("L" * 255, hostile(255))
    ),
)
CARDS = states(a_card(), reviews.named(a_card()), reviews.HOSTILE[0], reviews.HOSTILE[1])
ALL = states(
    AllAtOnce(), AllAtOnce(37, "1abc", 3), reviews.LONGEST.all_at_once, AllAtOnce(2, "1abc", 1, 1, 1, 1)
)
PAIRS = states(
    a_pair(),
    a_pair(PairState.APPROVED, decided_by="U9", decided_at=WHEN),
    a_pair(PairState.DECLINED, decided_by="U9", decided_at=WHEN, note="n" * 500),
    answers.LARGEST_CARD.pair,
)
CHANGES = (Changed(), pairing.SOME, pairing.MANY, pairing.MANY)
POSTED = replace(answers.POSTED, words="")

REHEARSALS = states(
    Rehearsal(WHEN, ()),
    Rehearsal(WHEN, answers.SENT[:3]),
    Rehearsal(WHEN, answers.SENT * 60, warnings=answers.CROWDED),
    Rehearsal(WHEN, answers.SENT, answered=False, warnings=answers.CROWDED),
)


def beside(*each: States) -> States:
    """Each state of several things that a view is given."""
    return States(*(sum(parts, ()) for parts in zip(*each, strict=True)))


VIEWS: Mapping[Callable[..., Rendered | dict[str, Any]], States] = {
    all_at_once.question: ALL,
    all_at_once.nothing: ALL,
    all_at_once.done: states(
        ApprovedAll(0, {}),
        ApprovedAll(3, {Left.HELD: (1,)}),
        ApprovedAll(9, reviews.LEFT),
        ApprovedAll(0, reviews.LEFT),
    ),
    by_hand.pair_modal: States(
        (),
        ("UMENTOR", "UMENTEE", "fix", "They asked"),
        ("UMENTOR", "UMENTEE", "now", "r" * 500, pairing.LOOKED, True),
        ("UMENTOR", "UMENTEE", "never", hostile(500), pairing.LOOKED),
    ),
    by_hand.look_first: states(
        Considered("U1", "U2"), Considered("U1", "U2", (), ("Check.",)), pairing.LOOKED, pairing.LOOKED
    ),
    by_hand.made: beside(PAIRS, states(*CHANGES)),
    by_hand.standing: States(
        (pairing.wishes(0),),
        (pairing.wishes(2), Changed(), "That is kept."),
        (pairing.wishes(99), pairing.MANY, "That is taken back."),
        (pairing.wishes(99), pairing.MANY, hostile(100)),
    ),
    calls.call_list: states((), (answers.A_CALL,), (answers.A_CALL,) * 300, (answers.A_CALL,) * 2),
    closing.close_modal: beside(CARDS, states(*(TODAY,) * 4), states(None, None, BELOW, BELOW)),
    decline.decline_modal: beside(CARDS, states(None, None, BELOW, BELOW)),
    as_it_stands: STANDS,
    seen_modal: PAGES,
    seen_answer: PAGES,
    doubts.doubts_modal: beside(states(NONE_YET, MANY, MANY, MANY), states(0, 0, 99, 1)),
    greeting.saved: States(
        (a_program(), None, True, False),
        (a_program(), DATES, True, False),
        (a_program(name="R" * 80), SHORT, False, True),
        (a_program(name=hostile(80)), SHORT, True, True),
    ),
    guides.guides_modal: states(
        {},
        {(topics()[0].key, Part.MENTOR): "Begin with lunch."},
        {(one.key, part): "g" * MAX_GUIDE for one in topics() for part in Part},
        {(one.key, part): hostile(MAX_GUIDE) for one in topics() for part in Part},
    ),
    home.home_view: states(
        Home(a_program(), None, (), LeadView(a_stand()), False),
        Home(a_program(), None, (), LeadView(a_stand(members=40, running=9), 1, 1), True),
        Home(
            a_program(),
            None,
            (),
            LeadView(replace(a_stand(), figures=EVERY_FIGURE), 99_999, 99_999),
            True,
            (answers.A_CALL,) * 300,
        ),
        Home(
            a_program(name=hostile(80)),
            answers.FULL_STATUS,
            (),
            LeadView(replace(a_stand(), program=hostile(80))),
            True,
        ),
    ),
    hr.differences: states(
        Differences((), 0, (), 0),
        Differences((DIFFERENCE,), 1, ("U2",), 1),
        answers.MANY_DIFFERENCES,
        answers.MANY_DIFFERENCES,
    ),
    hr.ruled: states(
        Ruled(replace(DIFFERENCE, own="", hr=""), Whose.OWN),
        Ruled(DIFFERENCE, Whose.HR),
        Ruled(replace(DIFFERENCE, own="o" * 80, hr="t" * 200), Whose.HR),
        Ruled(answers.MANY_DIFFERENCES.listed[0], Whose.OWN),
    ),
    inviting.invite_modal: States(
        ([], "R"), ([POSTED], "R"), ([POSTED] * 5, "R" * 80), ([answers.POSTED] * 5, hostile(80))
    ),
    inviting.preview_modal: beside(
        states(
            replace(INVITES, program="R", words=""),
            replace(INVITES, program="R", words="Join us."),
            replace(INVITES, program="R" * 80, words="w" * MAX_INVITATION),
            INVITES,
        ),
        states(
            *(Invites("C1", one) for one in ("", "Join us.", "w" * MAX_INVITATION, hostile(MAX_INVITATION)))
        ),
    ),
    inviting.invited: states(
        POSTED, answers.POSTED, replace(POSTED, words="w" * MAX_INVITATION), answers.POSTED
    ),
    inviting.reminded: states(
        POSTED, answers.POSTED, replace(POSTED, words="w" * MAX_INVITATION), answers.POSTED
    ),
    inviting.invitations: states([], [POSTED], [POSTED] * 5, [answers.POSTED] * 5),
    readiness.before_the_run: beside(states(*ready.STATES.values()), states(*(False,) * 4)),
    readiness.reminded: beside(states(0, 1, 99_999, 2), states(*ready.STATES.values())),
    rehearsing.rehearsal: beside(REHEARSALS, states(*(True,) * 4)),
    rehearsing.rehearsal_modal: REHEARSALS,
    rehearsing.holidays: states([], [TODAY], [TODAY] * 60, [TODAY] * 2),
    rehearsing.day_not_read: states("", "soon", "d" * 4000, hostile(400)),
    slack_fields.fields_modal: FIELDS,
    slack_fields.fields_listed: FIELDS,
    slack_fields.fields_told: States(*((chosen,) for _, chosen in FIELDS)),
    slack_fields.unknown_field: states("", "Grade", "g" * 4000, hostile(400)),
    replies.pending: States(
        ([],),
        ([a_card()],),
        ([answers.WAITING_CARD] * 300, StillAlone.of(answers.MANY_LEFT), ids(60)),
        ([answers.WAITING_CARD],),
    ),
    replies.already_decided: beside(PAIRS, states(*CHANGES)),
    replies.what_changed: states(*CHANGES[1:], pairing.SOME),
    replies.matched: states(
        Matched(1, 0, 0, 0, 0),
        Matched(1, 9, 0, 1, 0),
        Matched(99, 99_999, 99_999, 99_999, 99_999),
        Matched(2, 1, 1, 1, 1),
    ),
    replies.introduced: States((0, 1), (3,), (99_999, 99_999), (1, 1)),
    replies.unknown_word: states("", "stauts", "w" * 4000, hostile(400)),
    reporting.report: beside(
        states("R", "R", "R" * 80, hostile(80)),
        states(reports.EMPTY, reports.TYPICAL, reports.LARGEST, reports.LARGEST),
        states(*(True,) * 4),
    ),
    reporting.reported: beside(
        states(
            Reported("R", WHEN),
            Reported("R", WHEN, reports.TYPICAL),
            Reported("R" * 80, WHEN, reports.LARGEST),
            Reported(hostile(80), WHEN, reports.LARGEST),
        ),
        states(*(True,) * 4),
    ),
    review.review_modal: states(reviews.EMPTY, reviews.TYPICAL, reviews.LONGEST, reviews.HOSTILE_PAGE),
    rules.rules_modal: beside(
        states(*sheets.STATES.values()),
        states(*(OfRules(name, {}, "0123456789ab", True) for name in ("", "levels", "levels", "levels"))),
        states(None, sheets.TOLD[2], sheets.MUCH_TOLD, sheets.MUCH_TOLD),
    ),
    rule_text.all_rules: beside(states(*sheets.STATES.values()), states(*sheets.TOLD[1:], sheets.MUCH_TOLD)),
    rule_text.would_change: beside(
        states(*("ladder",) * 4), states(*sheets.STATES.values()), states(*sheets.TOLD[1:], sheets.MUCH_TOLD)
    ),
    rule_text.changed: beside(
        states(*("ladder",) * 4), states(*sheets.STATES.values()), states(0, 1, 99_999, 2)
    ),
    rule_text.saved: beside(states(*sheets.STATES.values()), states(0, 1, 99_999, 2)),
    rule_text.no_such_rule: states("", "gap 3", "r" * 4000, hostile(500)),
    setup.setup_modal: states(
        *(
            SetupForm(draft, at > 0, at > 1)
            for at, draft in enumerate(
                (
                    ProgramDraft(),
                    forms.FULL_SETUP,
                    forms.FULL_SETUP,
                    replace(forms.FULL_SETUP, name=hostile(80)),
                )
            )
        )
    ),
    swaps.swap_list: states(
        Offered(a_card(), (), {}),
        Offered(a_card(), (pairing.a_swap(),), {"UOTHER": "Senior"}),
        pairing.longest(),
        replace(pairing.longest(), card=reviews.HOSTILE[0]),
    ),
    swaps.swap_modal: beside(
        states(
            Offered(a_card(), (), {}),
            Offered(a_card(), (pairing.a_swap(),), {"UOTHER": "Senior"}),
            pairing.longest(),
            replace(pairing.longest(), card=reviews.HOSTILE[0]),
        ),
        states(None, None, BELOW, BELOW),
    ),
    unmatched.unmatched_modal: states(
        *(alone.PAGES[name] for name in ("nobody", "some", "longest", "longest"))
    ),
    unmatched.unmatched_answer: states(
        *(alone.PAGES[name] for name in ("nobody", "some", "longest", "longest"))
    ),
    vocabulary.merged_words: states([], [WORD], [LONG_WORD] * 300, [BAD_WORD] * 300),
    vocabulary.word_list: States(
        ([], OwnWords()),
        ([WORD], OwnWords()),
        ([LONG_WORD] * 300, answers.MANY_WORDS),
        ([BAD_WORD] * 300, answers.MANY_WORDS),
    ),
    vocabulary.kept_apart: states(replace(WORD, people=0), WORD, LONG_WORD, BAD_WORD),
    vocabulary.taken_in: states("C", "Chess", "c" * 60, hostile(60)),
    vocabulary.taken_out: states("C", "Chess", "c" * 60, hostile(60)),
    why_not.why_not_modal: states((), ("U1",), ids(2), ids(1)),
    why_not.why_not_answer: states(*(alone.WHY[name] for name in ("same", "rule", "longest", "words"))),
}

ALWAYS_THE_SAME: Mapping[Callable[..., Rendered], tuple[Any, ...]] = {
    by_hand.whom: (),
    why_not.which_two: (),
    rehearsing.which_weeks: (),
    reporting.no_number: (),
    calls.said: (Word.TAKE_CALL, 7),
    calls.which_call: (Word.TAKE_CALL,),
    hr.which_one: (Word.HR, "use"),
    slack_fields.not_now: (),
    slack_fields.no_fields: (),
    guides.saved: (True,),
    help.help_text: (True, True),
    help.section_help: (help.SECTIONS[0],),
}
"""What only depends on which of our own words was used."""

PARTS = {modal, rendered, views.render, tables.data_table, replies.sentence}
"""What other views are made with; the table of skills has its own test."""
