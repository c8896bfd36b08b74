"""A small, valid pack, as an instructor would write it, and ways to spoil it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})

PACK = """\
id: tiny
title: A tiny pack
version: 1.0.0
language: en
licence: CC-BY-4.0
authors: [Alice]
certification: tiny-cert
verified_on: 2026-11-23
"""

BLUEPRINT = """\
id: tiny-cert
vendor: Tiny Vendor
code: TC-1
title: Tiny Certification
guide_version: "1"
verified_on: 2026-11-23
status: current
minutes: 10
scored: 2
scale:
  minimum: 100
  maximum: 1000
pass_mark:
  score: 700
  nature: assumed
  note: The vendor publishes no pass mark.
item_types: [single_choice, multiple_response]
domains:
  - id: data
    title: Data
    weight: 60
    tasks:
      - {id: "1.1", title: Ingest data}
  - id: modeling
    title: Modeling
    weight: 40.5
    tasks:
      - {id: "2.1", title: Evaluate models}
sources:
  - {title: Guide, url: https://example.com/guide}
"""

QUESTIONS = """\
questions:
  - id: late-events
    domain: data
    task: "1.1"
    skills: [data-ingestion]
    difficulty: 3
    type: single_choice
    scenario: |
      A ferry line receives events late.
    question: |
      Which change helps **MOST**?
    options:
      - text: Buffer the events.
        correct: true
        rationale: It waits for late ones.
      - text: Drop the events.
        rationale: They are needed.
      - text: Double the cluster.
        rationale: Size is not the problem.
      - text: Sort by name.
        rationale: Names do not matter.
    takeaway: Wait for late events.
    references:
      - {title: Streams, url: https://example.com/streams}
  - id: skewed-classes
    domain: modeling
    task: "2.1"
    skills: [evaluation-metrics, data-quality]
    difficulty: 4
    type: multiple_response
    stimulus: ferry
    question: Which metrics suit? (Choose two.)
    options:
      - {text: Recall, correct: true, rationale: It counts the found ones.}
      - {text: Precision, correct: true, rationale: It counts false alarms.}
      - {text: Accuracy, rationale: It is blind to rare classes.}
      - {text: Runtime, rationale: It is no metric of quality.}
      - {text: Size, rationale: Neither is this.}
    takeaway: Rare classes need recall and precision.
    references:
      - {title: Metrics, url: https://example.com/metrics}
    enemies: [late-events]
    shuffle: false
    status: draft
stimuli:
  - id: ferry
    text: A ferry line looks for rare failures.
"""

FILES = {"pack.yaml": PACK, "blueprint.yaml": BLUEPRINT, "questions.yaml": QUESTIONS}

Write = Callable[..., Path]


@pytest.fixture
def skills() -> frozenset[str]:
    return SKILLS


@pytest.fixture(scope="session")
def valid_files() -> dict[str, bytes]:
    return {name: text.encode() for name, text in FILES.items()}


@pytest.fixture
def files() -> dict[str, str]:
    return dict(FILES)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a pack's files, text or bytes by name, into a folder."""

    def write_files(files: dict[str, str | bytes], folder: str = "tiny") -> Path:
        root = tmp_path / folder
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write_files


@pytest.fixture
def zip_pack(tmp_path: Path) -> Write:
    """Write a pack's files into a zip; an entry is a name or a ZipInfo, with its content."""

    def write_zip(entries: list[tuple[str | zipfile.ZipInfo, str | bytes]], name: str = "tiny.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in entries:
                archive.writestr(entry, content)
        return path

    return write_zip
