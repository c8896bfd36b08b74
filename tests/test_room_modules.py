"""The pure parts of the room's scripts, tested by themselves in the Node.js that Playwright's wheel carries."""

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


def test_the_arithmetic_of_clock_and_outbox():
    node = compute_driver_executable()[0]
    assert len(TESTS) == 3
    outcome = subprocess.run([node, "--test", *TESTS], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout
