"""Every message: taken by Slack, complete without its blocks, harmless, and saying what its content means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from handlers.ids import Action
from handlers.views import planning, render
from mentoring.care import Nudge, PartnersRest, Paused, Pauses, Stuck
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import LeftOut, StillAlone
from mentoring.for_leads import HelpAlert, IntroTime
from mentoring.messages import (
    Back,
    Content,
    Heard,
    Intro,
    NoPartner,
    PairClosed,
    PairGoesOn,
    SharedHours,
    SilencePause,
    Thanks,
    Welcome,
)
from mentoring.pairings import PairState
from mentoring.people import Role, Standing
from mentoring.reflections import Reflection
from mentoring.troubles import ChannelTrouble, NoLead, Unconfirmed
from tests.effort import examples
from tests.handlers.views.checks import assert_good_message, buttons
from tests.handlers.views.samples import (
    CONTENT_TYPES,
    LARGEST,
    SMALLEST,
    WHEN,
    a_card,
    a_pair,
    a_prompt,
    a_summary,
    anything,
    asked,
    hostile,
    ids,
)

DATE = "<!date^1796119200^{date_short} at {time}|Tuesday, December 1, 2026 at 10:00 (UTC)>"

REASON_FOR_LEADS = (
    "Leads read the reason with `/reverse-mentor review`, until there are pairs of a next cycle."
)

SEEN = "Leads see whether a pair has met or plans to, and never which of the two said so."


def _name(content: Content) -> str:
    return type(content).__name__


@pytest.mark.parametrize("samples", [SMALLEST, LARGEST])
def test_the_samples_hold_every_content(samples: list[Content]) -> None:
    assert [type(content) for content in samples] == list(CONTENT_TYPES)


@pytest.mark.parametrize("content", SMALLEST, ids=_name)
def test_smallest(content: Content) -> None:
    assert_good_message(render(content))


@pytest.mark.parametrize("content", LARGEST, ids=_name)
def test_largest(content: Content) -> None:
    assert_good_message(render(content))


@pytest.mark.sampled(13)
@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.__name__)
def test_anything_that_people_type(kind: type[Content]) -> None:
    @settings(max_examples=examples(15))
    @given(anything(kind))
    def check(content: Content) -> None:
        assert_good_message(render(content))

    check()


def test_what_is_no_content_has_no_message() -> None:
    with pytest.raises(TypeError, match="no message is written for str"):
        render("hello")  # type: ignore[arg-type]  # the mistake under test


def test_a_waiting_card_has_buttons_that_name_their_pair() -> None:
    message = render(a_card())
    shown = buttons(message.blocks)
    assert {name: (one["action_id"], one["value"]) for name, one in shown.items()} == {
        "Approve": (Action.APPROVE, "12"),
        "Decline": (Action.DECLINE, "12"),
        "Swap": (Action.SWAP, "12"),
    }
    assert shown["Approve"]["style"] == "primary"
    assert shown["Approve"]["accessibility_label"] == "Approve pair 12"
    assert shown["Decline"]["accessibility_label"] == "Decline pair 12"
    assert message.text.startswith("*Approval needed:* <@UMENTOR> teaches <@UMENTEE> “AI tools”\n")
    assert "*Mentor (teaches):* <@UMENTOR>, Associate, Design" in message.text
    assert "*Mentee (learns):* <@UMENTEE>, Director, Finance" in message.text
    assert "• Teaches “AI tools” (first choice)" in message.text
    assert "`/reverse-mentor approve 12`" in message.text


@pytest.mark.parametrize(
    ("state", "facts", "words"),
    [
        (PairState.APPROVED, {}, f"Approved by <@U9> on {DATE}. It is introduced on {DATE}."),
        (
            PairState.DECLINED,
            {"note": "Same team"},
            f"Declined by <@U9> on {DATE}. {REASON_FOR_LEADS}",
        ),
        (PairState.DECLINED, {}, f"Declined by <@U9> on {DATE}."),
        (
            PairState.WITHDRAWN,
            {"note": "One has paused."},
            f"This pair was withdrawn. Why: One has paused. Approved by <@U9> on {DATE}.",
        ),
        (PairState.INTRODUCED, {}, f"Approved by <@U9> on {DATE}. Its introduction is on the way."),
        (
            PairState.INTRODUCED,
            {"note": "Slack does not allow it yet."},
            f"Approved by <@U9> on {DATE}. It is not introduced yet. Why: Slack does not allow it yet.",
        ),
        (
            PairState.FINISHED,
            {"note": "No."},
            f"The cycle ended before this pair could be introduced. Why: No. Approved by <@U9> on {DATE}.",
        ),
        (
            PairState.INTRODUCED,
            {"introduced_at": WHEN},
            f"Approved by <@U9> on {DATE}. Introduced on {DATE}.",
        ),
        (
            PairState.ENDED,
            {"introduced_at": WHEN, "note": "One left."},
            f"This pair has ended. Why: One left. Approved by <@U9> on {DATE}. Introduced on {DATE}.",
        ),
        (
            PairState.FINISHED,
            {"introduced_at": WHEN},
            f"This pair finished with its cycle. Approved by <@U9> on {DATE}. Introduced on {DATE}.",
        ),
    ],
)
def test_a_decided_card_says_in_two_lines_who_and_when_and_what_can_be_done(
    state: PairState, facts: dict[str, object], words: str
) -> None:
    message = render(a_card(a_pair(state, decided_by="U9", decided_at=WHEN, **facts)))
    assert f"*Pair 12:* <@UMENTOR> teaches <@UMENTEE> “AI tools”\n{words}" in message.text
    assert len(message.blocks) == 1
    instead = {
        PairState.APPROVED: ("Undo", "undo 12"),
        PairState.DECLINED: ("Undo", "undo 12"),
        PairState.INTRODUCED: ("End or rest", "end 12"),
    }.get(state)
    assert list(buttons(message.blocks)) == ([instead[0]] if instead else [])
    assert instead is None or f"Or type `/reverse-mentor {instead[1]}`." in message.text


def test_a_card_that_waits_after_the_introductions_says_what_approval_does() -> None:
    assert "once approved, this pair is introduced at once" in render(a_card(introduced=True)).text
    assert f"Approved pairs are introduced on {DATE}." in render(a_card()).text


def test_a_summary_counts_and_says_who_asked() -> None:
    planned = render(a_summary(approved=1, declined=2, withdrawn=4)).text
    assert "*3* waiting for your decision, *1* approved, *2* declined and *4* withdrawn." in planned
    assert f"Matched at the planned time. Approved pairs are introduced on {DATE}." in planned
    assert "`/reverse-mentor match` looks for other partners" in planned
    assert "looks for other partners" not in render(a_summary()).text
    over = render(a_summary(declined=1, over=True)).text
    assert "looks" not in over + render(a_summary(proposed=0, over=True)).text
    asked = render(a_summary(asked_by="U9")).text
    assert f"<@U9> asked for this matching. Approved pairs are introduced on {DATE}." in asked
    assert "No pair is possible this time." in render(a_summary(proposed=0)).text


AT_ONCE = "A pair that you approve now is introduced at once."


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"proposed": 0, "approved": 2, "to_introduce": 2}, f"Approved pairs are introduced on {DATE}."),
        # Introduced early, because a lead said so.
        ({"proposed": 0, "approved": 2}, "The approved pairs are introduced."),
        ({"proposed": 1, "approved": 2}, f"Approved pairs are introduced on {DATE}."),
        ({"approved": 2, "on_their_way": 1}, "The introductions of this cycle are on their way."),
        (
            {"approved": 2, "on_their_way": 2, "introduced": True},
            "The introductions of this cycle are on their way.",
        ),
        ({"proposed": 0, "approved": 2, "introduced": True}, "The introductions of this cycle went out."),
        ({"approved": 2, "introduced": True}, f"The introductions of this cycle went out. {AT_ONCE}"),
        ({"introduced": True}, f"The introductions were planned for {DATE}. {AT_ONCE}"),
        ({"proposed": 0, "declined": 2, "introduced": True}, f"The introductions were planned for {DATE}."),
        ({"proposed": 0, "declined": 2, "introduced": True, "over": True}, "No pair was introduced."),
        (
            {"proposed": 0, "approved": 2, "introduced": True, "over": True},
            "The introductions of this cycle went out.",
        ),
    ],
)
def test_a_summary_says_of_introductions_what_is_so(facts: dict[str, object], told: str) -> None:
    lines = render(a_summary(**facts)).text.splitlines()
    assert f"Matched at the planned time. {told}" in lines


def test_a_summary_offers_the_review_only_when_there_are_no_cards() -> None:
    review = buttons(render(a_summary(cards_posted=False)).blocks)["Review pairs"]
    assert (review["action_id"], review["value"]) == (Action.REVIEW, "3")
    assert buttons(render(a_summary(cards_posted=True)).blocks) == {}
    assert buttons(render(a_summary(cards_posted=False, proposed=0)).blocks) == {}


def test_people_left_out_stand_together_by_reason() -> None:
    people = ids(3)
    alike = [LeftOut(person, "mentee", "Nobody offers it.", "Add a skill.") for person in people[:2]]
    other = LeftOut(people[2], "mentor", "All were taken.", "Wider hours.")
    text = render(a_summary(left_out=StillAlone.of((alike[0], other, alike[1])))).text
    assert "*Without a partner: 3 people*" in text
    assert f"• <@{people[0]}> and <@{people[1]}> (as mentee): Nobody offers it. Add a skill." in text
    assert f"• <@{people[2]}> (as mentor): All were taken. Wider hours." in text
    assert "more" not in text


def test_more_than_twenty_left_out_are_counted() -> None:
    everybody = tuple(LeftOut(person, "mentee", "Nobody offers it.", "Add a skill.") for person in ids(25))
    text = render(a_summary(left_out=StillAlone.of(everybody), held=ids(23, start=50))).text
    assert "• and 5 more: `/reverse-mentor unmatched`" in text
    assert text.count("<@U") == 40
    assert "and 3 more. Please ask them to choose their level" in text


def test_intro_time_says_what_waits() -> None:
    assert render(IntroTime("R", 1, 1, 1, 0, 0)).text == "*Cycle 1 of R*\n1 introduction is on the way."
    assert render(IntroTime("R", 1, 3, 1, 0, 0)).text.endswith("1 introduction is on the way, 2 arrived.")
    assert render(IntroTime("R", 1, 3, 0, 0, 0)).text.endswith("3 pairs have their introduction.")
    assert render(IntroTime("R", 1, 0, 0, 0, 0)).text.startswith(
        "*Cycle 1 of R*\nNo pair is introduced this time."
    )
    text = render(IntroTime("R", 1, 5, 0, 2, 1)).text
    assert "2 pairs still wait for your decision" in text
    assert "1 approved pair had to be withdrawn" in text


def test_the_intro_has_all_that_two_people_need_to_begin() -> None:
    hours = (
        SharedHours("UMENTOR", "Europe/Lisbon", 840, 1440),
        SharedHours("UMENTEE", "America/New_York", 540, 1140),
    )
    text = render(Intro("R", a_pair(), ("What changed this month?",), hours, "Wednesday at 10:00")).text
    assert text.startswith("Welcome, <@UMENTOR> and <@UMENTEE>.")
    assert "*Why you two:* <@UMENTOR> can teach “AI tools”." in text
    assert "*Next step:* <@UMENTEE>, propose two times for a first talk here. 30 minutes is enough." in text
    assert "• <@UMENTOR>: 14:00 to 00:00 (Europe/Lisbon)" in text
    assert "• <@UMENTEE>: 09:00 to 19:00 (America/New York)" in text
    assert "As a rule once a week (Wednesday at 10:00, your own local time)" in text
    assert "I cannot read this conversation." in text


def test_many_topics_are_counted_after_those_that_fit() -> None:
    pair = a_pair(topics=tuple(f"{'A long name of a skill ' * 3}{index}" for index in range(20)))
    assert " and 17 more." in render(Intro("R", replace(pair, reasons=()), (), (), "")).text


ANSWERS = {
    "We met": (Action.CHECKIN_MET, "5"),
    "Planned": (Action.CHECKIN_PLANNED, "5"),
    "Not yet": (Action.CHECKIN_NOT_YET, "5"),
    "I need help": (Action.CHECKIN_HELP, "5"),
}


@pytest.mark.parametrize(
    ("state", "again", "words"),
    [
        (CheckInState.ASKED, False, "Have you and <@UMENTEE> met this week?"),
        (CheckInState.REASKED, True, "In case you missed it: have you and <@UMENTEE> met this week?"),
    ],
)
def test_the_question_has_four_answers_and_says_who_sees_them(
    state: CheckInState, again: bool, words: str
) -> None:
    message = render(asked(a_prompt(state, again=again)))
    assert message.text.startswith(words)
    heard = "If you need help, <@U8> and <@U9>, who lead this program, hear of it; <@UMENTEE> does not."
    assert f"Your answer is counted, and tells me which pairs to help begin. {SEEN} {heard}" in message.text
    shown = buttons(message.blocks)
    assert {name: (one["action_id"], one["value"]) for name, one in shown.items()} == ANSWERS


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_is_thanked_for_and_can_be_changed(answer: Answer) -> None:
    message = render(asked(a_prompt(CheckInState.ANSWERED, answer)))
    assert message.text.startswith(f"*{answer.words}.* Thank you")
    assert "Changed your mind? Choose again." in message.text
    taps = {one.words for one in Reflection} if answer is Answer.MET else set()
    guide = {planning.GUIDE} if answer is Answer.PLANNED else set()
    assert set(buttons(message.blocks)) == set(ANSWERS) - {answer.words} | taps | guide


@pytest.mark.parametrize(
    ("heard", "before", "after"),
    [
        (Heard(("U8",)), "<@U8>, who leads this program, hears of it;", "<@U8> now knows."),
        (
            Heard(("U8", "U9")),
            "<@U8> and <@U9>, who lead this program, hear of it;",
            "<@U8> and <@U9> now know.",
        ),
        (
            Heard(("U8",), False),
            "<@U8>, who stands in for the program's leads, hears of it;",
            "<@U8> now knows.",
        ),
        (Heard(ids(12), False), "<@U0000000010> and 2 others, who stand in", "and 2 others now know."),
        (Heard(), "please write to an admin of this workspace", "please write to an admin of this workspace"),
    ],
)
def test_who_hears_of_a_call_for_help_is_named(heard: Heard, before: str, after: str) -> None:
    for prompt in (a_prompt(heard=heard), a_prompt(CheckInState.ANSWERED, Answer.MET, heard=heard)):
        assert before in render(asked(prompt)).text
    text = render(asked(a_prompt(CheckInState.ANSWERED, Answer.HELP, heard=heard))).text
    assert f"{after}" in text
    assert "<@UMENTEE> was not told." in text
    assert before not in text or not heard.people


def test_a_call_for_help_says_who_else_knows_and_why_an_admin_reads_it() -> None:
    alert = HelpAlert("R", "U1", "U2", 12, WHEN, told=("U8", "U9"))
    assert "Only <@U8> and <@U9> were told. <@U2> was not told about this." in render(alert).text
    assert "in the leads' place" not in render(alert).text
    assert "in the leads' place" in render(replace(alert, in_place_of_leads=True)).text


def test_a_program_without_leads_asks_for_some_until_there_are() -> None:
    alone = render(NoLead("R", (), ("U7", "U8")))
    assert (
        "<@U7> and <@U8> hear calls for help, but nobody hears one about a pair of their own." in alone.text
    )
    assert "Nobody hears calls for help." in render(NoLead("R", ())).text
    assert [one["action_id"] for one in buttons(alone.blocks).values()] == [Action.SETUP]
    assert "Nobody leads *R* right now" in alone.text
    led = render(NoLead("R", ("U8",)))
    assert (led.text, buttons(led.blocks)) == ("<@U8> leads *R*. There is nothing to do.", {})


def test_somebody_who_is_back_is_asked_and_then_told_how_they_stand() -> None:
    asked = render(Back("R", asks=True, standing=Standing.ACTIVE))
    assert asked.text.startswith(
        "Good to see you again. Take part again in *R*, with your profile as it was?"
    )
    assert {name: one["action_id"] for name, one in buttons(asked.blocks).items()} == {
        "Take part again": Action.COME_BACK,
        "No, thank you": Action.STAY_OUT,
    }
    assert "You were paused" in render(Back("R", asks=True, standing=Standing.PAUSED)).text
    answers = {
        standing: render(Back("R", asks=False, standing=standing, partners=("U2",)))
        for standing in (Standing.ACTIVE, Standing.PAUSED, None)
    }
    assert all(buttons(answer.blocks) == {} for answer in answers.values())
    assert answers[Standing.ACTIVE].text.endswith("take part in *R* again. You are in a pair with <@U2>.")
    assert "paused as before" in answers[Standing.PAUSED].text
    assert "<@U2>" not in answers[None].text


def test_a_pair_that_goes_on_is_told_neutrally() -> None:
    assert render(PairGoesOn("R", "U2", over=False)).text.startswith("Your pair with <@U2> goes on in *R*.")
    assert "has ended since" in render(PairGoesOn("R", "U2", over=True)).text
    assert render(PairClosed("R", "U2", goes_on=True)).text.endswith("It goes on now.")


def test_an_opener_is_shown_when_there_is_one() -> None:
    with_opener = a_prompt(CheckInState.ANSWERED, Answer.NOT_YET, opener="Show each other one app.")
    assert "*A message you can send:* Show each other one app." in render(asked(with_opener)).text
    assert "A message you can send" not in render(asked(replace(with_opener, opener=None))).text


def test_times_stand_with_the_opener_in_ones_own_time_while_there_is_an_answer_to_give() -> None:
    opened = a_prompt(CheckInState.ANSWERED, Answer.NOT_YET, opener="Show each other one app.")
    times = (datetime(2026, 12, 8, 14, 30, tzinfo=UTC), datetime(2026, 12, 9, 9, 0, tzinfo=UTC))
    with_times = replace(opened, times=times, zone="Europe/Berlin")
    told = render(asked(with_times)).text
    assert "*Times in everybody's working hours:*" in told
    assert "Tuesday, December 8, 2026" in told
    assert "15:30" in told
    assert "working hours" not in render(asked(opened)).text
    assert "working hours" not in render(asked(replace(with_times, passed=True))).text


@pytest.mark.parametrize("answer", [None, Answer.MET])
def test_after_the_end_of_a_pair_nothing_is_asked(answer: Answer | None) -> None:
    message = render(asked(a_prompt(answer=answer, over=True)))
    assert buttons(message.blocks) == {}
    assert "no longer a pair" in message.text
    assert ("Thank you for your answer." in message.text) is (answer is not None)


def test_pairs_that_have_ended_are_told_of_once_and_below_those_that_go_on() -> None:
    live = a_prompt()
    ended = [
        replace(a_prompt(answer=answer, over=True), partner_id=partner)
        for partner, answer in (("U1", None), ("U2", Answer.MET), ("U3", Answer.NOT_YET), ("U2", None))
    ]
    alone, beside = render(asked(*ended)), render(asked(ended[0], live, *ended[1:]))
    words = (
        "Thank you for your answers. "
        "You and <@U1>, <@U2> and <@U3> are no longer pairs here, so I will not ask again."
    )
    assert alone.text == words
    assert beside.text == f"{render(asked(live)).text}\n{words}"
    both = render(asked(live, replace(live, partner_id="U5"), *ended)).text
    assert both.count("no longer pairs here") == 1
    assert_good_message(beside)


def test_a_welcome_names_dates_in_the_programs_zone_and_the_leads() -> None:
    text = render(Welcome("R", Role.LEARN, False, WHEN, "America/New_York", ("U8", "U9"))).text
    assert "Tuesday, December 1, 2026 at 05:00 (America/New York)" in text
    assert "<@U8> and <@U9> will be glad to help" in text
    assert "Your profile has no level yet." in text
    assert "as a mentee" in text
    assert "no level" not in render(Welcome("R", Role.LEARN, True, WHEN, "UTC", ())).text


def test_what_has_passed_is_not_called_the_next() -> None:
    over: tuple[Content, ...] = (
        Welcome("R", Role.LEARN, True, None, "UTC", ("U8",)),
        Welcome("R", Role.LEARN, False, None, "UTC", ()),
        NoPartner("R", 1, None, True),
        Thanks("R", a_pair(), 1, None),
    )
    for content in over:
        message = render(content)
        assert_good_message(message)
        assert "<!date" not in message.text
        assert "Until then" not in message.text
    assert "New introductions have begun." in render(over[-1]).text
    assert all("when the next introductions are" in render(one).text for one in over[:-1])


def test_no_partner_says_what_would_help() -> None:
    assert "What helps" not in render(NoPartner("R", 1, WHEN, True)).text
    assert "*What helps:* Your profile has no level yet." in render(NoPartner("R", 1, WHEN, False)).text


def test_a_pause_has_a_way_back_until_it_is_taken() -> None:
    for silent in (True, False):
        shown = render(SilencePause("R", Standing.PAUSED, silent))
        assert buttons(shown.blocks)["Take part again"]["action_id"] == Action.RESUME
    assert buttons(render(SilencePause("R", Standing.ACTIVE, False)).blocks) == {}


def test_whoever_left_reads_so_wherever_they_read_that_they_take_part() -> None:
    stale = (
        SilencePause("R", Standing.LEFT, False),
        Welcome("R", Role.LEARN, True, WHEN, "UTC", ("U1",), left=True),
        NoPartner("R", 1, WHEN, True, since="left"),
    )
    for content in stale:
        shown = render(content)
        assert shown.text.startswith("You have left *R*.")
        assert list(buttons(shown.blocks)) == ["Join again"]


def test_whoever_got_a_partner_later_is_not_told_that_they_have_none() -> None:
    assert render(NoPartner("R", 1, WHEN, True, since="met")).text == (
        "We found a partner for you in cycle 1 after all."
    )


def test_a_doubtful_message_can_be_settled_once() -> None:
    shown = buttons(render(Unconfirmed("7", "the introduction of pair 12", ("U1",), None)).blocks)
    assert {name: (one["action_id"], one["value"]) for name, one in shown.items()} == {
        "Send it again": (Action.SEND_AGAIN, "7"),
        "It arrived": (Action.IT_ARRIVED, "7"),
    }
    settled = render(Unconfirmed("7", "the introduction of pair 12", ("U1",), "it arrived"))
    assert settled.text.endswith("the introduction of pair 12 for <@U1>. Settled: it arrived.")
    assert buttons(settled.blocks) == {}


def test_trouble_with_the_channel_says_what_helps() -> None:
    settled = render(ChannelTrouble("R", "C1", "", "C2"))
    assert (
        settled.text == "I could not post in <#C1>. That is settled: the leads' channel of *R* is <#C2> now."
    )
    assert settled.blocks[-1]["type"] == "section"
    message = render(ChannelTrouble("R", "C1", chosen="C1"))
    assert message.text.startswith("I cannot post in <#C1>, the leads' channel of *R*.")
    assert buttons(message.blocks)["Settings"]["action_id"] == Action.SETUP


@pytest.mark.parametrize("changes", [{"over": True}, {"passed": True}, {"resting": ("UMENTEE",)}])
@pytest.mark.parametrize("answer", [None, Answer.NOT_YET])
def test_a_question_that_is_over_takes_no_answer(changes: dict[str, Any], answer: Answer | None) -> None:
    state = CheckInState.ANSWERED if answer else CheckInState.SILENT
    message = render(asked(replace(a_prompt(state, answer), **changes)))
    open_still = answer is not None and "resting" in changes
    assert bool(buttons(message.blocks)) == open_still, (
        "what was answered can be changed while the pair rests"
    )
    assert ("hear of it" in message.text) == open_still


def test_a_break_is_told_neutrally_to_whoever_waits_for_the_other() -> None:
    theirs = render(asked(replace(a_prompt(), resting=("UMENTEE",)))).text
    assert theirs == (
        "Whether you and <@UMENTEE> have met can wait: <@UMENTEE> is taking a break, and your pair stays."
    )
    own = render(asked(replace(a_prompt(), resting=("UMENTOR", "UMENTEE")))).text
    assert "you are taking a break, and your pair stays." in own


def test_a_third_not_yet_says_before_and_after_who_hears_of_it() -> None:
    prompt = replace(a_prompt(), stuck=Heard(("U8", "U9")))
    assert "“Not yet” would be the third in a row, and <@U8> and <@U9> hear of that" in (
        render(asked(prompt)).text
    )
    told = replace(a_prompt(CheckInState.ANSWERED, Answer.NOT_YET), stuck=Heard(("U8",)))
    assert "<@U8> now knows that you do not get to meet <@UMENTEE>" in render(asked(told)).text
    assert (
        f"Your answer is counted, and tells me which pairs to help begin. {SEEN}"
        in render(asked(replace(prompt, stuck=Heard()))).text
    )


def test_who_knows_of_several_pairs_is_named_once_and_bounded() -> None:
    told = [
        replace(
            a_prompt(CheckInState.ANSWERED, Answer.NOT_YET, opener=hostile(250)),
            partner_id=f"U{number}",
            stuck=Heard(ids(10, start=100)) if number < 4 else Heard(("U8",)),
        )
        for number in range(1, 6)
    ]
    message = render(asked(*told))
    assert_good_message(message)
    assert message.text.count("<@U0000000100>") == 1
    assert "and 6 others now know that you do not get to meet <@U1>, <@U2> or <@U3>," in message.text
    assert "<@U8> now knows that you do not get to meet <@U4> or <@U5>, to help you." in message.text
    helped = [replace(a_prompt(CheckInState.ANSWERED, Answer.HELP, heard=Heard(ids(10))))] * 5
    assert "<@U0000000004> and 6 others now know." in render(asked(*helped)).text
    assert_good_message(render(asked(*helped)))


def test_several_pairs_are_asked_about_in_one_message() -> None:
    one = replace(a_prompt(), partner_name="May Example")
    other = replace(a_prompt(), partner_id="U5", partner_name="Kay Example")
    other = replace(other, checkin=replace(other.checkin, id=99, pair_id=8))
    message = render(asked(one, other))
    assert_good_message(message)
    assert message.text.count("hear of it") == 1
    assert message.text.count("Your answers are counted, and tell me which pairs to help begin.") == 1
    hear = "<@U8> and <@U9>, who lead this program, hear of it; your partners do not"
    assert f"If you need help with <@UMENTEE> and <@U5>, {hear}" in message.text
    assert "one of: met 8, planned 8, not-yet 8, help 8." in message.text
    pressed = [
        element
        for block in message.blocks
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]
    assert [element["value"] for element in pressed] == [str(one.checkin.id)] * 4 + ["99"] * 4
    assert {element["accessibility_label"] for element in pressed} >= {
        "We met, about May Example",
        "We met, about Kay Example",
    }


def test_who_else_hears_is_told_apart_where_it_differs() -> None:
    one, other = a_prompt(heard=Heard(("U8",))), replace(a_prompt(heard=Heard(("U9",))), partner_id="U5")
    text = render(asked(one, other)).text
    assert "If you need help, <@U8>, who leads this program, hears of it; <@UMENTEE> does not." in text
    assert "If you need help, <@U9>, who leads this program, hears of it; <@U5> does not." in text


def test_care_for_pairs_says_what_to_do_and_when_nothing_is_left_to_do() -> None:
    assert (
        "<@U1> is taking a break from *R*. Your pair stays"
        in render(PartnersRest("R", ("U1",), ("U8",))).text
    )
    assert "you can ask <@U8>." in render(PartnersRest("R", ("U1",), ("U8",))).text
    assert "No pair of yours in *R* waits" in render(PartnersRest("R", ())).text
    assert "you and <@U1> have not met yet" in render(Nudge("R", ("U1",), "Shall we?")).text
    assert "There is nothing left to do" in render(Nudge("R", (), "Shall we?")).text
    told = render(Stuck("R", 7, "U1", "U2", True)).text
    assert "It has not met in three check-ins in a row." in told
    assert "answered" not in told, "it is not said who"
    assert "nobody had said that they met" in render(Stuck("R", 7, "U1", "U2", True, never_met=True)).text
    assert "there is nothing to do any more" in render(Stuck("R", 7, "U1", "U2", False)).text
    paused = render(Pauses("R", "2026-W11", (Paused("U1", ("U2",)), Paused("U3", ())))).text
    assert "<@U1>, in a pair with <@U2>" in paused
    assert "• <@U3>" in paused
    assert "Nobody is paused in *R* any more" in render(Pauses("R", "2026-W11", ())).text
