"""The `simulator` command, as an instructor uses it."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from clock import Clock
from desk import Desk
from factories import make_pack

from simulator import __version__, paths
from simulator.cli import main
from simulator.operations.question_reporting import report_question
from simulator.store.catalogue import Catalogue
from simulator.store.engine import open_engine
from simulator.store.schema import head
from simulator.store.writer import open_writer

GOOGLE = paths.questions() / "google-pmle"


class Shell:
    """Runs the command with a data directory of its own, or with PostgreSQL."""

    def __init__(self, *where: str) -> None:
        self.where = where

    def run(self, *words: str, where: tuple[str, ...] | None = None) -> Result:
        return CliRunner().invoke(main, [*words, *(self.where if where is None else where)])

    def __call__(self, *words: str) -> str:
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str):
        return json.loads(self(*words, "--json"))

    def fails(self, *words: str, where: tuple[str, ...] | None = None, status: int = 1) -> str:
        """Run what must fail, and return the one sentence on stderr."""
        result = self.run(*words, where=where)
        assert result.exit_code == status, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        if status == 1:
            assert isinstance(result.exception, SystemExit), result.exception
            assert result.stderr.startswith("Error: ")
        return result.stderr.removeprefix("Error: ").strip()


@pytest.fixture(autouse=True)
def launched(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Keep `serve` from becoming the server, and with it the end of the tests; the settings it would have got."""
    environments: list[dict[str, str]] = []
    monkeypatch.setattr(os, "execve", lambda path, arguments, environment: environments.append(dict(environment)))
    return environments


@pytest.fixture
def data_dir(tmp_path: Path, sqlite_template: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "simulator.sqlite3")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Shell:
    if request.param == "sqlite":
        return Shell("--data-dir", str(request.getfixturevalue("data_dir")))
    url = request.getfixturevalue("empty_postgres_url").replace("+psycopg", "")
    return Shell("--data-dir", str(tmp_path / "data"), "--database-url", url)


@pytest.fixture
def sqlite_shell(data_dir: Path) -> Shell:
    return Shell("--data-dir", str(data_dir))


@pytest.fixture
def desk_of(request: pytest.FixtureRequest):
    """Open a desk on a shell's database."""
    opened = []

    def open_desk(shell: Shell, clock: Clock) -> Desk:
        flags = dict(zip(shell.where[::2], shell.where[1::2], strict=True))
        url = f"sqlite:///{flags['--data-dir']}/simulator.sqlite3"
        if "--database-url" in flags:
            url = flags["--database-url"].replace("postgresql:", "postgresql+psycopg:")
        engine = open_engine(url)
        desk = Desk(engine, open_writer(engine), clock, Catalogue())
        desk.load(make_pack())
        opened.append(desk)
        return desk

    yield open_desk
    for desk in opened:
        desk.writer.close()
        desk.engine.dispose()


def commands(group: click.Group, *before: str):
    for name, command in group.commands.items():
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)


COMMANDS = dict(commands(main))


def test_those_are_the_commands():
    assert {" ".join(words) for words in COMMANDS} == {
        "serve",
        "packs",
        "packs list",
        "packs lint",
        "packs coverage",
        "packs add",
        "packs schema",
        "forms",
        "forms draw",
        "attempts",
        "attempts list",
        "attempts report",
        "expire",
        "reports",
        "reports list",
        "reports resolve",
        "statistics",
        "statistics calibrate",
        "statistics show",
        "db",
        "db upgrade",
        "db check",
    }


@pytest.mark.parametrize("words", [(), *COMMANDS], ids=" ".join)
def test_every_command_explains_itself(words):
    for flag in ("--help", "-h"):
        result = CliRunner().invoke(main, [*words, flag])
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
    command = COMMANDS.get(words, main)
    if words == () or not isinstance(command, click.Group):
        assert "Example" in result.stdout
        assert f"simulator {' '.join(words)}".strip() in result.stdout.partition("Example")[2]


def test_the_version_is_printed():
    assert CliRunner().invoke(main, ["--version"]).stdout == f"simulator, version {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["packs", "nothing"],
        ["forms", "draw"],
        ["forms", "draw", "aws-mls-c01", "--seed", "-1"],
        ["forms", "draw", "aws-mls-c01", "--seed", "x"],
        ["packs", "lint"],
        ["packs", "lint", "x", "--format", "xml"],
        ["packs", "lint", "x", "--today", "tomorrow"],
        ["packs", "schema", "nothing"],
        ["attempts", "report"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["serve", "--port", "http"],
        ["db", "upgrade", "--sideways"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_understood_exits_with_2(words):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


# Packs.


def test_a_pack_is_added_once_and_listed(shell):
    imported = shell.json("packs", "add", str(GOOGLE))
    assert (imported["pack"], imported["changed"], imported["unchanged"], imported["retired"]) == (GOOGLE.name, 0, 0, 0)
    assert imported["added"] >= 60
    assert shell.json("packs", "add", str(GOOGLE)) == {"unchanged": True}
    assert "in the bank already" in shell("packs", "add", str(GOOGLE))
    (listed,) = shell.json("packs", "list")
    assert (listed["id"], listed["certification"], listed["questions"]) == (
        "google-pmle",
        "google-pmle",
        imported["added"],
    )
    assert listed["licence"] == "CC-BY-4.0"
    assert "google-pmle" in shell("packs", "list")


def test_a_zip_of_a_pack_is_as_good_as_its_folder(sqlite_shell, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "google-pmle"), "zip", GOOGLE.parent, GOOGLE.name)
    assert "questions added, 0 changed" in sqlite_shell("packs", "add", archive)
    assert sqlite_shell.json("packs", "add", str(GOOGLE))["added"] == 0


@pytest.fixture
def broken_pack(tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(GOOGLE, folder)
    (folder / "broken.yaml").write_text("questions:\n  - id: Not An Id\n    surprise: 1\n")
    return folder


def test_a_broken_pack_is_refused_as_a_whole_with_every_error_at_its_line(sqlite_shell, broken_pack):
    assert "broken.yaml:2:" in sqlite_shell.fails("packs", "add", str(broken_pack))
    assert sqlite_shell.json("packs", "list") == []


def test_linting_a_broken_pack_exits_with_1_and_prints_file_line_column_severity_code_message(broken_pack):
    result = CliRunner().invoke(main, ["packs", "lint", str(broken_pack)])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) > 3
    for line in lines:
        file, number, column, severity, code, message = line.split(":", 5)
        assert severity == " error"
        assert file.endswith("broken.yaml")
        assert int(number) > 0
        assert int(column) > 0
        assert code.strip().replace("-", "").isalpha()
        assert message
    assert f"{len(lines)} errors, 0 warnings" in result.stderr


def test_lint_speaks_json(broken_pack):
    result = CliRunner().invoke(main, ["packs", "lint", str(broken_pack), str(GOOGLE), "--json"])
    assert result.exit_code == 1
    problems = json.loads(result.stdout)
    assert {"file", "line", "column", "code", "message", "severity", "question", "silenced"} == set(problems[0])


def lint(*words: str):
    return CliRunner().invoke(main, ["packs", "lint", *words, "--today", "2026-11-25"])


@pytest.fixture
def long_key(tmp_path):
    """Give a pack with one warning, one silenced finding and one for information."""
    folder = tmp_path / "long-key"
    folder.mkdir()
    question = {
        "id": "q-1",
        "domain": "data",
        "task": "1.1",
        "skills": ["data-quality"],
        "difficulty": 3,
        "type": "single_choice",
        "scenario": "Ferries report late.",
        "question": "Which change helps?",
        "options": [
            {"text": text, "rationale": "Because.", "correct": text.startswith("Buffer")}
            for text in ("Buffer the events until all of them are in", "Discard the events", "Double it", "Shard it")
        ],
        "takeaway": "Wait.",
        "references": [{"title": "Queues", "url": "https://docs.python.org/3/library/queue.html"}],
    }
    pack = {
        "id": "long-key",
        "title": "Long key",
        "version": "1.0.0",
        "language": "en",
        "licence": "my own",
        "authors": ["Alice"],
        "certification": "tiny",
        "verified_on": "2026-11-23",
        "source": "Original work",
        "lint": {"silence": [{"code": "unknown-licence", "reason": "For one class."}]},
    }
    (folder / "pack.yaml").write_text(json.dumps(pack))
    (folder / "questions.yaml").write_text(json.dumps({"questions": [question]}))
    return folder


def test_warnings_fail_only_when_that_is_asked_for(long_key):
    result = lint(str(long_key))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert ": warning: key-longest: " in line
    assert "0 errors, 1 warnings, 1 silenced, 1 for information (--verbose shows them)" in result.stderr
    assert lint(str(long_key), "--strict").exit_code == 1
    assert lint(str(long_key), "--verbose").stdout.count(": info: item-length: ") == 1


def test_json_has_what_is_silenced_and_what_is_for_information_too(long_key):
    for words in (["--json"], ["--format", "json"]):
        told = {problem["code"]: problem["silenced"] for problem in json.loads(lint(str(long_key), *words).stdout)}
        assert told == {"key-longest": None, "unknown-licence": "For one class.", "item-length": None}


def test_what_is_settled_can_be_left_out_for_hosts_that_show_it_all_the_same(long_key):
    assert [problem["code"] for problem in json.loads(lint(str(long_key), "--json", "--open-only").stdout)] == [
        "key-longest"
    ]
    (run,) = json.loads(lint(str(long_key), "--format", "sarif", "--open-only").stdout)["runs"]
    assert [found["ruleId"] for found in run["results"]] == ["key-longest"]


def test_sarif_goes_to_a_file_for_a_code_host(long_key, broken_pack, tmp_path):
    output = tmp_path / "lint.sarif"
    result = lint(str(long_key), str(broken_pack), "--format", "sarif", "--output", str(output))
    assert (result.exit_code, result.stdout) == (1, "")
    (run,) = json.loads(output.read_text())["runs"]
    assert {"key-longest", "unknown-field"} <= {found["ruleId"] for found in run["results"]}
    assert lint(str(long_key), "--output", str(tmp_path)).exit_code != 0
    assert lint(str(long_key), "--output", str(tmp_path / "no" / "where")).stderr.startswith("Error: ")


def test_a_clean_pack_prints_nothing(long_key):
    facts = (long_key / "questions.yaml").read_text().replace(" until all of them are in", "")
    (long_key / "questions.yaml").write_text(facts)
    result = lint(str(long_key), "--strict")
    assert (result.exit_code, result.stdout) == (0, "")


def test_packs_with_much_to_read_are_shared_between_processes(long_key, monkeypatch):
    # The package has the command group under the module's name.
    monkeypatch.setattr(sys.modules["simulator.cli.packs"], "_SHARED_FROM_BYTES", 1)
    result = lint(str(long_key), str(long_key), str(long_key / "nowhere"))
    assert result.exit_code == 1
    assert result.stdout.count("key-longest") == 2


def test_the_coverage_of_a_bank_is_counted():
    result = CliRunner().invoke(main, ["packs", "coverage", str(GOOGLE)])
    assert result.exit_code == 0
    assert "google-pmle: " in result.stdout
    assert "disjoint forms were drawn; the counts allow at most" in result.stdout
    assert "chi-square" in result.stdout
    assert "with four options (" in result.stdout


def test_coverage_speaks_json(long_key):
    document = json.loads(CliRunner().invoke(main, ["packs", "coverage", str(GOOGLE), str(long_key), "--json"]).stdout)
    (certification,) = document["certifications"]
    assert certification["size"] == 60
    assert sum(domain["quota"] for domain in certification["domains"]) == 60
    assert [pack["id"] for pack in document["packs"]] == ["google-pmle", "long-key"]
    assert document["packs"][1]["longest"] == 1


def test_the_coverage_of_a_broken_pack_is_its_errors(broken_pack, long_key):
    result = CliRunner().invoke(main, ["packs", "coverage", str(broken_pack), str(long_key)])
    assert result.exit_code == 1
    assert "unknown-field" in result.stderr
    assert "long-key: the keys of 1 single-choice questions" in result.stdout


@pytest.mark.parametrize("path", ["nowhere", "nowhere.zip", ""])
def test_a_pack_that_is_not_there(sqlite_shell, tmp_path, path):
    sqlite_shell.fails("packs", "add", str(tmp_path / path))
    assert CliRunner().invoke(main, ["packs", "lint", str(tmp_path / path)]).exit_code == 1


@pytest.mark.parametrize("kind", ["pack", "blueprint", "questions", "skills"])
def test_the_schemas_for_editors_are_json(kind):
    schema = json.loads(CliRunner().invoke(main, ["packs", "schema", kind]).stdout)
    assert schema["type"] == "object"
    assert schema == json.loads(CliRunner().invoke(main, ["packs", "schema"]).stdout)[kind]


# Forms.


def test_a_form_is_drawn_from_the_packs_that_ship_and_the_seed_decides_which(shell):
    drawn = shell.json("forms", "draw", "aws-mls-c01", "--seed", "7")
    assert drawn.keys() == {"certification", "seed", "slots"}
    assert (drawn["certification"], drawn["seed"]) == ("aws-mls-c01", 7)
    assert [slot["slot"] for slot in drawn["slots"]] == list(range(1, 66))
    assert all(slot.keys() == {"slot", "question", "domain", "scored"} for slot in drawn["slots"])
    assert sum(slot["scored"] for slot in drawn["slots"]) == 50
    assert shell.json("forms", "draw", "aws-mls-c01", "--seed", "7") == drawn
    assert shell.json("forms", "draw", "aws-mls-c01", "--seed", "8")["slots"] != drawn["slots"]


def test_a_form_is_printed_for_people_too(sqlite_shell):
    lines = sqlite_shell("forms", "draw", "google-pmle", "--seed", "3").splitlines()
    assert lines[0] == "google-pmle, seed 3"
    assert len(lines) == 61
    assert sqlite_shell("forms", "draw", "google-pmle") != sqlite_shell("forms", "draw", "google-pmle")


def test_a_certification_nobody_knows(sqlite_shell):
    assert sqlite_shell.fails("forms", "draw", "cooking", "--json") == "there is no certification 'cooking'"


# Attempts.


def test_attempts_are_listed_and_reported(shell, desk_of, clock):
    shell("db", "upgrade")
    assert shell.json("attempts", "list") == []
    desk = desk_of(shell, clock)
    desk.begin(attempt_id="first")
    epoch = desk.hold("first").epoch
    for slot in desk.form("first").slots:
        desk.save(slot.number, desk.right(slot), sequence=slot.number, epoch=epoch, attempt_id="first", spent_ms=1500)
    assert shell.fails("attempts", "report", "first") == "this attempt is not graded yet"
    clock.advance(minutes=10)
    desk.submit("first")
    clock.now = datetime.now(UTC)
    desk.begin(actor="bob", attempt_id="second")
    second, first = shell.json("attempts", "list")
    assert (first["id"], first["state"], first["scaled_score"], first["passed"]) == ("first", "graded", 1000, True)
    assert (second["id"], second["state"], second["answered"], second["questions"]) == ("second", "open", 0, 6)
    report = shell.json("attempts", "report", "first")
    assert (report["scaled_score"], report["correct"], report["scored"], report["unanswered"]) == (1000, 5.0, 5, 0)
    assert [domain["scored"] for domain in report["domains"]] == [3, 2]
    assert [slot["seconds"] for slot in report["slots"]] == [1.5] * 6
    assert report["closed_by"] == "candidate"
    words = shell("attempts", "report", "first")
    assert "Tiny Certification: 1000 of 730, pass" in words
    assert "Data: 3 of 3" in words
    lines = shell("attempts", "list").splitlines()
    assert len(lines) == 2
    assert "second" in lines[0]


def test_an_attempt_nobody_knows(sqlite_shell):
    assert sqlite_shell.fails("attempts", "report", "x", "--json") == "there is no attempt 'x'"


def test_forgotten_attempts_expire(shell, desk_of):
    shell("db", "upgrade")
    desk = desk_of(shell, Clock(datetime.now(UTC) - timedelta(days=3)))
    desk.begin(attempt_id="old")
    desk.clock.now = datetime.now(UTC) - timedelta(hours=2)
    desk.begin(actor="bob", attempt_id="recent")
    desk.clock.now = datetime.now(UTC)
    desk.begin(actor="carol", attempt_id="running")
    expired = shell.json("expire")
    assert (sorted(expired["closed"]), expired["graded"]) == (["old", "recent"], ["old"])
    assert shell("expire") == "0 attempts closed, 0 graded\n"


# The database.


def test_reported_problems_are_listed_and_settled(shell, desk_of, clock):
    shell("db", "upgrade")
    assert shell.json("reports", "list") == []
    desk = desk_of(shell, clock)
    desk.begin()
    version = desk.form().slots[0].version
    for reason, comment in (("wrong_key", "Option B\nis right \x1b[2J too."), ("typo", "")):
        facts = {"reason": reason, "comment": comment, "report_id": reason, "now": clock.advance(minutes=1)}
        desk.write(lambda session, facts=facts: report_question(session, version, actor="alice", **facts))
    first, second = shell.json("reports", "list")
    assert (first["id"], first["version"], first["status"]) == ("wrong_key", version, "open")
    assert first["comment"] == "Option B\nis right \x1b[2J too."
    assert "alice" not in shell("reports", "list", "--json")
    assert second["reason"] == "typo"
    line = shell("reports", "list").splitlines()[0]
    assert line.endswith("wrong_key  open  Option B is right  [2J too.")
    assert "is resolved" in shell("reports", "resolve", "wrong_key")
    assert [report["id"] for report in shell.json("reports", "list")] == ["typo"]
    assert [report["id"] for report in shell.json("reports", "list", "--status", "resolved")] == ["wrong_key"]
    assert len(shell.json("reports", "list", "--status", "all")) == 2
    assert shell.fails("reports", "resolve", "nobody") == "there is no report 'nobody'"


def test_an_empty_database_is_made_and_checked(tmp_path, new_postgres_database):
    for where in (
        ("--data-dir", str(tmp_path / "new")),
        ("--data-dir", str(tmp_path / "new"), "--database-url", new_postgres_database()),
    ):
        shell = Shell(*where)
        assert "needs 0" in shell.fails("db", "check")
        assert f"at revision {head()}" in shell("db", "upgrade")
        assert f"at revision {head()}" in shell("db", "upgrade")
        assert "as it should be" in shell("db", "check")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "://",
        "mysql://somebody@nowhere/x",
        "nosuchdatabase://x",
        "postgresql://nobody@127.0.0.1:1/x",
        "postgresql://nobody@127.0.0.1:port/x",
        "postgresql:///x?host=/nowhere",
        "sqlite:////nowhere/at/all/x.sqlite3",
    ],
)
@pytest.mark.parametrize("words", [("db", "check"), ("packs", "list")], ids=" ".join)
def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path, url, words):
    message = Shell().fails(*words, where=("--data-dir", str(tmp_path / "data"), "--database-url", url))
    assert "\n" not in message
    assert len(message) > 10


def test_a_locked_database_is_one_sentence(sqlite_shell, data_dir, monkeypatch):
    monkeypatch.setattr("simulator.store.engine.BUSY_TIMEOUT_SECONDS", 0.05)
    other = sqlite3.connect(data_dir / "simulator.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "locked" in sqlite_shell.fails("expire")
    other.close()


def test_a_file_that_is_no_database_is_one_sentence(sqlite_shell, data_dir):
    (data_dir / "simulator.sqlite3").write_text("This is a shopping list, and not a database. " * 100)
    assert "\n" not in sqlite_shell.fails("packs", "list")


# Settings.


def test_a_data_directory_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for words in (("packs", "list"), ("db", "check"), ("serve", "--port", "1")):
        where = ("--data-dir", str(tmp_path / "file" / "data"))
        if words[0] == "serve":
            where = (*where, "--port", str(free_port()))
        message = Shell().fails(*words, where=where)
        assert "cannot write to the data directory" in message
        assert "--data-dir" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIMULATOR_PORT", "http"),
        ("SIMULATOR_THREADS", "0"),
        ("SIMULATOR_LOG_LEVEL", "loud"),
        ("SIMULATOR_LOG_FORMAT", "xml"),
    ],
)
def test_a_setting_that_is_wrong_is_named(sqlite_shell, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert sqlite_shell.fails("packs", "list").startswith(f"{name}: ")


def test_settings_come_from_the_environment_and_flags_win(tmp_path, monkeypatch):
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "from-environment"))
    Shell()("db", "upgrade")
    Shell("--data-dir", str(tmp_path / "from-flag"))("db", "upgrade")
    for folder in ("from-environment", "from-flag"):
        assert (tmp_path / folder / "simulator.sqlite3").exists()


# Serving.


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "example.com", "127.0.0.1.example.com", ""])
def test_without_accounts_only_this_machine_is_served(data_dir, host):
    message = Shell().fails("serve", "--host", host, where=("--data-dir", str(data_dir)))
    assert "127.0.0.1" in message


def test_a_busy_port_is_one_sentence_before_anything_is_started(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        message = Shell().fails("serve", "--port", port, where=("--data-dir", str(tmp_path / "data")))
    assert port in message
    assert "--port" in message
    assert not (tmp_path / "data").exists()


def test_a_weak_secret_is_refused_before_anything_is_started(data_dir, monkeypatch, launched):
    monkeypatch.setenv("SIMULATOR_SECRET_KEY", "secret")
    message = Shell().fails("serve", "--port", str(free_port()), where=("--data-dir", str(data_dir)))
    assert "at least 32 characters" in message
    assert launched == []


def test_serving_makes_the_database_and_loads_the_packs_that_ship_once(tmp_path, launched):
    shell = Shell("--data-dir", str(tmp_path / "data"))
    for _ in range(2):
        shell("serve", "--port", str(free_port()))
    assert [settings["SIMULATOR_HOST"] for settings in launched] == ["127.0.0.1", "127.0.0.1"]
    assert {pack["id"] for pack in shell.json("packs", "list")} >= {"aws-mls-c01", "google-pmle"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_every_address_of_this_machine_may_be_served(data_dir, launched, host):
    Shell("--data-dir", str(data_dir))("serve", "--host", host, "--port", str(free_port()))
    assert [settings["SIMULATOR_HOST"] for settings in launched] == [host]


def test_a_bad_pack_among_those_that_ship_is_told_and_nothing_is_started(tmp_path, broken_pack, monkeypatch, launched):
    shutil.copy(paths.questions() / "skills.yaml", broken_pack.parent)
    monkeypatch.setattr("simulator.paths.questions", lambda: broken_pack.parent)
    where = ("--data-dir", str(tmp_path / "data"), "--port", str(free_port()))
    assert "broken.yaml:2:" in Shell().fails("serve", where=where)
    assert launched == []


def test_the_command_in_a_shell_of_its_own_keeps_stdout_for_json_and_stderr_for_errors(tmp_path):
    environment = {**os.environ, "SIMULATOR_DATA_DIR": str(tmp_path), "SIMULATOR_LOG_LEVEL": "debug"}
    command = [sys.executable, "-m", "simulator.cli"]
    good = subprocess.run([*command, "packs", "list", "--json"], capture_output=True, text=True, env=environment)
    assert (good.returncode, json.loads(good.stdout)) == (0, [])
    bad = subprocess.run([*command, "attempts", "report", "x"], capture_output=True, text=True, env=environment)
    assert (bad.returncode, bad.stdout, bad.stderr) == (1, "", "Error: there is no attempt 'x'\n")
