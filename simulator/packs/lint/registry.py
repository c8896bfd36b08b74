"""All checks by their codes. To add one: a function in a module here, its line below, a page in docs/lint/, a test."""

from simulator.packs.lint.absolutes import absolute_in_option, absolutes_give_away
from simulator.packs.lint.addresses import doubtful_address
from simulator.packs.lint.finding import Check
from simulator.packs.lint.keys import key_longest, key_often_longest, key_positions_uneven
from simulator.packs.lint.options import (
    all_of_the_above,
    key_converges,
    key_often_converges,
    none_of_the_above,
    numeric_options_unordered,
    options_not_parallel,
)
from simulator.packs.lint.size import item_length, option_count
from simulator.packs.lint.upkeep import (
    file_ignored,
    missing_source,
    placeholder_author,
    retired_certification,
    stale_verified_on,
    type_outside_blueprint,
    unknown_licence,
)
from simulator.packs.lint.wording import (
    clang_association,
    grammar_cue,
    negative_not_marked,
    qualifier_not_marked,
    vague_frequency,
)
from simulator.packs.problems import Severity

CHECKS: dict[str, Check] = {
    "absolute-in-option": Check("warning", absolute_in_option, english=True),
    "absolutes-give-away": Check("warning", absolutes_give_away, english=True),
    "all-of-the-above": Check("error", all_of_the_above, english=True),
    "clang-association": Check("warning", clang_association, english=True),
    "doubtful-address": Check("warning", doubtful_address),
    "file-ignored": Check("warning", file_ignored),
    "grammar-cue": Check("warning", grammar_cue, english=True),
    "item-length": Check("info", item_length, english=True),
    "key-converges": Check("warning", key_converges),
    "key-longest": Check("warning", key_longest),
    "key-often-converges": Check("warning", key_often_converges),
    "key-often-longest": Check("warning", key_often_longest),
    "key-positions-uneven": Check("warning", key_positions_uneven),
    "missing-source": Check("warning", missing_source),
    "negative-not-marked": Check("warning", negative_not_marked, english=True),
    "none-of-the-above": Check("warning", none_of_the_above, english=True),
    "numeric-options-unordered": Check("warning", numeric_options_unordered),
    "option-count": Check("warning", option_count),
    "options-not-parallel": Check("warning", options_not_parallel, english=True),
    "placeholder-author": Check("warning", placeholder_author),
    "qualifier-not-marked": Check("warning", qualifier_not_marked, english=True),
    "retired-certification": Check("warning", retired_certification),
    "stale-verified-on": Check("warning", stale_verified_on),
    "type-outside-blueprint": Check("warning", type_outside_blueprint),
    "unknown-licence": Check("warning", unknown_licence),
    "vague-frequency": Check("warning", vague_frequency, english=True),
}
"""The checks of a pack by itself."""

JOINT: dict[str, tuple[Severity, str]] = {
    "bank-too-small": ("warning", "A domain has fewer ready questions than one exam needs."),
    "few-disjoint-forms": ("info", "A second exam must repeat questions of the first."),
    "few-questions-for-task": ("warning", "A task has fewer than three ready questions."),
    "near-duplicate-stem": ("warning", "The stem is much like that of another question, of this pack or another."),
}
"""The checks of all packs together; their functions stand in `joint.py`."""

SILENCING: dict[str, tuple[Severity, str]] = {
    "silence-unknown-code": ("error", "A silence names a code that the linter does not have or does not let silence."),
    "silence-unknown-question": ("error", "A silence names a question that the pack does not have."),
    "silence-unused": ("warning", "A silence that silences nothing."),
}
"""The checks of the silences themselves, which nothing silences; their functions stand in `silencing.py`."""

SILENCEABLE = frozenset(CHECKS) | frozenset(JOINT)


def summaries() -> dict[str, tuple[Severity, str]]:
    """Return the severity of each code, and what it means in a sentence."""
    own = {code: (check.severity, _first_line(check)) for code, check in CHECKS.items()}
    return dict(sorted({**own, **JOINT, **SILENCING}.items()))


def _first_line(check: Check) -> str:
    return (check.find.__doc__ or "").partition("\n")[0]
