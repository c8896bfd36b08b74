"""Findings as SARIF 2.1.0, the form in which code hosts show them beside the lines of a pull request."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from simulator.packs.lint.registry import summaries
from simulator.packs.problems import Problem, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def to_sarif(problems: Sequence[Problem], *, version: str, root: Path, pages: str | None = None) -> dict[str, Any]:
    """Return the problems as a SARIF log; files inside `root`, an absolute path, are named relative to it.

    `pages` is the address under which the pages about the codes are read, `<code>.md` each; without it rules have
    their summary alone.
    """
    codes = sorted({problem.code for problem in problems} | set(summaries()))
    rules = {code: number for number, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    results = []
    for problem in problems:
        identity = "\0".join((problem.code, _uri(problem.file, root), problem.question or ""))
        seen[identity] += 1
        results.append(_result(problem, rules[problem.code], f"{identity}\0{seen[identity]}", root))
    driver = {
        "name": "simulator packs lint",
        "version": version,
        "rules": [_rule(code, pages) for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, pages: str | None) -> dict[str, Any]:
    severity, summary = summaries().get(code, ("error", "The pack cannot be loaded."))
    rule = {
        "id": code,
        "shortDescription": {"text": summary},
        "help": {"text": f"{summary} See docs/lint/{code}.md of the exam simulator."},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }
    if pages is not None:
        rule["helpUri"] = f"{pages.rstrip('/')}/{code}.md"
    return rule


def _result(problem: Problem, rule: int, identity: str, root: Path) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": _uri(problem.file, root)},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": location}],
        # Not the line: a finding stays the same one when the lines above it change.
        "partialFingerprints": {"packFinding/v1": hashlib.sha256(identity.encode()).hexdigest()[:32]},
    }
    if problem.silenced is not None:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": problem.silenced}]
    return result


def _uri(file: str, root: Path) -> str:
    """Return the file's address: relative to the root if it is inside, so that code hosts find it."""
    path = PurePosixPath(Path(file).as_posix())
    inside = root.as_posix()
    if path.is_absolute() and path.is_relative_to(inside):
        path = path.relative_to(inside)
    prefix = "file://" if path.is_absolute() else ""
    return prefix + quote(str(path), errors="replace")
