"""Whether the options are of one kind, in order, and independent of each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from simulator.packs.lint.chance import FEWEST, RARE, two_sided_p
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import Item
from simulator.packs.lint.vocabulary import DETERMINERS, PREPOSITIONS, VERBS
from simulator.packs.problems import quoted

_ABOVE = r"of (?:the )?(?:above|these|following|options|answers)(?: options| answers)?"
_ALL = re.compile(rf"^(?:all|both|any|each) {_ABOVE}\b", re.IGNORECASE)
_NONE = re.compile(rf"^(?:none|neither) {_ABOVE}\b", re.IGNORECASE)

_NUMBER = re.compile(
    r"^(?:about |approximately |around )?[$€£]?(?P<number>[-\u2212]?[0-9]+(?:[, ][0-9]{3})*(?:\.[0-9]+)?)(?P<unit>.*)$",
    re.IGNORECASE,
)

_UNTOLD = ""
_QUESTION_ANSWERS = frozenset(("yes", "no"))


def all_of_the_above(linted: LintedPack) -> Iterator[Finding]:
    """An option refers to all the others; who knows two of them are right has the answer."""
    yield from _options_like(linted, _ALL, "name the combination itself, or ask with several keys")


def none_of_the_above(linted: LintedPack) -> Iterator[Finding]:
    """An option refuses all the others; it shows only what a candidate knows to be wrong."""
    yield from _options_like(linted, _NONE, "write a wrong option that somebody would choose")


def _options_like(linted: LintedPack, pattern: re.Pattern[str], advice: str) -> Iterator[Finding]:
    for item in linted.choices:
        for number, text in enumerate(item.options):
            if pattern.match(text):
                yield Finding(f"{quoted(text)} refers to the other options; {advice}", _text(number), item)


def numeric_options_unordered(linted: LintedPack) -> Iterator[Finding]:
    """Options that are numbers do not rise or fall, or are shuffled."""
    for item in linted.choices:
        numbers = _numbers(item.options)
        if numbers is None:
            continue
        if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
            message = 'options that are numbers stand in rising order; sort them and add "shuffle: false"'
            yield Finding(message, ("options",), item)
        elif item.question.shuffle:
            message = 'options that are numbers keep their order; add "shuffle: false"'
            yield Finding(message, ("options",), item)


def _numbers(options: Sequence[str]) -> list[float] | None:
    """Return the options as numbers of one unit, or None if one of them is anything else."""
    found = [_NUMBER.match(option.rstrip(".")) for option in options]
    matches = [match for match in found if match]
    units = {match["unit"].strip().lower().removesuffix("s") for match in matches}
    if len(matches) < len(options) or len(units) != 1 or len(units.pop().split()) > 3:
        return None
    return [float(re.sub("[, ]", "", match["number"]).replace("\u2212", "-")) for match in matches]


def options_not_parallel(linted: LintedPack) -> Iterator[Finding]:
    """One option begins or ends otherwise than all the others, which agree."""
    for item in linted.choices:
        if not all(item.option_words):
            continue
        for describe, kinds in (("begins", _beginnings(item)), ("ends", _endings(item))):
            odd = _odd_one(kinds)
            if odd is not None:
                usual = kinds[(odd + 1) % len(kinds)]
                message = f"this option {describe} with {kinds[odd]}, all others with {usual}; make them alike"
                yield Finding(message, _text(odd), item)
                break


def _odd_one(kinds: Sequence[str]) -> int | None:
    """Return the number of the option whose kind is not that of all the others."""
    counts = Counter(kinds)
    if _UNTOLD in counts or len(counts) != 2 or min(counts.values()) != 1:
        return None
    return min(range(len(kinds)), key=lambda number: counts[kinds[number]])


def _beginnings(item: Item) -> list[str]:
    return [_beginning(words[0], text) for words, text in zip(item.option_words, item.options, strict=True)]


def _beginning(word: str, text: str) -> str:
    """Return the class of a first word, if it tells one."""
    if text[0] in "$€£-\u2212" or word[0].isdigit():
        return "a number"
    if word in _QUESTION_ANSWERS and text[len(word) : len(word) + 1] in (",", ":", ";"):
        return '"yes" or "no"'
    if word in VERBS:
        return "an imperative"
    if word in DETERMINERS:
        return "an article"
    if word in PREPOSITIONS:
        return "a preposition or conjunction"
    return _UNTOLD


def _endings(item: Item) -> list[str]:
    return ["a full stop" if text.endswith(".") else "no full stop" for text in item.options]


def key_converges(linted: LintedPack) -> Iterator[Finding]:
    """The key is the combination that shares most parts with the other options."""
    for item in linted.single:
        shared = _shared(item.option_content)
        (key,) = item.keys
        second = max(shared[other] for other in item.others)
        enough = shared[key] >= _LEAST_SHARED and len(item.option_content[key]) >= _FEWEST_PARTS
        if enough and shared[key] - second >= _LEAST_LEAD:
            message = (
                f"the words of the key stand in {shared[key]:.0%} of the cases in another option too, those of the "
                f"next in {second:.0%}; who picks what the options have in common is right"
            )
            yield Finding(message, _text(key), item)


_FEWEST_PARTS = 3
_LEAST_SHARED = 0.30
_LEAST_LEAD = 0.15


def convergent_keys(linted: LintedPack) -> tuple[int, list[float]]:
    """Return in how many single-choice questions the key shares most with the other options, and the chance of each."""
    converging = 0
    for item in linted.single:
        shared = _shared(item.option_content)
        converging += shared[item.keys[0]] > max(shared[other] for other in item.others)
    return converging, [1 / len(item.options) for item in linted.single]


def key_often_converges(linted: LintedPack) -> Iterator[Finding]:
    """Choosing the option that shares most words with the others beats guessing."""
    converging, chances = convergent_keys(linted)
    p = two_sided_p(converging, chances)
    if len(chances) >= FEWEST and converging > sum(chances) and p < RARE:
        yield Finding(
            f"the key shares most words with the other options in {converging} of {len(chances)} single-choice "
            f"questions ({converging / len(chances):.0%}; chance gives about {sum(chances):.0f}, p {p:.2g}); "
            "build wrong options on each other too, not only on the key"
        )


def _shared(contents: Sequence[set[str]]) -> list[float]:
    """Return for each option how many of its words stand in another one, on average over words and other options.

    Words that stand in all options are left out: they make the question, not an option.
    """
    everywhere = set(contents[0]).intersection(*contents)
    contents = [words - everywhere for words in contents]
    return [
        sum(len(words & other) for number, other in enumerate(contents) if number != own)
        / max(len(words) * (len(contents) - 1), 1)
        for own, words in enumerate(contents)
    ]


def _text(number: int) -> tuple[str | int, ...]:
    return ("options", number, "text")
