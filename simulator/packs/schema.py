"""The shape of the files of a pack, field by field; what holds between fields stands in `rules.py`.

The descriptions are for authors: editors show them, by the JSON Schema that `json_schemas` returns.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from simulator.exam.blueprint import CASE_STUDY, CURRENT, PASS_MARK_NATURES, RETIRED
from simulator.exam.question import ALL_OR_NOTHING, READY, SCORINGS, STATUSES
from simulator.exam.question_types import QUESTION_TYPES
from simulator.exam.question_types.typed import LONGEST as LONGEST_TYPED

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
TASK_ID_PATTERN = "^[A-Za-z0-9][A-Za-z0-9.-]*$"
VERSION_PATTERN = "^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$"
LANGUAGE_PATTERN = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
URL_PATTERN = r'^https://[A-Za-z0-9][^\s<>"\\]*$'
LINE_PATTERN = "^[^\n\r]*$"

PATTERN_WORDS = {
    ID_PATTERN: "small letters, digits and single hyphens between them, such as data-engineering",
    TASK_ID_PATTERN: 'letters, digits, dots and hyphens, such as "1.2"',
    VERSION_PATTERN: 'three numbers with dots between them, such as "1.0.0"',
    LANGUAGE_PATTERN: "a language code such as en or pt-BR",
    URL_PATTERN: "a web address that begins with https://",
    LINE_PATTERN: "one line",
}
"""What each pattern asks for, to complete "must be ..."."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
TaskId = Annotated[str, StringConstraints(pattern=TASK_ID_PATTERN, max_length=40)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=2_000)]
Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=500)]


def _only(allowed: Sequence[str]) -> AfterValidator:
    """Return the check that a text is one of these words; unlike Literal it can ask a registry."""

    def check(value: str) -> str:
        if value not in allowed:
            raise PydanticCustomError("unknown_value", "unknown value", {"allowed": list(allowed)})
        return value

    return AfterValidator(check)


def _enum(allowed: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(allowed)})


def _parse_date(value: object) -> date:
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("bad_date", "not a date")


Date = Annotated[date, BeforeValidator(_parse_date)]
QuestionTypeName = Annotated[str, _only(tuple(QUESTION_TYPES)), _enum(tuple(QUESTION_TYPES))]
ItemType = Annotated[str, _only((*QUESTION_TYPES, CASE_STUDY)), _enum((*QUESTION_TYPES, CASE_STUDY))]
Scoring = Annotated[str, _only(SCORINGS), _enum(SCORINGS)]
QuestionStatus = Annotated[str, _only(STATUSES), _enum(STATUSES)]
CertificationStatus = Annotated[str, _only((CURRENT, RETIRED)), _enum((CURRENT, RETIRED))]
PassMarkNature = Annotated[str, _only(PASS_MARK_NATURES), _enum(PASS_MARK_NATURES)]


class _Entry(BaseModel):
    """What all parts share: no unknown fields, no silent conversions, no blanks around texts."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


class SilenceEntry(_Entry):
    """A lint finding that the authors know of and keep, and why."""

    code: Line = Field(description="Code of the finding, such as key-longest.")
    reason: Line = Field(description="Why it is right here; shown with the finding in JSON and SARIF.")
    questions: list[Id] = Field(
        default_factory=list, max_length=10_000, description="Ids of the questions meant; the whole pack if left out."
    )


class LintEntry(_Entry):
    """How `simulator packs lint` treats the pack."""

    silence: list[SilenceEntry] = Field(
        default_factory=list, max_length=1_000, description="Findings that are not reported."
    )


class PackEntry(_Entry):
    """pack.yaml: what the pack is, who wrote it, and which certification its questions are for."""

    id: Id = Field(description="Stable id of the pack, usually the name of its folder.")
    title: Line = Field(description="What people call the pack.")
    version: Annotated[str, StringConstraints(pattern=VERSION_PATTERN, max_length=50)] = Field(
        description="Version of the pack, such as 1.0.0; raise it when you publish changes."
    )
    language: Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=35)] = Field(
        description="Language of the questions, such as en."
    )
    licence: Line = Field(description="Licence of the questions, such as CC-BY-4.0.")
    authors: list[Line] = Field(min_length=1, max_length=200, description="Who wrote the questions.")
    certification: Id = Field(description="Id of the certification that the questions are for.")
    verified_on: Date = Field(description="Day on which the facts were last checked, as YYYY-MM-DD.")
    scoring: Scoring = Field(
        ALL_OR_NOTHING,
        description="partial gives credit for parts of multiple response, ordering and matching; vendors give none.",
    )
    source: Line | None = Field(
        None, description="Where the pack comes from: its https address, or words such as original work."
    )
    lint: LintEntry = Field(default_factory=LintEntry, description="Findings of the linter to silence, with reasons.")


class TaskEntry(_Entry):
    """One task statement of a domain."""

    id: TaskId = Field(description='Id of the task as the vendor numbers it, in quotes: "1.2".')
    title: Line = Field(description="The vendor's words for the task.")


class DomainEntry(_Entry):
    """One domain of the certification."""

    id: Id = Field(description="Stable id of the domain, such as data-engineering.")
    title: Line = Field(description="The vendor's name for the domain.")
    weight: Annotated[float, Field(gt=0, le=1_000, allow_inf_nan=False)] = Field(
        description="Share of the exam as published, usually in percent; the weights need not add up to 100."
    )
    tasks: list[TaskEntry] = Field(min_length=1, max_length=100, description="The task statements of the domain.")


class ScaleEntry(_Entry):
    """What no right answer and all right answers are worth."""

    minimum: Annotated[int, Field(ge=0, le=100_000)] = Field(description="Score for no right answer.")
    maximum: Annotated[int, Field(ge=1, le=100_000)] = Field(description="Score for all answers right.")


class PassMarkEntry(_Entry):
    """The score that passes, and whose word that is."""

    score: Annotated[int, Field(ge=0, le=100_000)] = Field(description="Scaled score that passes.")
    nature: PassMarkNature = Field(
        description="published: the vendor says so; assumed: the vendor publishes none and this is a guess."
    )
    note: Annotated[str, StringConstraints(min_length=1, max_length=2_000)] = Field(
        description="What candidates should know about the pass mark, such as that scores here are simulated."
    )


class SourceEntry(_Entry):
    """A public page, with its title."""

    title: Line = Field(description="Title of the page.")
    url: Url = Field(description="Address of the page; must begin with https://.")


class FactEntry(_Entry):
    """Something that candidates should know and no other field says."""

    label: Line = Field(description="What it is about, such as Fee; the same words in all blueprints.")
    value: Line = Field(description="What the vendor says, as plain text.")
    source: Url | None = Field(None, description="Page that says so; must begin with https://.")


class BlueprintEntry(_Entry):
    """blueprint.yaml: a certification as its vendor describes it."""

    id: Id = Field(description="Id of the certification; the same as `certification` in pack.yaml.")
    vendor: Line = Field(description="Who awards the certification.")
    code: Line = Field(description="The vendor's short code, such as MLS-C01.")
    title: Line = Field(description="The vendor's name for the certification.")
    description: Annotated[str, StringConstraints(max_length=2_000)] = Field(
        "", description="What the exam is and for whom, in a few sentences of plain text."
    )
    guide_version: Line = Field(description="Which exam guide this follows.")
    verified_on: Date = Field(description="Day on which this was last compared with the guide, as YYYY-MM-DD.")
    status: CertificationStatus = Field(description="current or retired.")
    retired_on: Date | None = Field(None, description="Last day on which the exam was offered, as YYYY-MM-DD.")
    successor: Line | None = Field(None, description="Code of the certification that replaces a retired one.")
    minutes: Annotated[int, Field(ge=1, le=1_440)] = Field(description="Minutes a candidate has.")
    scored: Annotated[int, Field(ge=1, le=1_000)] = Field(description="Number of questions that count.")
    unscored: Annotated[int, Field(ge=0, le=1_000)] = Field(0, description="Number of questions that do not count.")
    scale: ScaleEntry = Field(description="The scale of the scores.")
    pass_mark: PassMarkEntry = Field(description="The score that passes.")
    item_types: list[ItemType] = Field(
        min_length=1, max_length=50, description="Question types of the exam; case_study: questions that share a text."
    )
    domains: list[DomainEntry] = Field(min_length=1, max_length=100, description="The domains, in the guide's order.")
    sources: list[SourceEntry] = Field(min_length=1, max_length=100, description="Where these facts were read.")
    facts: list[FactEntry] = Field(
        default_factory=list, max_length=50, description="Further facts for the comparison, such as fee and languages."
    )


Rationale = Annotated[str, StringConstraints(min_length=1, max_length=6_000)]
OptionText = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class OptionEntry(_Entry):
    """One of the answers a question offers."""

    id: Id | None = Field(None, description="Matching only: the name by which prompts refer to this option.")
    text: OptionText = Field(description="The answer, in Markdown.")
    correct: bool = Field(False, description="true for a right answer; leave it out otherwise.")
    place: Annotated[int, Field(ge=1, le=5)] | None = Field(
        None, description="Ordering only: where this option belongs, from 1; leave it out where it is not used."
    )
    rationale: Rationale = Field(
        description="Why this answer is right or wrong in this scenario, in Markdown. "
        "Options are shuffled: do not call them by letters."
    )
    misconception: Annotated[str, StringConstraints(pattern=LINE_PATTERN, max_length=200)] = Field(
        "",
        description="Wrong options only: the wrong idea that choosing it shows, as plain text in a few words. "
        "Use the same words in all questions where the same idea misleads.",
    )


class PromptEntry(_Entry):
    """One of the things to match with an option."""

    text: OptionText = Field(description="What is to be matched, in Markdown.")
    option: Id = Field(description="Id of the option that belongs to it.")
    rationale: Rationale = Field(description="Why it is this option, in Markdown.")


TypedText = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=LONGEST_TYPED)]
Number = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]


class AnswerEntry(_Entry):
    """What is to be typed: a number (`value`) or one of some texts (`accepted`)."""

    value: Number | None = Field(None, description="Numeric: the right number.")
    tolerance: Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)] | None = Field(
        None, description="Numeric: how far off an answer may be and still count; 0 if left out."
    )
    unit: Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=40)] | None = Field(
        None, description="Numeric: the unit, shown behind the field and not to be typed."
    )
    accepted: list[TypedText] = Field(
        default_factory=list, max_length=50, description="Short text: all answers that count, the best one first."
    )
    case_sensitive: bool = Field(False, description="Short text: true if capitals must stand as written.")
    rationale: Rationale = Field(description="Why this is the answer, in Markdown.")


class QuestionEntry(_Entry):
    """One question."""

    id: Id = Field(description="Stable id, unique in the pack; results are kept under it, so never reuse one.")
    domain: Id = Field(description="Id of the domain in the blueprint.")
    task: TaskId = Field(description='Id of the task in that domain, in quotes: "1.2".')
    skills: list[Id] = Field(min_length=1, max_length=10, description="One to three skills from skills.yaml.")
    difficulty: Annotated[int, Field(ge=1, le=5)] = Field(description="From 1 (easy) to 5 (hard).")
    type: QuestionTypeName = Field(
        description="single_choice: one key; multiple_response: two keys or more; ordering: options with places; "
        "matching: prompts with options; numeric and short_text: an answer to be typed."
    )
    scenario: Annotated[str, StringConstraints(max_length=20_000)] = Field(
        "", description="The situation and the constraints that decide, in Markdown. Needed unless there is a stimulus."
    )
    question: Annotated[str, StringConstraints(min_length=1, max_length=5_000)] = Field(
        description='The one thing asked, in Markdown. Multiple response ends with "(Choose two.)" or the like.'
    )
    options: list[OptionEntry] = Field(
        default_factory=list, max_length=12, description="The answers to choose from; typed answers have none."
    )
    prompts: list[PromptEntry] = Field(
        default_factory=list, max_length=7, description="Matching: what is to be matched."
    )
    answer: AnswerEntry | None = Field(None, description="Numeric and short text: what is to be typed.")
    scoring: Scoring | None = Field(None, description="all_or_nothing or partial; left out, the pack's own.")
    takeaway: Line = Field(description="One line worth remembering.")
    references: list[SourceEntry] = Field(min_length=1, max_length=20, description="Public documentation behind it.")
    verified_on: Date | None = Field(
        None, description="Day on which this question's facts were last checked, if it is another than the pack's."
    )
    status: QuestionStatus = Field(READY, description="ready: drawn into exams; draft: not yet; retired: not any more.")
    enemies: list[Id] = Field(
        default_factory=list,
        max_length=200,
        description="Ids of questions that never stand in the same exam as this one.",
    )
    stimulus: Id | None = Field(None, description="Id of a shared text in `stimuli`, shown above the scenario.")
    shuffle: bool = Field(
        True, description="false keeps the options in this order, for numbers; an ordering is always shuffled."
    )


class StimulusEntry(_Entry):
    """A text that several questions share."""

    id: Id = Field(description="Id of the text, unique in the pack.")
    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)] = Field(
        description="The text, in Markdown."
    )


class QuestionsEntry(_Entry):
    """A question file: any number of questions, and texts that several of them share."""

    questions: list[QuestionEntry] = Field(min_length=1, description="The questions.")
    stimuli: list[StimulusEntry] = Field(default_factory=list, description="Texts that several questions share.")


class SkillsEntry(_Entry):
    """skills.yaml: the one list of skill tags, shared by all packs and certifications."""

    skills: dict[Id, Line] = Field(min_length=1, description="Skill ids, each with its title.")


FileKind = Literal["pack", "blueprint", "questions", "skills"]

FILE_MODELS: dict[FileKind, type[BaseModel]] = {
    "pack": PackEntry,
    "blueprint": BlueprintEntry,
    "questions": QuestionsEntry,
    "skills": SkillsEntry,
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file: pack, blueprint, questions, skills."""
    return {kind: _json_schema(model) for kind, model in FILE_MODELS.items()}


def _json_schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
