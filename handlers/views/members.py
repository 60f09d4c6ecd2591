"""What the bot says to one member in a direct message."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.faces import stand_for
from handlers.views.parting import alone_parts
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, beside, button, buttons, note, rendered, say
from handlers.views.text import agreeing, date_token, escape, mention, mentions, typed
from mentoring.care import PairRests
from mentoring.days import full_day
from mentoring.messages import Back, PairClosed, PairGoesOn, SilencePause, Welcome
from mentoring.people import Role, Standing

_ROLES = {
    Role.SHARE: "You share what you know, as a mentor.",
    Role.LEARN: "You learn from somebody earlier in their career, as a mentee.",
    Role.BOTH: "You share what you know, and you learn.",
}
NO_LEVEL = "Your profile has no level yet. Without one the leads cannot pair you, so please choose yours."


def profile_button() -> Part:
    """The way to one's own profile."""
    return buttons(button("Open my profile", Action.JOIN), instead=f"Or type {typed()}.")


def prepare_part(where: str = "") -> Part:
    """The way to the cards of the preparation."""
    words = f"*Please prepare:* five short cards about what to expect, and what this is not. {where}".rstrip()
    return beside(words, button("Open the cards", Action.PREPARE), "You find them on my Home tab, too.")


def resume_button() -> Part:
    """The way back from a pause."""
    back = button("Take part again", Action.RESUME, style="primary")
    return buttons(back, instead=f"Or type {typed(Word.RESUME)}.")


def welcome(content: Welcome) -> Rendered:
    """They are in; what happens next, whom to ask, and how to change or leave."""
    if content.left:
        return gone(content.program)
    if content.next_intro is None:
        return _welcomed(content)
    look = (
        "The program's leads look for a good partner for you."
        if content.has_level
        else "Once your profile has a level, the program's leads look for a good partner for you."
    )
    return _are_in(
        content,
        say(
            f"*What happens next*\n{look}",
            f"The next introductions are on {date_token(content.next_intro, content.time_zone)}.",
            "Until then there is nothing to do." if content.has_level and content.prepared else "",
            _questions(content),
            stand_for(content.sponsor, content.junior_champion),
        ),
    )


def _welcomed(content: Welcome) -> Rendered:
    """The same after the introductions to which it looked forward."""
    stand = f"{typed(Word.STATUS)} shows where you stand, and when the next introductions are."
    faces = stand_for(content.sponsor, content.junior_champion)
    return _are_in(content, say(stand, _questions(content), faces))


def _questions(content: Welcome) -> str:
    return f"Questions? {mentions(content.leads)} will be glad to help." if content.leads else ""


def _are_in(content: Welcome, what_next: Part) -> Rendered:
    return rendered(
        say(f"You are in *{escape(content.program, PROGRAM_MAX)}*. {_ROLES[content.role]}"),
        None if content.has_level else say(NO_LEVEL),
        None if content.has_level else profile_button(),
        None if content.prepared else prepare_part(),
        what_next,
        note(
            "I cannot read what you and your partner say to each other.",
            "I learn that you met because you tell me, with a button or a word.",
            f"To pause or leave, type {typed(Word.PAUSE)} or {typed(Word.LEAVE)}.",
        ),
        profile_button() if content.has_level else None,
    )


def gone(program: str) -> Rendered:
    """What is left of a message to somebody who has left."""
    return rendered(
        say(f"You have left *{escape(program, PROGRAM_MAX)}*. You are welcome back at any time:"),
        buttons(button("Join again", Action.JOIN), instead=f"Or type {typed()}."),
    )


def silence_pause(content: SilencePause) -> Rendered:
    """A pause after three silent weeks with a way back, or the thanks for coming back."""
    program = escape(content.program, PROGRAM_MAX)
    if content.standing is Standing.LEFT:
        return gone(content.program)
    if content.standing is Standing.ACTIVE:
        return rendered(say(f"Welcome back. You take part in *{program}* again."))
    if not content.silent:
        return rendered(say(f"You have paused *{program}*."), resume_button())
    return rendered(
        say(
            f"Three weeks of check-ins have stayed without an answer, so I have paused *{program}* for you.",
            "That is fine: people get busy.",
            "While you are paused, nobody new is paired with you and I do not ask anything.",
            _pairs_stay(content.partners),
        ),
        say("You can come back whenever it suits you."),
        resume_button(),
    )


def back(content: Back) -> Rendered:
    """Whether somebody takes part again after an absence, or what they answered."""
    program = escape(content.program, PROGRAM_MAX)
    if content.asks:
        paused = content.standing is Standing.PAUSED
        return rendered(
            say(
                f"Good to see you again. Take part again in *{program}*, with your profile as it was?",
                "You were paused, and would be again." if paused else "",
            ),
            buttons(
                button("Take part again", Action.COME_BACK, style="primary"),
                button("No, thank you", Action.STAY_OUT),
                instead=f"Or type {typed(Word.RESUME)} or {typed(Word.LEAVE)}.",
            ),
        )
    if content.standing is None:
        return rendered(say(f"You do not take part in *{program}*. You are welcome at any time: {typed()}."))
    return rendered(say(*is_back(program, content.standing, content.partners)))


def is_back(program: str, standing: Standing, partners: Sequence[str]) -> tuple[str, str]:
    """How somebody stands who is back: two sentences about a program whose name is escaped already."""
    paired = f"You are in a pair with {mentions(partners)}." if partners else "You are in no pair right now."
    if standing is Standing.PAUSED:
        return (
            f"You are in *{program}* again, and paused as before. {typed(Word.RESUME)} ends the pause.",
            paired,
        )
    return f"Welcome back. You take part in *{program}* again.", paired


def pair_goes_on(content: PairGoesOn) -> Rendered:
    """In neutral words: a pair that was closed is one again."""
    partner, program = mention(content.partner_id), escape(content.program, PROGRAM_MAX)
    if content.mate:
        goes_on = f"{partner} is in your group in *{program}* again. You do not need to do anything."
        ended = f"{partner} was in your group in *{program}* again, and has left it since."
        return rendered(say(ended if content.over else goes_on))
    if content.over:
        return rendered(say(f"Your pair with {partner} in *{program}* has ended since."))
    return rendered(
        say(f"Your pair with {partner} goes on in *{program}*. You do not need to do anything."),
        say(f"{typed(Word.STATUS)} shows where you stand."),
    )


def pair_rests(content: PairRests) -> Rendered:
    """In neutral words: nobody is asked about this pair until a day."""
    partner, program = mention(content.partner_id), escape(content.program, PROGRAM_MAX)
    if content.over:
        return rendered(say(f"Your pair with {partner} in *{program}* has ended since."))
    if content.until is None:
        return rendered(
            say(f"Your pair with {partner} in *{program}* goes on. You do not need to do anything.")
        )
    return rendered(
        say(
            f"*{program}* lets your pair with {partner} rest until {full_day(content.until)}.",
            "You do not need to do anything: I do not ask about it before then.",
        ),
        say(f"You two can talk all the same, whenever you like. {typed(Word.STATUS)} shows where you stand."),
    )


_PAIR_STAYS = (
    "You are in a pair with {partners}. I tell your partner only that you are taking a break, and they can wait "
    "for you or have somebody new looked for."
)
_PAIRS_STAY = (
    "You are in pairs with {partners}. I tell them only that you are taking a break, and they can wait for you "
    "or have somebody new looked for."
)
_LISTED = "Once a week I list in the leads' channel whom I paused"


def _pairs_stay(partners: tuple[str, ...]) -> str:
    """What a pause means for the pairs that somebody is in, and who hears of it."""
    if not partners:
        return f"{_LISTED}; everybody in it reads that."
    stay = agreeing(len(partners), _PAIR_STAYS, _PAIRS_STAY, partners=mentions(partners))
    return f"{stay} {_LISTED}, and who is in a pair with them; everybody in it reads that, also a partner."


def pair_closed(content: PairClosed) -> Rendered:
    """In neutral words: this pair is over, and what that means for them."""
    if content.mate:
        return _mate_left(content)
    if content.goes_on:
        program, partner = escape(content.program, PROGRAM_MAX), mention(content.partner_id)
        return rendered(say(f"*{program}* had closed your pair with {partner}. It goes on now."))
    return rendered(
        say(
            f"*{escape(content.program, PROGRAM_MAX)}* has closed your pair",
            f"with {mention(content.partner_id)}. You do not need to do anything.",
        ),
        say(_group_goes_on(content)) if content.together else None,
        *(alone_parts(content.alone) if content.alone else [say(_AGAIN)]),
    )


_AGAIN = f"You can be paired again in the next cycle. {typed(Word.STATUS)} shows where you stand."


def _mate_left(content: PairClosed) -> Rendered:
    """In neutral words: another mentor is not in the group any more, or is again."""
    partner, program = mention(content.partner_id), escape(content.program, PROGRAM_MAX)
    if content.goes_on:
        return rendered(say(f"{partner} had left your group in *{program}*, and is in it again."))
    told = f"{partner} is no longer in your group in *{program}*. You do not need to do anything."
    return rendered(say(told), say(_group_goes_on(content)) if content.together else None)


def _group_goes_on(content: PairClosed) -> str:
    return f"You go on with {mentions(content.together)}, in the same conversation."
