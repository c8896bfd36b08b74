"""An author's words give the key away, or hide what is asked."""

import pytest

from simulator.packs.lint.item import plain
from tests.packs.lint_desk import OPTIONS, codes, found, question


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("Discard what is rarely read", ["vague-frequency"]),
        ("Often discard the events", ["vague-frequency"]),
        ("Discard more often than now", []),
        ("Discard half as often", []),
        ("Discard the rare events", []),
    ],
)
def test_vague_frequencies(write, option, expected):
    assert codes(write, question(options=(OPTIONS[0], option, *OPTIONS[2:]))) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Which measure does not help?", ["negative-not-marked"]),
        ("Which measure does **not** help?", ["negative-not-marked"]),
        ("Which measure does NOT help?", ["negative-not-marked"]),
        ("Which measure does **NOT** help?", []),
        ("Which measure doesn't help?", ["negative-not-marked"]),
        ("All of these help, except which?", ["negative-not-marked"]),
        ("All of these help **EXCEPT** which?", []),
        ("Which measure helps if labels are not known?", ["negative-not-marked"][:0]),
        ("Which measure helps those who can `not` wait?", []),
        ("Which measure helps, so that events are not lost?", []),
    ],
)
def test_negative_questions_say_so(write, asked, expected):
    assert codes(write, question(asked=asked)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Which measure has the least effort?", ["qualifier-not-marked"]),
        ("Which measure has the **least** effort?", ["qualifier-not-marked"]),
        ("Which measure has the LEAST effort?", ["qualifier-not-marked"]),
        ("Which measure has the **LEAST** effort?", []),
        ("Which measure is **MOST** likely to help?", []),
        ("What should the team do first?", ["qualifier-not-marked"]),
        ("What should the team do __FIRST__?", []),
        ("Which measure meets these needs best?", ["qualifier-not-marked"]),
        ("Which measure best meets these needs?", ["qualifier-not-marked"]),
        ("Which measure keeps at least nine days?", []),
        ("Which measure establishes least privilege?", []),
        ("Which measure helps in the first hour?", []),
        ("Which measure does the team rank first?", []),
        ("Which measure follows best practice for most teams?", []),
    ],
)
def test_qualifiers_are_shown(write, asked, expected):
    assert codes(write, question(asked=asked)) == expected


def test_a_qualifier_is_told_with_its_word_and_its_place(write):
    (problem,) = found(write, question(asked="Which measure has the least effort?"))
    assert problem.message.startswith('write "least" as **LEAST**')
    assert (problem.line, problem.column) == (13, 16)


@pytest.mark.parametrize(
    ("scenario", "options", "expected"),
    [
        ("Sales show a trend and a season.", ("Smoothing with trend and season", "Boosted trees", "Deep nets"), True),
        ("A trial ran. The trial was cheap.", ("Use the trial again", "Buy servers", "Rent servers"), True),
        ("A trial ran and was cheap.", ("Use the trial again", "Buy servers", "Rent servers"), False),
        ("Sales show a trend and a season.", ("Smoothing with trend and season", "Trend lines", "Nets"), False),
        ("Sales show a trend and a season.", ("Boosted trees", "Smoothing with trend and season", "Deep nets"), False),
    ],
)
def test_words_of_the_stem_in_the_key_alone(write, scenario, options, expected):
    problems = codes(write, question(scenario=scenario, options=(*options, "Guess")))
    assert ("clang-association" in problems) is expected


def test_words_that_many_questions_share_point_nowhere(write):
    options = ("Smoothing with trend and season", "Boosted trees", "Deep nets", "Guess")
    bank = [question(n, scenario="Sales show a trend and a season.", options=options) for n in range(3)]
    assert "clang-association" not in codes(write, *bank)


def test_the_words_are_named_as_the_stem_has_them(write):
    options = ("Smoothing with trends", "Boosted trees", "Deep nets", "Guess")
    problems = found(write, question(scenario="Trending up? A trend.", options=options))
    assert any('only the key repeats "trending"' in p.message for p in problems)


@pytest.mark.parametrize(
    ("asked", "options", "expected"),
    [
        ("The team should deploy an", ("endpoint", "model", "queue", "job"), True),
        ("The team should deploy a:", ("European model", "hour-long job", "model", "queue"), True),
        ("The team should deploy a ...", ("model", "queue", "job", "stream"), False),
        ("The team should deploy a", ("endpoint", "model", "queue", "job"), False),
        ("What they need are", ("endpoints", "a model", "a queue", "a job"), True),
        ("What they need is", ("an index", "a process", "a queue", "a job"), False),
        ("What they need is", ("an index", "5 queues", "a queue that holds many events", "a job"), False),
        ("What should the team deploy?", ("endpoint", "model", "queue", "jobs"), False),
        ("The team should deploy an", ("*", "endpoint", "model", "queue"), False),
        (f"The team should deploy an {'.' * 500} of the model", ("endpoint", "model", "queue", "job"), False),
        (f"The team should deploy an {'.' * 500}", ("endpoint", "model", "queue", "job"), True),
    ],
)
def test_grammar_that_fits_the_key_only(write, asked, options, expected):
    assert ("grammar-cue" in codes(write, question(asked=asked, options=options))) is expected


def test_packs_in_other_languages_are_not_judged_by_english_words(write):
    spoilt = question(asked="Which measure does not help?", options=("All of the above", *OPTIONS[1:]))
    assert codes(write, spoilt, language="de") == []
    assert set(codes(write, spoilt, language="en-GB")) == {"all-of-the-above", "negative-not-marked"}


def test_the_length_of_a_question_is_only_for_information(write, tmp_path):
    from tests.packs.lint_desk import look, put

    problems = look(put(write, question(), question(2, scenario="word " * 200))).problems
    assert [(p.code, p.severity, p.question) for p in problems] == [("item-length", "info", "q-1")]
    assert "18 words, 6 of them in the stem; real ones have about 166 to 282" in problems[0].message


@pytest.mark.parametrize("text", ["*" * 19_000 + ",", "[" * 19_000, "which " * 3_000, "often " * 600, "`" * 4_001])
def test_hostile_texts_cost_no_more_than_others(write, text):
    spoilt = question(scenario=text, asked=text[:4_900], options=(text[:3_900], *OPTIONS[1:]))
    assert len(codes(write, spoilt)) < 10


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("`set_retry()` is **BEST** and _this_ [link](https://a.org/b) *a*", "set_retry() is BEST and this link a"),
        ("`.after_all()`", ".after_all()"),
        ("__FIRST__?\n\n> quoted", "FIRST? quoted"),
        ("plain  words", "plain words"),
    ],
)
def test_words_are_read_as_a_candidate_reads_them(markdown, text):
    assert plain(markdown) == text
