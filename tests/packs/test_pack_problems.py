"""An instructor makes mistakes: each is reported at its place, with a code and what to do, all at once."""

import re
from pathlib import Path

import pytest

from simulator.exam.errors import SimulatorError
from simulator.packs.loading import load_pack
from simulator.packs.problems import MAX_PROBLEMS, PackInvalid, Problem, Report, listed, quoted
from simulator.packs.schema import QuestionsEntry
from simulator.packs.shapes import Shaped

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})


def problems_of(root: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackInvalid) as caught:
        load_pack(root, skills=SKILLS)
    return caught.value.problems


def lines_of(root: Path) -> list[str]:
    return [str(problem).removeprefix(f"{root}/") for problem in problems_of(root)]


P, B, Q = "pack.yaml", "blueprint.yaml", "questions.yaml"
SINGLE = "correct: true\n        rationale: It waits for late ones.\n      - text: Drop the events."

# File, what to replace, by what, and the problems, each as the beginning of its line.
MISTAKES = [
    # Fields
    (
        P,
        "licence:",
        "license:",
        [
            '1:1: missing-field: "licence" is missing; add it',
            '5:1: unknown-field: there is no field "license" here; did you mean "licence"?',
        ],
    ),
    (P, "id: tiny", "id: Tiny Pack", ['1:5: bad-text: "id" must be small letters, digits and single hyphens']),
    (P, "id: tiny", "id: " + "a" * 101, ['1:5: too-long: "id" is longer than 100 characters']),
    (P, "version: 1.0.0", "version: 1.0", ['3:10: wrong-type: "version" must be text; put it in quotes: "1.0"']),
    (P, "version: 1.0.0", "version: one", ['3:10: bad-text: "version" must be three numbers']),
    (P, "language: en", "language: english language", ["4:11: bad-text"]),
    (P, "title: A tiny pack", "title:", ['2:1: empty: "title" is empty']),
    (P, "title: A tiny pack", "title: '  '", ['2:8: empty: "title" is empty']),
    (P, "title: A tiny pack", "title: [a]", ['2:8: wrong-type: "title" must be text, not a list']),
    (P, "title: A tiny pack", "title: |\n  a\n  b", ['2:8: bad-text: "title" must be one line']),
    (P, "authors: [Alice]", "authors: Alice", ['6:10: wrong-type: "authors" must be a list']),
    (P, "authors: [Alice]", "authors: []", ['6:10: too-few: "authors" needs at least 1; it has 0']),
    (P, "authors: [Alice]", "authors: [Alice, {}]", ['6:18: wrong-type: entry 2 of "authors" must be text, not a map']),
    (
        P,
        "2026-11-23",
        "23.11.2026",
        ['8:14: bad-date: "verified_on" must be a day written as YYYY-MM-DD, not "23.11.2026"'],
    ),
    (P, "2026-11-23", "2026-02-30", ["8:14: bad-date"]),
    (P, "2026-11-23", "", ["8:1: empty"]),
    (
        P,
        "2026-11-23",
        "20261123",
        ['8:14: bad-date: "verified_on" must be a day written as YYYY-MM-DD, not "20261123"'],
    ),
    # Blueprint
    (B, "id: tiny-cert", "id: other", ['1:5: other-certification: the blueprint is of "other"']),
    (B, "status: current", "status: retired", ['7:9: missing-field: "retired_on" is missing']),
    (B, "status: current", "status: old", ['7:9: unknown-value: "status" must be current or retired, not "old"']),
    (B, "nature: assumed", "nature: guessed", ['15:11: unknown-value: "nature" must be published or assumed']),
    (B, "minutes: 10", "minutes: 0", ['8:10: out-of-range: "minutes" must be at least 1, not "0"']),
    (B, "minutes: 10", "minutes: 99999", ['8:10: out-of-range: "minutes" must be at most 1440']),
    (B, "minutes: 10", "minutes: ten", ['8:10: wrong-type: "minutes" must be a whole number']),
    (B, "minutes: 10", "minutes: true", ["8:10: wrong-type"]),
    (B, "minutes: 10", "minutes: " + "9" * 39, ["8:10: out-of-range"]),
    (B, "minutes: 10", "minutes: " + "9" * 5000, ["8:10: wrong-type"]),
    (B, "scored: 2", "scored: 0", ["9:9: out-of-range"]),
    (B, "weight: 60", "weight: 0", ['21:13: out-of-range: "weight" must be more than 0, not "0"']),
    (B, "weight: 60", "weight: .inf", ['21:13: wrong-type: "weight" must be a finite number, not ".inf"']),
    (B, "weight: 60", "weight: .NaN", ["21:13: "]),
    (B, "weight: 60", "weight: heavy", ['21:13: wrong-type: "weight" must be a number']),
    (B, "maximum: 1000", "maximum: 100", ['12:12: bad-scale: "maximum" must be more than the minimum, 100']),
    (B, "score: 700", "score: 1001", ["14:10: bad-scale: the pass mark must be more than 100 and at most 1000"]),
    (B, "score: 700", "score: 100", ["14:10: bad-scale"]),
    (B, "scale:\n  minimum: 100\n  maximum: 1000", "scale: 1000", ['10:8: wrong-type: "scale" must be a map']),
    (B, "id: modeling", "id: data", ['24:9: duplicate-id: "data" is the id of an earlier domain']),
    (B, '"2.1"', '"1.1"', ['28:14: duplicate-id: "1.1" is the id of an earlier task']),
    (B, "multiple_response]", "single_choice]", ['17:29: duplicate-entry: "single_choice" is in this list twice']),
    (
        B,
        "multiple_response]",
        "essay]",
        ['17:29: unknown-value: entry 2 of "item_types" must be single_choice, multiple'],
    ),
    (
        B,
        "https://example.com/guide",
        "http://example.com",
        ['30:25: bad-text: "url" must be a web address that begins with https://'],
    ),
    (
        B,
        "sources:",
        "facts:\n  - {label: Fee, value: 1}\n  - {label: A, value: a}\n  - {label: A, value: b}\nsources:",
        ['30:25: wrong-type: "value" must be text', '32:13: duplicate-entry: "A" is in this list twice'],
    ),
    (B, "id: data\n", "identity: data\n", ["19:5: missing-field", "19:5: unknown-field"]),
    # Questions
    (Q, 'task: "1.1"', "task: 1.10", ['4:11: wrong-type: "task" must be text; put it in quotes: "1.10"']),
    (Q, 'task: "1.1"', 'task: "2.1"', ['4:11: unknown-task: domain "data" has no task "2.1"; it has 1.1']),
    (
        Q,
        "domain: modeling",
        "domain: modelling",
        ['26:13: unknown-domain: the blueprint has no domain "modelling"; did you mean "modeling"?'],
    ),
    (
        Q,
        "domain: modeling",
        "domain: zzz",
        ['26:13: unknown-domain: the blueprint has no domain "zzz"; allowed are data or modeling'],
    ),
    (
        Q,
        "skills: [data-ingestion]",
        "skills: [data-injestion]",
        ['5:14: unknown-skill: skills.yaml has no skill "data-injestion"; did you mean "data-ingestion"?'],
    ),
    (Q, "skills: [data-ingestion]", "skills: []", ["5:13: too-few"]),
    (Q, "skills: [data-ingestion]", "skills: [data-quality, data-quality]", ["5:28: duplicate-entry"]),
    (Q, "difficulty: 3", "difficulty: 6", ["6:17: out-of-range"]),
    (
        Q,
        "difficulty: 3",
        'difficulty: "3"',
        ['6:17: wrong-type: "difficulty" must be a whole number, without quotes, not "3"'],
    ),
    (
        Q,
        "type: single_choice",
        "type: essay",
        ['7:11: unknown-value: "type" must be single_choice, multiple_response, ordering, '],
    ),
    (
        Q,
        "scenario: |\n      A ferry line receives events late.\n",
        "scenario: ''\n",
        ['8:15: missing-field: "scenario" is missing; add it, or name a "stimulus"'],
    ),
    (
        Q,
        "    scenario: |\n      A ferry line receives events late.\n",
        "",
        ['2:5: missing-field: "scenario" is missing'],
    ),
    (Q, "scenario: |\n      A ferry line receives events late.\n", "scenario: [a]\n", ["8:15: wrong-type"]),
    (
        Q,
        "correct: true\n        rationale: It waits",
        "rationale: It waits",
        ['13:7: wrong-keys: single_choice needs exactly one option with "correct: true"; it has 0'],
    ),
    (Q, "rationale: They are", "correct: true\n        rationale: They are", ["13:7: wrong-keys"]),
    (
        Q,
        "correct: true\n",
        "correct: yes\n",
        ['14:18: wrong-type: "correct" must be true or false, without quotes, not "yes"'],
    ),
    (
        Q,
        "Precision, correct: true",
        "Precision",
        [
            '32:15: choose-mismatch: the question says "(Choose two.)", but the number of keys is 1',
            "34:7: wrong-keys: multiple_response needs at least two",
        ],
    ),
    (
        Q,
        "(Choose two.)",
        "(Choose three.)",
        ['32:15: choose-mismatch: the question says "(Choose three.)", but the number of keys is 2'],
    ),
    (Q, "(Choose two.)", "(Choose some.)", ["32:15: choose-mismatch"]),
    (Q, " (Choose two.)", "", ['32:15: choose-missing: end the question with "(Choose two.)"']),
    (
        Q,
        "**MOST**?",
        "**MOST**? (Choose one.)",
        ['10:15: choose-mismatch: single_choice takes one option; remove "(Choose one.)"'],
    ),
    (
        Q,
        "text: Sort by name.",
        "text: drop  the events.",
        ["20:15: duplicate-option: this is the same text as option 2"],
    ),
    (Q, "        rationale: Names do not matter.\n", "", ['20:9: missing-field: "rationale" is missing; add it']),
    (
        Q,
        "rationale: Names do not matter.",
        "rational: Names do not matter.",
        ["20:9: missing-field", '21:9: unknown-field: there is no field "rational" here; did you mean "rationale"?'],
    ),
    (Q, "takeaway: Wait for late events.", "takeaway: |\n      One.\n      Two.", ["22:15: bad-text"]),
    (
        Q,
        "references:\n      - {title: Streams, url: https://example.com/streams}",
        "references: []",
        ["23:17: too-few"],
    ),
    (Q, "https://example.com/streams", "https://", ["24:31: bad-text"]),
    (Q, "https://example.com/streams", "javascript:alert(1)", ["24:31: bad-text"]),
    (
        Q,
        "enemies: [late-events]",
        "enemies: [lost-events]",
        ['42:15: unknown-enemy: the pack has no question "lost-events"'],
    ),
    (Q, "enemies: [late-events]", "enemies: [skewed-classes]", ["42:15: own-enemy"]),
    (Q, "enemies: [late-events]", "enemies: [late-events, late-events]", ["42:28: duplicate-entry"]),
    (Q, "status: draft", "status: done", ['44:13: unknown-value: "status" must be ready, draft or retired']),
    (Q, "shuffle: false", 'shuffle: "false"', ["43:14: wrong-type"]),
    (Q, "stimulus: ferry", "stimulus: fery", ['31:15: unknown-stimulus: the pack has no stimulus "fery"']),
    (
        Q,
        "id: skewed-classes",
        "id: late-events",
        ['25:9: duplicate-id: "late-events" is the id of another question too, at ', "own-enemy"],
    ),
    (
        Q,
        "stimuli:\n",
        "stimuli:\n  - {id: ferry, text: again}\n",
        ['47:9: duplicate-id: "ferry" is the id of another stimulus too'],
    ),
    (
        Q,
        "      - text: Buffer the events.",
        "      - misconception: Late events never come\n        text: Buffer the events.",
        ["13:24: misconception-on-key: this option belongs to the key; a misconception stands on a wrong option"],
    ),
    (
        Q,
        "rationale: They are needed.",
        "rationale: No.\n        misconception: |\n          a\n          b",
        ["18:24: bad-text"],
    ),
    (Q, "rationale: They are needed.", "rationale: No.\n        misconception: " + "a" * 201, ["18:24: too-long"]),
    # Sets of questions that share a stimulus
    (
        Q,
        "    scenario: |\n      A ferry",
        "    stimulus: ferry\n    scenario: |\n      A ferry",
        [
            '27:13: stimulus-over-domains: the questions with the stimulus "ferry" are drawn together and must be of '
            'one domain; the first is of "data"',
            '43:15: enemies-share-stimulus: "late-events" shares the stimulus "ferry" with this question, so they are '
            "drawn together; remove the enemy, or give one of them a text of its own",
        ],
    ),
    (
        Q,
        "    domain: data\n",
        "    domain: no domain\n    stimulus: ferry\n",
        ["3:13: bad-text", "43:15: enemies-share-stimulus"],
    ),
    # YAML
    (Q, "id: late-events", "id: &a late-events", ["2:9: yaml-anchor: anchors (&name) are not allowed"]),
    (Q, "difficulty: 4", "difficulty: *a", ["29:17: yaml-alias: aliases (*name) are not allowed"]),
    (
        Q,
        "difficulty: 3",
        "*a : 3",
        ["2:5: missing-field", '6:5: unknown-field: there is no field "*a" here', "6:5: yaml-alias"],
    ),
    (Q, "id: late-events", "id: !!str late-events", ["2:9: yaml-tag: tags (!name) are not allowed"]),
    (Q, "options:\n      - text: Buffer", "options: !!set\n      - text: Buffer", ["12:14: yaml-tag"]),
    (
        Q,
        "difficulty: 3",
        "difficulty: 3\n    difficulty: 2",
        ['7:5: duplicate-field: "difficulty" is given twice, first in line 6'],
    ),
    (Q, "difficulty: 3", "difficulty: 3\n    difficulty: {a: [1, 2]}", ["7:5: duplicate-field"]),
    (Q, "stimuli:", "---\nstimuli:", ["45:1: several-documents"]),
    (
        Q,
        "takeaway: Wait",
        "takeaway: Rule: wait",
        ['22:19: yaml-syntax: a ": " inside plain text; put the whole value in quotes'],
    ),
    (Q, "takeaway: Wait", "takeaway: 'Wait", ["yaml-syntax: a quotation mark is opened here"]),
    (Q, "takeaway: Wait for late events.", 'takeaway: "Wait', ["yaml-syntax: text after a closing quotation mark"]),
    (Q, "takeaway: Wait", "\ttakeaway: Wait", ["yaml-syntax: a tab where spaces are needed"]),
    (Q, "takeaway: Wait", "takeaway: @Wait", ["22:15: yaml-syntax: a plain value must not begin with this character"]),
    (Q, "[data-ingestion]", "[data-ingestion", ['yaml-syntax: a "[" list is not closed']),
    (Q, "https://example.com/streams}", "https://example.com/streams", ['yaml-syntax: a "{" map is not closed']),
    (
        Q,
        "    takeaway: Wait",
        "   takeaway: Wait",
        ["22:4: yaml-syntax: this line is not indented like the lines it belongs to"],
    ),
    (
        Q,
        "takeaway: Wait for late events.",
        "takeaway: |9\n      Wait",
        ["yaml-syntax: text after a closing quotation mark, or text indented less"],
    ),
    (Q, "takeaway: Wait for late events.", 'takeaway: "C:\\q"', ["yaml-syntax: a backslash inside double quotes"]),
    (
        Q,
        "takeaway: Wait for late events.",
        'takeaway: "\\UFFFFFFFF"',
        ["1:1: yaml-syntax: this file is not valid YAML"],
    ),
    (
        Q,
        "takeaway: Wait for late events.",
        "takeaway: ]",
        ["yaml-syntax: this is not valid YAML: expected the node content"],
    ),
    (
        Q,
        "takeaway: Wait for late events.",
        'takeaway: "a\\0b"',
        ["22:15: bad-character: remove the escape for the invisible character U+0000"],
    ),
    (
        Q,
        "takeaway: Wait for late events.",
        'takeaway: "a\\ud800b"',
        ["22:15: bad-character: remove the escape for the invisible character U+D800"],
    ),
    (Q, "takeaway: Wait", "takeaway: W\u200bait \x07", ["bad-character: remove the invisible character U+0007"]),
    (Q, "takeaway: Wait", "takeaway: !" + "a" * 1000 + " Wait", ["22:15: too-long: a word that begins"]),
    (Q, "stimuli:", "? [a]\n: b\nstimuli:", ["45:3: bad-field-name"]),
    (Q, "stimuli:", '"a\\0": b\nstimuli:', ["45:1: bad-field-name"]),
    (Q, "stimuli:", "a" * 300 + ": b\nstimuli:", ["45:1: bad-field-name"]),
    (Q, "stimuli:", "x: " + "[" * 30 + "]" * 30 + "\nstimuli:", ["45:23: too-deep"]),
    (Q, "stimuli:", "a" * 70 + ": b\nstimuli:", ["45:1: unknown-field"]),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), MISTAKES)
def test_a_mistake_is_reported_at_its_place(write, files, name, old, new, expected):
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    found = [line.removeprefix(f"{name}:") for line in lines_of(write(files))]
    assert len(found) == len(expected), found
    for line, wanted in zip(found, expected, strict=True):
        assert wanted in line


def test_all_mistakes_are_reported_at_once_in_the_order_of_files_and_lines(write, files):
    files[P] = files[P].replace("licence:", "license:")
    files[B] = files[B].replace("scored: 2", "scored: none")
    files[Q] = files[Q].replace("difficulty: 3", "difficulty: 7").replace("correct: true\n", "correct: false\n")
    files["more.yaml"] = "questions: ["
    codes = [(problem.file.rpartition("/")[2], problem.line, problem.code) for problem in problems_of(write(files))]
    assert codes == [
        (B, 9, "wrong-type"),
        ("more.yaml", 1, "yaml-syntax"),
        (P, 1, "missing-field"),
        (P, 5, "unknown-field"),
        (Q, 6, "out-of-range"),
        (Q, 13, "wrong-keys"),
    ]


def test_an_unreadable_file_makes_no_noise_about_what_others_take_from_it(write, files):
    files[B] = "domains: ["
    files["stimuli.yaml"] = "questions: {"
    assert [problem.code for problem in problems_of(write(files))] == ["yaml-syntax", "yaml-syntax"]


def test_an_unsound_id_makes_no_noise_about_those_who_name_it(write, files):
    files[Q] = files[Q].replace("id: late-events", "id: Late Events").replace("- id: ferry", "- id: *x")
    assert [problem.code for problem in problems_of(write(files))] == ["bad-text", "yaml-alias"]


def test_an_unsound_domain_makes_no_noise_about_its_questions(write, files):
    files[B] = files[B].replace("id: modeling", "id: Modeling")
    assert [problem.code for problem in problems_of(write(files))] == ["bad-text"]


def test_aliases_inside_a_sound_file_are_the_only_problem(write, files):
    files[Q] = files[Q].replace("takeaway: Wait for late events.", "takeaway: *x")
    files[Q] = files[Q].replace("text: A ferry line looks for rare failures.", "text: *b")
    assert [problem.code for problem in problems_of(write(files))] == ["yaml-alias", "yaml-alias"]


def test_an_alias_for_an_optional_value_is_a_problem_too(write, files):
    files[Q] = files[Q].replace("stimulus: ferry", "stimulus: *x")
    assert [problem.code for problem in problems_of(write(files))] == ["yaml-alias"]


def test_a_pack_with_no_pack_file_or_two_of_them_says_so(write, files):
    assert "tiny:1:1: no-pack-file" in str(PackInvalid(problems_of(write({Q: files[Q]}))))
    assert lines_of(write({**files, "pack.yml": files[P]})) == [
        "pack.yml:1:1: duplicate-file: there is pack.yaml already; keep one of them"
    ]


def test_a_pack_with_nothing_in_it_says_so(write, files, tmp_path):
    (tmp_path / "empty").mkdir()
    assert [problem.code for problem in problems_of(tmp_path / "empty")] == ["no-pack-file"]
    assert [problem.code for problem in problems_of(write({P: files[P]}))] == ["nothing-in-pack"]


def test_an_empty_file_says_so(write, files):
    assert lines_of(write({**files, "more.yaml": ""})) == [
        "more.yaml:1:1: empty: the file is empty; write something here"
    ]


def test_a_list_where_a_file_should_be_a_map_says_so(write, files):
    (line,) = lines_of(write({**files, "more.yaml": "- a"}))
    assert line.startswith("more.yaml:1:1: wrong-type: the file must be a map")


def test_a_file_without_questions_says_so(write, files):
    assert lines_of(write({**files, "more.yaml": "questions: []"})) == [
        'more.yaml:1:12: too-few: "questions" needs at least 1; it has 0'
    ]


@pytest.mark.parametrize("count", [2, 13])
def test_too_few_and_too_many_options_say_so(write, files, count):
    head, _, rest = files[Q].partition("      - text: Buffer")
    options = "      - {text: a, correct: true, rationale: x}\n" + "".join(
        f"      - {{text: b{number}, rationale: x}}\n" for number in range(count - 1)
    )
    files[Q] = head + options + "    takeaway: Wait" + rest.partition("    takeaway: Wait")[2]
    (line,) = lines_of(write(files))
    words = {2: "too-few-options: single_choice needs at least 3 options; it has 2", 13: "too-many"}
    assert line.startswith(f"questions.yaml:13:7: {words[count]}")


def test_options_that_are_all_correct_say_so(write, files):
    files[Q] = re.sub(r"\{text: (Acc|Run|Si)", r"{correct: true, text: \1", files[Q]).replace(
        "(Choose two.)", "(Choose five.)"
    )
    (line,) = lines_of(write(files))
    assert line.startswith("questions.yaml:34:7: wrong-keys: multiple_response needs at least one wrong option")


def test_more_keys_than_there_are_words_for_are_named_by_number(write, files):
    options = "".join(f"      - {{text: t{n}, correct: true, rationale: x}}\n" for n in range(11))
    files[Q] = (
        files[Q].replace(" (Choose two.)", "").replace("      - {text: Recall", options + "      - {text: Recall")
    )
    found = lines_of(write(files))
    assert any("choose-missing" in line for line in found)


def test_a_misspelt_yaml_file_in_latin_1_says_where(write, files):
    files[Q] = b"# caf\xe9\n"
    assert lines_of(write(files)) == ["questions.yaml:1:6: not-utf-8: this is not UTF-8 text; save the file as UTF-8"]
    files[Q] = b"\xef\xbb\xbf# ok\n# caf\xe9\n"
    assert lines_of(write(files))[0].startswith("questions.yaml:2:6: not-utf-8")
    files[Q] = "# caf".encode("utf-16")
    assert lines_of(write(files))[0].startswith("questions.yaml:1:1: not-utf-8")


def test_a_file_with_too_many_values_is_refused(write, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.documents.MAX_VALUES", 50)
    assert {problem.code for problem in problems_of(write(files))} == {"too-large"}


def test_a_pack_with_too_many_values_is_refused(write, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.loading.MAX_PACK_VALUES", 50)
    assert lines_of(write(files)) == ["questions.yaml:1:1: too-large: the pack is too large; make several packs of it"]


def test_a_thousand_problems_are_enough(write, files):
    files[Q] = "questions:\n" + "  - {}\n" * 500
    files["zebra.yaml"] = "["
    found = problems_of(write(files))
    assert len(found) == MAX_PROBLEMS
    assert "more-problems" in {problem.code for problem in found}
    assert not any(problem.file.endswith("zebra.yaml") for problem in found)


def test_unknown_skills_beyond_the_thousandth_problem_cost_nothing(write, files):
    skills = ", ".join(f"skill-{number}" for number in range(10))
    one = files[Q].partition("  - id: skewed")[0].partition("questions:\n")[2]
    files[Q] = "questions:\n" + "".join(
        one.replace("late-events", f"q-{number}").replace("data-ingestion", skills) for number in range(110)
    )
    del files[B]
    assert len(problems_of(write(files))) == MAX_PROBLEMS


def test_a_problem_reads_like_a_compilers():
    problem = Problem("pack.yaml", 3, 5, "empty", "write something")
    assert str(problem) == "pack.yaml:3:5: empty: write something"
    assert problem.severity == "error"
    invalid = PackInvalid([problem, problem])
    assert isinstance(invalid, SimulatorError)
    assert str(invalid) == f"{problem}\n{problem}"


def test_messages_stay_on_one_line_whatever_a_pack_says():
    report = Report()
    report.add("f", 1, 1, "x", "a\nb\x1b[31m")
    assert report.problems[0].message == "a b [31m"
    assert quoted("x" * 100) == '"' + "x" * 60 + '..."'
    assert quoted(None) == '"None"'
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"


def test_a_spoilt_file_has_no_entry():
    shaped = Shaped[QuestionsEntry].unreadable("x.yaml")
    assert not shaped.is_sound("questions")
    with pytest.raises(ValueError, match="has problems"):
        shaped.whole()
