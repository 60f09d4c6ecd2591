"""What can go wrong in a program: one class for each thing, with the sentence that a person reads about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from mentoring import sentences
from mentoring.matching import Broken, said
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


class NotToUndo(AlreadyDecided):
    """There is no decision that could be taken back: none was made, or the introduction is on its way."""

    words = "There is no decision on this pair that could be undone."


class NotRunning(AlreadyDecided):
    """Only a pair that was introduced can be ended or rest."""

    words = "Only a pair that was introduced can be ended, or rest."


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


class NoSuchDispute(ProgramError):
    """HR and that person say the same by now, or something else than they did."""

    words = "That is settled, or has changed since. Type `/reverse-mentor hr` to see what waits for you now."


class AlreadyRuled(ProgramError):
    """Another lead decided whose word counts."""

    words = "Another lead has decided that already. Thank you for looking."


class NoSuchInvitation(ProgramError):
    """The program has no invitation of that number."""

    words = "There is no invitation with that number here. `/reverse-mentor invite` lists those there are."


class RemindedBefore(ProgramError):
    """People were reminded of the invitation already."""

    words = "People were reminded of this invitation already, and one reminder is all that they get."


class TooManyToRehearse(ProgramError):
    """More people take part than can be rehearsed while somebody waits."""

    words = (
        "{members} people take part, and running ahead with so many takes minutes. Whoever runs this bot gets the "
        "whole list with `python -m bot rehearse`."
    )

    def __init__(self, members: int = 0) -> None:
        """Keep how many take part."""
        super().__init__()
        self.members = members


class StillHere(ProgramError):
    """Somebody who is to be erased from the audit log takes part or leads."""

    words = (
        "Who takes part or leads a program stays in its log, because leads look up there who decided. "
        "Let them leave first; a lead is taken out of the leads."
    )


class NoReport(ProgramError):
    """The cycle with that number has not ended, or there is none."""

    words = (
        "There is no report on cycle {number}: a report is made when a cycle ends. "
        "`/reverse-mentor report` alone shows the last one."
    )

    def __init__(self, number: int = 0) -> None:
        """Keep the number that was asked for."""
        super().__init__()
        self.number = number


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


class PairNotYours(ProgramError):
    """Whoever asked is not one of that pair, or did not end it."""

    words = "That is no pair of yours. `/reverse-mentor partner` shows those that you are in."


class NoChoiceLeft(ProgramError):
    """Something has changed since the question was asked, or the pair is over."""

    words = (
        "There is nothing left to choose about that pair. `/reverse-mentor partner` shows how it stands now."
    )


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


class NoSuchCall(ProgramError):
    """There is no call for help of that number, or it is none that this person was told of."""

    words = "There is no call for help with that number here. `/reverse-mentor calls` lists those that wait."


class CallTaken(ProgramError):
    """Somebody else looks after that call for help."""

    words = "Somebody else has taken this already. Thank you."

    def __init__(self, owner: str = "") -> None:
        """Keep who it is."""
        super().__init__()
        self.owner = owner


class CallIsOver(ProgramError):
    """Somebody was done with that call for help."""

    words = "This call for help is done already, so there is nothing left to do. Thank you."

    def __init__(self, done_by: str = "") -> None:
        """Keep who was done with it."""
        super().__init__()
        self.done_by = done_by


class NoSuchSwap(ProgramError):
    """A pair that shares nobody with the one in whose place it should be."""

    words = "I do not know that choice any more. Please look at the list again and choose from it."


class NotMembers(ProgramError):
    """Somebody whom a lead named takes no part in the program, or named the same person twice."""

    words = "Please name two different people who take part in the program. Both have to have joined, and not be away."

    def __init__(self, people: Sequence[str] = ()) -> None:
        """Keep whom that concerns."""
        super().__init__()
        self.people = tuple(people)


class CannotPair(ProgramError):
    """Rules that cannot be bent stand between two people, or a lead asked never to pair them."""

    words = "These two cannot be a pair. {why}"

    def __init__(self, broken: Sequence[Broken] = (), forbidden: bool = False) -> None:
        """Keep the rules, as far as leads may read them."""
        super().__init__()
        self.broken, self.forbidden = tuple(broken), forbidden

    @property
    def sentence(self) -> str:
        """What stands against it."""
        why = _FORBIDDEN if self.forbidden else " ".join(map(said.broken, self.broken))
        return self.words.format(why=why)


_FORBIDDEN = (
    "A lead asked that they are never paired. `/reverse-mentor wishes` lists that, and takes it back."
)


class NeedsReason(ProgramError):
    """Rules of the program have to be bent for a pair, and no reason is given."""

    words = "{why} You can pair them all the same. Say why: the reason is kept on record."

    def __init__(self, broken: Sequence[Broken] = ()) -> None:
        """Keep the rules."""
        super().__init__()
        self.broken = tuple(broken)

    @property
    def sentence(self) -> str:
        """Which rules, and what to do."""
        return self.words.format(why=" ".join(map(said.broken, self.broken)))


class Invalid(ProgramError):
    """Answers in a form cannot be taken as they are."""

    words = "{sentences}"

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep one sentence per field, keyed by the field's name in the form's draft."""
        super().__init__()
        self.fields = dict(fields)
        self.sentences = " ".join(fields.values())
