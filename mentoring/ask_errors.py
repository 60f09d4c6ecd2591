"""What can go wrong with the question before an introduction, with the sentence that a person reads about it."""

from __future__ import annotations

from mentoring.errors import ProgramError


class OnlyAsked(ProgramError):
    """Every approved pair waits for its mentee's answer."""

    words = (
        "Every approved pair waits for its mentee's answer, so none is introduced now. "
        "`/reverse-mentor introduce 12` introduces pair 12 anyway."
    )


class NoQuestion(ProgramError):
    """Nobody asks this person anything about an introduction, or about more than one and they named none."""

    words = (
        "I do not know which question you mean. The number is in the message in which I asked, "
        "like `/reverse-mentor say-yes 12`."
    )


class QuestionIsOver(ProgramError):
    """The question before an introduction is not asked any more."""

    words = "That question is not open any more, so there is nothing to answer. Thank you."
