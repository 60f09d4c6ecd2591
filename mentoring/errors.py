"""What can go wrong in a program: one class for each thing, with the sentence that a person reads about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from mentoring import sentences
from mentoring.pairings import Because, Pair


class ProgramError(Exception):
    """Something in the program does not allow what was asked; each kind of it is a class with `words` of its own."""

    words: ClassVar[str]
    """The whole sentence in US English, with the names of the error's fields where they are put in."""

    def __init__(self) -> None:
        """Begin without any field, and never with a sentence: another sentence is another class."""
        super().__init__()

    @property
    def sentence(self) -> str:
        """The sentence for the person who asked."""
        return self.words.format_map(vars(self))

    def __str__(self) -> str:
        return self.sentence


class ForOthers(ProgramError):
    """Other people can do that."""

    def __init__(self, leads: Sequence[str] = ()) -> None:
        """Keep the program's leads, so that the reader can be told whom to ask."""
        super().__init__()
        self.leads = tuple(leads)


class NoProgram(ProgramError):
    """The workspace has no program."""

    words = "There is no mentoring program here yet. Ask a workspace admin to start one with `/reverse-mentor setup`."


class NotEnrolled(ProgramError):
    """Whoever asked is no member of the program."""

    words = "You are not in the program yet. Type `/reverse-mentor` to join."


class NotAllowed(ForOthers):
    """Whoever asked is no lead."""

    words = "Only the program's leads can do that."


class AdminsOnly(ForOthers):
    """Whoever asked is neither an admin nor a lead."""

    words = "Only workspace admins and the program's leads can set up the program."


class NoSuchPair(ProgramError):
    """The program has no pair of that number."""

    words = "There is no pair with that number here."


class AlreadyDecided(ProgramError):
    """The pair was decided on before, or has gone further."""

    words = "This pair is not waiting for a decision any more."

    def __init__(self, pair: Pair) -> None:
        """Keep the pair as it stands now, so that the reader can be told who decided what."""
        super().__init__()
        self.pair = pair


class PairBroken(ProgramError):
    """Something changed since the pair was proposed, so that it breaks a hard rule."""

    words = "Pair {number} is no longer possible. {why}"

    def __init__(self, number: int, because: Because) -> None:
        """Keep the pair's number, and why it cannot be."""
        super().__init__()
        self.number, self.because = number, because

    @property
    def sentence(self) -> str:
        """What changed, after the pair's number: a lead may have asked about several."""
        return self.words.format(number=self.number, why=sentences.because(self.because))


class NoSuchWord(ProgramError):
    """No word that was taken for another skill is spelled like that."""

    words = (
        "No word like that counts as another skill here. Type `/reverse-mentor skills` to see those that do."
    )


class UnknownWord(ProgramError):
    """Nobody brought a word that is spelled like that."""

    words = "Nobody here uses a word like that. Type `/reverse-mentor skills` to see the words that people brought."


class NothingToMatch(ProgramError):
    """The program has no members."""

    words = "Nobody is enrolled yet, so there is nobody to pair. People join by typing `/reverse-mentor`."


class NothingToIntroduce(ProgramError):
    """The cycle has no approved pair."""

    words = "No approved pair is waiting for its introduction. `/reverse-mentor pending` lists those you can approve."


class MatchingBusy(ProgramError):
    """The cycle was matched, or its pairs were decided on, while this matching was computed."""

    words = (
        "Another lead changed this cycle's pairs just now. "
        "Please look at them in the leads' channel, then try again."
    )


class NoCheckIn(ProgramError):
    """Whoever asked has no question to answer."""

    words = "You have no check-in to answer right now. It comes once a week while you are in a pair."


class PairIsOver(NoCheckIn):
    """The question was about a pair that has ended."""

    words = "This pair has ended, so there is nothing to answer any more. Thank you."


class AnsweredTwice(NoCheckIn):
    """Two answers to the same question met."""

    words = "Two answers came at the same moment. Please tap once more."


class CycleBegun(ProgramError):
    """Somebody says whether they are in for a cycle that is not to come any more."""

    words = (
        "That cycle has begun, so it is too late to say so. `/reverse-mentor status` shows where you stand."
    )


class TakesPartAlready(ProgramError):
    """Somebody who is in the program says that they do not want to come back."""

    words = "You take part already, and that stays so."


class NoSuchMessage(ProgramError):
    """No message of that number waits for word whether it arrived, or not from this lead."""

    words = "That message is not known here any more."


class AlreadySettled(ProgramError):
    """It was said before whether the message arrived."""

    words = "Somebody else has settled this already. Thank you for looking."

    def __init__(self, by: str = "", what: str = "") -> None:
        """Keep who settled it and how, where somebody did."""
        super().__init__()
        self.by, self.what = by, what


class SettledForThem(ProgramError):
    """The other of a pair, or somebody who looks after it, has said otherwise about their introduction."""

    words = "{told}"

    def __init__(self, arrived: bool = True) -> None:
        """Keep what was said first: that it arrived, or that it is to be sent again."""
        super().__init__()
        self.arrived = arrived

    @property
    def sentence(self) -> str:
        """What that means for whoever says it second."""
        return _IT_IS_THERE if self.arrived else _IT_COMES_AGAIN


_IT_IS_THERE = (
    "Thank you. Somebody has found the introduction by now, so I do not send another one. "
    "Please look among your direct messages for a conversation with your partner and me."
)
_IT_COMES_AGAIN = (
    "Thank you. I have sent the introduction again by now, so you may find it twice. There is nothing to do."
)


class CaseTaken(ProgramError):
    """Somebody else looks after that pair's introduction."""

    words = "Somebody else looks after this already."

    def __init__(self, owner: str = "") -> None:
        """Keep who it is."""
        super().__init__()
        self.owner = owner


class Invalid(ProgramError):
    """Answers in a form cannot be taken as they are."""

    words = "{sentences}"

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep one sentence per field, keyed by the field's name in the form's draft."""
        super().__init__()
        self.fields = dict(fields)
        self.sentences = " ".join(fields.values())
