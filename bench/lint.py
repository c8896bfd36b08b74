"""How long `simulator packs lint` takes for 10,000 questions over several packs, and what of it each check takes.

The questions are as long as real ones and of random words, so that nothing is alike by accident. The whole run is the
command itself, in as many processes as it starts; the shares are measured in one process.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from simulator import paths
from simulator.packs.lint.coverage import cover, entry_of
from simulator.packs.lint.duplicates import Stem, near_duplicates, shingles_of
from simulator.packs.lint.finding import LintedPack
from simulator.packs.lint.registry import CHECKS
from simulator.packs.loading import LoadedPack, load_pack, read_skills

TODAY = date(2026, 11, 25)
FILES = 8
PACK = """\
id: {name}
title: Generated pack {name}
version: 1.0.0
language: en
licence: CC0-1.0
authors: [The benchmark]
certification: aws-mla-c01
verified_on: 2026-11-01
source: Random words
"""
QUESTION = """\
  - id: {id}
    domain: {domain}
    task: "{task}"
    skills: [data-quality]
    difficulty: {difficulty}
    type: single_choice
    scenario: |
      {scenario}
    question: |
      Which change meets these requirements with the **LEAST** effort?
    options:
{options}    takeaway: {takeaway}
    references:
      - title: {takeaway}
        url: https://docs.python.org/3/library/{id}.html
    status: ready
"""
OPTION = """\
      - text: >-
          {text}
{correct}        rationale: >-
          {rationale}
"""


class Writer:
    """Writes packs of random words."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(2, 11))) for _ in range(20_000)]

    def text(self, count: int, indent: str) -> str:
        """Return lines of so many words."""
        words = self.random.choices(self.words, k=count)
        lines = [" ".join(words[start : start + 16]) for start in range(0, count, 16)]
        return f"\n{indent}".join(lines).capitalize() + "."

    def question(self, number: int, domain: str, task: str) -> str:
        """Return one question with four options."""
        key = self.random.randrange(4)
        options = "".join(
            OPTION.format(
                text=self.text(18, " " * 10),
                correct="        correct: true\n" if place == key else "",
                rationale=self.text(36, " " * 10),
            )
            for place in range(4)
        )
        return QUESTION.format(
            id=f"q-{number}",
            domain=domain,
            task=task,
            difficulty=1 + number % 5,
            scenario=self.text(100, " " * 6),
            options=options,
            takeaway=self.text(12, "").replace("\n", " "),
        )

    def pack(self, folder: Path, questions: int, blueprint: bytes, tasks: list[tuple[str, str]]) -> None:
        """Write a pack of so many questions."""
        folder.mkdir()
        (folder / "pack.yaml").write_text(PACK.format(name=folder.name))
        (folder / "blueprint.yaml").write_bytes(blueprint)
        for file in range(FILES):
            chosen = [(number, *self.random.choice(tasks)) for number in range(file, questions, FILES)]
            text = "questions:\n" + "\n".join(self.question(*one) for one in chosen)
            (folder / f"questions-{file}.yaml").write_text(text)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shares(folders: list[Path]) -> dict[str, float]:
    """Return the seconds that each part takes in this process."""
    skills = frozenset(read_skills(paths.questions() / "skills.yaml"))
    packs: list[LoadedPack] = []
    took = {"loading": timed(lambda: packs.extend(load_pack(folder, skills=skills) for folder in folders))}
    linted = [LintedPack(pack, TODAY) for pack in packs]

    def take_apart() -> None:
        for item in (item for pack in linted for item in pack.items):
            _ = item.stem_content, item.option_content

    took["taking words apart"] = timed(take_apart)
    for code, check in CHECKS.items():
        took[code] = timed(lambda check=check: [list(check.find(pack)) for pack in linted])
    stems: list[Stem] = []
    took["near-duplicate-stem"] = timed(
        lambda: (
            stems.extend(Stem(item.id, "", (1, 1), shingles_of(item)) for pack in linted for item in pack.items),
            list(near_duplicates(stems)),
        )
    )
    entries = [entry_of(pack.fingerprint, loaded) for pack in packs for loaded in pack.questions]
    took["coverage"] = timed(lambda: cover(packs[0].blueprint, [], entries))
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--packs", type=int, default=5)
    arguments = parser.parse_args()
    original = paths.questions() / "aws-mla-c01"
    blueprint = load_pack(original, skills=frozenset(read_skills(paths.questions() / "skills.yaml"))).blueprint
    tasks = [(domain.id, task.id) for domain in blueprint.domains for task in domain.tasks]
    with tempfile.TemporaryDirectory() as directory:
        folders = [Path(directory) / f"generated-{number}" for number in range(arguments.packs)]
        writer = Writer(seed=1)
        for folder in folders:
            writer.pack(
                folder, arguments.questions // arguments.packs, (original / "blueprint.yaml").read_bytes(), tasks
            )
        size = sum(file.stat().st_size for folder in folders for file in folder.iterdir())
        print(f"{arguments.questions} questions, {arguments.packs} packs, {size / 1e6:.1f} MB")
        command = [sys.executable, "-m", "simulator.cli", "packs", "lint", *map(str, folders), "--today", str(TODAY)]
        whole = timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Processor time is what a busy machine distorts least.
        print(f"the command: {whole:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor time in all processes")
        took = shares(folders)
    total = sum(took.values())
    print(f"in one process: {total:.1f} s, of which")
    for name, seconds in sorted(took.items(), key=lambda part: -part[1]):
        print(f"  {name:28} {seconds:6.2f} s  {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
