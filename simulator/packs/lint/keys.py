"""Whether the keys of a pack give themselves away to somebody who knows nothing.

A pattern is reported when chance alone makes one as strong less than about once in a hundred packs. Short packs
are left alone: with few questions chance explains everything.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt

from simulator.exam.question import Question
from simulator.packs.lint.finding import Finding
from simulator.packs.loading import LoadedPack

FEWEST_QUESTIONS = 20

# Standard errors that chance exceeds once in a hundred times: one-sided, and for one of four positions (Bonferroni).
_ONE_SIDED = 2.33
_ANY_POSITION = 2.81


def key_positions_uneven(pack: LoadedPack) -> Iterator[Finding]:
    """Find a position in which the key of single-choice questions stands too often or too seldom."""
    by_size: dict[int, list[Question]] = defaultdict(list)
    for question in _single_key(pack):
        by_size[len(question.options)].append(question)
    for size, questions in sorted(by_size.items()):
        total = len(questions)
        counts = Counter(min(question.key) for question in questions)
        error = sqrt(total * (1 / size) * (1 - 1 / size))
        worst = max(abs(counts[position] - total / size) for position in range(size))
        if total >= FEWEST_QUESTIONS and worst > _ANY_POSITION * error:
            spread = ", ".join(f"{position + 1}: {counts[position]}" for position in range(size))
            yield Finding(
                f"the key's position is uneven in {total} questions with {size} options ({spread}; "
                f"even would be about {total / size:.0f} each); move some keys"
            )


def key_often_longest(pack: LoadedPack) -> Iterator[Finding]:
    """Find a bank in which choosing the longest option beats guessing."""
    questions = _single_key(pack)
    if len(questions) < FEWEST_QUESTIONS:
        return
    chances = [1 / len(question.options) for question in questions]
    expected = sum(chances)
    error = sqrt(sum(chance * (1 - chance) for chance in chances))
    longest = sum(_is_key_longest(question) for question in questions)
    if longest > expected + _ONE_SIDED * error:
        share = longest / len(questions)
        yield Finding(
            f"the key is the longest option in {longest} of {len(questions)} single-choice questions ({share:.0%}; "
            f"chance gives about {expected:.0f}); shorten keys or lengthen wrong options"
        )


def _single_key(pack: LoadedPack) -> Sequence[Question]:
    return [loaded.question for loaded in pack.questions if len(loaded.question.key) == 1]


def _is_key_longest(question: Question) -> bool:
    (key,) = question.key
    others = [len(option.text) for index, option in enumerate(question.options) if index != key]
    return len(question.options[key].text) > max(others)
