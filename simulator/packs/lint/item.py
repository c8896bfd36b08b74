"""A question as the checks see it: its texts without Markdown, and their words, taken apart once."""

import re
from functools import cached_property, lru_cache

from simulator.packs.lint.vocabulary import STOP_WORDS
from simulator.packs.loading import LoadedQuestion
from simulator.packs.type_rules import MULTIPLE_RESPONSE, SINGLE_CHOICE

_MARKDOWN = re.compile(r"[\[*_`#>]")
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}\)")
_MARKS = re.compile(r"(?<!\w)[*_`#>]++(?=\s|\w|$)|(?<=\w)(?:[*`]+|_+(?!\w))|(?<=[.,;:?!)])[*`]+")
_WORD = re.compile(r"[^\W_]+(?:[-'.\u2019][^\W_]+)*")


def plain(text: str) -> str:
    """Return Markdown as the text that a candidate reads, on one line."""
    if _MARKDOWN.search(text):
        text = _MARKS.sub("", _LINK.sub(r"\1", text.replace("`", "")))
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """Return the words of a plain text in lower case; a word may hold hyphens, apostrophes and dots."""
    return _WORD.findall(text.lower())


def content_of(words: list[str]) -> set[str]:
    """Return the words that carry meaning, each without its most common endings."""
    return {root(word) for word in set(words) - STOP_WORDS if len(word) > 2}


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """Return a word without plural and verb endings: crude, but the same for all forms of most words."""
    word = word.removesuffix("'s")
    for ending in ("ings", "ing", "ies", "ied", "es", "ed", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


class Item:
    """One question with the words of its parts."""

    def __init__(self, loaded: LoadedQuestion) -> None:
        self.loaded = loaded
        self.question = loaded.question
        self.keys = sorted(loaded.question.key)
        self.is_choice = loaded.question.type in (SINGLE_CHOICE, MULTIPLE_RESPONSE) and bool(self.keys)

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @cached_property
    def others(self) -> list[int]:
        """The numbers of the wrong options."""
        return [number for number in range(len(self.question.options)) if number not in self.question.key]

    @cached_property
    def options(self) -> list[str]:
        """The options as plain text."""
        return [plain(option.text) for option in self.question.options]

    @cached_property
    def option_words(self) -> list[list[str]]:
        """The words of each option."""
        return [words_of(option) for option in self.options]

    @cached_property
    def option_content(self) -> list[set[str]]:
        """The words of each option that carry meaning."""
        return [content_of(words) for words in self.option_words]

    @cached_property
    def stem_words(self) -> list[str]:
        """The words of the question's own stem: its scenario and what it asks."""
        return words_of(plain(f"{self.question.scenario}\n{self.question.prompt}"))

    @cached_property
    def stem_content(self) -> set[str]:
        """The words of the whole stem, the shared text included, that carry meaning."""
        return content_of(self.stem_words + words_of(plain(self.question.stimulus)))
