"""The wheel holds the product alone, and installs beside owners of the names `scheduler` and `storage`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.house.sources import PRODUCT, ROOT, modules, shown

IMPORT_ALL = """
import importlib, pathlib, sys
import reverse_mentor
home = pathlib.Path(reverse_mentor.__file__).parent
sys.path.insert(0, str(home))
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    assert pathlib.Path(module.__file__).is_relative_to(home), module.__file__
"""
WHERE = "import scheduler, storage; print(scheduler.__file__); print(storage.__file__); scheduler.Scheduler()"


def run(*command: str | Path, cwd: Path) -> str:
    finished = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ".", cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python() -> Iterator[Path]:
    """Give a fresh environment with the locked requirements and the neighbours, before the wheel comes."""
    # Not in pytest's folders, which would keep half a gigabyte for three runs.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder, with_pip=True)
        interpreter = folder / "bin" / "python"
        pip = (
            interpreter,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
            "--require-hashes",
        )
        run(
            *pip,
            "--only-binary",
            ":all:",
            "--requirement",
            ROOT / "requirements" / "runtime.lock",
            cwd=folder,
        )
        run(*pip, "--no-deps", "--requirement", ROOT / "tests" / "house" / "neighbours.txt", cwd=folder)
        yield interpreter


def neighbours(python: Path) -> dict[Path, str]:
    """The files of the two neighbours as they are now, by their hashes."""
    homes = [Path(line).parent for line in run(python, "-c", WHERE, cwd=python.parent).splitlines()]
    return {
        path: sha256(path.read_bytes()).hexdigest() for home in homes for path in sorted(home.rglob("*.py"))
    }


def test_it_holds_the_product_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"reverse_mentor"}
    code = {name for name in names if name.endswith(".py")}
    assert code == {
        path if path.startswith("reverse_mentor/") else f"reverse_mentor/{path}"
        for path in map(shown, modules(*PRODUCT))
    }
    assert "reverse_mentor/manifest.yml" in names
    assert "reverse_mentor/.env.example" in names
    assert "reverse_mentor/mentoring/report/report.css" in names
    assert "reverse_mentor/storage/migrations/script.py.mako" in names


@pytest.mark.slow
def test_it_works_beside_its_neighbours_and_leaves_them_unharmed(wheel: Path, python: Path) -> None:
    before = neighbours(python)
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=python.parent)
    assert neighbours(python) == before

    for command in ([python.parent / "reverse-mentor"], [python, "-m", "reverse_mentor"]):
        told = run(*command, "--help", cwd=python.parent)
        assert "run" in told
        assert "doctor" in told

    files = ["--out", "pairs.xlsx", "--report", "pairs.html"]
    sample = ROOT / "docs" / "samples" / "people.csv"
    run(python.parent / "reverse-mentor", "match", sample, *files, cwd=python.parent)
    assert all((python.parent / name).stat().st_size > 1_000 for name in files[1::2])

    product = [path for path in modules(*PRODUCT) if "migrations" not in path.parts]
    names = [shown(path.with_suffix("")).replace("/", ".").removesuffix(".__init__") for path in product]
    importable = [name for name in names if not name.endswith("__main__") and name != "reverse_mentor"]
    run(python, "-c", IMPORT_ALL, *importable, cwd=python.parent)
