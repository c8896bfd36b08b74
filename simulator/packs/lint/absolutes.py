"""Whether absolute words tell right options from wrong ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.packs.lint.chance import RARE, two_sided_p
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.vocabulary import AUDITED, BOUNDED, STRONG
from simulator.packs.problems import quoted

FEWEST_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class KeyedRate:
    """How many of the options with a word are keys, beside what chance would give."""

    word: str
    options: int
    keyed: int
    expected: float
    p: float


def absolute_in_option(linted: LintedPack) -> Iterator[Finding]:
    """A wrong option has an absolute word and the key has none, or the key alone has one."""
    for item in linted.choices:
        strong = [_strong(words, item.stem_words) for words in item.option_words]
        keyed = any(strong[key] for key in item.keys)
        others = [other for other in item.others if strong[other]]
        if keyed == bool(others):
            continue
        for number in others or [key for key in item.keys if strong[key]]:
            which = "only the key has" if keyed else "only wrong options have"
            message = f"{which} an absolute word, {quoted(strong[number][0])}; say it as exactly as the other options"
            yield Finding(message, ("options", number, "text"), item)


def _strong(words: list[str], stem: list[str]) -> list[str]:
    """Return the absolute words of an option, without those that the stem speaks of and those that are bounded."""
    after = [*words[1:], ""]
    return [
        word
        for word, following in zip(words, after, strict=False)
        if word in STRONG and word not in stem and following not in BOUNDED
    ]


def keyed_rates(linted: LintedPack) -> list[KeyedRate]:
    """Return for each absolute word in the options how often it stands in a key, the most frequent word first."""
    chances: dict[str, list[float]] = {}
    keyed: dict[str, int] = {}
    for item in linted.choices:
        share = len(item.keys) / len(item.options)
        for number, words in enumerate(item.option_words):
            for word in AUDITED.intersection(words):
                chances.setdefault(word, []).append(share)
                keyed[word] = keyed.get(word, 0) + (number in item.question.key)
    rates = [
        KeyedRate(word, len(shares), keyed[word], sum(shares), two_sided_p(keyed[word], shares))
        for word, shares in chances.items()
    ]
    return sorted(rates, key=lambda rate: (-rate.options, rate.word))


def absolutes_give_away(linted: LintedPack) -> Iterator[Finding]:
    """Over the bank, an absolute word stands in keys more often or more seldom than chance explains."""
    for rate in keyed_rates(linted):
        if rate.options >= FEWEST_OPTIONS and rate.p < RARE:
            yield Finding(
                f"of {rate.options} options with {quoted(rate.word)}, {rate.keyed} are keys "
                f"({rate.keyed / rate.options:.0%}; chance gives about {rate.expected:.0f}, p {rate.p:.2g}); "
                "use the word evenly, or not at all"
            )
