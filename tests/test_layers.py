"""The arrows of the design: import-linter's contracts in pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a process of its own, because it changes how the one it runs in logs."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=folder)


def test_imports_run_in_the_direction_of_the_layers():
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 broken" in found.stdout


def test_a_forbidden_import_would_be_found(tmp_path):
    package = tmp_path / "lopsided"
    package.mkdir()
    for name, text in (("__init__", ""), ("exam", "import lopsided.web\n"), ("web", "")):
        (package / f"{name}.py").write_text(text)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_package = "lopsided"\n[[tool.importlinter.contracts]]\nname = "Layers"\n'
        'type = "layers"\ncontainers = ["lopsided"]\nlayers = ["web", "exam"]\nexhaustive = true\n'
    )
    found = lint(tmp_path)
    assert found.returncode != 0
    assert "BROKEN" in found.stdout


@pytest.mark.parametrize("module", ["simulator", "simulator.app", "simulator.cli", "simulator.server"])
def test_importing_a_module_touches_no_file_and_no_database(module, tmp_path):
    program = f"import {module}, os; assert not os.listdir(os.environ['HOME']), os.listdir(os.environ['HOME'])"
    environment = {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""}
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, env=environment, cwd=tmp_path)


def test_the_command_line_answers_without_loading_the_web_stack():
    program = "import simulator.cli, sys; print([m for m in ('flask', 'sqlalchemy', 'alembic') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
    assert found.stdout == "[]\n"
