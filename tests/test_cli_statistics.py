"""`simulator statistics`, as an instructor uses it."""

import json
from pathlib import Path

import pytest
from classroom import VERSIONS, a_class, a_returning_class, sit_exam
from click.testing import CliRunner
from clock import Clock
from desk import Desk
from factories import make_pack

from simulator.cli import main
from simulator.store.catalogue import Catalogue
from simulator.store.engine import open_engine
from simulator.store.writer import open_writer


@pytest.fixture
def data_dir(sqlite_url: str, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    Path(sqlite_url.removeprefix("sqlite:///")).rename(folder / "simulator.sqlite3")
    return folder


@pytest.fixture
def desk(data_dir: Path):
    engine = open_engine(f"sqlite:///{data_dir}/simulator.sqlite3")
    desk = Desk(engine, open_writer(engine), Clock(), Catalogue())
    desk.load(make_pack())
    yield desk
    desk.writer.close()
    engine.dispose()


@pytest.fixture
def simulator(data_dir: Path):
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["statistics", *words, "--data-dir", str(data_dir)])
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_a_class_is_measured_and_shown(desk, simulator):
    a_class(desk, 40)
    (done,) = json.loads(simulator("calibrate", "tiny", "--json"))
    assert (done["certification"], done["responses"], done["sittings"], done["questions"]) == ("tiny", 480, 40, 12)
    assert done["difficulties_updated"]
    assert (done["candidates"], done["beliefs_learnt"]) == (0, False)
    shown = json.loads(simulator("show", "tiny", "--json"))
    assert (shown["certification"], shown["forms"]["exams"], shown["forms"]["length"]) == ("tiny", 40, 12)
    assert 0 < shown["forms"]["standard_error"] < 0.3
    assert 0.5 < shown["forms"]["verdict_consistency"] < 1
    easy = next(question for question in shown["questions"] if question["version"] == VERSIONS[0])
    assert (easy["question"], easy["responses"], easy["slope"]) == ("tiny-pack/q00", 40, None)
    assert easy["difficulty"] > 0.7
    assert easy["options"][0]["key"]
    lines = simulator("show", "tiny").splitlines()
    assert lines[0].startswith("40 exams of 12 questions: alpha 0.")
    assert "the same verdict twice" in lines[0]
    (line,) = [line for line in lines if "q00" in line]
    n, right, _, discrimination, empty, seconds, *_ = line.split()
    assert (n, right, discrimination, empty) == ("40", f"{easy['difficulty']:.0%}", "-", "0%")
    assert float(seconds) == pytest.approx(60, abs=3)
    assert f"A* {easy['difficulty']:.0%}" in line
    assert len(lines) == 14


def test_few_responses_are_shown_as_such(desk, simulator):
    sit_exam(desk, "alice", [(0, True), (1, False)])
    assert simulator("calibrate") == (
        "tiny: 2 responses to 2 questions in 1 sittings, too few to move a difficulty; "
        "0 candidates with two sittings or more, too few to learn from\n"
    )
    lines = simulator("show", "tiny").splitlines()
    assert lines[0].startswith("0 exams: too few")
    assert lines[2].split()[:6] == ["1", "-", "-", "-", "-", "-"]
    assert "A* -  B -" in simulator("show", "tiny")


def test_readiness_learns_from_those_who_came_back(desk, simulator):
    a_returning_class(desk, 30)
    (done,) = json.loads(simulator("calibrate", "tiny", "--json"))
    assert (done["candidates"], done["beliefs_learnt"]) == (30, True)
    assert simulator("calibrate").endswith("30 candidates with two sittings or more, readiness learnt from them\n")


def test_what_has_not_been_measured_is_said_to_be(desk, simulator):
    assert "simulator statistics calibrate tiny" in simulator("show", "tiny")
    assert json.loads(simulator("show", "tiny", "--json"))["questions"] == []


@pytest.mark.parametrize("command", ["calibrate", "show"])
def test_a_certification_nobody_knows_is_one_sentence(data_dir, command):
    result = CliRunner().invoke(main, ["statistics", command, "cooking", "--data-dir", str(data_dir)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: there is no certification 'cooking'\n"
