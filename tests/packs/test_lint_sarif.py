"""A code host shows the findings on a pull request: SARIF 2.1.0, by the parts of the standard that hosts read."""

import json
import re
from pathlib import Path

import pytest

from simulator.packs.lint.registry import summaries
from simulator.packs.lint.sarif import to_sarif
from simulator.packs.problems import Problem
from tests.packs.lint_desk import OPTIONS, look, put, question

LONG = (f"{OPTIONS[0]} until all of the late ones are in", *OPTIONS[1:])


def log_of(problems, root=Path("/repository")):
    """Return the one run, after checking what every SARIF log must be."""
    log = json.loads(json.dumps(to_sarif(problems, version="1.2.3", root=root, pages="https://example.com/lint/")))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["helpUri"] == f"https://example.com/lint/{rule['id']}.md"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].isprintable()
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert re.fullmatch(r"[!-~]+", location["physicalLocation"]["artifactLocation"]["uri"])
        assert re.fullmatch("[0-9a-f]{32}", result["partialFingerprints"]["packFinding/v1"])
    prints = [result["partialFingerprints"]["packFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    return run


def uri_of(file, root=Path("/repository")):
    (result,) = log_of([Problem(file, 2, 3, "empty", "write")], root)["results"]
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_the_tool_and_all_its_rules_are_told_even_if_nothing_is_found():
    run = log_of([])
    assert run["results"] == []
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(summaries())


def test_without_an_address_of_the_pages_rules_have_their_summary_alone():
    (run,) = to_sarif([], version="1.2.3", root=Path("/repository"))["runs"]
    assert all("helpUri" not in rule and rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])


def test_findings_stand_at_their_lines_with_their_levels(write):
    root = put(write, question(options=LONG), question(2, options=("All of the above", *OPTIONS[1:])))
    results = log_of(look(root).problems, root.parent)["results"]
    told = {(r["ruleId"], r["level"]): r["locations"][0]["physicalLocation"] for r in results}
    assert told["key-longest", "warning"] == {
        "artifactLocation": {"uri": "desk/questions.yaml"},
        "region": {"startLine": 16, "startColumn": 14},
    }
    assert ("all-of-the-above", "error") in told
    assert ("item-length", "note") in told


def test_errors_that_keep_a_pack_from_loading_are_told_too(write):
    root = put(write, question(difficulty=9))
    (result,) = log_of(look(root).problems, root)["results"]
    assert (result["ruleId"], result["level"]) == ("out-of-range", "error")


def test_a_silenced_finding_is_suppressed_with_its_reason(write):
    lint = {"silence": [{"code": "key-longest", "reason": "Names."}]}
    results = log_of(look(put(write, question(options=LONG), lint=lint)).problems)["results"]
    suppressions = {result["ruleId"]: result.get("suppressions") for result in results}
    assert suppressions["key-longest"] == [{"kind": "inSource", "status": "accepted", "justification": "Names."}]
    assert suppressions["item-length"] is None


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("packs/a/questions.yaml", "packs/a/questions.yaml"),
        ("/repository/packs/a.yaml", "packs/a.yaml"),
        ("/elsewhere/a.yaml", "file:///elsewhere/a.yaml"),
        ("my pack/ä#1%.yaml", "my%20pack/%C3%A4%231%25.yaml"),
        ("a\udcff.yaml", "a%3F.yaml"),
    ],
)
def test_files_are_named_so_that_a_host_finds_them(file, uri):
    assert uri_of(file) == uri


def test_a_finding_stays_the_same_one_when_the_lines_above_it_change():
    def prints(*lines, code="empty"):
        results = log_of([Problem("a.yaml", line, 1, code, "m", question="q-1") for line in lines])["results"]
        return [result["partialFingerprints"]["packFinding/v1"] for result in results]

    assert prints(4, 9) == prints(14, 19)
    assert prints(4) != prints(4, code="too-few")


def test_names_and_texts_with_control_characters_stay_harmless(write):
    files = {"notes\x1b[31m\n.txt": "", "README.md": ""}
    root = put(write, question(), files=files, authors=["unknown"])
    for problem in look(root).problems:
        assert str(problem).isprintable()
    assert "notes%3F%5B31m%3F.txt" in json.dumps(log_of(look(root).problems, root))
