"""What can go wrong in a program, one class per sentence that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentoring.pairings import Pair


class ProgramError(Exception):
    """Something in the program does not allow that right now."""

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or (type(self).__doc__ or "").strip())

    @property
    def sentence(self) -> str:
        """The sentence for the person who asked, in US English."""
        return str(self.args[0])


class ForOthers(ProgramError):
    """Other people can do that."""

    def __init__(self, leads: Sequence[str] = ()) -> None:
        """Keep the program's leads, so that the reader can be told whom to ask."""
        super().__init__()
        self.leads = tuple(leads)


class NoProgram(ProgramError):
    """There is no mentoring program here yet. Ask a workspace admin to start one with `/reverse-mentor setup`."""


class NotEnrolled(ProgramError):
    """You are not in the program yet. Type `/reverse-mentor` to join."""


class NotAllowed(ForOthers):
    """Only the program's leads can do that."""


class AdminsOnly(ForOthers):
    """Only workspace admins and the program's leads can set up the program."""


class NoSuchPair(ProgramError):
    """There is no pair with that number here."""


class AlreadyDecided(ProgramError):
    """This pair is not waiting for a decision any more."""

    def __init__(self, pair: Pair) -> None:
        """Keep the pair as it stands now, so that the reader can be told who decided what."""
        super().__init__()
        self.pair = pair


class PairBroken(ProgramError):
    """This pair is no longer possible, because something changed since it was proposed."""


class NoSuchWord(ProgramError):
    """No word like that counts as another skill here. Type `/reverse-mentor skills` to see those that do."""


class UnknownWord(ProgramError):
    """Nobody here uses a word like that. Type `/reverse-mentor skills` to see the words that people brought."""


class NothingToMatch(ProgramError):
    """Nobody is enrolled yet, so there is nobody to pair. People join by typing `/reverse-mentor`."""


class NothingToIntroduce(ProgramError):
    """No approved pair is waiting for its introduction. `/reverse-mentor pending` lists those you can approve."""


class MatchingBusy(ProgramError):
    """Another lead changed this cycle's pairs just now. Please look at them in the leads' channel, then try again."""


class NoCheckIn(ProgramError):
    """You have no check-in to answer right now. It comes once a week while you are in a pair."""


class Invalid(ProgramError):
    """Please look at the marked answers again."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep one sentence per field, keyed by the field's name in the form's draft."""
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)
