"""The Chromium that the journeys run in: one that is installed, else one that is installed now.

`python -m tests.e2e.browser` makes sure that there is one; without any, the journeys fail and are never skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHOSEN_BY = "SIMULATOR_TEST_BROWSER"
# Read at once: the tests take all settings out of the environment before they start.
CHOSEN = os.environ.get(CHOSEN_BY)
NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
START_SECONDS = 60
INSTALL_SECONDS = 900


class NoBrowser(Exception):
    """There is no Chromium, and none could be installed; the message says what to do."""


def arguments() -> list[str]:
    """Return the command line flags that Chromium needs here; its sandbox refuses to work for root."""
    return [*QUIET, "--no-sandbox"] if _is_root() else list(QUIET)


def get_browser() -> Path:
    """Return a Chromium or Chrome that starts, installing one if need be; raises NoBrowser."""
    return find_browser() or _install()


def find_browser() -> Path | None:
    """Return an installed Chromium or Chrome that starts; raises NoBrowser if the one that was chosen does not."""
    if CHOSEN:
        found = shutil.which(CHOSEN)
        if found is None or not _starts(Path(found)):
            raise NoBrowser(f"{CHOSEN_BY} names {CHOSEN}, which is not a browser that starts: set it to another one.")
        return Path(found)
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    return next((path for path in (*on_path, _playwrights_own()) if _starts(path)), None)


def _starts(path: Path) -> bool:
    """Tell a browser from a stub that only advertises one, and from one whose libraries are missing."""
    try:
        outcome = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=START_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return outcome.returncode == 0 and outcome.stdout.strip() != ""


def _playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _install() -> Path:
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if _is_root() and shutil.which("apt-get"):
        ways.append([["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]])
    for commands in ways:
        if all(_succeeds(command) for command in commands) and (found := find_browser()):
            return found
    raise NoBrowser(
        "no Chrome or Chromium is installed and none could be installed: "
        f"install one, or set {CHOSEN_BY} to where it is."
    )


def _succeeds(command: list[str]) -> bool:
    print("+", *command, file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        # What it says goes to stderr: stdout is for the answer.
        outcome = subprocess.run(command, stdout=sys.stderr, env=environment, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return outcome.returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> None:
    """Make sure that there is a browser, and say which."""
    try:
        print(f"The journeys run in {get_browser()}")
    except NoBrowser as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
