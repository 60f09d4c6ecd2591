"""Ids and references: what spreadsheet programs do to an id does not change who is meant, or is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import PastPair
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.ids import Directory, NobodysId, id_key
from mentoring.spreadsheets.remarks import CellError, Notes, Refused
from tests.effort import examples
from tests.spreadsheets.builders import HEADER, errors_of, people_of, warnings_of

TEAM = f"{HEADER},name,manager_id,avoid,email\n"
ALLOWED = "go on without: --allow-unknown."


def team(*rows: tuple[str, str, str, str]) -> str:
    """Write a file of people, each by id, name, manager and people to avoid."""
    lines = (
        f'{one},2,SQL,,"{name}",{manager},{avoid},{one}@example.com' for one, name, manager, avoid in rows
    )
    return TEAM + "\n".join(lines) + "\n"


def manager_of(reference: str, *ids: str) -> str | None:
    people = people_of(team(("z", "Zoe", reference, ""), *((one, f"Name {one}", "", "") for one in ids)))
    return people.people[0].manager_id


SAME = [
    ("00123", "123"),
    ("123", "00123"),
    ("123", "123.0"),
    ("123", "123.00"),
    ("1234", '"1,234"'),
    ("1234", '"1234,0"'),
    ("E-17", "e-17"),
    ("ab 12", "AB12"),
    ("AB12", "AB 12"),
    ("123", "１２３"),
    ("123", "'123"),
    ("x@example.com", "X@Example.COM"),
    ("0", "000"),
    ("Łódź", "łÓDŹ"),
]


@pytest.mark.parametrize(("own", "written"), SAME)
def test_spellings_of_one_id_are_one(own: str, written: str) -> None:
    assert manager_of(written, own, "other") == own


def test_what_was_taken_for_the_same_is_told_once() -> None:
    text = team(("00123", "Ann", "", ""), ("b", "Bo", "123", "B7"), ("b7", "Cy", "123", ""))
    assert warnings_of(text) == [
        (
            "line 2, column id: Ids that differ only in zeros in front and upper and lower case are taken as the same: "
            "“00123” and “123”; “b7” and “B7”."
        )
    ]


def test_an_id_that_lost_digits_is_refused() -> None:
    for text in (team(("1.23457E+11", "Ann", "", "")), team(("a", "Ann", "1E+05", ""))):
        assert "digits are lost" in errors_of(text)[0]
    assert '"1,2E+05"' not in str(errors_of(team(("1E5", "Ann", "", ""))))


def test_an_exact_id_comes_first_and_an_inexact_one_is_refused() -> None:
    both = (("A1", "Ann", "", ""), ("a1", "Bo", "", ""))
    people = people_of(team(*both, ("c", "Cy", "a1", "A1")))
    assert people.people[2].manager_id == "a1"
    assert people.people[2].avoid == {"A1"}
    assert errors_of(team(*both, ("c", "Cy", " a 1", ""))) == [
        "line 4, column manager_id: “a 1” can be “A1” or “a1”. Give the id exactly as it is in the file."
    ]
    assert "are taken as 2 people" in warnings_of(team(*both))[0]


@pytest.mark.parametrize(
    "reference", ["Eve Example", "eve  EXAMPLE", '"Example, Eve"', "e1@Example.com", "Eve Example (E1)"]
)
@pytest.mark.parametrize("name", ["Eve Example", "Example, Eve"])
def test_a_name_or_an_address_that_only_one_has_is_their_id(reference: str, name: str) -> None:
    text = team(("e1", name, "", ""), ("b", "Bo Test", reference, ""))
    assert people_of(text).people[1].manager_id == "e1"
    assert "are read as the id of whom they belong to" in warnings_of(text)[0]


def test_a_name_of_two_people_is_refused() -> None:
    text = team(("e1", "Eve Example", "", ""), ("e2", "eve example", "", ""), ("b", "Bo", "Eve Example", ""))
    assert errors_of(text) == [
        "line 4, column manager_id: “Eve Example” is the name of 2 people: “e1” or “e2”. Give the id."
    ]


def test_nobody_is_told_once_with_the_flag() -> None:
    text = team(("a", "Ann", "x", ""), ("b", "Bo", "x", "y"), ("c", "Cy", "x", ""))
    first, second = errors_of(text)
    assert first.startswith(
        "line 2, column manager_id: “x” is nobody's id in this file. The same is on 2 more lines."
    )
    assert first.endswith(ALLOWED)
    assert second == "line 3, column avoid: “y” is nobody's id in this file."
    assert len(warnings_of(text, allow_unknown=True)) == 2


def test_people_with_an_unknown_level_are_not_strangers() -> None:
    text = team(("a", "Ann", "", ""), ("b", "Bo", "a", "")).replace("a,2", "a,Boss", 1)
    (only,) = errors_of(text)
    assert "These are not levels: “Boss”" in only


def test_who_is_their_own_manager_is_told() -> None:
    text = team(("a", "Ann", "A", ""), ("b", "Bo", "a", ""))
    assert people_of(text).people[0].manager_id is None
    assert any("is named as their own manager" in told for told in warnings_of(text))


def test_circles_of_managers_are_told_once() -> None:
    text = team(("a", "Ann", "c", ""), ("b", "Bo", "a", ""), ("c", "Cy", "b", ""), ("d", "Di", "a", ""))
    assert [told[:78] for told in warnings_of(text)] == [
        "line 2, column manager_id: The reporting line goes in a circle: “a”, “c”, “b”."
    ]


def test_pairs_of_the_past_are_read_by_the_same_rule() -> None:
    directory = people_of(team(("00123", "Ann", "", ""), ("b", "Bo Test", "", ""))).directory
    notes = Notes()
    found = read_history(b"mentor_id,mentee_id\n123,Bo Test\n", notes, directory)
    assert found == [PastPair("00123", "b")]
    assert len(notes.warnings.kept) == 2
    unknown = b"mentor_id,mentee_id\n123,gone\nb,gone\n"
    notes = Notes()
    with pytest.raises(Refused):
        read_history(unknown, notes, directory)
    assert [remark.place for remark in notes.errors.kept] == ["line 2, column mentee_id"]
    assert notes.errors.kept[0].words == (
        "“gone” is nobody's id among the people. The same is on 1 more line. Leave people who have left in that file, "
        "with “no” in the column active, or go on without them: --allow-unknown."
    )
    assert read_history(unknown, Notes(), directory, allow_unknown=True)[1] == PastPair("b", "gone")
    with pytest.raises(Refused):
        read_history(b"mentor_id,mentee_id\n123,00123\n", Notes(), directory)


letters = st.text("aAbB019 -", min_size=1, max_size=7).map(str.strip).filter(bool)
ids = st.lists(
    st.one_of(letters, st.integers(0, 10**7).map(str), st.integers(0, 999).map("{:06d}".format)),
    min_size=1,
    max_size=8,
    unique=True,
)


def mangled(own: str, how: str) -> str:
    """What a spreadsheet program, or a person, makes of an id."""
    number = own.isascii() and own.isdigit()
    return {
        "as it is": own,
        "number": str(int(own)) if number else own,
        "float": f"{int(own)}.0" if number else own,
        "wide": "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in own),
        "text": f"'{own}",
        "case": own.swapcase(),
        "space": f" {own[:1]} {own[1:]} ",
        "scientific": f"{int(own):.0E}" if number else own,
    }[how]


HOW = ["as it is", "number", "float", "wide", "text", "case", "space", "scientific"]


@given(ids, st.data())
@settings(max_examples=examples(300))
def test_whatever_is_done_to_an_id_it_is_the_same_person_or_refused(
    everybody: list[str], data: st.DataObject
) -> None:
    own, how = data.draw(st.sampled_from(everybody)), data.draw(st.sampled_from(HOW))
    written = mangled(own, how)
    directory = Directory(dict.fromkeys(everybody, "") | {one: one for one in everybody})
    try:
        found = directory.find(written)
    except NobodysId:
        assert how == "scientific"
    except CellError:
        alike = [one for one in everybody if id_key(one) == id_key(own)]
        assert len(alike) > 1 or "E+" in written
    else:
        assert found == own or (found == written and id_key(found) == id_key(own))
