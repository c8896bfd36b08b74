"""The fast reader says what the full parser says, or nothing: an author never learns that there are two."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import paths
from simulator.packs import documents
from simulator.packs.plain import read_plain
from simulator.packs.problems import Report
from tests.packs.conftest import FILES

FRAGMENTS = [
    *"\n:-#'\"[]{},|>&*!?%@`~=.059abT\\ é\u00a0\t\r",
    *(
        "  ",
        "\n  ",
        "- ",
        ": ",
        " #",
        "\n\n",
        "|\n",
        ">-\n",
        "true",
        "null",
        "''",
        '\\"',
        "'x'",
        '"y"',
        "[a, b]",
        "{a: b}",
    ),
    *("\n---\n", "   \n", "\n    \n", "\n      \n", "[]", "{}", ", ", "1.5", "- - a\n"),
]

edits = st.lists(
    st.tuples(st.integers(0, 3_000), st.integers(0, 6), st.sampled_from(FRAGMENTS)), min_size=1, max_size=4
)


def read_fully(text: str) -> documents.Document | None:
    report = Report()
    try:
        document = documents._Builder("f", report).build(text)
    except documents._Unreadable:
        return None
    return None if report.problems else document


@settings(max_examples=1_500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(FILES)), edits=edits)
def test_whatever_it_reads_is_what_the_full_parser_reads(name, edits):
    text = FILES[name]
    for at, length, put in edits:
        at %= len(text) + 1
        text = text[:at] + put + text[at + length :]
    quick = read_plain("f", text, 1_000)
    if quick is not None:
        assert quick == read_fully(text)


@pytest.mark.parametrize(
    "path", sorted(paths.questions().rglob("*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_it_reads_all_files_that_ship(path):
    text = path.read_text()
    assert read_plain("f", text, documents.MAX_VALUES) == read_fully(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "# c\n\na: one  # comment\nb:\n- x\n- y: 2\n  z: [p, 'q', \"r\", 4]\n",
        "a: {b: 1, c: 'its'}\nd: []\ne: { }\n",
        "a: |\n  one\n   two\n\n  three\n\nb: >-\n  one\n  two\n\n\n  three\n",
        "a: \"say \\\"this\\\"\"\nb: 'it''s'\nc: ~\n",
        "a:\n    - b: 1\n      c:\n        - d\n  # end\n",
        "a:\n  - |\n    text\n  -   b: 1\n",
    ],
)
def test_plain_files_are_read_fast(text):
    assert read_plain("f", text, 100) == read_fully(text)
    assert read_plain("f", text, 100) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("", "a: 1", "a: 1\r\n", "a:\t1\n", "--- \na: 1\n", "# nothing\n", "- a\n", " a: 1\n", "a: 1\na: 2\n"),
        *(
            "a:\n",
            "a: b: c\n",
            "a: b:\n",
            "a: &x 1\n",
            "a: *x\n",
            "a: !t 1\n",
            "a: one\n  two\n",
            "a:\n  one\n",
            "a: # c\n",
        ),
        *("a: |+\n  b\n", "a: |\n", "a: |\nb: 1\n", "a: |\n\n  b\n", "a: >\n  b\n   c\n", "a: |\n  b\n     \n  c\n"),
        *(
            "a: [b\n",
            "a: [b: c]\n",
            "a: {b}\n",
            "a: [?]\n",
            "a: {b: 1, b: 2}\n",
            "a: [b, ]\n",
            "a: [b] c\n",
            "a: {b: [c]}\n",
            "a: {b: 1]\n",
        ),
        *(
            "a:\n  - b\n    - c\n",
            "a:\n  - \n",
            "a:\n  b: 1\n c: 2\n",
            'a: "b\\n"\n',
            "a: [\n",
            "a:\n  - b: 1\n     c: 2\n",
        ),
        "".join(f"{'  ' * depth}a:\n" for depth in range(18)) + "  " * 18 + "a: 1\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_full_parser(text):
    assert read_plain("f", text, 100) is None


def test_a_file_with_too_many_values_is_left_to_the_full_parser():
    assert read_plain("f", "a: [1, 2, 3]\n", 4) is None
