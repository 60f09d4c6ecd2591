"""Ways out, by clicking: a break until a day, skipping a cycle, ending a pair for nobody to know why, and leaving."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.stage import Stage
from sandbox.browser import Visitor
from tests.browser.company import LEADS, is_paired, joins

UNTIL = "2027-01-29"
BREAK = "@Mia Mentor is taking a break"
CLOSED = "has closed your pair with @Max Mentee"
WHY = "Our diaries never met."


def home_of(visitor: Visitor, name: str) -> Locator:
    """Somebody's Home."""
    visitor.acts_as(name)
    visitor.goes_to("Home")
    return visitor.page.locator("#home")


def messages_of(visitor: Visitor, name: str) -> None:
    """What the program wrote to somebody."""
    visitor.acts_as(name)
    visitor.goes_to("Messages")


def confirms(visitor: Visitor, question: str, words: str) -> None:
    """Press a button of the dialog that asks before something is done."""
    asked = visitor.page.locator("dialog.confirm")
    expect(asked).to_contain_text(question)
    visitor.presses(words, asked)
    expect(asked).to_have_count(0)


def takes_a_break(visitor: Visitor) -> None:
    home = home_of(visitor, "Mia Mentor")
    expect(home).to_contain_text("You teach @Max Mentee")
    home.locator("input[type=date]").fill(UNTIL)
    confirms(visitor, "Pause until that day?", "Pause")
    expect(home).to_contain_text("You are paused until January 29, 2027.")
    expect(home.get_by_role("button", name="Take part again")).to_be_visible()


def chooses_in_one_tap(visitor: Visitor) -> None:
    """Whoever is left waits, or rests, and may think again; somebody new would end the pair, and that is said."""
    messages_of(visitor, "Max Mentee")
    visitor.sees(f"{BREAK} from Learning upwards. Your pair stays.")
    asked = visitor.messages.filter(has_text=BREAK)
    expect(asked).to_contain_text("not who wished so, and not why")
    for words, told in (
        ("Wait", "You wait for @Mia Mentor, and your pair stays as it is."),
        ("Rest until the next cycle", "If @Mia Mentor is back before that, your pair goes on."),
    ):
        visitor.presses(words, asked)
        expect(asked).to_contain_text(told)
    expect(asked.get_by_role("button", name="Find somebody new")).to_be_visible()


def it_ends_by_itself(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.moves_time("A week")
    visitor.moves_time("A day")
    expect(visitor.page.locator("#messages")).not_to_contain_text("goes on in Learning upwards")
    for _ in range(4):
        visitor.moves_time("A day")
    visitor.sees("Your pair with @Mia Mentor goes on in Learning upwards.")
    messages_of(visitor, "Mia Mentor")
    visitor.sees("Your break in Learning upwards is over, and you take part again.")
    visitor.sees("Your pair with @Max Mentee goes on.")
    expect(home_of(visitor, "Mia Mentor").get_by_role("button", name="Pause", exact=True)).to_be_visible()


def pauses_and_is_back_at_once(visitor: Visitor) -> None:
    home = home_of(visitor, "Max Mentee")
    visitor.presses("Pause", home)
    expect(home).to_contain_text("You are paused.")
    visitor.presses("Take part again", home)
    expect(home).to_contain_text("You take part.")
    expect(home.get_by_role("button", name="Take part again")).to_have_count(0)


@pytest.mark.slow
def test_a_break_ends_by_itself_and_the_partner_chooses_meanwhile(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    is_paired(visitor)
    takes_a_break(visitor)
    chooses_in_one_tap(visitor)
    it_ends_by_itself(visitor)
    pauses_and_is_back_at_once(visitor)
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []


def ends_the_pair(visitor: Visitor) -> None:
    """On Home, in two taps; and why, which nobody reads."""
    home = home_of(visitor, "Max Mentee")
    visitor.presses("End this pair", home)
    confirms(visitor, "not who wished so, and not why", "End the pair")
    expect(visitor.modal).to_contain_text("Your pair with @Mia Mentor is over.")
    visitor.presses("Say why", visitor.modal)
    visitor.field("Why did you end it?").fill(WHY)
    visitor.submits()
    expect(visitor.modal).to_contain_text("I show it to nobody.")
    visitor.presses("Close", visitor.modal)


def reads_that_it_is_closed(visitor: Visitor) -> None:
    """The other reads what everybody reads whose pair is closed, and is back in the pool by one tap."""
    messages_of(visitor, "Mia Mentor")
    visitor.sees(CLOSED)
    closed = visitor.messages.filter(has_text=CLOSED)
    visitor.presses("Find somebody new", closed)
    expect(closed).to_contain_text("I look for somebody new for you.")
    expect(visitor.page.locator("#messages")).not_to_contain_text(WHY)


def leads_read_why_once_they_may(visitor: Visitor) -> None:
    """Not before its author ticks the box, which can be done later as well."""
    messages_of(visitor, "Lea Leader")
    expect(visitor.page.locator("#messages")).not_to_contain_text("has ended pair 1")
    messages_of(visitor, "Max Mentee")
    visitor.writes("/reverse-mentor partner why 1")
    expect(visitor.field("Why did you end it?")).to_have_value(WHY)
    visitor.ticks("The program's leads may read this")
    visitor.submits()
    expect(visitor.modal).to_contain_text(
        "I show it to leads who are not in the pair, and never your partner."
    )
    visitor.presses("Close", visitor.modal)
    visitor.moves_time("A day")
    messages_of(visitor, "Lea Leader")
    visitor.sees("One of the two has ended pair 1")
    visitor.sees(WHY)
    messages_of(visitor, "Mia Mentor")
    expect(visitor.page.locator("#messages")).not_to_contain_text(WHY)


def meets_somebody_new(visitor: Visitor) -> None:
    """A mentee joins who fits, and Mia has a partner again in the same cycle."""
    joins(visitor, "Pit Mentee", "Learn from others, as a mentee", "VP", "AI tools")
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("Next event")
    visitor.presses("Approve", visitor.messages.filter(has_text="@Pit Mentee"))
    visitor.moves_time("A day")
    visitor.acts_as("Mia Mentor")
    visitor.goes_to("Pit Mentee")
    visitor.sees("Welcome, @Mia Mentor and @Pit Mentee.")


def skips_and_leaves(visitor: Visitor) -> None:
    """One cycle goes by without her, which she takes back; and then she is out, and Pit reads a neutral word."""
    home = home_of(visitor, "Mia Mentor")
    visitor.presses("Skip cycle 2", home)
    expect(home).to_contain_text("You skip cycle 2. You are back in the one after it by yourself.")
    visitor.presses("Take part in cycle 2", home)
    expect(home).not_to_contain_text("You skip cycle 2")
    visitor.presses("Leave", home)
    confirms(visitor, "Leave the program?", "Leave")
    expect(home.get_by_role("button", name="Join the program")).to_be_visible()
    visitor.moves_time("A day")
    messages_of(visitor, "Pit Mentee")
    visitor.sees("Learning upwards has closed your pair with @Mia Mentor.")


@pytest.mark.slow
def test_a_pair_ends_for_nobody_to_know_why_and_whoever_is_left_meets_somebody_new(
    page: Page, stage: Stage
) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    is_paired(visitor)
    ends_the_pair(visitor)
    reads_that_it_is_closed(visitor)
    leads_read_why_once_they_may(visitor)
    meets_somebody_new(visitor)
    skips_and_leaves(visitor)
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []
