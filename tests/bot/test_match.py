"""The command `match`, run as people run it: files in, files out, or everything that is wrong and no file."""

from __future__ import annotations

import csv
import gc
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.house.sources import ROOT

SAMPLE = ROOT / "docs" / "samples" / "people.csv"
PEOPLE = """id,name,level,shares,wants,mentor_capacity
a,Ada,1,AI tools,,2
b,Ben,2,"AI tools;SQL",,1
x,Xin,4,,AI tools,1
y,Yara,5,,SQL;AI tools,1
z,Zoe,4,,Juggling,1
"""


def match(folder: Path, *arguments: str | Path, **changes: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with nothing in the environment that the bot could read."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    if "preexec_fn" in changes:  # Python would keep half a module that it compiles where files may not grow
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "bot", "match", *map(str, arguments)]
    settings: dict[str, Any] = {"capture_output": True, "text": True, "check": False, **changes}
    return subprocess.run(command, cwd=folder, env=environment, **settings)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path


def test_people_become_pairs_and_reasons(folder: Path) -> None:
    files = ["--out", "pairs.csv", "--left-out", "left.csv", "--candidates", "all.csv"]
    done = match(folder, "people.csv", *files)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Written: all.csv" in done.stderr
    assert rows(folder / "pairs.csv") == [
        {
            "mentor_id": "a",
            "mentor": "Ada",
            "mentee_id": "x",
            "mentee": "Xin",
            "score": "9000",
            "why": "Teaches “AI tools” (first choice); Three levels apart; 8 shared hours a day",
        },
        {
            "mentor_id": "b",
            "mentor": "Ben",
            "mentee_id": "y",
            "mentee": "Yara",
            "score": "9000",
            "why": (
                "Teaches “SQL” (first choice) and “AI tools” (second choice); Three levels apart; "
                "8 shared hours a day"
            ),
        },
    ]
    assert rows(folder / "left.csv") == [
        {
            "id": "z",
            "name": "Zoe",
            "side": "mentee",
            "reason": "No mentor offers a wanted skill",
            "help": "One of these would help: one more mentor who can teach “Juggling”; wanting to learn “AI tools”.",
        }
    ]
    assert [tuple(row.values()) for row in rows(folder / "all.csv")] == [
        ("a", "Ada", "x", "Xin", "9000"),
        ("b", "Ben", "x", "Xin", "8000"),
        ("a", "Ada", "y", "Yara", "4666"),
        ("b", "Ben", "y", "Yara", "9000"),
    ]


def test_the_sample_and_the_shape_of_the_json(tmp_path: Path) -> None:
    done = match(tmp_path, SAMPLE, "--json", "--on", "2026-11-25", "--why-not", "chi", "lea")
    found = json.loads(done.stdout)
    assert found["on"] == "2026-11-23"
    assert [(pair["mentor_id"], pair["mentee_name"]) for pair in found["pairs"]] == [
        ("chi", "Ben Castro"),
        ("dev", "Gil Arens"),
        ("ada", "Ivo Marin"),
        ("ben", "Ivo Marin"),
    ]
    assert all(sum(part["points"] for part in pair["parts"]) == pair["score"] for pair in found["pairs"])
    assert "“Automation” (related to “AI tools”, second choice)" in found["pairs"][1]["why"]
    assert found["proof"]["optimal"] is True
    assert list(tmp_path.iterdir()) == []


def test_each_answer_as_data(tmp_path: Path) -> None:
    asked = [
        word for pair in ("chi lea", "ben lea", "chi ben", "ben lea") for word in ("--why-not", *pair.split())
    ]
    answers = json.loads(match(tmp_path, SAMPLE, "--json", "--on", "2026-11-25", *asked).stdout)["why_not"]
    losses = [tuple(answer[key] for key in ("served", "waiting", "pairs", "score")) for answer in answers]
    assert [(answer["mentor_id"], answer["mentee_id"]) for answer in answers] == [
        ("chi", "lea"),
        ("ben", "lea"),
        ("chi", "ben"),
    ]
    assert losses[0][:3] == (0, 1, 0)
    assert losses[1:] == [(0, 0, 0, 0)] * 2
    assert [[rule["rule"] for rule in answer["broken"]] for answer in answers] == [[], ["skill", "hours"], []]
    assert answers[1]["words"] == " ".join(rule["words"] for rule in answers[1]["broken"])


def test_strangers_cannot_be_asked_about(folder: Path) -> None:
    asked = ["--why-not", "a", "x", "--why-not", "eda", "x", "--why-not", "eda", "\x1b[31m"]
    done = match(folder, "people.csv", "--out", "pairs.csv", "--json", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "--why-not: “eda” is nobody's id in people.csv.",
        "--why-not: “\N{REPLACEMENT CHARACTER}[31m” is nobody's id in people.csv.",
        "Nothing was written.",
    ]
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


def test_people_without_a_name_are_called_by_their_id(folder: Path) -> None:
    (folder / "people.csv").write_text("id,name,level,shares,wants\n'=a,,1,SQL,\nx,Xin,3,,SQL\n")
    told = match(folder, "people.csv", "--why-not", "'=a", "x", "--why-not", "=a", "x").stderr.splitlines()
    assert told[-1] == "=a and Xin (x): They are a pair in the best result."
    assert sum("They are a pair" in line for line in told) == 1


def test_the_result_is_the_history_of_the_next_time(folder: Path) -> None:
    match(folder, "people.csv", "--out", "first.csv")
    match(folder, "people.csv", "--history", "first.csv", "--out", "second.csv")
    pairs = [
        {(row["mentor_id"], row["mentee_id"]) for row in rows(folder / name)}
        for name in ("first.csv", "second.csv")
    ]
    assert pairs == [{("a", "x"), ("b", "y")}, {("b", "x"), ("a", "y")}]


def test_rules_and_ladder_from_a_file(folder: Path) -> None:
    (folder / "rules.toml").write_text('ladder = ["Low", "Mid", "High"]\n[rules]\nmax_gap = 1\n')
    (folder / "people.csv").write_text("id,level,shares,wants\na,low,SQL,\nb,Mid,SQL,\nx,HIGH,,SQL\n")
    assert match(folder, "people.csv", "--rules", "rules.toml", "--out", "pairs.csv").returncode == 0
    assert [row["mentor_id"] for row in rows(folder / "pairs.csv")] == ["b"]


@pytest.mark.slow
def test_words_that_the_rules_keep_apart_are_two_skills(folder: Path) -> None:
    (folder / "rules.toml").write_text('apart = [["Typography", "Topography"]]\n')
    (folder / "people.csv").write_text("id,level,shares,wants\na,1,typography,\nx,3,,Topography\n")
    merged = match(folder, "people.csv", "--out", "pairs.csv")
    apart = match(folder, "people.csv", "--rules", "rules.toml", "--out", "none.csv")
    assert "“typography” is read as “Topography”." in merged.stderr
    assert len(rows(folder / "pairs.csv")) == 1
    assert "is read as" not in apart.stderr
    assert rows(folder / "none.csv") == []


def test_a_related_skill_is_enough_only_by_the_rules(folder: Path) -> None:
    (folder / "rules.toml").write_text("[rules]\nrelated_skills = true\n")
    (folder / "people.csv").write_text("id,level,shares,wants\na,1,Automation,\nx,3,,AI tools\n")
    match(folder, "people.csv", "--out", "none.csv", "--left-out", "left.csv")
    match(folder, "people.csv", "--rules", "rules.toml", "--out", "pairs.csv")
    assert rows(folder / "none.csv") == []
    assert rows(folder / "left.csv")[0]["reason"] == "No mentor offers a wanted skill"
    assert [row["why"].split("; ")[0] for row in rows(folder / "pairs.csv")] == [
        "Teaches “Automation” (related to “AI tools”, first choice)"
    ]


def test_the_candidates_are_enough_to_check_the_result(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "id,level,shares,wants\n"
        + "".join(f"m{n},{n % 3 + 1},skill {n % 5}:{n % 3 + 1};skill {n % 4},\n" for n in range(30))
        + "".join(f"n{n},{n % 4 + 3},,skill {n % 6};skill {n % 5}\n" for n in range(25))
    )
    match(folder, "people.csv", "--out", "pairs.csv", "--candidates", "all.csv")
    legal = {(row["mentor_id"], row["mentee_id"]): int(row["score"]) for row in rows(folder / "all.csv")}
    chosen = {(row["mentor_id"], row["mentee_id"]): int(row["score"]) for row in rows(folder / "pairs.csv")}
    assert chosen.items() <= legal.items()
    assert (len(chosen), sum(chosen.values())) == _most_pairs_then_score(legal)


def _most_pairs_then_score(legal: dict[tuple[str, str], int]) -> tuple[int, int]:
    """Solve with capacities of one, where the most pairs serve the most people."""
    pytest.importorskip("ortools", reason="OR-Tools has no wheels for this Python")
    from ortools.graph.python import min_cost_flow

    node = {name: place for place, name in enumerate(sorted({name for pair in legal for name in pair}), 2)}
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = [flow.add_arc_with_capacity_and_unit_cost(node[a], node[b], 1, -s) for (a, b), s in legal.items()]
    for name, place in node.items():
        tail, head = (0, place) if name.startswith("m") else (place, 1)
        flow.add_arc_with_capacity_and_unit_cost(tail, head, 1, 0)
    flow.set_node_supply(0, len(node))
    flow.set_node_supply(1, -len(node))
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    return sum(flow.flow(arc) for arc in arcs), -flow.optimal_cost()


def test_everything_wrong_is_told_and_nothing_written(folder: Path) -> None:
    (folder / "pairs.csv").write_text("precious")
    (folder / "people.csv").write_text("id,level,shares,wants\na,x,SQL,\na,1,SQL:9,\n")
    done = match(folder, "people.csv", "--out", "pairs.csv", "--left-out", "left.csv", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == [
        "people.csv, line 2, column level",
        'ladder = ["x"]',
        "people.csv, line 3, column shares",
        "people.csv, line 3, column id",
        "Nothing was written.",
    ]
    assert (folder / "pairs.csv").read_text() == "precious"
    assert sorted(path.name for path in folder.iterdir()) == ["pairs.csv", "people.csv"]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.csv"], "nowhere.csv cannot be read: No such file or directory."),
        (["."], ". cannot be read: Is a directory."),
        (
            ["people.csv", "--out", "people.csv"],
            "people.csv is named twice. Give each file a name of its own.",
        ),
        (
            ["people.csv", "--out", "x", "--left-out", "./x"],
            "x is named twice. Give each file a name of its own.",
        ),
        (["people.csv", "--out", "."], ". is not a file that can be replaced."),
        (["people.csv", "--out", "/dev/null"], "/dev/null is not a file that can be replaced."),
        (["people.csv", "--out", "no/pairs.csv"], "no/pairs.csv cannot be written: there is no folder"),
        (
            ["people.csv", "--history", "people.csv", "--out", "x"],
            "people.csv, line 1, column mentor_id: This column",
        ),
        (["people.csv", "--rules", "people.csv", "--out", "x"], "people.csv, the file: It is not TOML"),
        (["people.csv", "--on", "soon"], "argument --on: 'soon' is not a date like 2026-11-30"),
        ([], "the following arguments are required: people.csv"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: list[str], told: str) -> None:
    done = match(folder, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


def test_a_link_stays_one(folder: Path) -> None:
    (folder / "real.csv").write_text("old")
    (folder / "link.csv").symlink_to("real.csv")
    assert match(folder, "people.csv", "--out", "link.csv").returncode == 0
    assert (folder / "link.csv").is_symlink()
    assert len(rows(folder / "real.csv")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("before", [None, 0o600, 0o640, 0o666])
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277])
def test_only_their_owner_reads_the_files_that_are_written(
    folder: Path, before: int | None, mask: int
) -> None:
    names = ("pairs.csv", "left.csv", "legal.csv")
    if before is not None:
        for name in names:
            (folder / name).write_text("old")
            (folder / name).chmod(before)
    options = ("--out", names[0], "--left-out", names[1], "--candidates", names[2])
    assert match(folder, "people.csv", *options, umask=mask).returncode == 0
    assert {name: (folder / name).stat().st_mode & 0o777 for name in names} == dict.fromkeys(names, 0o600)


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as gone:
        gone.wait()
        done = match(
            folder, "people.csv", "--json", capture_output=False, stdout=gone.stdin, stderr=subprocess.PIPE
        )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_neither_slack_nor_a_database_is_loaded(folder: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['match', 'people.csv']); "
        "print({name.partition('.')[0] for name in sys.modules} & "
        "{'slack_sdk', 'slack_bolt', 'sqlalchemy', 'alembic', 'apscheduler', 'dotenv', 'yaml', 'waitress'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "set()"


def test_no_garbage_is_collected_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr("bot.commands.table_files.write_table", lambda *_: seen.append(gc.isenabled()))
    assert main(["match", str(folder / "people.csv"), "--out", str(folder / "pairs.csv")]) == 0
    assert seen == [False]
    assert gc.isenabled()


def test_the_help_names_the_command() -> None:
    assert (
        "match"
        in subprocess.run(
            [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    )


def test_a_file_that_cannot_be_finished_leaves_all_as_it_was(folder: Path) -> None:
    (folder / "pairs.csv").write_text("precious")
    small = resource.RLIMIT_FSIZE, (200, 200)
    files = ["--out", "pairs.csv", "--left-out", "left.csv"]
    done = match(folder, "people.csv", *files, preexec_fn=lambda: resource.setrlimit(*small))
    assert (done.returncode, done.stderr) == (
        2,
        "pairs.csv cannot be written: File too large.\nNothing was written.\n",
    )
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "people.csv": PEOPLE,
        "pairs.csv": "precious",
    }


def test_stopping_it_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(problem: object, watch: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.match.solve", interrupted)
    assert main(["match", str(folder / "people.csv"), "--out", str(folder / "pairs.csv")]) == 130
    assert capsys.readouterr().err == "Stopped. Nothing was written.\n"
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


def test_many_warnings_are_cut_short(folder: Path) -> None:
    lines = "".join(f"p{n},1,SQL,,nobody{n}\n" for n in range(30))
    (folder / "people.csv").write_text(f"id,level,shares,wants,manager_id\n{lines}")
    told = match(folder, "people.csv", "--allow-unknown").stderr.splitlines()
    assert told[19].startswith("people.csv, line 21, column manager_id: “nobody19” is not in this file.")
    assert told[20] == "people.csv: and 10 more like these."


@pytest.mark.slow
def test_nobody_has_to_look_like_a_formula(folder: Path) -> None:
    (folder / "people.csv").write_text("id,level,shares,wants\n'=a,1,SQL,\n@x,4,,SQL\n")
    match(folder, "people.csv", "--out", "pairs.csv")
    assert (folder / "pairs.csv").read_text().splitlines()[1].startswith("'=a,'=a,'@x,'@x,9000,")
    assert match(folder, "people.csv", "--history", "pairs.csv", "--json").stdout.count('"mentor_id"') == 0


def test_every_step_of_a_matching_has_its_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("bot.commands.progress.Progress.step", lambda _, words: told.append(words))
    asked = ["--why-not", "b", "x", "--why-not", "a", "y"]
    assert main(["match", str(folder / "people.csv"), *asked]) == 0
    assert told == [
        "Reading",
        "Making people and rules ready",
        "Listing possible pairs",
        "Choosing the best pairs",
        "Proving that none are better",
        "Finding the reasons",
        "Trying pair 1 of 2",
        "Trying pair 2 of 2",
        "Writing",
    ]
