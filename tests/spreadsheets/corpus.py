"""Spreadsheets as real tools export them, each with the people that it holds or the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from openpyxl import Workbook

from mentoring.matching import Participant
from mentoring.spreadsheets.reading import Reading
from tests.spreadsheets.exports import (
    archive,
    excel_csv,
    excel_unicode_text,
    excel_utf_8,
    first,
    google_csv,
    libre_office_csv,
    padded,
    text,
    with_shared_strings,
    workbook,
)
from tests.spreadsheets.organizations import (
    CHINESE,
    ENGLISH,
    FIELDS,
    FRENCH,
    GERMAN,
    ITALIAN,
    JAPANESE,
    KOREAN,
    POLISH,
    PORTUGUESE,
    RUSSIAN,
    SPANISH,
    Organization,
)

NAMED = ["id", "first", "last", *FIELDS[2:]]
HEADED = ["id", "level", "shares", "wants"]


@dataclass(frozen=True)
class Case:
    """One file, and what is read from it, or a part of the sentence that refuses it."""

    name: str
    data: bytes
    people: tuple[Participant, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    says: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)


def read(
    name: str,
    data: bytes,
    organization: Organization,
    fields: list[str],
    *says: str,
    **reading: object,
) -> Case:
    """Return a case that holds an organization's people."""
    told = Reading(**reading)  # type: ignore[arg-type]  # the names are those of Reading's fields
    return Case(name, data, organization.people(fields), organization.names(fields), "", says, told)


def corpus() -> list[Case]:
    """Return every case."""
    return [case for part in _PARTS for case in part()]


def _excel_text() -> Iterator[Case]:
    """Excel in several languages: every kind of text that it saves."""
    pages: tuple[tuple[Organization, list[str], str, tuple[str, ...]], ...] = (
        (GERMAN, NAMED, ";", ("cp1252", "mac_roman", "cp850")),
        (FRENCH, NAMED, ";", ("cp1252", "mac_roman", "cp850")),
        (SPANISH, NAMED, ";", ("cp1252", "mac_roman", "cp850")),
        (PORTUGUESE, NAMED, ";", ("cp1252", "mac_roman")),
        (ITALIAN, NAMED, ";", ("cp1252", "mac_roman")),
        (POLISH, NAMED, ";", ("cp1250", "cp852", "mac_latin2")),
        (RUSSIAN, NAMED, ";", ("cp1251", "cp866", "mac_cyrillic", "koi8_r")),
        (JAPANESE, FIELDS, ",", ("cp932", "euc_jp")),
        (CHINESE, FIELDS, ",", ("gbk", "gb18030")),
        (KOREAN, FIELDS, ",", ("cp949",)),
        (ENGLISH, NAMED, ",", ("cp1252",)),
    )
    for organization, fields, separator, encodings in pages:
        language, rows = organization.language, organization.rows(fields)
        yield read(f"Excel, {language}, CSV UTF-8", excel_utf_8(rows, separator), organization, fields)
        yield read(f"Excel, {language}, Unicode Text", excel_unicode_text(rows), organization, fields)
        for encoding in encodings:
            data = excel_csv(rows, encoding, separator)
            yield read(f"Excel, {language}, CSV, {encoding}", data, organization, fields, "not UTF-8")


def _workbooks() -> Iterator[Case]:
    """Workbooks in five languages, with what people do to workbooks."""
    for organization in (ENGLISH, GERMAN, FRENCH, SPANISH, POLISH):
        data = workbook(("Sheet1", _numbers(organization.rows(NAMED))), change=_as_five_digits)
        yield read(f"Excel, {organization.language}, workbook with numbers", data, organization, NAMED)
    spoken = with_shared_strings(workbook(("Sheet1", JAPANESE.rows(FIELDS))), "ヨミ")
    yield read("Excel, Japanese, workbook with readings", spoken, JAPANESE, FIELDS)
    shared = with_shared_strings(workbook(("Sheet1", CHINESE.rows(FIELDS))))
    yield read("Excel, Chinese, workbook with a table of texts", shared, CHINESE, FIELDS)
    rows = ENGLISH.rows(NAMED)
    title = [["Mentoring program 2026"], [], *rows]
    yield read(
        "Excel, merged title",
        workbook(("People", title), change=_merge),
        ENGLISH,
        NAMED,
        "is a title",
        "on line 3",
    )
    yield read(
        "Excel, footer", workbook(("People", [*rows, [], ["Total: 6"]])), ENGLISH, NAMED, "about the table"
    )
    lists = [["Notes", ""], ["Please fill in the next sheet", "Thank you"]]
    data = workbook(("Read me", lists), ("People", rows), ("Old", rows))
    yield read("Excel, instructions first", data, ENGLISH, NAMED, "The sheet “People” was read")
    yield read("Excel, sheet asked for", data, ENGLISH, NAMED, sheet="people")
    yield Case(
        "Excel, sheet that is not there",
        data,
        refused="The sheets are: “Read me”, “People”, “Old”.",
        reading=Reading(sheet="Persons"),
    )
    yield read(
        "Excel, hidden sheet first",
        workbook(("Old", lists), ("People", rows), change=_hide_first),
        ENGLISH,
        NAMED,
    )
    yield read(
        "Excel, hidden rows",
        workbook(("People", rows), change=_hide_rows),
        ENGLISH,
        NAMED,
        "2 rows are hidden",
    )
    yield read(
        "Excel, line breaks in cells",
        workbook(("People", ENGLISH.rows(NAMED, lists="\n"))),
        ENGLISH,
        NAMED,
        "line breaks",
    )
    yield read(
        "Excel, empty rows and columns around",
        workbook(("People", [[], *([*row, "", ""] for row in rows), [], []])),
        ENGLISH,
        NAMED,
    )
    broken = [[*rows[0]], [*rows[1][:4], "#N/A", *rows[1][5:]], *rows[2:]]
    yield Case(
        "Excel, formula that failed",
        workbook(("People", broken)),
        refused="line 2, column level: This cell shows “#N/A”",
    )
    unworked = [[*rows[0]], [*rows[1][:4], "=3+4", *rows[1][5:]], *rows[2:]]
    yield Case("Excel, formula without a result", workbook(("People", unworked)), refused="has no result")
    flags = [
        [*row, flag] for row, flag in zip(rows, ["active", True, True, True, True, True, False], strict=True)
    ]
    told = read("Excel, true and false", workbook(("People", flags)), ENGLISH, NAMED)
    yield replace(told, people=(*told.people[:5], replace(told.people[5], available=False)))
    shifts = [[*row[:8], *row[9:], *at] for row, at in zip(rows, _SHIFTS, strict=True)]
    yield read("Excel, start and end as times", workbook(("People", shifts)), ENGLISH, NAMED)
    dated = [[*row, at] for row, at in zip(rows, ["Hired", *[date(2020, 1, 31)] * 6], strict=True)]
    yield read("Excel, dates beside", workbook(("People", dated)), ENGLISH, NAMED, "“hired” is not known")
    yield Case(
        "Excel, empty workbook", workbook(("Sheet1", [])), refused="There is nothing in this workbook."
    )
    yield read("LibreOffice, workbook", workbook(("Tabelle1", GERMAN.rows(NAMED))), GERMAN, NAMED)
    yield read(
        "Numbers, workbook",
        workbook(("Sheet 1 - Table 1", [["Table 1"], *rows])),
        ENGLISH,
        NAMED,
        "is a title",
    )


_SHIFT: list[object] = [time(9), time(17, 30)]
_SHIFTS: list[list[object]] = [["Work start", "Work end"], *[_SHIFT] * 6]


def _numbers(rows: list[list[str]]) -> list[list[object]]:
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]


def _as_five_digits(book: Workbook) -> None:
    for row in first(book).iter_rows(min_row=2):
        for cell in (row[0], row[6]):
            cell.number_format = "00000"


def _merge(book: Workbook) -> None:
    first(book).merge_cells("A1:F1")


def _hide_first(book: Workbook) -> None:
    first(book).sheet_state = "hidden"


def _hide_rows(book: Workbook) -> None:
    for row in (3, 5):
        first(book).row_dimensions[row].hidden = True


FORMS: Mapping[str, Mapping[str, str]] = {
    "English": {
        "name": "What is your name?",
        "role": "Do you want to be a mentor, a mentee or both?",
        "level": "What is your job level?",
        "department": "Which department do you work in?",
        "manager_id": "What is your manager's e-mail address?",
        "time_zone": "What time zone are you in?",
        "hours": "What are your usual working hours?",
        "languages": "Which languages do you speak?",
        "shares": "What skills can you share?",
        "wants": "What would you like to learn?",
    },
    "German": {
        "name": "Wie heißt du?",
        "role": "Möchtest du Mentor, Mentee oder beides sein?",
        "level": "Was ist deine Karrierestufe?",
        "department": "In welcher Abteilung arbeitest du?",
        "manager_id": "Wer ist deine Vorgesetzte oder dein Vorgesetzter?",
        "time_zone": "In welcher Zeitzone arbeitest du?",
        "hours": "Was sind deine üblichen Arbeitszeiten?",
        "languages": "Welche Sprachen sprichst du?",
        "shares": "Was kannst du weitergeben?",
        "wants": "Was möchtest du lernen?",
    },
    "French": {
        "name": "Quel est votre nom ?",
        "role": "Voulez-vous être mentor, mentee ou les deux ?",
        "level": "Quel est votre niveau hiérarchique ?",
        "department": "Dans quel département travaillez-vous ?",
        "manager_id": "Qui est votre responsable ?",
        "time_zone": "Quel est votre fuseau horaire ?",
        "hours": "Quels sont vos horaires habituels ?",
        "languages": "Quelles langues parlez-vous ?",
        "shares": "Que pouvez-vous enseigner ?",
        "wants": "Que souhaitez-vous apprendre ?",
    },
    "Spanish": {
        "name": "¿Cuál es tu nombre?",
        "role": "¿Quieres ser mentor, mentee o ambos?",
        "level": "¿Cuál es tu nivel?",
        "department": "¿En qué departamento trabajas?",
        "manager_id": "¿Quién es tu responsable?",
        "time_zone": "¿Cuál es tu zona horaria?",
        "hours": "¿Cuál es tu horario habitual?",
        "languages": "¿Qué idiomas hablas?",
        "shares": "¿Qué puedes enseñar?",
        "wants": "¿Qué te gustaría aprender?",
    },
}
MAIL = {
    "English": "Email Address",
    "German": "E-Mail-Adresse",
    "French": "Adresse e-mail",
    "Spanish": "Dirección de correo electrónico",
}
WHEN = {"English": "Timestamp", "German": "Zeitstempel", "French": "Horodateur", "Spanish": "Marca temporal"}


def _forms() -> Iterator[Case]:
    """Google Forms: an e-mail address for an id, questions for headings, commas between choices."""
    for organization in (ENGLISH, GERMAN, FRENCH, SPANISH):
        language = organization.language
        mailed = _mailed(organization)
        rows = mailed.rows(FIELDS, {**FORMS[language], "id": MAIL[language]}, lists=", ")
        stamped = [
            [stamp, *row]
            for stamp, row in zip([WHEN[language], *["2026/11/02 9:30:00 AM GMT+1"] * 6], rows, strict=True)
        ]
        says = (f"“{MAIL[language]}” is id", "Lists are split at commas")
        yield read(f"Google Forms, {language}, CSV", google_csv(stamped), mailed, FIELDS, *says)
        yield read(
            f"Google Forms, {language}, workbook",
            workbook(("Form Responses 1", stamped)),
            mailed,
            FIELDS,
            *says,
        )
    both = [["Email", "Level", "What would you like to teach or learn?"], ["a@example.com", "1", "SQL"]]
    yield Case(
        "Google Forms, one question for both",
        google_csv(both),
        refused="column wants: This column is missing.",
    )
    twice = [
        [
            "Email",
            "Level",
            "What can you teach?",
            "What could you share with us?",
            "What do you want to learn?",
        ],
        ["a@example.com", "1", "SQL", "Python", ""],
    ]
    yield Case(
        "Google Forms, two questions for one",
        google_csv(twice),
        refused='--columns shares="What can you teach?".',
    )
    yield read("Google Sheets, CSV", google_csv(ENGLISH.rows(NAMED)), ENGLISH, NAMED)
    yield read("Google Sheets, TSV", text(ENGLISH.rows(NAMED), "\t", "\n").encode(), ENGLISH, NAMED)
    yield read(
        "Google Sheets, workbook", workbook(("Sheet1", ENGLISH.rows(NAMED)), ("Sheet2", [])), ENGLISH, NAMED
    )


def _mailed(organization: Organization) -> Organization:
    """Return an organization whose ids are e-mail addresses."""
    members = tuple(
        replace(
            member,
            id=f"p{member.id}@example.com",
            manager_id=f"p{member.manager_id}@example.com" if member.manager_id else "",
        )
        for member in organization.members
    )
    return replace(organization, members=members)


SYSTEMS: Mapping[str, tuple[Mapping[str, str], list[str]]] = {
    "Workday": (
        {
            "id": "Employee ID",
            "name": "Preferred Name",
            "level": "Management Level",
            "department": "Supervisory Organization",
            "manager_id": "Manager's Employee ID",
            "time_zone": "Time Zone",
            "languages": "Languages",
        },
        ["id", "name", "level", "department", "manager_id", "time_zone", "languages", "shares", "wants"],
    ),
    "Workday, job level": (
        {
            "id": "Employee ID",
            "name": "Worker",
            "level": "Job Level",
            "department": "Supervisory Organization",
            "manager_id": "Manager ID",
        },
        ["id", "name", "level", "department", "manager_id", "shares", "wants"],
    ),
    "SuccessFactors": (
        {
            "id": "User ID",
            "name": "Display Name",
            "level": "Pay Grade",
            "department": "Department",
            "manager_id": "Manager User ID",
            "time_zone": "Time Zone",
        },
        ["id", "name", "level", "department", "manager_id", "time_zone", "shares", "wants"],
    ),
    "SuccessFactors, field names": (
        {
            "id": "userId",
            "name": "displayName",
            "level": "jobLevel",
            "department": "department",
            "manager_id": "managerId",
            "time_zone": "timeZone",
        },
        ["id", "name", "level", "department", "manager_id", "time_zone", "shares", "wants"],
    ),
    "BambooHR": (
        {
            "id": "Employee #",
            "first": "First Name",
            "last": "Last Name",
            "level": "Job Level",
            "department": "Department",
            "manager_id": "Supervisor EID",
        },
        ["id", "first", "last", "level", "department", "manager_id", "shares", "wants"],
    ),
    "Personio": (
        {
            "id": "ID",
            "first": "First name",
            "last": "Last name",
            "level": "Level",
            "department": "Department",
            "manager_id": "Supervisor ID",
        },
        ["id", "first", "last", "level", "department", "manager_id", "shares", "wants"],
    ),
    "HiBob": (
        {
            "id": "Employee ID",
            "name": "Display name",
            "level": "Level",
            "department": "Department",
            "manager_id": "Reports to ID",
            "time_zone": "Timezone",
        },
        ["id", "name", "level", "department", "manager_id", "time_zone", "shares", "wants"],
    ),
    "ADP": (
        {
            "id": "Associate ID",
            "first": "Preferred First Name",
            "last": "Last Name",
            "level": "Job Level",
            "department": "Home Department Description",
            "manager_id": "Reports To Associate ID",
        },
        ["id", "first", "last", "level", "department", "manager_id", "shares", "wants"],
    ),
}
"""Systems' headings for our fields; skills are asked for in a form and added beside."""

BESIDE = ["Hire Date", "Location", "Employment Status", "Job Title", "Cost Center Code"]


def _systems() -> Iterator[Case]:
    """Exports of personnel systems, in text and as workbooks, with columns that are of no use here."""
    asked = {"shares": "Skills to share", "wants": "Skills to learn"}
    for name, (headings, fields) in SYSTEMS.items():
        rows = ENGLISH.rows(fields, {**headings, **asked})
        wide = [
            [*row, *more]
            for row, more in zip(
                rows,
                [BESIDE, *[["2020-01-31", "Springfield", "Active", "Specialist", "CC-7"]] * 6],
                strict=True,
            )
        ]
        yield read(f"{name}, CSV", google_csv(wide), ENGLISH, fields, "columns are not read: “Hire Date”")
        titled = [
            ["Everybody for mentoring"],
            ["Run by: Nobody", "2026-11-02"],
            [],
            *wide,
            [],
            ["Generated on 2026-11-02"],
        ]
        yield read(
            f"{name}, report with a title",
            workbook(("Report", titled)),
            ENGLISH,
            fields,
            "The columns are named on line 4",
            "about the table",
        )
        yield read(
            f"{name}, report as CSV",
            excel_utf_8(padded(titled, len(wide[0])), ","),
            ENGLISH,
            fields,
            "on line 4",
        )
    headings, fields = SYSTEMS["SuccessFactors, field names"]
    rows = ENGLISH.rows(fields, {**headings, **asked})
    labels = ENGLISH.rows(fields, {**SYSTEMS["SuccessFactors"][0], **asked})[0]
    yield read(
        "SuccessFactors, two lines of headings",
        google_csv([rows[0], labels, *rows[1:]]),
        ENGLISH,
        fields,
        "names the columns once more",
    )
    titles = ENGLISH.rows(HEADED, {"id": "Key", "level": "Job Category", **asked})
    yield Case("unknown headings", google_csv(titles), refused='add --columns level="Job Category"')
    given = {"id": "Key", "level": "Job Category"}
    yield read("unknown headings, mapped", google_csv(titles), ENGLISH, HEADED, columns=given)
    yield Case(
        "mapped to a heading that is not there",
        google_csv(titles),
        refused="“Band” was given for this column, and no column is called so. The columns found: “Key”,",
        reading=Reading(columns={**given, "level": "Band"}),
    )


def _plain() -> Iterator[Case]:
    """Everything else that people send."""
    rows = ENGLISH.rows(NAMED)
    yield read("LibreOffice, CSV, all quoted", libre_office_csv(rows), ENGLISH, NAMED)
    yield read("LibreOffice, CSV, semicolons", libre_office_csv(GERMAN.rows(NAMED), ";"), GERMAN, NAMED)
    yield read("Numbers, CSV", text([["Table 1"], *rows]).encode(), ENGLISH, NAMED, "is a title")
    yield read("vertical bars", text(rows, "|").encode(), ENGLISH, NAMED)
    yield read("sep= in front", b"sep=;\r\n" + text(rows, ";").encode("cp1252"), ENGLISH, NAMED)
    for name, between, says in (
        ("commas", ", ", "commas"), ("line breaks", "\n", "line breaks"), ("vertical bars", " | ", "vertical bars"),
        ("slashes", " / ", "slashes"), ("full-width commas", "，", "commas"), ("full-width semicolons", "；", ""),
        ("Chinese enumeration commas", "、", "“、”"),
    ):  # fmt: skip
        yield read(
            f"lists with {name}",
            google_csv(ENGLISH.rows(NAMED, lists=between)),
            ENGLISH,
            NAMED,
            *filter(None, [says]),
        )
    yield Case("a PDF", b"%PDF-1.7\n", refused="This is a PDF.")
    yield Case(
        "an older workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), refused="Excel 97 to 2003"
    )
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    yield Case("a workbook with a password", locked, refused="protected by a password")
    sheet = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>")
    yield Case("an OpenDocument sheet", sheet, refused="OpenDocument sheet (.ods)")
    yield Case("a Numbers document", archive(Index__Document_iwa="x"), refused="Export To")
    yield Case("a binary workbook", archive(xl__workbook_bin="x"), refused=".xlsb")
    yield Case(
        "a web page called .xls", b"<html><table><tr><td>id</td></tr></table>", refused="This is a web page"
    )
    yield Case("XML called .xls", b'<?xml version="1.0"?><Workbook></Workbook>', refused="This is XML")
    yield Case("JSON", b'[{"id": "a"}]', refused="This is JSON.")
    yield Case("a damaged workbook", workbook(("A", rows))[:-400], refused="This workbook is damaged.")


def _values() -> Iterator[Case]:
    """Values in people's own words."""
    words: tuple[tuple[str, Organization, str, str], ...] = (
        ("yes and no in German", GERMAN, "active", "WAHR"), ("yes and no in French", FRENCH, "active", "oui"),
        ("a short working day", ENGLISH, "hours", "9-17:30"),
        ("a working day on a clock of 12", ENGLISH, "hours", "9am-5:30pm"),
        ("a zone by its city", GERMAN, "time_zone", "Berlin"),
        ("a zone in words", ENGLISH, "time_zone", "Eastern Time"),
    )  # fmt: skip
    for name, organization, column, value in words:
        fields = [field for field in FIELDS if field != column]
        rows = organization.rows(fields)
        wide = [[*row, cell] for row, cell in zip(rows, [column, *[value] * 6], strict=True)]
        expected = FIELDS if column in FIELDS else fields
        yield read(name, google_csv(wide), organization, expected)
    chiefs = {member.id: member.name for member in ENGLISH.members}
    yield read("managers by name", google_csv(_changed("manager_id", chiefs)), ENGLISH, FIELDS)
    addressed = _changed("manager_id", {key: f"{key}@example.com" for key in chiefs})
    mails = [["email", *(f"{member.id}@example.com" for member in ENGLISH.members)]]
    wide = [[*row, mail] for row, mail in zip(addressed, *mails, strict=True)]
    yield read("managers by address", google_csv(wide), ENGLISH, FIELDS)
    grades = _changed("level", {str(number): f"IC{number}" for number in range(1, 9)})
    yield Case("levels of a company's own", google_csv(grades), refused='ladder = ["IC1", ')


def _changed(column: str, words: Mapping[str, str]) -> list[list[str]]:
    """Return the rows of the English organization with other words in a column."""
    place = FIELDS.index(column)
    names, *rows = ENGLISH.rows(FIELDS)
    return [names, *([*row[:place], words.get(row[place], row[place]), *row[place + 1 :]] for row in rows)]


_PARTS: tuple[Callable[[], Iterator[Case]], ...] = (
    _excel_text,
    _workbooks,
    _forms,
    _systems,
    _plain,
    _values,
)
