"""Leads look at what people and HR say differently, decide whose word counts, and choose fields of Slack's profiles."""

from __future__ import annotations

from handlers import home, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, Word, row_id
from handlers.replying import Asked, remembered
from handlers.views import Rendered
from handlers.views import slack_fields as views
from handlers.views.hr import differences, ruled, which_one
from handlers.wording import notice, stacked
from mentoring.errors import Invalid
from mentoring.hr import Meaning, Verdict, same
from program import disputes, slack_profiles

_VERDICTS = {"use": Verdict.HR, "keep": Verdict.OWN}
_FIELDS = "fields"
_MEANINGS = {name: meaning for meaning, name in views.NAMES.items()}


def register(on: Hearing) -> None:
    """Listen for the buttons."""
    on.action(Action.HR_DIFFERENCES, look)
    on.action(Action.HR_USE, use)
    on.action(Action.HR_KEEP, keep)
    on.action(Action.SLACK_FIELDS, open_fields)
    on.view(Callback.SLACK_FIELDS, fields_chosen)


def typed_hr(asked: Asked) -> None:
    """`hr`: what differs from HR's records; `hr use 12` and `hr keep 12` decide about one; `hr fields level Grade`."""
    line = words.read(asked.rest, (*_VERDICTS, _FIELDS))
    verdict = _VERDICTS.get(line.word)
    numbers = words.numbers(line.rest)
    if line.word == _FIELDS:
        _typed_fields(asked, line.rest)
    elif verdict is None:
        asked.say(_list(asked))
    elif len(numbers) != 1:
        asked.say(stacked(which_one(Word.HR, line.word), _list(asked)))
    else:
        asked.say(ruled(disputes.decide(*asked.by, numbers[0], verdict)))


def look(asked: Asked) -> None:
    """Show the list, from Home."""
    asked.say(_list(asked))


def use(asked: Asked) -> None:
    """HR's word counts."""
    _decide(asked, Verdict.HR)


def keep(asked: Asked) -> None:
    """The person's own word counts."""
    _decide(asked, Verdict.OWN)


def _decide(asked: Asked, verdict: Verdict) -> None:
    """Decide about one of the list, which is then shown anew in its place."""
    told = ruled(disputes.decide(*asked.by, row_id(asked.act.value), verdict))
    shown = stacked(told, _list(asked))
    if asked.act.view is not None and not asked.act.on_home:
        asked.update(notice(shown))
    else:
        asked.say(shown, instead=True)
    home.refresh(asked)


def _list(asked: Asked) -> Rendered:
    found = disputes.open_now(*asked.by)
    return differences(found, fields=asked.services.fields.allowed())


def open_fields(asked: Asked) -> None:
    """Open the form in which fields of Slack's profiles are chosen."""
    chosen = slack_profiles.chosen(*asked.by)
    offered = asked.services.fields.offered()
    if offered is None:
        asked.say(_none_offered(asked))
    else:
        asked.open(remembered(views.fields_modal(offered, chosen), asked.act))


def fields_chosen(asked: Asked) -> None:
    """Keep which fields were chosen; one that Slack does not name now is told at its field."""
    chosen = {one.id: one for one in slack_profiles.chosen(*asked.by).values()}
    offered = chosen | {one.id: one for one in asked.services.fields.offered() or ()}
    given = {meaning: asked.act.answers.one(meaning) for meaning in Meaning}
    used = {meaning: field for meaning, field in given.items() if field not in ("", views.NOT_USED)}
    wrong = {
        meaning.value: views.no_such_field()
        for meaning, field in used.items()
        if field not in offered or not offered[field].fits(meaning)
    }
    if wrong:
        raise Invalid(wrong)
    those = {meaning: offered[field] for meaning, field in used.items()}
    slack_profiles.choose(*asked.by, those)
    asked.ack(response_action="update", view=notice(views.fields_told(those)))


def _none_offered(asked: Asked) -> Rendered:
    return views.not_now() if asked.services.fields.allowed() else views.no_fields()


def _typed_fields(asked: Asked, rest: str) -> None:
    """`hr fields`: what is chosen; `hr fields level Grade` chooses one by its label, `hr fields level none` none."""
    chosen = slack_profiles.chosen(*asked.by)
    offered = asked.services.fields.offered()
    line = words.read(rest, _MEANINGS)
    if offered is None:
        asked.say(_none_offered(asked))
    elif line.word not in _MEANINGS or not line.rest.strip():
        asked.say(views.fields_listed(offered, chosen))
    else:
        meaning, label = _MEANINGS[line.word], line.rest.strip()
        fit = [one for one in offered if one.fits(meaning)]
        found = next((one for one in fit if same(one.label, label)), None)
        if found is None and not same(label, "none"):
            asked.say(stacked(views.unknown_field(label), views.fields_listed(offered, chosen)))
            return
        left = {one: field for one, field in chosen.items() if one is not meaning}
        those = left if found is None else {**left, meaning: found}
        slack_profiles.choose(*asked.by, those)
        asked.say(views.fields_told(those))
