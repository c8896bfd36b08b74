"""An author's options give the key away, or don't."""

import pytest

from tests.packs.lint_desk import OPTIONS, codes, found, question


def test_a_plain_good_question_is_let_alone(write):
    assert codes(write, question()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("Buffer the events until all of the late ones are in", *OPTIONS[1:]), ["key-longest"]),
        (("Buffer the late events", *OPTIONS[1:]), []),
        (("A bit longer", "Short", "Brief", "Small"), ["key-longest"][:0]),
        (("`ignore_upstream_failures()`", "`after()`", "`retry()`", "`exit()`"), []),
        ((OPTIONS[0], "Discard the events until all of the late ones are in", *OPTIONS[2:]), []),
    ],
)
def test_a_key_that_is_told_by_its_length(write, options, expected):
    assert codes(write, question(options=options)) == expected


def test_the_finding_points_at_the_key_and_tells_its_numbers(write):
    options = (*OPTIONS[:3], "Shard the stream and wait until the late events are in")
    (problem,) = found(write, question(options=options, keys=(3,)))
    assert problem.message.startswith(
        "the key has 54 characters, 3.06 times as many as the wrong options on average (18;"
    )
    assert (problem.line, problem.column, problem.question) == (28, 14, "q-1")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("All of the above", ["all-of-the-above"]),
        ("Both of these.", ["all-of-the-above"]),
        ("None of the above", ["none-of-the-above"]),
        ("All of the late events", []),
        ("None of the clusters", []),
    ],
)
def test_options_about_the_other_options(write, last, expected):
    problems = found(write, question(options=("Buffer", "Discard", "Double", last)))
    assert [p.code for p in problems if p.code != "options-not-parallel"] == expected
    assert {p.severity for p in problems if p.code == "all-of-the-above"} <= {"error"}


@pytest.mark.parametrize(
    ("options", "shuffle", "expected"),
    [
        (("40%", "60%", "67%", "72%"), False, []),
        (("72%", "67%", "60%", "40%"), False, []),
        (("40%", "60%", "67%", "72%"), True, ["numeric-options-unordered"]),
        (("40%", "72%", "67%", "60%"), False, ["numeric-options-unordered"]),
        (("1,000 rows", "900 rows", "2,000 rows", "3,000 rows"), False, ["numeric-options-unordered"]),
        (("3 hours", "2 days", "1 week", "5 minutes"), True, []),
        (("40%", "60%", "67%", "It cannot be told"), True, []),
        (("1 node of 4 GPUs", "1 node of 8 GPUs", "2 nodes of 4 GPUs", "2 nodes of 8 GPUs"), True, []),
        (("about $1.50", "about $2", "about $3", "about $-4"), False, ["numeric-options-unordered"]),
    ],
)
def test_numbers_stand_in_order(write, options, shuffle, expected):
    assert codes(write, question(options=options, shuffle=shuffle)) == expected


@pytest.mark.parametrize(
    ("options", "at"),
    [
        (("Add a replica", "Enable caching", "The larger instance", "Split the table"), 2),
        (("Add a replica.", "Enable caching.", "Run it twice.", "Split the table"), 3),
        (("By day", "The whole week", "In batches", "At night"), 1),
        (("Yes, at once", "No, never", "Yes, later", "The team"), 3),
        (("40 rows", "The mean", "50 rows", "60 rows"), 1),
        (("Add a replica", "Caching", "The larger instance", "Split the table"), None),
        (("Add a replica", "An index", "The larger instance", "Split the table"), None),
        (("Add a replica.", "Enable caching", "Split it", "Raise it."), None),
        (("`-`", "a", "b", "c"), None),
        (("*", "Add a replica", "Enable caching", "Split the table"), None),
    ],
)
def test_one_option_that_is_not_like_the_others(write, options, at):
    problems = [p for p in found(write, question(options=options)) if p.code == "options-not-parallel"]
    assert [p.line for p in problems] == ([] if at is None else [17 + 4 * at])


COMBINED = (
    "Batch jobs with Parquet files",
    "Batch jobs with CSV tables",
    "Online endpoints with Parquet files",
    "Manual runs",
)


def test_the_key_in_the_middle_of_the_options(write):
    problems = found(write, question(options=COMBINED))
    assert [p.code for p in problems] == ["key-converges"]
    assert "stand in 33% of the cases in another option too, those of the next in 17%" in problems[0].message
    assert codes(write, question(options=COMBINED, keys=(1,))) == []
    assert codes(write, question(options=("Batch", "Batch jobs", "Batch files", "Runs"))) == []


def test_over_a_bank_the_key_is_too_often_in_the_middle(write):
    bank = [
        question(
            number,
            options=(f"Red{number} cats", f"Red{number} dogs", f"Big{number} cats", "Nothing of it"),
            keys=(0,) if number < 24 else (1,),
        )
        for number in range(26)
    ]
    (problem,) = [p for p in found(write, *bank) if p.code == "key-often-converges"]
    assert "in 24 of 26 single-choice questions (92%; chance gives about 6, p " in problem.message
    assert "key-often-converges" not in codes(write, *bank[:19])


@pytest.mark.parametrize(("count", "expected"), [(3, ["option-count"]), (4, []), (5, ["option-count"])])
def test_a_single_choice_has_four_options(write, count, expected):
    options = (*OPTIONS, "Sort by name")[:count]
    assert codes(write, question(options=options)) == expected


def test_a_multiple_response_has_five_or_more(write):
    options = (*OPTIONS, "Replay the events")
    assert codes(write, question(options=options, keys=(0, 1), asked="Which? (Choose two.)")) == []


@pytest.mark.parametrize(
    ("option", "keys", "expected"),
    [
        ("Never buffer events", (0,), ["absolute-in-option"]),
        ("Never buffer events", (1,), ["absolute-in-option"]),
        ("Never more than nine", (1,), []),
        ("Missing completely at random", (1,), []),
        ("Report events", (1,), []),
    ],
)
def test_an_absolute_word_on_one_side_only(write, option, keys, expected):
    problems = found(write, question(options=(option, *OPTIONS[1:]), keys=keys))
    assert [p.code for p in problems if p.code.startswith("abs")] == expected


def test_an_absolute_word_on_both_sides_or_in_the_stem_tells_nothing(write):
    options = ("Always buffer", "Never buffer", "Discard", "Double")
    assert codes(write, question(options=options)) == []
    assert codes(write, question(options=("Buffer", *options[1:]), scenario="It must never stop.")) == []


def test_absolute_words_are_counted_over_the_bank(write):
    def bank(keyed):
        options = ("Keep all events", "Discard the events", "Double the cluster", "Shard the stream")
        return [question(n, options=options, keys=(0,) if keyed(n) else (1 + n % 3,)) for n in range(40)]

    problems = [p for p in found(write, *bank(lambda n: n == 0)) if p.code == "absolutes-give-away"]
    assert 'of 40 options with "all", 1 are keys (2%; chance gives about 10, p ' in problems[0].message
    assert "absolutes-give-away" not in codes(write, *bank(lambda n: n % 4 == 0))
    assert "absolutes-give-away" not in codes(write, *bank(lambda n: n == 0)[:7])
