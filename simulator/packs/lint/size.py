"""How much there is to read, and to choose from."""

from collections.abc import Iterator

from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import words_of
from simulator.packs.type_rules import SINGLE_CHOICE

FEWEST_WORDS, MOST_WORDS = 166, 282
"""Words of real items of these exams, stem and options together."""

USUAL_OPTIONS = 4


def item_length(linted: LintedPack) -> Iterator[Finding]:
    """The question is shorter or longer than those of the real exams."""
    for item in linted.items:
        stem = len(item.stem_words) + len(words_of(item.question.stimulus))
        words = stem + sum(map(len, item.option_words))
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            message = (
                f"the question has {words} words, {stem} of them in the stem; real ones have about "
                f"{FEWEST_WORDS} to {MOST_WORDS}"
            )
            yield Finding(message, (), item)


def option_count(linted: LintedPack) -> Iterator[Finding]:
    """A single choice has another number of options than four."""
    for item in linted.single:
        count = len(item.options)
        if item.question.type == SINGLE_CHOICE and count != USUAL_OPTIONS:
            advice = "add a wrong option" if count < USUAL_OPTIONS else "drop the weakest wrong options"
            yield Finding(
                f"a single choice has {USUAL_OPTIONS} options; this has {count}; {advice}", ("options",), item
            )
