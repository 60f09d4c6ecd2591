"""What people write to the bot in their direct message: a word there acts like the command with that text.

Nothing of it is kept: the text is read, answered and let go. Slack hears that a message arrived when that is done, or
when time runs out: what stops before is sent again.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers import acts, checkins, command, errors, parting, payloads, sayings, words
from handlers.ids import Action, Callback, Word
from handlers.in_time import Answer
from handlers.payloads import Body
from handlers.replying import (
    REFUSED_BLOCKS,
    SLACK_TROUBLE,
    Asked,
    as_answer,
    slack_error,
    trouble_words,
)
from handlers.services import Services
from handlers.views import Rendered, direct
from handlers.views import help as helping
from handlers.words import Line
from mentoring.errors import NoProgram, NotEnrolled
from program import acting, members, programs
from program import written as earlier
from program.written import Comes

REMEMBERED = 2000
"""So many of the newest messages are known again: Slack repeats an event for some minutes until it is acknowledged."""

_MAY_BE_A_SENTENCE = frozenset(
    {Word.STATUS, Word.RESUME, Word.PENDING, Word.REVIEW, Word.MATCH, Word.INTRODUCE, Word.SETUP, Word.SKILLS}
    | {
        Word.HR,
        Word.HELP,
        Word.CALLS,
        Word.READY,
        Word.REMIND,
        Word.SKIP,
        Word.IN,
        Word.SAY_YES,
        Word.NOT_THIS_TIME,
        Word.AGREE,
        Word.GUIDES,
        Word.WISHES,
        "join",
        "profile",
        "settings",
    }
)
"""Words that stand alone: with more behind them, somebody writes a sentence and does not ask for that."""

_OR_NUMBERED = frozenset({Word.INTRODUCE, Word.SAY_YES, Word.NOT_THIS_TIME})
"""Of these, some may have a pair's number behind them."""

_ABOUT_A_PAIR = frozenset({Word.UNDO, Word.HOLD, Word.RELEASE, Word.END, Word.REST, Word.TIMES, Word.KEEP})
"""Words that people begin sentences with, and that are meant only with a pair's number behind them."""

_FORMS = {
    Callback.PROFILE: ("Open my profile", Action.JOIN),
    Callback.SETUP: ("Open the settings", Action.SETUP),
    Callback.REVIEW: ("Review pairs", Action.REVIEW),
    Callback.WHY_NOT: ("Why not these two?", Action.WHY_NOT),
    Callback.GUIDES: ("Open the guides", Action.GUIDES),
    Callback.WHY_ENDED: ("Say why", Action.WHY_ENDED),
}

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Listen to messages; Slack sends those of the bot's own direct messages and no others."""
    hear = partial(heard, services, Once(), app.listener_runner.listener_executor)
    app.event("message", middleware=[hear])(_done)


class Once:
    """Remembers by their names which messages were answered."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def first(self, name: str) -> bool:
        """Whether this is the first time; a message without a name is always new."""
        with self._lock:
            if name in self._known:
                return False
            if name:
                self._known[name] = None
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return True


@dataclass(frozen=True, slots=True)
class Written(Asked):
    """A message on its way to an answer in the same conversation; `stamp` is its microsecond, where that is known."""

    stamp: int | None = None

    def takes_longer(self) -> None:
        """Nobody waits for an acknowledgment: Slack got it already."""

    def say(self, reply: Rendered, *, instead: bool = False) -> None:  # noqa: ARG002 - what was written stays
        """Answer where it was written. What Slack does not take is logged: an answer is never sent twice."""
        try:
            self._post(reply)
        except SLACK_TROUBLE as trouble:
            log.warning("an answer could not be shown: %s", trouble_words(trouble))

    def _post(self, reply: Rendered) -> None:
        self.client.chat_postMessage(
            channel=self.act.channel,
            thread_ts=self.act.thread or None,
            text=reply.text,
            blocks=as_answer(reply.blocks),
        )

    def say_or_plainly(self, rich: Rendered, plain: Rendered) -> None:
        """Answer with a block that not every Slack has, or plainly where it is refused: then nothing was posted."""
        try:
            self._post(rich)
        except SlackApiError as refused:
            if not slack_error(refused).startswith(REFUSED_BLOCKS):
                log.warning("an answer could not be shown: %s", trouble_words(refused))
                return
            self.say(plain)
        except SLACK_TROUBLE as trouble:
            log.warning("an answer could not be shown: %s", trouble_words(trouble))

    def open(self, view: dict[str, Any]) -> None:
        """Only a press opens a form, so the answer is the button for it; it carries the skills that were typed."""
        label, action = _FORMS[Callback(view["callback_id"])]
        line = words.read(self.act.value, command.COMMANDS)
        typed = f"{line.word} {line.rest}" if line.word in (Word.SHARE, Word.LEARN) and line.rest else ""
        self.say(direct.opens(label, action, typed))


def heard(
    services: Services,
    once: Once,
    executor: Executor,
    ack: Ack,
    body: Body,
    client: WebClient,
    next_: Callable[[], None],
) -> None:
    """Answer a person's message, once; everything else that is a message event is passed over.

    Bolt acknowledges an event before its listener, so this is done on the way to it.
    """
    found = payloads.written(body)
    if found is not None and once.first(found[1]):
        act, _, stamp = found
        left = services.watch.look_ups()
        here, answer = services.within(left), Answer(ack, act, left, _nobody_waits)
        done = executor.submit(_hear, Written(here, client, answer, act, stamp=stamp))
        wait([done], timeout=services.watch.answer_within)
    next_()


def _done() -> None:
    """Whatever there was to do was done on the way here."""


def _nobody_waits(_how: object) -> None:
    """Say nothing: a message is answered by a message."""


def _hear(written: Written) -> None:
    services, outcome = written.services, acts.DONE
    noted = services.acts.begun(written.ack.id, written.act)
    with acting.following(written.ack.id):
        try:
            _answer_in_order(written)
        except Exception as error:  # noqa: BLE001  # the last line of defense; what is unknown is logged whole
            outcome = errors.outcome_of(error)
            written.say(errors.told_as(services, error, written.act))
        noted(outcome)


def _answer_in_order(written: Written) -> None:
    """Do what is new, and keep where it stands: what was done in an earlier life is not done again.

    What comes after something newer of theirs is not done, because that may have taken it back.
    """
    if written.stamp is None:
        _answer(written)
        return
    here = written.ctx, written.act.channel, written.stamp
    comes = earlier.comes(*here)
    if comes is not Comes.AGAIN and _answer(written, late=comes is Comes.LATE):
        earlier.answered(*here)


def _answer(written: Written, late: bool = False) -> bool:
    """Answer it; tells whether it was a word that does something. Of all other messages, nothing is kept anywhere."""
    text = written.act.value
    line = sayings.read(text, command.COMMANDS)
    if _is_a_line(text, line):
        if late and not words.calls_for_help(text):
            written.say(direct.came_late(text))
        else:
            command.perform(written, line)
        return True
    if words.calls_for_help(text):
        checkins.offer_help(written)
    else:
        written.say(_kindly(written, line.word))
    return False


def _is_a_line(text: str, line: Line) -> bool:
    """Whether it is meant for the bot, and not a sentence that begins with a word of ours."""
    numbered = words.numbered(line.rest)[0]
    sentence = line.word in _MAY_BE_A_SENTENCE and not words.alone(line.rest)
    sentence = sentence and not (line.word == Word.HELP and helping.is_section(line.rest))
    sentence = sentence and not (line.word in _OR_NUMBERED and numbered)
    sentence = sentence or (line.word == Word.REPORT and not words.alone(re.sub(r"[0-9]+", "", line.rest)))
    sentence = sentence or (line.word in _ABOUT_A_PAIR and not numbered)
    sentence = sentence or (line.word == Word.PARTNER and not parting.is_meant(line.rest))
    return bool(text.strip()) and not sentence and command.is_known(text, line)


def _kindly(written: Written, word: str) -> Rendered:
    """What one can do here, for somebody in the program, outside it, or where there is none."""
    if programs.find(*written.by) is None:
        raise NoProgram
    near = command.near(written, word)
    try:
        members.status(*written.by)
    except NotEnrolled:
        return direct.not_understood(False, near)
    return direct.not_understood(True, near)
