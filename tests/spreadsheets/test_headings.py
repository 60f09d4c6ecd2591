"""Headings of other programs and languages are understood, or the way out is named."""

from __future__ import annotations

import re

import pytest

from mentoring.spreadsheets.column_map import parse_columns
from mentoring.spreadsheets.headings import Columns, key, understand
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import COLUMNS, read_people
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, Refused
from tests.spreadsheets.builders import GOOD, errors_of, people_of, warnings_of


def meant(*headings: str, **given: str) -> dict[str, str]:
    """Return which heading means each column, those of several parts with a plus sign."""
    found = understand(headings, COLUMNS, given)
    return {
        column: "+".join(headings[part[0]] for part in source)
        for column, source in found.sources.items()
        if column not in found.clashes
    }


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Employee ID", "id"), ("Employee #", "id"), ("Personal-Nr.", "id"), ("PersNr", "id"), ("N° employé", "id"),
        ("userId", "id"), ("工号", "id"), ("Табельный номер", "id"),
        ("Display Name", "name"), ("Vorname", "name"), ("Nom complet", "name"), ("氏名", "name"),
        ("Job Level", "level"), ("Management Level", "level"), ("Pay Grade", "level"), ("Niveau", "level"),
        ("Abteilung", "department"), ("Département", "department"), ("Supervisory Organization", "department"),
        ("Manager's Employee ID", "manager_id"), ("Manager’s Employee ID", "manager_id"),
        ("Vorgesetzte(r)", "manager_id"),
        ("Reporting to", "manager_id"), ("Supervisor EID", "manager_id"), ("Fuseau horaire", "time_zone"),
        ("Timezone", "time_zone"), ("Arbeitszeit", "hours"), ("Idiomas", "languages"), ("Skills to share", "shares"),
        ("What skills can you share?", "shares"), ("What would you like to learn?", "wants"), ("想学", "wants"),
        ("Which skills could you teach others?", "shares"), ("What are you hoping to learn from a mentor?", "wants"),
        ("Do you want to be a mentor, mentee or both?", "role"), ("How many mentees can you take?", "mentor_capacity"),
        ("Was möchtest du lernen?", "wants"), ("Que souhaitez-vous apprendre ?", "wants"),
        ("¿Qué te gustaría aprender?", "wants"), ("Cosa vorresti imparare?", "wants"),
        ("O que você pode ensinar?", "shares"),
    ],
)  # fmt: skip
def test_what_a_heading_means(heading: str, column: str) -> None:
    assert meant(heading) == {column: heading}


def test_the_better_heading_is_taken() -> None:
    assert meant("Email", "Employee ID", "Manager", "Manager ID", "Management Level", "Job Level") == {
        "id": "Employee ID",
        "email": "Email",
        "level": "Job Level",
        "manager_id": "Manager ID",
    }
    assert meant("Employee ID", "ID", "Name", "First name", "Last name") == {"id": "ID", "name": "Name"}


def test_names_in_two_columns_are_joined() -> None:
    assert meant("Last name", "First name") == {"name": "First name+Last name"}
    head = "id,level,shares,wants,Preferred First Name,First Name,Last Name"
    text = f"{head}\na,1,SQL,,Bo,Robert,Nobody\nb,2,,SQL,,Ann,Nobody\n"
    assert people_of(text).names == {"a": "Bo Nobody", "b": "Ann Nobody"}


def test_a_question_about_both_means_neither() -> None:
    assert meant("What would you like to teach or to learn?") == {}


def test_what_was_understood_is_told_in_one_line() -> None:
    text = "Employee ID,Level,Can teach,Wants to learn\na,1,SQL,\nb,2,,SQL\n"
    assert warnings_of(text) == [
        (
            "line 1, column id: Headings were understood like this: “Employee ID” is id; “Can teach” is shares; “Wants "
            "to learn” is wants. With --columns you can say it otherwise."
        )
    ]


def test_two_headings_for_one_column_are_refused_with_the_way_out() -> None:
    text = "id,Job level,Seniority,shares,wants\na,1,2,SQL,\n"
    assert errors_of(text) == [
        (
            "line 1, column level: “Job level” and “Seniority” may both be meant. Say which one with --columns "
            'level="Job level".'
        )
    ]


def test_a_missing_column_names_those_found_and_what_to_type() -> None:
    text = "Key,Job Category,shares,wants\na,1,SQL,\n"
    first, second = errors_of(text)
    assert first.endswith(
        "The columns found: “Key”, “Job Category”, “shares”, “wants”. If it has another name, say which: "
        '--columns id="Heading".'
    )
    assert second.endswith('If “Job Category” is meant, add --columns level="Job Category".')


def test_columns_are_mapped() -> None:
    text = "Key,Job Category,shares,wants\na,1,SQL,\nb,2,,SQL\n"
    reading = Reading(columns=parse_columns(["id=KEY", "level=job category"]))
    people = read_people(text.encode(), ("A", "B"), Notes(), reading=reading)
    assert [(person.id, person.level) for person in people.people] == [("a", 1), ("b", 2)]


def test_a_mapped_heading_means_nothing_else() -> None:
    assert meant("Manager", "Employee ID", department="Manager") == {
        "id": "Employee ID",
        "department": "Manager",
    }


def test_history_is_mapped_too() -> None:
    reading = Reading(columns=parse_columns(["mentor_id=Teacher", "level=Grade"]))
    (pair,) = read_history(b"Teacher,Mentee\na,b\n", Notes(), reading=reading)
    assert (pair.mentor_id, pair.mentee_id) == ("a", "b")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["id"], "“id” has no “=”. Write a column, “=”, and its heading"),
        (["shoe=Size"], "“shoe” is no column that is read. There are: id, name,"),
        (["id=A", "ID=B"], "“id” is given twice."),
        (["id=A", "level=a"], "One heading is given for two columns."),
        (["id= "], "The heading for id has to be text with at least one letter or digit."),
    ],
)
def test_a_mapping_that_means_nothing(given: list[str], words: str) -> None:
    with pytest.raises(CellError, match=f"^{re.escape(words)}"):
        parse_columns(given)


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("Mentoring 2026\n", "The first line is a title: “Mentoring 2026”. The columns are named on line 2."),
        (
            "Mentoring 2026,,,\n\n",
            "The first line is a title: “Mentoring 2026”. The columns are named on line 3.",
        ),
        (
            "Mentoring,,,\nBy,Nobody,,\n",
            (
                "2 lines above the names of the columns are not read: “Mentoring”, “By Nobody”. The columns are named "
                "on line 3."
            ),
        ),
    ],
)
def test_titles_are_passed_over_and_told(above: str, told: str) -> None:
    assert people_of(above + GOOD) == people_of(GOOD)
    assert warnings_of(above + GOOD) == [f"line 1, column 1: {told}"]


@pytest.mark.parametrize(
    "line",
    ["Total: 2", "Total,2,,", "Generated on 2026-11-02,,,", "Summe,2,,", "2 records,,,", "Confidential,,,"],
)
def test_lines_about_the_table_are_passed_over_and_told(line: str) -> None:
    assert people_of(f"{GOOD}\n{line}\n") == people_of(GOOD)
    assert warnings_of(f"{GOOD}\n{line}\n")[0].startswith(f"line 5, column id: “{line.split(',')[0]}")


def test_a_sentence_instead_of_a_person_is_refused() -> None:
    assert errors_of(f"{GOOD}Please do not share this list,,,\n") == [
        (
            "line 4, column id: There is nothing on this line but “Please do not share this list”. Remove the line if "
            "it is nobody, or fill it in."
        )
    ]


def test_a_lonely_id_is_told() -> None:
    assert warnings_of(f"{GOOD}boss,,,\n") == [
        "line 4, column id: There is nothing on this line but “boss”. It is read as a row like the others."
    ]


def test_headings_that_come_again_are_passed_over() -> None:
    text = f"{GOOD}{GOOD.splitlines()[0]}\nc,2,SQL,\n"
    assert [person.id for person in people_of(text).people] == ["a", "b", "c"]
    assert warnings_of(text) == ["line 4, column 1: This line names the columns once more, and is not read."]


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#WERT!", "#NOM?", "#¡VALOR!", "#DIV/0!", "#####"])
def test_formulas_that_failed_are_refused_where_they_matter(shown: str) -> None:
    assert errors_of(f"id,level,shares,wants\na,{shown},SQL,\n") == [
        f"line 2, column level: This cell shows “{shown}”: its formula did not work. Mend or empty it."
    ]
    assert people_of(f"id,level,shares,wants,shoe\na,1,SQL,,{shown}\n").people


def test_keys_of_headings() -> None:
    assert key("Employee #") == key("employee no.")
    assert key("jobLevel") == key("Job-Level ")
    assert key("Prénom") == key("PRENOM")


def test_columns_that_a_kind_of_file_lacks_are_no_concern() -> None:
    assert understand(["Employee ID"], Columns(("mentor_id",), ("mentor_id",)), {}).sources == {}


def test_a_map_to_a_heading_that_is_not_there_is_refused() -> None:
    notes = Notes()
    with pytest.raises(Refused):
        read_people(GOOD.encode(), ("A",), notes, reading=Reading(columns={"name": "Who"}))
    assert str(notes.errors.kept[0]) == (
        "line 1, column name: “Who” was given for this column, and no column is called so. The columns found: “id”, "
        "“level”, “shares”, “wants”."
    )


def test_an_address_is_the_id_where_there_is_no_other() -> None:
    assert meant("E-Mail-Adresse") == {"id": "E-Mail-Adresse", "email": "E-Mail-Adresse"}
    assert meant("E-Mail-Adresse", "PersNr") == {"id": "PersNr", "email": "E-Mail-Adresse"}


def test_an_address_finds_managers_whatever_its_column_is_called() -> None:
    text = (
        "Employee ID,Work Email,E-mail,Manager Email,Level,Can teach,Wants to learn\n"
        "1,ada@example.com,,,4,,SQL\n2,ben@example.com,,ada@example.com,1,SQL,\n"
    )
    assert [person.manager_id for person in people_of(text).people] == [None, "1"]
