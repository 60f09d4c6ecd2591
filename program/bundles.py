"""One question to somebody for many messages of unknown fate: while it stands unanswered, more are added to it."""

from __future__ import annotations

from mentoring.messages import Kind, to_person
from program.act import Act
from storage.outbox import doubts, letters
from storage.outbox.letters import Letter


def ask(act: Act, row_id: int, person_id: str, asked: bool) -> None:
    """Ask somebody about a message, in the question that they have not answered yet if there is one.

    What somebody `asked` for is said at once, also outside working time.
    """
    tx, program = act.tx, act.program
    if any(_goes_to(person_id, one) for one in doubts.about(tx, program.id, row_id)):
        return
    question = doubts.standing(tx, program.id, person_id)
    if question is None:
        act.say_again(to_person(Kind.UNCONFIRMED, row_id, person_id), asked)
        said = letters.about(tx, program.id, Kind.UNCONFIRMED, row_id)
        question = next(one for one in said if one.notice.reader == person_id)
    doubts.add(tx, question, row_id)
    if asked:
        doubts.at_once(tx, question, act.now)


def _goes_to(person_id: str, question: Letter) -> bool:
    """Whether somebody has, will have or may have this question."""
    return question.notice.reader == person_id and (question.posted or question.state in doubts.GOES_ON)
