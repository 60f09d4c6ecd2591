"""Answers to somebody who typed or clicked, and the Home tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.command import COMMANDS
from handlers.ids import Action, Word
from handlers.views import Rendered, guides, hr, inviting, meeting, rehearsing, replies, slack_fields
from handlers.views.calls import call_list, said, which_call
from handlers.views.help import SECTIONS, Section, help_text, section_help, section_of
from handlers.views.home import home_view
from handlers.views.vocabulary import kept_apart, merged_words, taken_in, taken_out, word_list
from handlers.wording import stacked
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import LeftOut, StillAlone
from mentoring.for_leads import PairCard
from mentoring.hr import Fact, Meaning, SlackField
from mentoring.hr import Verdict as Whose
from mentoring.invitations import MAX_WORDS, Invitation
from mentoring.messages import Kind
from mentoring.own_words import OwnWord, Verdict
from mentoring.pairings import PairState
from mentoring.people import Role, Standing
from mentoring.rehearsing import Coming, Crowded, Rehearsal, Warnings
from program.forms import (
    Difference,
    Differences,
    Home,
    LeadView,
    Matched,
    MergedWord,
    OpenCall,
    OwnWords,
    Ruled,
    Source,
)
from tests.handlers.views.checks import assert_good_message, assert_good_view, buttons, texts
from tests.handlers.views.samples import (
    EVERY_FIGURE,
    LARGEST,
    WHEN,
    a_card,
    a_pair,
    a_program,
    a_prompt,
    a_stand,
    a_status,
    hostile,
    ids,
)
from tests.handlers.views.test_meeting import MEETINGS
from tests.handlers.views.test_unmatched import UNMATCHED_ANSWERS, WHY_NOT_ANSWERS

DATE = "<!date^1796119200^{date_short} at {time}|Tuesday, December 1, 2026 at 10:00 (UTC)>"
LARGEST_CARD = next(content for content in LARGEST if isinstance(content, PairCard))
WAITING_CARD = PairCard(
    a_pair(reasons=tuple(hostile(300) for _ in range(8))),
    LARGEST_CARD.mentor,
    LARGEST_CARD.mentee,
    WHEN,
    False,
)
MANY_LEFT = [LeftOut(person, "mentee", hostile(400), hostile(300)) for person in ids(60)]
FULL_STATUS = a_status(
    program=hostile(80),
    standing="paused",
    paused_until=date(2027, 1, 31),
    shares=tuple(f"{index}{hostile(58)}" for index in range(10, 30)),
    wants=tuple(f"{index}{hostile(58)}" for index in range(10, 30)),
    has_level=False,
    partners=tuple((person, "mentor") for person in ids(10)),
)

HOSTILE_WORD = OwnWord("key", hostile(60), 2, Verdict.IN)
MANY_WORDS = OwnWords((HOSTILE_WORD,) * 50, 999, (HOSTILE_WORD,) * 50, 9_999, (HOSTILE_WORD,) * 50, 99)
MANY_DIFFERENCES = Differences(
    tuple(
        Difference(number, person, Fact.DEPARTMENT, hostile(80), hostile(200))
        for number, person in enumerate(ids(10), 99_990)
    ),
    99_999,
    ids(20),
    99_999,
)
MANY_FIELDS = [SlackField(f"Xf{n}", hostile(100), people=n % 2 == 0) for n in range(200)]
FIELDS_CHOSEN = dict.fromkeys(Meaning, MANY_FIELDS[0])
A_CALL = OpenCall(7, 12, "U1", "U2", WHEN)
CALL_WORDS = (Word.TAKE_CALL, Word.CALL_DONE, Word.HAND_BACK)
POSTED = Invitation(123_456, 1, "C0000000001", hostile(MAX_WORDS), "U0000000001", WHEN, None, 1_234)
SENT = tuple(Coming(WHEN, date(2027, 1, 1), kind, ("U1",), off=True) for kind in Kind)
CROWDED = Warnings(SENT, SENT, (Crowded("U1", date(2027, 1, 4), 9),) * 9)

ANSWERS: dict[str, Rendered] = {
    "rehearsal": rehearsing.rehearsal(Rehearsal(WHEN, SENT, True, CROWDED), table=True),
    "rehearsal of nothing": rehearsing.rehearsal(Rehearsal(WHEN, (), False), table=True),
    "long rehearsal": rehearsing.rehearsal(
        Rehearsal(WHEN, tuple(replace(SENT[0], day=WHEN.date() + timedelta(days=day)) for day in range(365))),
        table=True,
    ),
    "rehearsal in words": rehearsing.rehearsal(Rehearsal(WHEN, SENT), table=False),
    "holidays": rehearsing.holidays([date(2027, 1, 1)] * 60),
    "no holidays": rehearsing.holidays([]),
    "no day": rehearsing.day_not_read(hostile(80)),
    "which weeks": rehearsing.which_weeks(),
    "help": help_text(False, False),
    "no invitations": inviting.invitations([]),
    "invitations": inviting.invitations([POSTED] * 5),
    "invited": inviting.invited(POSTED),
    "reminded": inviting.reminded(POSTED),
    "help for all": help_text(True, True),
    **{f"help {one.name}": section_help(one) for one in SECTIONS},
    "status": replies.status(a_status()),
    "full status": replies.status(FULL_STATUS),
    "paused": replies.paused(None),
    "paused until": replies.paused(date(2027, 1, 31)),
    "came back": replies.came_back(Standing.ACTIVE, ("U1", "U2")),
    "came back paused": replies.came_back(Standing.PAUSED, ()),
    "stayed out": replies.stayed_out(),
    "left": replies.left(),
    "leave": replies.leave_question(),
    "nothing pending": replies.pending([]),
    "much pending": replies.pending([WAITING_CARD] * 300, StillAlone.of(MANY_LEFT), ids(60)),
    "decided": replies.already_decided(LARGEST_CARD.pair),
    "unknown": replies.unknown_word(hostile(4000)),
    "matched": replies.matched(Matched(1, 0, 0, 0, 0)),
    "matched many": replies.matched(Matched(99, 99_999, 99_999, 99_999, 99_999)),
    "introduced": replies.introduced(1),
    "no merged words": merged_words([]),
    "merged words": merged_words([MergedWord(hostile(60), hostile(60), 99_999)] * 300),
    "no words": word_list([], OwnWords()),
    "words": word_list([MergedWord(hostile(60), hostile(60), 99_999)] * 300, MANY_WORDS),
    "taken in": taken_in(hostile(60)),
    "taken out": taken_out(hostile(60)),
    "an answer above all words": stacked(
        kept_apart(MergedWord(hostile(60), hostile(60), 99_999)),
        word_list([MergedWord(hostile(60), hostile(60), 99_999)] * 300, MANY_WORDS),
    ),
    "kept apart": kept_apart(MergedWord(hostile(60), hostile(60), 99_999)),
    "sentence": replies.sentence(hostile(4000)),
    "no difference to HR": hr.differences(Differences((), 0, (), 0)),
    "fields": slack_fields.fields_listed(MANY_FIELDS, FIELDS_CHOSEN),
    "no field": slack_fields.fields_listed([], {}),
    "fields chosen": slack_fields.fields_told(FIELDS_CHOSEN),
    "no fields": slack_fields.no_fields(),
    "unknown field": slack_fields.unknown_field(hostile(300)),
    "differences to HR": hr.differences(MANY_DIFFERENCES),
    "an answer above all differences": stacked(
        hr.ruled(Ruled(MANY_DIFFERENCES.listed[0], Whose.HR)), hr.differences(MANY_DIFFERENCES)
    ),
    "which difference": hr.which_one(Word.HR, "use"),
    "no calls": call_list(()),
    **{f"meeting {name}": meeting.meeting(one) for name, one in MEETINGS.items()},
    **{f"beginning {name}": meeting.beginning(one) for name, one in MEETINGS.items()},
    "how to begin": meeting.how_to_begin(),
    "agreed": meeting.agreed(("U1", "U2")),
    "guide in own words": guides.saved(True),
    "guide as before": guides.saved(False),
    **UNMATCHED_ANSWERS,
    **WHY_NOT_ANSWERS,
    "calls": call_list((A_CALL, replace(A_CALL, owner="U9"), replace(A_CALL, owner="U8", mine=True))),
    "many calls": call_list((A_CALL,) * 300),
    **{word: said(word, 7) for word in CALL_WORDS},
    **{f"which {word}": which_call(word) for word in CALL_WORDS},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer(name: str) -> None:
    assert_good_message(ANSWERS[name])


@given(st.text(max_size=300))
def test_an_unknown_word_is_said_back_unharmed(word: str) -> None:
    answer = replies.unknown_word(word)
    assert_good_message(answer)
    assert "`/reverse-mentor help`" in answer.text


def test_help_shows_everybody_what_they_may_type() -> None:
    everybody = help_text(False, False).text
    for word in (
        Word.STATUS,
        Word.CHECKIN,
        Word.PAUSE,
        Word.RESUME,
        Word.LEAVE,
        Word.HELP,
        Word.SHARE,
        Word.LEARN,
    ):
        assert f"`/reverse-mentor {word}" in everybody
    pages = [help_text(True, False).text, *(section_help(one).text for one in SECTIONS)]
    for word in (Word.PENDING, Word.APPROVE, Word.DECLINE, Word.MATCH, Word.INTRODUCE, Word.SKILLS):
        assert f"`/reverse-mentor {word}" not in everybody
        assert any(f"`/reverse-mentor {word}" in page for page in pages)
    assert "`/reverse-mentor setup`" not in everybody
    assert "`/reverse-mentor setup`" in help_text(False, True).text


def test_help_names_each_word_where_it_is_explained() -> None:
    """Each word stands on the first page, and each command with what it does on that page or on the one it names."""
    first = help_text(True, True).text
    pages = [first, *(section_help(one).text for one in SECTIONS)]
    aliases = {"join", "profile", "check-in", "settings"}
    for word in filter(None, COMMANDS):
        assert f"`/reverse-mentor {word}" in first or f"`{word}`" in first, word
        assert word in aliases or any(f"`/reverse-mentor {word}" in page for page in pages), word
    assert all(f"`/reverse-mentor help {one.name}`" in first for one in SECTIONS)


def test_help_for_the_fullest_reader_is_whole() -> None:
    """Nothing is cut: the last words that setting up adds are there, with both buttons' words behind them."""
    text = help_text(True, True).text
    assert "`/reverse-mentor setup`" in text
    assert "`/reverse-mentor rules`" in text
    assert text.endswith("Buttons: Open my profile, My status.")


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_page_of_help_is_found_by_its_name_and_by_its_words(section: Section) -> None:
    assert section_of(f" {section.name.upper()} ") is section
    for word in section.words:
        found = section_of(word.replace("-", " "))
        assert found
        assert word in found.words or word == found.name
    for other in SECTIONS:
        assert (f"`/reverse-mentor help {other.name}`" in section_help(section).text) is (
            other is not section
        )


@pytest.mark.parametrize("typed", ["", "me", "with my pair", "nonsense", "pair of shoes"])
def test_no_page_of_help_for_anything_else(typed: str) -> None:
    assert section_of(typed) is None


def test_merged_words_are_counted_and_can_be_kept_apart() -> None:
    words = [MergedWord(f"Word `{n}", "Label", n) for n in range(1, 12)]
    answer = merged_words(words)
    assert "“Word `2” counts as “Label” (2 people)." in answer.text
    assert "`/reverse-mentor keep-apart Word 2`" in answer.text
    assert answer.text.endswith("And 3 more words.")
    assert "It is back in the profile of 1 person." in kept_apart(words[0]).text


def test_own_words_are_listed_with_what_a_lead_can_do() -> None:
    waiting = tuple(OwnWord(f"word {n}", f"Word {n}", n % 2 + 1) for n in range(1, 40))
    offered = (OwnWord("chess", "Chess", 3), OwnWord("go", "Go", 0, Verdict.IN))
    answer = word_list(
        [], OwnWords(waiting, 100, offered, 2, (OwnWord("poker", "Poker", 4, Verdict.OUT),), 1)
    )
    assert "“Word 1” (2 people)" in answer.text
    assert "“Word 8” (1 person)" in answer.text
    assert "and 8" in answer.text
    assert "*Everybody is offered:* “Chess” (3 people), “Go” (0 people, taken in by a lead)." in answer.text
    assert "*Taken out by a lead:* “Poker” (4 people)." in answer.text
    found = buttons(answer.blocks)
    assert found["Take in"]["accessibility_label"] == "Take in Word 8"
    assert found["Take out"]["accessibility_label"] == "Take out Word 8"
    assert found["Take out"]["value"] == "Word 8"


def test_status_says_where_somebody_stands() -> None:
    partners = (("U2", "mentor"), ("U3", "mentee"))
    answer = replies.status(a_status(shares=("AI tools",), wants=("Budgets", "Law"), partners=partners))
    assert "You take part. You share what you know, and you learn." in answer.text
    assert (
        "*Skills you share:* AI tools\n*Skills you want to learn, most wanted first:* Budgets, Law"
        in answer.text
    )
    assert "• You teach <@U2>.\n• <@U3> teaches you." in answer.text
    assert f"The next introductions are on {DATE}." in answer.text
    assert buttons(answer.blocks)["Open my profile"]["action_id"] == Action.JOIN


def test_status_leaves_away_what_does_not_fit_the_role() -> None:
    text = replies.status(a_status(role=Role.SHARE, wants=("Budgets",))).text
    assert "Skills you share:* none yet" in text
    assert "want to learn" not in text
    assert "*Your partners*\nNone right now." in text


def test_status_of_a_pause_has_the_way_back() -> None:
    answer = replies.status(a_status(standing="paused", paused_until=date(2027, 1, 31)))
    assert "You are paused until January 31, 2027." in answer.text
    assert buttons(answer.blocks)["Take part again"]["action_id"] == Action.RESUME
    assert "You are paused. " in replies.status(a_status(standing="paused")).text


def test_leaving_is_asked_about_with_a_milder_way() -> None:
    answer = replies.leave_question()
    shown = {name: one["action_id"] for name, one in buttons(answer.blocks).items()}
    assert shown == {"Leave the program": Action.LEAVE, "Pause instead": Action.PAUSE}
    assert "`/reverse-mentor leave yes`" in answer.text


def test_pending_shows_the_first_pairs_and_names_the_rest() -> None:
    cards = [a_card(a_pair(reasons=("Close.",), topics=())) for _ in range(7)]
    answer = replies.pending(cards)
    assert answer.text.startswith("7 pairs are waiting for a decision.")
    assert answer.text.count("`/reverse-mentor approve 12`") == replies.PAIRS_SHOWN
    assert "Also waiting: pairs 12 and 12." in answer.text
    assert replies.pending([]).text == "No pair is waiting for a decision."


def test_pending_counts_and_names_pairs_that_come_without_a_card() -> None:
    cards = [a_card(a_pair(reasons=("Close.",), topics=())) for _ in range(6)]
    answer = replies.pending(cards, others=[31, 32])
    assert answer.text.startswith("8 pairs are waiting for a decision.")
    assert "Also waiting: pairs 12, 31 and 32." in answer.text


def test_pending_shows_people_without_a_partner() -> None:
    one = LeftOut("U7", "mentor", "All were taken.", "Wider hours.")
    text = replies.pending([], StillAlone.of([one]), ["U8"]).text
    assert "• <@U7> (as mentor): All were taken. Wider hours." in text
    assert "<@U8>. Please ask them to choose their level" in text


def test_the_second_lead_hears_who_was_first() -> None:
    decided = a_pair(PairState.DECLINED, decided_by="U9", decided_at=WHEN, note="Same team")
    assert replies.already_decided(decided).text == f"Pair 12: Declined by <@U9> on {DATE}. Reason: Same team"


def test_matched_says_what_it_brought() -> None:
    assert replies.matched(Matched(2, 1, 0, 0, 0)).text == (
        "Cycle 2: 1 new pair proposed. Details are in the leads' channel."
    )
    told = replies.matched(Matched(2, 4, 1, 3, 1)).text
    assert (
        "4 new pairs proposed. 1 earlier proposal made way for better ones. 3 people have no partner yet."
        in told
    )
    assert "1 person is held" in told


def test_a_sentence_keeps_its_command_and_nothing_else() -> None:
    assert replies.sentence("Type `/reverse-mentor` to join <!here>.").text == (
        "Type `/reverse-mentor` to join &lt;!here&gt;."
    )


def home(**changes: Any) -> Home:
    facts: dict[str, Any] = {
        "program": a_program(),
        "status": None,
        "checkins": (),
        "lead": None,
        "may_set_up": False,
    }
    return Home(**(facts | changes))


def actions(view: dict[str, Any]) -> dict[str, str]:
    return {name: one["action_id"] for name, one in buttons(view["blocks"]).items()}


def rows(view: dict[str, Any]) -> dict[str, list[str]]:
    """The rows of buttons that have a label, by it."""
    blocks = view["blocks"]
    return {
        label["elements"][0]["text"]: [one["text"]["text"] for one in row["elements"]]
        for label, row in pairwise(blocks)
        if (label["type"], row["type"]) == ("context", "actions")
    }


def emphasized(view: dict[str, Any]) -> list[str]:
    return [name for name, one in buttons(view["blocks"]).items() if "style" in one]


def test_home_without_a_program() -> None:
    nobody = home_view(home(program=None))
    assert_good_view(nobody)
    assert actions(nobody) == {}
    admin = home_view(home(program=None, may_set_up=True))
    assert_good_view(admin)
    assert actions(admin) == {"Set up the program": Action.SETUP}


def test_home_of_somebody_new_invites() -> None:
    view = home_view(home())
    assert_good_view(view)
    assert actions(view) == {"Join the program": Action.JOIN}


def test_home_of_a_member() -> None:
    view = home_view(home(status=a_status()))
    assert_good_view(view)
    assert actions(view) == {
        "Ask me less often": Action.ASK_LESS,
        "Edit my profile": Action.JOIN,
        "Read the cards again": Action.PREPARE,
        "Pause": Action.PAUSE,
        "Leave": Action.LEAVE,
    }
    assert "closed the pair" in buttons(view["blocks"])["Leave"]["confirm"]["text"]["text"]
    paused = home_view(home(status=a_status(standing="paused")))
    assert actions(paused)["Take part again"] == Action.RESUME
    assert "Pause" not in actions(paused)


def test_home_asks_what_waits_for_an_answer() -> None:
    view = home_view(home(status=a_status(), checkins=(a_prompt(),)))
    assert_good_view(view)
    assert actions(view)["We met"] == Action.CHECKIN_MET
    assert any(one["text"] == "Have you and <@UMENTEE> met this week?" for one in texts(view))


def test_home_of_a_lead() -> None:
    view = home_view(
        home(lead=LeadView(a_stand(waiting=2, approved=1, members=40, cycle=3)), may_set_up=True)
    )
    assert_good_view(view)
    assert rows(view) == {
        "Decide and check": ["Without a partner", "Before the run"],
        "Find and introduce pairs": ["Look for pairs", "Introduce approved pairs"],
        "People": ["Invite people", "Pair two people"],
        "Look ahead": ["Rehearse", "Meeting guides"],
        "Rules and settings": ["Rules and weights", "Settings"],
    }
    assert emphasized(view) == ["Review pairs"]
    assert actions(view) == {
        "Join the program": Action.JOIN,
        "Review pairs": Action.REVIEW,
        "Without a partner": Action.UNMATCHED,
        "Before the run": Action.READY,
        "Look for pairs": Action.MATCH,
        "Introduce approved pairs": Action.INTRODUCE,
        "Invite people": Action.INVITE,
        "Pair two people": Action.PAIR_FORM,
        "Rehearse": Action.REHEARSE,
        "Meeting guides": Action.GUIDES,
        "Rules and weights": Action.RULES,
        "Settings": Action.SETUP,
    }
    said = "40 people take part. 1 pair is approved and not yet introduced."
    assert any(one["text"] == said for one in texts(view))
    assert any("2 pairs wait for your decision" in one["text"] for one in texts(view))
    assert "confirm" in buttons(view["blocks"])["Introduce approved pairs"]


def test_home_offers_a_lead_only_what_there_is_to_do() -> None:
    view = home_view(home(lead=LeadView(a_stand(members=1))))
    assert_good_view(view)
    assert actions(view) == {
        "Join the program": Action.JOIN,
        "Before the run": Action.READY,
        "Look for pairs": Action.MATCH,
        "Invite people": Action.INVITE,
        "Pair two people": Action.PAIR_FORM,
        "Rehearse": Action.REHEARSE,
        "Meeting guides": Action.GUIDES,
    }
    assert emphasized(view) == []
    assert rows(home_view(home(may_set_up=True))) == {"Rules and settings": ["Rules and weights", "Settings"]}


@pytest.mark.parametrize("source", Source)
def test_home_compares_with_what_there_is_where_there_is_a_difference(source: Source) -> None:
    view = home_view(home(lead=LeadView(a_stand(approved=1, cycle=2), differences=4, source=source)))
    assert_good_view(view)
    assert rows(view)["People"] == ["Invite people", f"Compare with {source} (4)", "Pair two people"]


@pytest.mark.parametrize("standing", ["active", "paused"])
@pytest.mark.parametrize("waiting", [0, 2])
def test_one_button_of_home_stands_out(standing: str, waiting: int) -> None:
    view = home_view(
        home(status=a_status(standing=standing), lead=LeadView(a_stand(waiting=waiting, approved=1, cycle=3)))
    )
    own = ["Take part again"] if standing == "paused" else []
    assert emphasized(view) == (["Review pairs"] if waiting else own)


def test_the_fullest_home() -> None:
    prompt = a_prompt(CheckInState.ANSWERED, Answer.NOT_YET, opener=hostile(900))
    view = home_view(
        home(
            program=a_program(name=hostile(80)),
            status=FULL_STATUS,
            checkins=(prompt,) * 10,
            lead=LeadView(replace(a_stand(), figures=EVERY_FIGURE), 99_999),
            may_set_up=True,
            calls=(A_CALL,) * 300,
        )
    )
    assert_good_view(view)
    assert any(one["text"] == "And 295 more calls." for one in texts(view))
