"""The quick parser and the one that explains mean the same: an author never learns that there are two."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import paths
from simulator.packs import documents
from simulator.packs.problems import Report
from tests.packs.conftest import FILES

FRAGMENTS = [
    *"\n:-#'\"[]{},|>&*!?%@`~=.059abT\\ é\u00a0\t\r",
    *("  ", "\n  ", "- ", ": ", " #", "\n\n", "|\n", ">-\n", "true", "null", "''", '\\"', "'x'", '"y"'),
    *("[a, b]", "{a: b}", "\n---\n", "   \n", "\n    \n", "\n      \n", "[]", "{}", ", ", "1.5", "- - a\n"),
]
EDITS = st.lists(
    st.tuples(st.integers(0, 3_000), st.integers(0, 6), st.sampled_from(FRAGMENTS)), min_size=1, max_size=4
)


def read_slowly(text: str) -> documents.Document | None:
    try:
        return documents._Builder("f", Report()).build(documents._events(text))
    except documents._Unreadable:
        return None


def read_quickly(text: str) -> documents.Document | None:
    report = Report()
    try:
        document = documents._read_quickly("f", text, report)
    except documents._Unreadable:
        return None
    return None if report.problems else document


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(FILES)), edits=EDITS)
def test_what_both_read_means_the_same(name, edits):
    text = FILES[name]
    for at, length, put in edits:
        at %= len(text) + 1
        text = text[:at] + put + text[at + length :]
    quick, slow = read_quickly(text), read_slowly(text)
    if quick is not None and slow is not None:
        assert quick == slow


@pytest.mark.parametrize(
    "path",
    sorted(paths.questions().rglob("blueprint.yaml")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_files_that_ship_are_read_quickly(path):
    text = path.read_text(encoding="utf-8")
    quick = read_quickly(text)
    assert quick is not None
    assert quick == read_slowly(text)


def test_a_directive_is_refused_before_it_costs_time():
    report = Report()
    assert documents.read_document("f", b"a: 1\n" + b"%TAG !a! b\n" * 50_000, report) is None
    assert [(problem.code, problem.line) for problem in report.problems] == [("yaml-syntax", 2)]


def test_what_the_quick_one_cannot_read_leaves_no_problem_behind():
    report = Report()
    assert documents.read_document("f", b"a: &x 1\nb: [1, 2\n", report) is None
    assert [problem.code for problem in report.problems] == ["yaml-anchor", "yaml-syntax"]
