"""An instructor asks what could be better about a pack that loads."""

from datetime import date

import pytest

from simulator.packs.lint import CHECKS, lint_pack

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})
B, Q = "blueprint.yaml", "questions.yaml"


def lint(root) -> list[tuple[str, int, str, str]]:
    problems = lint_pack(root, skills=SKILLS)
    return [(p.file.removeprefix(f"{root}/"), p.line, p.code, p.message) for p in problems]


def bank(count: int, key_at, longest) -> str:
    """Question files of single-choice questions whose key stands and is as long as told."""
    lines = ["questions:"]
    for number in range(count):
        lines += [
            f"  - id: q-{number}",
            "    domain: data",
            '    task: "1.1"',
            "    skills: [data-quality]",
            "    difficulty: 3",
            "    type: single_choice",
            "    scenario: s",
            "    question: q?",
            "    takeaway: t",
            "    references: [{title: t, url: https://example.com}]",
            "    options:",
        ]
        for option in range(4):
            is_key = option == key_at(number)
            text = "long answer" if is_key and longest(number) else f"a{option}"
            lines.append(f"      - {{text: {text}, rationale: r{', correct: true' if is_key else ''}}}")
    return "\n".join(lines)


def test_errors_come_before_any_warning(write, files):
    files[Q] = files[Q].replace("difficulty: 3", "difficulty: 9")
    (problem,) = lint_pack(write(files), skills=SKILLS)
    assert (problem.code, problem.severity) == ("out-of-range", "error")


def test_a_bank_that_cannot_fill_the_exam_is_counted(write, files):
    (found,) = lint(write(files))
    assert found[:3] == ("pack.yaml", 1, "bank-too-small")
    assert "domain modeling needs 1 ready questions for one exam of 2, and this pack has 0" in found[3]


def test_a_pack_without_shortcomings_has_no_warnings(write, files):
    files[Q] = files[Q].replace("status: draft", "status: ready").replace("    enemies: [late-events]\n", "")
    assert lint(write(files)) == []


def test_warnings_have_their_severity(write, files):
    assert {problem.severity for problem in lint_pack(write(files), skills=SKILLS)} == {"warning"}


def test_a_pack_without_a_blueprint_is_not_measured_by_one(write, files):
    del files[B]
    assert lint(write(files)) == []


def test_a_retired_certification_is_named_with_its_successor(write, files):
    retired = files[B].replace("status: current", f"status: retired\nretired_on: {date(2026, 3, 31)}")
    files[Q] = files[Q].replace("status: draft", "status: ready").replace("    enemies: [late-events]\n", "")
    assert lint(write({**files, B: retired}))[0][3] == "TC-1 was retired on 2026-03-31"
    assert lint(write({**files, B: retired + "successor: TC-2\n"}))[0][3].endswith("; its successor is TC-2")


def test_a_question_of_a_type_that_the_exam_lacks_is_named_at_its_line(write, files):
    files[B] = files[B].replace("[single_choice, multiple_response]", "[single_choice]")
    found = lint(write(files))
    assert (Q, 25, "type-outside-blueprint") in [f[:3] for f in found]


def test_a_file_that_nobody_reads_is_named_unless_it_is_expected_there(write, files):
    del files[B]
    files |= {"README.md": "", "LICENSE": "", "licence.txt": "", "questions.yaml.txt": "", "docs/notes.MD": ""}
    assert [f[:3] for f in lint(write(files))] == [("questions.yaml.txt", 1, "file-ignored")]


@pytest.mark.parametrize(
    ("key_at", "longest", "codes"),
    [
        (lambda n: n % 4, lambda n: n % 4 == 1, []),
        (lambda n: 0, lambda n: False, ["key-positions-uneven"]),
        (lambda n: n % 3, lambda n: False, ["key-positions-uneven"]),
        (lambda n: n % 4, lambda n: n % 2 == 0, ["key-often-longest"]),
    ],
)
def test_keys_that_give_themselves_away_are_counted(write, files, key_at, longest, codes):
    del files[B]
    files[Q] = bank(60, key_at, longest)
    assert [f[2] for f in lint(write(files))] == codes


def test_the_counts_are_in_the_warning(write, files):
    del files[B]
    files[Q] = bank(60, lambda n: 0, lambda n: True)
    longest, uneven = sorted(f[3] for f in lint(write(files)))
    assert (
        "the key is the longest option in 60 of 60 single-choice questions (100%; chance gives about 15)"
        in uneven + longest
    )
    assert "60 questions with 4 options (1: 60, 2: 0, 3: 0, 4: 0; even would be about 15 each)" in uneven + longest


def test_a_short_pack_is_left_alone(write, files):
    del files[B]
    files[Q] = bank(19, lambda n: 0, lambda n: True)
    assert lint(write(files)) == []


def test_every_check_stands_in_the_register_under_a_code_of_its_own():
    assert len(set(CHECKS.values())) == len(CHECKS)
