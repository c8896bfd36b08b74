"""Fails unless the locks are what pyproject.toml asks for: every requirement is there, in a version that fits."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent


def locked(name: str) -> dict[str, str]:
    """Return the pinned versions in a lock, by canonical name; every pin must carry hashes."""
    text = (HERE / name).read_text()
    if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
        sys.exit(f"requirements/{name} names an index; write it again with `make lock`")
    pins = {}
    for block in re.split(r"\n(?=\S)", text.strip()):
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\\n]+)", block)
        if not match or "--hash=sha256:" not in block:
            sys.exit(f"requirements/{name}: not a pinned requirement with hashes: {block.splitlines()[0]}")
        pins[canonicalize_name(match[1])] = match[2]
    return pins


def main() -> None:
    """Compare both locks with pyproject.toml."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"]
    run, dev = locked("run.txt"), locked("dev.txt")
    problems = [
        f"{name}: run.txt has {version}, dev.txt {dev.get(name)}"
        for name, version in run.items()
        if dev.get(name) != version
    ]
    wanted = [(text, "run.txt", run) for text in project["dependencies"]]
    wanted += [(text, "dev.txt", dev) for text in project["optional-dependencies"]["dev"]]
    for text, lock, pins in wanted:
        requirement = Requirement(text)
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{lock} has {version} for {text}")
    if problems:
        sys.exit("the locks are out of step with pyproject.toml; run `make lock`\n" + "\n".join(problems))


if __name__ == "__main__":
    main()
