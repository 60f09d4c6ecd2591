"""The wheel holds all of the sandbox and nothing else, and serves a workspace from an environment of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import distributions
from pathlib import Path

import httpx
import pytest

from sandbox_tests.kit import manifest
from sandbox_tests.patience import PATIENCE

FOLDER = Path(__file__).parents[2]
BESIDE = {"tests", "docs"}
"""The folders that lie beside the code."""


def run(*command: str | Path, cwd: Path) -> str:
    finished = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it from the source distribution, as whoever publishes does."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, FOLDER, cwd=folder)
    assert len(list(folder.glob("*.tar.gz"))) == 1
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path) -> Iterator[Path]:
    """Give an environment with the wheel and what it asks for, in the versions that are installed here."""
    # Not in pytest's folders, which would keep it for three runs.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder, with_pip=True)
        interpreter = folder / "bin" / "python"
        versions = folder / "versions.txt"
        versions.write_text("".join(f"{each.name}=={each.version}\n" for each in distributions()))
        options = ("--quiet", "--only-binary", ":all:", "--constraint", versions)
        run(interpreter, "-m", "pip", "--disable-pip-version-check", "install", *options, wheel, cwd=folder)
        yield interpreter


def code() -> set[str]:
    """The files of the package, as the wheel names them."""
    found = {path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file()}
    package = {path for path in found if path.parts[0] not in BESIDE and "__pycache__" not in path.parts}
    metadata = {path for path in package if len(path.parts) == 1 and path.suffix not in {".py", ".typed"}}
    assert {path.name for path in metadata} >= {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    return {f"sandbox/{path.as_posix()}" for path in package - metadata}


def test_it_holds_the_code_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == code()
    assert "sandbox/page/static/index.html" in names
    assert "sandbox/web_api/methods.json" in names
    assert "sandbox/py.typed" in names


def test_its_metadata_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        told = Parser().parsestr(archive.read(path).decode())
    assert told["Name"] == "sandbox-for-slack"
    assert told["License-Expression"] == "Apache-2.0"
    assert told["License-File"] == "LICENSE"
    assert "# The sandbox: Slack without Slack" in str(told.get_payload())


@pytest.mark.slow
def test_it_serves_from_an_empty_environment(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import sandbox; print(sandbox.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parents[1])
    file = tmp_path / "workspace.yaml"
    file.write_text(json.dumps({"app": manifest(), "people": [{"name": "Ana Example"}]}))
    command = [str(python.parent / "sandbox"), "serve", "--config", str(file)]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline().strip() for _ in range(6)]
        page = lines[5].rsplit(" ", 1)[1]
        assert httpx.get(page, trust_env=False, timeout=PATIENCE).status_code == 200
        told = dict(line.split("=", 1) for line in lines[:4])
        headers = {"Authorization": f"Bearer {told['SLACK_BOT_TOKEN']}"}
        answer = httpx.post(told["SLACK_API_URL"] + "auth.test", headers=headers, trust_env=False)
        assert answer.json()["ok"] is True
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.stdout.close()
