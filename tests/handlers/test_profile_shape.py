"""The profile form under any order of role changes, opened details, lost updates and errors: nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import profile_shape
from handlers.ids import Callback, ProfileField
from handlers.metadata import OfProfile, read
from handlers.payloads import Answers
from mentoring.errors import Invalid
from mentoring.people import ProfileDraft, Role, check_profile
from program.forms import ProfileForm
from tests.effort import examples
from tests.handlers.views.checks import assert_good_view
from tests.handlers.views.samples import a_program

TOPICS = ("My way here", "A second language", "Care beside work")
LISTS = {"shares", "wants", "languages"}
BOXES = {"working_days": ["1", "5"], "opens": [*TOPICS[:2]], "asks": [TOPICS[2]]}
CHOICES = {
    "level": ["1", "3", "not-sure"],
    "mentor_capacity": ["2", "4"],
    "mentee_capacity": ["1", "2 together"],
}
_words = st.lists(st.text("abcäö“\\", min_size=1, max_size=80), max_size=20, unique=True)


@dataclass
class Slack:
    """A stand-in for the window: it keeps what is typed by field, as Slack does when a view is updated."""

    known: ProfileForm
    view: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)

    def shows(self, view: dict[str, Any]) -> None:
        assert_good_view(view)
        shown = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        self.state = {name: self.state.get(name, _initial(element)) for name, element in shown.items()}
        self.view = view

    @property
    def carried(self) -> OfProfile:
        found = read(Callback.PROFILE, self.view["private_metadata"])
        assert isinstance(found, OfProfile)
        return found

    @property
    def form(self) -> ProfileForm:
        answers = Answers({name: {name: value} for name, value in self.state.items()})
        return profile_shape.with_answers(self.known, self.carried, answers)

    def reshaped(self, arrives: bool, **changes: Any) -> None:
        view = profile_shape.reshaped(self.form, replace(self.carried, **changes))
        if arrives:
            self.shows(view)

    def submits(self) -> ProfileDraft | None:
        """What would be stored; None where it is refused and the form says why."""
        form = self.form
        try:
            check_profile(form.draft, "U1", 8)
        except Invalid as wrong:
            if not wrong.fields.keys() <= {*self.state}:
                self.shows(profile_shape.with_trouble(form, self.carried, wrong))
            return None
        return form.draft


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = (
        {"selected_options": []} if element["type"] in ("checkboxes", "multi_static_select") else {}
    )
    given = {
        key.replace("initial_", "selected_"): value for key, value in element.items() if "initial_" in key
    }
    return empty | given | ({"value": element["initial_value"]} if "initial_value" in element else {})


def _state(name: str, value: Any) -> dict[str, Any]:
    if name in LISTS or name in BOXES:
        return {"selected_options": [{"value": one} for one in value]}
    if name == "avoid":
        return {"selected_users": value}
    if name in CHOICES or name == "role":
        return {"selected_option": {"value": value}}
    return {
        {"starts": "selected_time", "ends": "selected_time", "manager_id": "selected_user"}.get(
            name, "value"
        ): value
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return "" if value is None else str(value)


@st.composite
def _acts(draw: st.DrawFn) -> tuple[str, Any]:
    kind = draw(st.sampled_from(["type"] * 6 + ["role", "role", "details", "submit"]))
    if kind != "type":
        return kind, (draw(st.sampled_from([one.value for one in Role])), draw(st.booleans()))
    name = draw(st.sampled_from([one.value for one in ProfileField if one != ProfileField.ROLE]))
    if name in LISTS:
        return name, draw(_words)
    if name in BOXES:
        return name, draw(st.lists(st.sampled_from(BOXES[name]), unique=True))
    if name in CHOICES:
        return name, draw(st.sampled_from(CHOICES[name]))
    if name in ("starts", "ends"):
        return name, draw(st.sampled_from(["06:00", "14:30"]))
    if name == "avoid":
        return name, draw(st.lists(st.sampled_from([f"U{n}X" for n in range(20)]), unique=True))
    return name, draw(
        st.sampled_from(["U0BOSS", "U0OTHER"]) if name == "manager_id" else st.text("xyz ", max_size=80)
    )


def _on_file(enrolled: bool) -> ProfileForm:
    draft = ProfileDraft(languages=("English",), opens=(), asks=())
    if enrolled:
        draft = replace(draft, role="share", shares=("Chess",), wants=("Go",), level=2, avoid=("U9X",))
    return ProfileForm(a_program(), draft, enrolled, experiences=TOPICS, cycle_number=3)


@settings(max_examples=examples(60), deadline=None)
@given(st.booleans(), st.lists(_acts(), max_size=25))
def test_in_any_order_nothing_that_was_typed_is_lost(enrolled: bool, acts: list[tuple[str, Any]]) -> None:
    slack = Slack(_on_file(enrolled))
    slack.shows(profile_shape.reshaped(slack.known, OfProfile(cycle=3)))
    typed: dict[str, Any] = {}
    for name, value in acts:
        if name == "role":
            role, arrives = value
            slack.state["role"] = _state("role", role)
            typed["role"] = role
            slack.reshaped(arrives)
        elif name == "details":
            slack.reshaped(value[1], details=True)
        elif name == "submit":
            slack.submits()
        elif name in slack.state:
            slack.state[name] = _state(name, value)
            typed[name] = None if value == "not-sure" else value
        draft = slack.form.draft
        assert {one: _plain(getattr(draft, one)) for one in typed} == {
            one: _plain(it) for one, it in typed.items()
        }


def test_a_form_whose_update_was_lost_asks_for_what_is_missing_when_it_is_saved() -> None:
    slack = Slack(_on_file(enrolled=False))
    slack.shows(
        profile_shape.reshaped(
            replace(slack.known, draft=replace(slack.known.draft, role="share")), OfProfile()
        )
    )
    slack.state["shares"] = _state("shares", ["Chess"])
    slack.state["role"] = _state("role", "learn")  # the window still asks what a mentor is asked
    assert slack.submits() is None
    assert "*Not saved yet.* Choose at least one skill that you would like to learn." in str(
        slack.view["blocks"][0]
    )
    assert "wants" in slack.state
    assert "shares" not in slack.state
    slack.state["wants"] = _state("wants", ["Go"])
    saved = slack.submits()
    assert saved is not None
    assert (saved.role, saved.wants, saved.shares) == ("learn", ("Go",), ("Chess",))


def test_what_is_too_long_to_be_carried_stays_in_the_window() -> None:
    slack = Slack(_on_file(enrolled=False))
    slack.shows(profile_shape.reshaped(slack.known, OfProfile()))
    long = [f"{n:02}" + "x" * 140 for n in range(30)]
    slack.state["shares"] = _state("shares", long)
    slack.state["role"] = _state("role", "learn")
    slack.reshaped(arrives=True)
    assert "shares" in slack.state
    assert len(slack.view["private_metadata"]) <= profile_shape.CARRIED_MAX
    assert slack.form.draft.shares == tuple(long)


def test_experiences_that_were_chosen_for_one_cycle_are_not_kept_for_another() -> None:
    known = _on_file(enrolled=True)
    chosen = replace(known, draft=replace(known.draft, opens=TOPICS[:1]), known=known.on_file)
    assert profile_shape.is_of_another_cycle(chosen, OfProfile(cycle=2))
    assert not profile_shape.is_of_another_cycle(chosen, OfProfile(cycle=3))
    assert not profile_shape.is_of_another_cycle(replace(chosen, draft=known.draft), OfProfile(cycle=2))
