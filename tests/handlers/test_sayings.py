"""What people write before they read the help means what they can do; nobody is sent to what they may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import acts, sayings, words
from handlers.command import COMMANDS
from handlers.ids import ALIASES, Word
from handlers.payloads import Act, Kind
from handlers.views import help as helping
from tests.handlers.world import World

MEANT = {
    "stop": "leave",
    "Unsubscribe.": "leave",
    "please remove me": "leave",
    "opt-out": "leave",
    "I want to leave": "leave",
    "leave the program": "leave",
    "end my pair": "partner end",
    "End the pairing, please": "partner end",
    "who is my mentor?": "partner",
    "Who’s my mentee": "partner",
    "my pair": "partner",
    "new partner": "partner",
    "I need a new mentor": "partner",
    "a break": "pause",
    "I need a break": "pause",
    "take a break until Friday": "pause until friday",
    "snooze for 2 weeks": "pause for 2 weeks",
    "I’m back!": "resume",
    "unpause": "resume",
    "skip the next cycle": "skip",
    "not this cycle": "skip",
    "less often": "ask",
    "fewer messages please": "ask",
    "every 2 weeks": "ask every 2 weeks",
    "monthly": "ask monthly",
    "where do I stand?": "status",
    "edit profile": "profile",
    "my skills": "profile",
    "experience": "profile",
    "sign me up": "join",
    "count me in": "in",
    "next meeting": "meeting",
    "how does this work?": "help",
    "what can I type": "help",
    "accept 3": "approve 3",
    "reject pair #3 no time": "decline pair #3 no time",
    "revert 3": "undo 3",
    "run matching": "match",
    "stats": "report",
    "preferences": "settings",
    "“unsubscribe”": "leave",
    "*stop*": "leave",
    "/reverse-mentor stop": "leave",
    "Stop, please \U0001f64f": "leave",
    "\U0001f44b who is my mentor? :slightly_smiling_face:": "partner",
    "\u2067STOP\u2069": "leave",
    "JO\u0130N": "join",
}

NO_SAYINGS = (
    "stop talking about me",
    "leave me alone, would you",
    "my mentor is rude",
    "who is my mentor's manager",
    "accept my apologies",
    "a new mentor would be nice one day",
    "every now and then we meet and talk",
    "skip",
    "end 12",
    "pause until Friday",
    "cancel",
    "delete my data",
    "",
    "hello",
)


@pytest.mark.parametrize(("said", "line"), MEANT.items())
def test_a_saying_stands_for_a_line(said: str, line: str) -> None:
    assert sayings.read(said, COMMANDS) == words.read(line, COMMANDS)
    assert words.read(line, COMMANDS).word in COMMANDS


@pytest.mark.parametrize("text", NO_SAYINGS)
def test_a_sentence_is_none(text: str) -> None:
    assert sayings.read(text, COMMANDS) == words.read(text, COMMANDS)


def test_no_word_that_can_be_typed_is_a_saying_for_another() -> None:
    """What the help explains does what the help says, whoever types it."""
    for word in COMMANDS:
        assert COMMANDS[sayings.read(word, COMMANDS).word] == COMMANDS[word], word


def test_what_follows_a_decision_stays_as_it_was_written() -> None:
    assert sayings.read("Reject 3: “Too busy” in Q3, please!", COMMANDS) == words.Line(
        "decline", "3: “Too busy” in Q3, please!"
    )


def test_the_log_names_what_a_saying_does() -> None:
    for said, line in MEANT.items():
        typed = words.read(line, COMMANDS).word
        assert acts.name_of(Act(Kind.COMMAND, person_id="U1", value=said)) == typed, said


def test_nobody_is_asked_whether_they_meant_what_they_may_not_do(led: World) -> None:
    for word in ("setpu", "rulse", "releas", "aproove", "remmind", "why-nto", "hodl"):
        assert "Did you mean" not in led.outsider.types(f"/reverse-mentor {word}").text, word
    assert "Did you mean `/reverse-mentor release`?" in led.lead.types("/reverse-mentor releas").text
    assert "Did you mean `/reverse-mentor setup`?" in led.admin.types("/reverse-mentor setpu").text


def test_words_that_merely_share_letters_are_not_meant(led: World) -> None:
    for word in ("hi5", ":wave:", "delete", "forget", "whatever", "i"):
        assert "Did you mean" not in led.lead.types(f"/reverse-mentor {word}").text, word


@given(st.sampled_from(sorted(helping.open_to(False, False))), st.data())
def test_a_slip_of_the_finger_is_known(word: str, data: st.DataObject) -> None:
    if len(word) > 3:
        place = data.draw(st.integers(0, len(word) - 2))
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        assert words.nearest(swapped, helping.open_to(False, False)) == word


def test_greetings_are_answered_in_kind(led: World) -> None:
    for text in ("hello", "Hi!", "thanks"):
        answer = led.outsider.types(f"/reverse-mentor {text}").text
        assert answer.startswith("Hello! `/reverse-mentor help`"), text


def test_a_word_of_leads_is_ones_own_for_everybody_else(led: World) -> None:
    ana = led.joins("Ana Example")
    assert "You are in no pair" in ana.types("/reverse-mentor pair").text
    assert "Only the program's leads" not in ana.types("/reverse-mentor end").text
    assert "Only the program's leads" in ana.types("/reverse-mentor end 12").text
    ana.types("/reverse-mentor skills")
    assert ana.waits_for_modal().callback_id == "profile"
    ana.closes_modal()
    ana.types("/reverse-mentor settings")
    assert ana.waits_for_modal().callback_id == "profile"
    led.admin.types("/reverse-mentor settings")
    assert led.admin.waits_for_modal().callback_id == "setup"
    assert "Say which pair by its number" in led.lead.types("/reverse-mentor end").text


def test_leaving_in_other_words_still_asks(led: World) -> None:
    ana = led.joins("Ana Example")
    for text in ("stop", "unsubscribe", "remove me", "quit"):
        assert "Would you like to leave" in ana.types(f"/reverse-mentor {text}").text
    assert "You take part." in ana.types("/reverse-mentor status").text


def test_every_word_open_to_everybody_exists() -> None:
    assert set(Word) | ALIASES >= helping.open_to(True, True)
    assert helping.open_to(False, False) < helping.open_to(True, True)
