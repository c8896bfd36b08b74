"""Whether the English words of a question give its key away or hide what is asked."""

import re
from collections import Counter
from collections.abc import Iterator

from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import Item, plain, root
from simulator.packs.lint.vocabulary import COMPARING, VAGUE
from simulator.packs.problems import listed, quoted

_CODE = re.compile(r"`[^`]*`")
_CHOOSE = re.compile(r"\((?:choose|select) [^()]*\)\.?\s*$", re.IGNORECASE)
_BOLD = re.compile(r"\*\*|__")

_NEGATIVE = re.compile(
    r"\b(?:which|what|who|where|when)\b(?:(?!\b(?:if|when|where|because|that|so|since|while|although)\b)[^,;?.]){0,200}?"
    r"\b(?:is|are|was|were|does|do|did|should|would|can|could|will|must|may"
    r"|has|have|had) (?P<word>not)\b"
    r"|\b(?P<except>except)\b(?! (?:that|when|if)\b)"
    r"|\b(?P<contracted>(?:is|are|does|do|would|should|can)n['\u2019]t)\b",
    re.IGNORECASE,
)

_QUALIFIERS = re.compile(
    r"(?<!\bat )(?<![-\w])\b(?:the )?(?P<word>most|least)\b"
    r"(?= (?:accurate|additional|administrative|appropriate|change|cost|cost-effective|custom|development|direct"
    r"|effective|efficient|efficiently|effort|expensive|important|latency|likely|maintenance|money|operational|overhead|probable"
    r"|reliable|scalable|secure|suitable|time|work)\b|\s*[?.(]|$)"
    r"|\b(?P<best>best)\b(?= (?:addresses|describes?|explains?|fits?|meets?|satisfies|solves?|suits?|supported)\b"
    r"|\s*[?.(]|$)"
    r"|(?<!rank )(?<!ranks )(?<!come )(?<!comes )\b(?P<first>first)\b(?=\s*[?.(]|$| to )",
    re.IGNORECASE,
)

_GAP = ":_….\t\n "
_DEFINITE_ENDS = re.compile(r"\b(?P<word>an?|is|are|was|were|these|those)$", re.IGNORECASE)
_VOWELS = "aeiou"
_CONSONANT_SOUND = re.compile(r"^(?:eu|uni|use|usu|one\b|once\b|ut[ie])", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"^(?:hour|honest|heir|[FHLMNRSX][A-Z0-9]|[FHLMNRSX]\b|8|11\b|18\b)")


def asked(item: Item) -> str:
    """Return what a question asks, as Markdown without code and without "(Choose two.)"."""
    return _CHOOSE.sub("", _CODE.sub("", item.question.prompt)).strip()


def vague_frequency(linted: LintedPack) -> Iterator[Finding]:
    """An option says how often in a word that means something else to everybody."""
    for item in linted.choices:
        for number, words in enumerate(item.option_words):
            for before, word in zip(["", *words], words, strict=False):
                if word not in VAGUE or before in COMPARING:
                    continue
                message = f"{quoted(word)} means something else to everybody; say how often, or leave it out"
                yield Finding(message, ("options", number, "text"), item)
                break


def negative_not_marked(linted: LintedPack) -> Iterator[Finding]:
    """A negative question does not show its NOT or EXCEPT in bold capitals."""
    yield from _unmarked(linted, _NEGATIVE, "a negative question is easily misread")


def qualifier_not_marked(linted: LintedPack) -> Iterator[Finding]:
    """A question that asks for the MOST, LEAST, BEST or FIRST does not show the word in bold capitals."""
    yield from _unmarked(linted, _QUALIFIERS, "the word decides between options that all work")


def _unmarked(linted: LintedPack, pattern: re.Pattern[str], why: str) -> Iterator[Finding]:
    for item in linted.items:
        text, bold = _without_bold(" ".join(asked(item).split()))
        for match in pattern.finditer(text):
            name = next(name for name, value in match.groupdict().items() if value)
            if not (bold[match.start(name)] and match[name].isupper()):
                message = f"write {quoted(match[name])} as **{match[name].upper()}**: {why}"
                yield Finding(message, ("question",), item)
                break


def _without_bold(text: str) -> tuple[str, list[bool]]:
    """Return a text without its marks for bold, and which of its characters are bold."""
    parts = _BOLD.split(text)
    flags = [bool(number % 2) for number, part in enumerate(parts) for _ in part]
    return "".join(parts), flags


def clang_association(linted: LintedPack) -> Iterator[Finding]:
    """A telling word of the stem stands in the key and in no wrong option."""
    common = _common_words(linted)
    for item in linted.choices:
        echoes = [_echoes(item, number, common) for number in range(len(item.options))]
        keyed = set().union(*(echoes[key] for key in item.keys))
        if (
            _is_telling(item, keyed)
            and all(echoes[key] for key in item.keys)
            and not any(echoes[other] for other in item.others)
        ):
            words = listed([quoted(_as_written(item, word)) for word in sorted(keyed)])
            message = f"only the key repeats {words} from the stem; say it otherwise, or in a wrong option too"
            yield Finding(message, ("options", item.keys[0], "text"), item)


def _is_telling(item: Item, words: set[str]) -> bool:
    """Return whether these words stand out in the stem: several, or one that it says more than once."""
    return len(words) > 1 or sum(root(word) in words for word in item.stem_words) > 1


def _common_words(linted: LintedPack) -> set[str]:
    """Return the words that stand in so many questions of the pack that they point to nothing."""
    counts = Counter(word for item in linted.items for word in item.stem_content.union(*item.option_content))
    limit = max(_COMMON_FROM, len(linted.items) * _COMMON_SHARE)
    return {word for word, count in counts.items() if count > limit}


_COMMON_SHARE = 0.03
_COMMON_FROM = 2


def _echoes(item: Item, number: int, common: set[str]) -> set[str]:
    """Return the telling words of the stem that stand in this option and in none of the other kind."""
    opposite = item.others if number in item.question.key else item.keys
    elsewhere = set().union(*(item.option_content[other] for other in opposite))
    shared = item.option_content[number] & item.stem_content
    return {word for word in shared - elsewhere - common if len(word) >= 5 and not word[0].isdigit()}


def _as_written(item: Item, word: str) -> str:
    return next((other for other in item.stem_words if other.startswith(word)), word)


def grammar_cue(linted: LintedPack) -> Iterator[Finding]:
    """The grammar of an unfinished stem fits the key and not all wrong options."""
    for item in linted.choices:
        end = _DEFINITE_ENDS.search(plain(asked(item)).rstrip(_GAP))
        if end is None or not all(item.option_words):
            continue
        fits = [
            _fits(end["word"].lower(), text, words[-1])
            for text, words in zip(item.options, item.option_words, strict=True)
        ]
        misfits = [other for other in item.others if fits[other] is False]
        if misfits and all(fits[key] for key in item.keys):
            message = (
                f"after {quoted(end['word'])} this option is wrong by its grammar alone; change the stem or the option"
            )
            yield Finding(message, ("options", misfits[0], "text"), item)


def _fits(word: str, text: str, last: str) -> bool | None:
    """Return whether an option goes on correctly after a word; None if that cannot be told."""
    if word in ("a", "an"):
        return (word == "an") == _begins_with_vowel(text)
    if len(text.split()) > 3 or text[:1].isdigit():
        return None
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "ics"))
    return plural == (word in ("are", "were", "these", "those"))


def _begins_with_vowel(text: str) -> bool:
    if _VOWEL_SOUND.match(text):
        return True
    return text[:1].lower() in _VOWELS and not _CONSONANT_SOUND.match(text)
