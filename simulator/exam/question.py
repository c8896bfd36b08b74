"""A question, and the immutable version of it that attempts refer to."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

Document = dict[str, Any]

READY = "ready"
DRAFT = "draft"
RETIRED = "retired"
STATUSES = (READY, DRAFT, RETIRED)

ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"
SCORINGS = (ALL_OR_NOTHING, PARTIAL)

Response = tuple[int | str, ...]
"""What a candidate answers: option numbers or typed text, by the question's type; `()` is no answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers a question offers; `text` and `rationale` are Markdown.

    `correct` marks the keys of a choice; `place`, from 1, where the option belongs in an ordering (0: it is not used).
    `misconception` is plain text: the wrong idea that a wrong option stands for. Options of several questions
    share one by having the same words.
    """

    text: str
    rationale: str
    correct: bool = False
    misconception: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """One of the things to match: `option` is the number of the option that belongs to it; texts are Markdown."""

    text: str
    option: int
    rationale: str


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """The key of a question that is answered by typing; `rationale` is Markdown.

    A number counts if it is no further from `value` than `tolerance`, in `unit`. A text counts if it is one of
    `accepted`, with capitals as they stand only if `case_sensitive`.
    """

    rationale: str
    value: float | None = None
    tolerance: float = 0.0
    unit: str = ""
    accepted: tuple[str, ...] = ()
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Public documentation that backs a question."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a candidate sees of a question, how it is scored, and what it is about; texts are Markdown.

    `prompts` are there for matching, `answer` for what is answered by typing.

    The status and the enemies of a question are facts about its place in the bank, not about its content:
    they stand beside it (see `selection.BankEntry`), so that changing them makes no new version.
    """

    id: str
    domain: str
    task: str
    skills: tuple[str, ...]
    difficulty: int
    type: str
    scenario: str
    prompt: str
    options: tuple[Option, ...]
    takeaway: str
    references: tuple[Reference, ...]
    stimulus_id: str | None = None
    stimulus: str = ""
    shuffle: bool = True
    prompts: tuple[Prompt, ...] = ()
    answer: TypedAnswer | None = None
    scoring: str = ALL_OR_NOTHING

    @property
    def key(self) -> frozenset[int]:
        """Indexes of the correct options of a choice, in the author's order; of other types, nothing."""
        return frozenset(index for index, option in enumerate(self.options) if option.correct)


# Fields that came later are left out where they say nothing, so that versions from before them are still the same.
_SAYING_NOTHING: Document = {"prompts": (), "answer": None, "scoring": ALL_OR_NOTHING}
_SAYING_NOTHING_OF_OPTIONS: Document = {"misconception": "", "place": 0}


def to_document(question: Question) -> Document:
    """Return the question as plain JSON values, the form in which a version is stored."""
    document = _without(asdict(question), _SAYING_NOTHING)
    for name in ("skills", "references", "prompts"):
        if name in document:
            document[name] = list(document[name])
    document["options"] = [_without(option, _SAYING_NOTHING_OF_OPTIONS) for option in document["options"]]
    if "answer" in document:
        document["answer"]["accepted"] = list(document["answer"]["accepted"])
    return document


def _without(document: Document, saying_nothing: Document) -> Document:
    return {
        name: value for name, value in document.items() if name not in saying_nothing or value != saying_nothing[name]
    }


def from_document(document: Document) -> Question:
    """Return the question that `to_document` made this document of."""
    fields = dict(document)
    fields["skills"] = tuple(fields["skills"])
    fields["options"] = tuple(Option(**option) for option in fields["options"])
    fields["references"] = tuple(Reference(**reference) for reference in fields["references"])
    fields["prompts"] = tuple(Prompt(**prompt) for prompt in fields.get("prompts", ()))
    if "answer" in fields:
        answer = fields["answer"]
        fields["answer"] = TypedAnswer(**{**answer, "accepted": tuple(answer["accepted"])})
    return Question(**fields)


def content_hash(document: Document) -> str:
    """Return the first 128 bits of the SHA-256 of a document's canonical JSON, as 32 hexadecimal digits."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]
