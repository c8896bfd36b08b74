"""What is out of date, out of place, or without an origin in an author's pack."""

from datetime import date

import pytest

from simulator.packs.lint.addresses import doubt_about
from tests.packs.conftest import BLUEPRINT
from tests.packs.lint_desk import codes, found, look, put, question

GOOD = BLUEPRINT.replace("example.com", "docs.python.org")


def with_blueprint(write, text=GOOD, **pack):
    problems = look(put(write, question(), files={"blueprint.yaml": text}, **pack)).problems
    counted = ("bank-too-small", "few-questions-for-task", "item-length")
    return [problem for problem in problems if problem.code not in counted]


def test_a_retired_certification_is_named_with_its_successor_where_it_says_so(write):
    retired = GOOD.replace("status: current", "status: retired\nretired_on: 2026-03-31")
    (problem,) = with_blueprint(write, retired)
    assert (problem.code, problem.message) == ("retired-certification", "TC-1 was retired on 2026-03-31")
    assert problem.file.endswith("desk/blueprint.yaml")
    assert (problem.line, problem.column) == (7, 9)
    assert with_blueprint(write, retired + "successor: TC-2\n")[0].message.endswith("; its successor is TC-2")
    assert with_blueprint(write) == []


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2025-11-25", None),
        ("2025-11-24", "last verified 366 days ago, on 2025-11-24; check the facts and set the day"),
        ("2026-11-25", None),
        ("2026-11-26", "2026-11-26 is in the future; write the day on which it was checked"),
    ],
)
def test_facts_that_nobody_has_checked_for_a_year(write, day, message):
    problems = found(write, question(), verified_on=day)
    assert [(p.code, p.message) for p in problems] == ([] if message is None else [("stale-verified-on", message)])


def test_the_blueprint_ages_too_unless_it_is_retired(write):
    old = GOOD.replace("verified_on: 2026-11-23", "verified_on: 2020-01-01")
    assert [(p.code, p.line) for p in with_blueprint(write, old)] == [("stale-verified-on", 6)]
    retired = old.replace("status: current", "status: retired\nretired_on: 2020-03-31")
    assert [p.code for p in with_blueprint(write, retired)] == ["retired-certification"]


def test_the_day_is_an_argument(write):
    root = put(write, question())
    assert [p.code for p in look(root, today=date(2028, 1, 1)).problems if p.severity != "info"] == [
        "stale-verified-on"
    ]


def test_a_question_of_a_type_that_the_exam_lacks_is_named_at_its_line(write):
    (problem,) = with_blueprint(write, GOOD.replace("[single_choice, multiple_response]", "[multiple_response]"))
    assert (problem.code, problem.line) == ("type-outside-blueprint", 11)
    assert "q-1 is single_choice, but the item types of the exam are multiple_response" in problem.message


def test_a_file_that_nobody_reads_is_named_unless_it_is_expected_there(write):
    files = dict.fromkeys(["README.md", "LICENSE", "licence.txt", "questions.yaml.txt", "docs/notes.MD"], "")
    (problem,) = [p for p in look(put(write, question(), files=files)).problems if p.severity != "info"]
    assert (problem.code, problem.line, problem.column) == ("file-ignored", 1, 1)
    assert problem.file.endswith("desk/questions.yaml.txt")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"source": None}, ["missing-source"]),
        ({"source": "https://github.com/someone/rivers"}, []),
        ({"source": "http://rivers.org"}, ["doubtful-address"]),
        ({"source": "Words: original ones"}, []),
        ({"licence": "Creative Commons"}, ["unknown-licence"]),
        ({"licence": "MIT"}, []),
        ({"licence": "LicenseRef-Internal"}, []),
        ({"authors": ["Alice", "unknown"]}, ["placeholder-author"]),
        ({"authors": ["<Your name>"]}, ["placeholder-author"]),
        ({"authors": ["The exam simulator's maintainers"]}, []),
        ({"authors": ["Ann Onymous", "M. E."]}, []),
    ],
)
def test_where_a_pack_comes_from(write, facts, expected):
    assert codes(write, question(), **facts) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.aws.amazon.com/sagemaker/latest/dg/whatis.html#a-part",
        "https://cloud.google.com:443/x?hl=en",
        "https://www.tensorflow.org/tfx/guide?q=1",
        "https://b\u00fccher.de/",
    ],
)
def test_addresses_of_documentation(url):
    assert doubt_about(url) is None


@pytest.mark.parametrize(
    ("url", "doubt"),
    [
        ("http://docs.python.org/3/", "does not begin with https"),
        ("https://example.com/guide", "leads to no public page"),
        ("https://wiki.localhost/", "leads to no public page"),
        ("https://docs.corp.internal/", "leads to no public page"),
        ("https://intranet/page", "names a host that cannot exist"),
        ("https://-a.org/", "names a host that cannot exist"),
        ("https://10.0.0.1/x", "names a machine by its number"),
        ("https://[::1]/x", "names a machine by its number"),
        ("https://[::1/x", "is not a web address"),
        ("https://a.org:x/", "is not a web address"),
        ("https://me:secret@docs.python.org/", "holds a user name"),
        ("https://docs.python.org:8443/", "names a port"),
        ("https://docs.python.org/?utm_source=mail", "carries a tracking parameter"),
        ("https://docs.python.org/?gclid", "carries a tracking parameter"),
        ("https://docs.microsoft.com/azure", "leads to a host that is closed"),
        ("https://www.bit.ly/x", "leads to a host that is closed"),
    ],
)
def test_addresses_that_lead_nowhere_or_say_too_much(url, doubt):
    assert (doubt_about(url) or "").startswith(doubt)


def test_a_doubtful_reference_is_named_at_its_place(write):
    references = [
        {"title": "Good", "url": "https://docs.python.org/3/"},
        {"title": "Bad", "url": "https://localhost/x"},
    ]
    (problem,) = found(write, question(references=references))
    assert (problem.code, problem.line, problem.column, problem.question) == ("doubtful-address", 41, 13, "q-1")


def test_the_addresses_of_a_blueprint_are_looked_at_too(write):
    facts = "facts:\n  - {label: Fee, value: 9}\n  - {label: Try, value: x, source: https://test.invalid/}\n"
    text = BLUEPRINT + facts.replace("value: 9", "value: '9'")
    problems = with_blueprint(write, text)
    assert [(p.code, p.line) for p in problems] == [("doubtful-address", 30), ("doubtful-address", 33)]


def test_a_question_checked_on_another_day_than_the_pack_ages_by_itself(write):
    problems = found(write, question(1, verified_on="2026-11-01"), question(2, verified_on="2025-01-01"))
    assert [(p.code, p.question) for p in problems] == [("stale-verified-on", "q-2")]
