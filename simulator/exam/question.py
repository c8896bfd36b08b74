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


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers a question offers; `text` and `rationale` are Markdown.

    `misconception` is plain text: the wrong idea that a wrong option stands for. Options of several questions
    share one by having the same words.
    """

    text: str
    rationale: str
    correct: bool = False
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Public documentation that backs a question."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a candidate sees of a question, how it is scored, and what it is about; texts are Markdown.

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

    @property
    def key(self) -> frozenset[int]:
        """Indexes of the correct options, in the author's order."""
        return frozenset(index for index, option in enumerate(self.options) if option.correct)


def to_document(question: Question) -> Document:
    """Return the question as plain JSON values, the form in which a version is stored."""
    document = asdict(question)
    document["skills"] = list(question.skills)
    document["options"] = [_without_nothing(option) for option in document["options"]]
    document["references"] = list(document["references"])
    return document


def _without_nothing(option: Document) -> Document:
    """Leave out what an option does not have, so that versions from before the field are still the same."""
    return option if option["misconception"] else {name: option[name] for name in option if name != "misconception"}


def from_document(document: Document) -> Question:
    """Return the question that `to_document` made this document of."""
    fields = dict(document)
    fields["skills"] = tuple(fields["skills"])
    fields["options"] = tuple(Option(**option) for option in fields["options"])
    fields["references"] = tuple(Reference(**reference) for reference in fields["references"])
    return Question(**fields)


def content_hash(document: Document) -> str:
    """Return the first 128 bits of the SHA-256 of a document's canonical JSON, as 32 hexadecimal digits."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]
