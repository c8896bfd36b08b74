"""The built wheel is all that is needed: installed into a clean environment, it serves from any folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from simulator import __version__

ROOT = Path(__file__).parent.parent

# Run in the clean environment: the application, asked for pages as a browser would.
VISIT = """
import re, sys
from pathlib import Path
import simulator
from simulator import create_app
from simulator.config import Settings

assert Path(simulator.__file__).is_relative_to(sys.prefix), simulator.__file__
app = create_app(Settings())
browser = app.test_client()
home = browser.get("/")
assert home.status_code == 200, home.text
assert "MLS-C01" in home.text and "PMLE" in home.text
for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', home.text) + ["/service-worker.js"]:
    assert browser.get(path, buffered=True).status_code == 200, path
begin = browser.get("/certifications/google-pmle").text
token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', begin)[1]
room = browser.post(
    "/certifications/google-pmle/attempts",
    data={"csrf_token": token, "accommodation": "none", "pass_percent": "70"},
).location
page = browser.get(room)
assert page.status_code == 200
assert "Question 1 of 60" in page.text
print("visited", room)
"""


def run(*command: object, **options: object) -> str:
    found = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert found.returncode == 0, found.stdout + found.stderr
    output: str = found.stdout
    return output


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel, and with what this one has besides the simulator."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    interpreter = folder / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", interpreter, "install"),
        *("--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", wheel),
    )
    # Added after the installation. Folders named here are searched, but their own .pth files, by which the checkout
    # is installed, are not read.
    (site,) = (folder / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n" + sysconfig.get_path("platlib") + "\n")
    return interpreter


@pytest.fixture
def installed(python: Path, tmp_path: Path) -> dict[str, object]:
    """How to run a command of the clean environment: in another folder, with another data directory."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SIMULATOR_", "PYTHON", "COV_"))
    }
    return {"cwd": elsewhere, "env": environment | {"SIMULATOR_DATA_DIR": str(tmp_path / "data")}}


def below(folder: str, *patterns: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for pattern in patterns
        for path in (ROOT / folder).rglob(pattern)
        if path.is_file()
    }


def test_everything_that_the_simulator_needs_is_in_the_wheel(names):
    assert below("simulator", "*.py", "*.js", "*.css", "*.svg", "*.mako", "py.typed") <= names
    assert {f"simulator/{name}" for name in below("templates", "*.html")} <= names
    assert {f"simulator/{name}" for name in below("questions", "*.yaml", "*.md")} <= names
    for name in (
        "simulator/templates/candidate/room.html",
        "simulator/web/static/service-worker.js",
        "simulator/store/migrations/versions/0001_initial.py",
        "simulator/questions/aws-mls-c01/pack.yaml",
        "simulator/questions/google-pmle/blueprint.yaml",
        "simulator/questions/skills.yaml",
    ):
        assert name in names


def test_nothing_else_is_in_the_wheel(names):
    folder = f"exam_simulator-{__version__}.dist-info/"
    for name in names:
        assert name.startswith(("simulator/", folder)), name
        assert "__pycache__" not in name
        assert not name.endswith((".pyc", ".sqlite3", ".log", ".orig", ".rej", "~"))
        assert "/tests/" not in name
    code = {name for name in names if name.startswith("simulator/")}
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "simulator").rglob("*") if path.is_file()}
    moved = {f"simulator/{name}" for name in below("templates", "*") | below("questions", "*")}
    assert code <= here | moved
    assert f"{folder}licenses/LICENSE" in names


def test_no_file_in_the_wheel_knows_the_machine_that_it_was_made_on(wheel):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            assert str(ROOT) not in text, name
            assert str(Path.home()) + "/" not in text, name


def test_the_command_works_from_any_folder(python, installed):
    simulator = python.parent / "simulator"
    assert run(simulator, "--version", **installed) == f"simulator, version {__version__}\n"
    form = json.loads(run(simulator, "forms", "draw", "aws-mls-c01", "--seed", "1", "--json", **installed))
    assert len(form["slots"]) == 65
    assert json.loads(run(simulator, "packs", "list", "--json", **installed))
    assert list(Path(str(installed["cwd"])).iterdir()) == []


def test_pages_and_exams_are_served_from_any_folder(python, installed):
    run(python.parent / "simulator", "forms", "draw", "google-pmle", "--seed", "1", **installed)
    assert run(python, "-W", "error", "-c", VISIT, **installed).startswith("visited /attempts/")
    assert list(Path(str(installed["cwd"])).iterdir()) == []
