"""A pack's files to questions and a blueprint: everything, or PackInvalid with everything that is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulator.exam.blueprint import Blueprint, Domain, Fact, PassMark, Source, Task
from simulator.exam.question import (
    ALL_OR_NOTHING,
    PARTIAL,
    Option,
    Prompt,
    Question,
    Reference,
    TypedAnswer,
    content_hash,
    to_document,
)
from simulator.exam.question_types import PARTIAL_TYPES
from simulator.packs.documents import Document, read_document
from simulator.packs.files import PackFiles, find_packs, fingerprint, read_pack_files
from simulator.packs.folders import read_file
from simulator.packs.names import is_root_file, shown_path
from simulator.packs.problems import PackInvalid, Report
from simulator.packs.references import apply_pack_rules
from simulator.packs.schema import AnswerEntry, BlueprintEntry, PackEntry, QuestionEntry, QuestionsEntry, SkillsEntry
from simulator.packs.shapes import Model, Shaped, check_shape

__all__ = ["LoadedPack", "LoadedQuestion", "PackInvalid", "find_packs", "fingerprint", "load_pack", "read_skills"]

MAX_PACK_VALUES = 500_000
"""About ten thousand questions; a bank of more is made of several packs."""


@dataclass(frozen=True, slots=True)
class LoadedQuestion:
    """A question of a pack, with its place in the bank and in the files.

    `version` is the hash of the content; `enemies` counts from both sides; `file` is relative to the pack, and `index`
    counts its questions from 0. `verified_on` is None where the pack's own day holds.
    """

    question: Question
    status: str
    enemies: frozenset[str]
    version: str
    file: str
    line: int
    index: int = 0
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A lint finding that the authors keep, and why; about the whole pack unless it names questions."""

    code: str
    reason: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack without errors; `questions` stand in the order of the files and lines.

    `documents` are its files, for whoever wants to know where a value stands: by name, pack.yaml as "pack" and
    blueprint.yaml as "blueprint".
    """

    id: str
    title: str
    version: str
    language: str
    licence: str
    authors: tuple[str, ...]
    certification: str
    verified_on: date
    fingerprint: str
    blueprint: Blueprint | None
    questions: tuple[LoadedQuestion, ...]
    ignored_files: tuple[str, ...] = ()
    source: str | None = None
    silences: tuple[Silence, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The documents of a pack as the schemas see them; question files by name."""

    pack: Shaped[PackEntry]
    blueprint: Shaped[BlueprintEntry] | None
    questions: dict[str, Shaped[QuestionsEntry]]

    def documents(self) -> dict[str, Document]:
        """Return the documents by the names that `LoadedPack.documents` tells."""
        root = {"pack": self.pack.document}
        if self.blueprint is not None:
            root["blueprint"] = self.blueprint.document
        return root | {name: file.document for name, file in self.questions.items()}


def load_pack(path: Path, *, skills: frozenset[str]) -> LoadedPack:
    """Return the pack in a folder or in a zip of one; raises PackInvalid with all errors at once."""
    files = read_pack_files(path)
    report = Report()
    _refuse_packs_inside(files, report)
    parts = _read_parts(files, report)
    apply_pack_rules(parts.pack, parts.blueprint, list(parts.questions.values()), report, skills=skills)
    report.raise_if_any()
    return _assemble(files, parts)


def read_skills(path: Path) -> dict[str, str]:
    """Return the skills of a skills.yaml, titles by id; raises PackInvalid."""
    report = Report()
    data = read_file(path, shown_path(path), report)
    skills: Shaped[SkillsEntry] = Shaped.unreadable(shown_path(path))
    if data is not None:
        skills = _shape(shown_path(path), data, SkillsEntry, report)
    report.raise_if_any()
    return dict(skills.whole().skills)


def _refuse_packs_inside(files: PackFiles, report: Report) -> None:
    """Raise PackInvalid if this is a folder of packs: reading one as questions would only give hundreds of errors."""
    for name in files.contents:
        if "/" in name and is_root_file(name.rpartition("/")[2], "pack"):
            message = "a pack inside the folder given; load each pack's own folder, and move packs out of each other"
            report.add(files.shown(name), 1, 1, "several-packs", message)
    report.raise_if_any()


def _read_parts(files: PackFiles, report: Report) -> _Parts:
    pack_name = _root_file(files, "pack", report)
    blueprint_name = _root_file(files, "blueprint", report)
    questions: dict[str, Shaped[QuestionsEntry]] = {}
    values = 0
    for name, data in files.contents.items():
        if is_root_file(name, "pack") or is_root_file(name, "blueprint"):
            continue
        questions[name] = _shape(files.shown(name), data, QuestionsEntry, report)
        values += len(questions[name].document.positions)
        if values > MAX_PACK_VALUES:
            report.add(files.shown(name), 1, 1, "too-large", "the pack is too large; make several packs of it")
        if values > MAX_PACK_VALUES or report.is_full:
            break
    pack: Shaped[PackEntry] = Shaped.unreadable(shown_path(files.path))
    if pack_name is None:
        report.add(shown_path(files.path), 1, 1, "no-pack-file", "there is no pack.yaml at the top of this folder")
    else:
        pack = _shape(files.shown(pack_name), files.contents[pack_name], PackEntry, report)
        if blueprint_name is None and not questions:
            report.add(files.shown(pack_name), 1, 1, "nothing-in-pack", "the pack is empty; add a question file")
    blueprint = None
    if blueprint_name is not None:
        blueprint = _shape(files.shown(blueprint_name), files.contents[blueprint_name], BlueprintEntry, report)
    return _Parts(pack, blueprint, questions)


def _root_file(files: PackFiles, stem: str, report: Report) -> str | None:
    """Return the name of `<stem>.yaml` or `<stem>.yml`, if the pack has it."""
    names = [name for name in files.contents if is_root_file(name, stem)]
    for name in names[1:]:
        report.add(files.shown(name), 1, 1, "duplicate-file", f"there is {names[0]} already; keep one of them")
    return names[0] if names else None


def _shape(file: str, data: bytes, model: type[Model], report: Report) -> Shaped[Model]:
    document = read_document(file, data, report)
    return Shaped.unreadable(file) if document is None else check_shape(document, model, report)


def _assemble(files: PackFiles, parts: _Parts) -> LoadedPack:
    pack = parts.pack.whole()
    enemies = _enemies(file.whole() for file in parts.questions.values())
    stimuli = {s.id: s.text for file in parts.questions.values() for s in file.whole().stimuli}
    return LoadedPack(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        language=pack.language,
        licence=pack.licence,
        authors=tuple(pack.authors),
        certification=pack.certification,
        verified_on=pack.verified_on,
        fingerprint=files.fingerprint,
        blueprint=_blueprint(parts.blueprint.whole()) if parts.blueprint is not None else None,
        questions=tuple(
            LoadedQuestion(
                question := _question(entry, stimuli, pack.scoring),
                entry.status,
                frozenset(enemies.get(entry.id, ())),
                content_hash(to_document(question)),
                name,
                file.document.position(("questions", index))[0],
                index,
                entry.verified_on,
            )
            for name, file in parts.questions.items()
            for index, entry in enumerate(file.whole().questions)
        ),
        ignored_files=files.ignored,
        source=pack.source,
        silences=tuple(Silence(entry.code, entry.reason, tuple(entry.questions)) for entry in pack.lint.silence),
        documents=parts.documents(),
    )


def _enemies(files: Iterable[QuestionsEntry]) -> dict[str, set[str]]:
    """Return the enemies of each question, counted from both sides."""
    enemies: dict[str, set[str]] = defaultdict(set)
    for entry in (entry for file in files for entry in file.questions):
        for enemy in entry.enemies:
            enemies[entry.id].add(enemy)
            enemies[enemy].add(entry.id)
    return enemies


def _question(entry: QuestionEntry, stimuli: dict[str, str], scoring: str) -> Question:
    places = {option.id: number for number, option in enumerate(entry.options)}
    partial = (entry.scoring or scoring) == PARTIAL and entry.type in PARTIAL_TYPES
    return Question(
        id=entry.id,
        domain=entry.domain,
        task=entry.task,
        skills=tuple(entry.skills),
        difficulty=entry.difficulty,
        type=entry.type,
        scenario=entry.scenario,
        prompt=entry.question,
        options=tuple(
            Option(option.text, option.rationale, option.correct, option.misconception, option.place or 0)
            for option in entry.options
        ),
        takeaway=entry.takeaway,
        references=tuple(Reference(reference.title, reference.url) for reference in entry.references),
        stimulus_id=entry.stimulus,
        stimulus=stimuli[entry.stimulus] if entry.stimulus is not None else "",
        shuffle=entry.shuffle,
        prompts=tuple(Prompt(prompt.text, places[prompt.option], prompt.rationale) for prompt in entry.prompts),
        answer=_typed_answer(entry.answer) if entry.answer else None,
        scoring=PARTIAL if partial else ALL_OR_NOTHING,
    )


def _typed_answer(entry: AnswerEntry) -> TypedAnswer:
    return TypedAnswer(
        rationale=entry.rationale,
        value=entry.value,
        tolerance=entry.tolerance or 0.0,
        unit=entry.unit or "",
        accepted=tuple(entry.accepted),
        case_sensitive=entry.case_sensitive,
    )


def _blueprint(entry: BlueprintEntry) -> Blueprint:
    return Blueprint(
        id=entry.id,
        vendor=entry.vendor,
        code=entry.code,
        title=entry.title,
        guide_version=entry.guide_version,
        verified_on=entry.verified_on,
        status=entry.status,
        minutes=entry.minutes,
        scored=entry.scored,
        unscored=entry.unscored,
        scale_minimum=entry.scale.minimum,
        scale_maximum=entry.scale.maximum,
        pass_mark=PassMark(entry.pass_mark.score, entry.pass_mark.nature, entry.pass_mark.note),
        item_types=tuple(entry.item_types),
        domains=tuple(
            Domain(domain.id, domain.title, domain.weight, tuple(Task(task.id, task.title) for task in domain.tasks))
            for domain in entry.domains
        ),
        sources=tuple(Source(source.title, source.url) for source in entry.sources),
        retired_on=entry.retired_on,
        successor=entry.successor,
        facts=tuple(Fact(fact.label, fact.value, fact.source) for fact in entry.facts),
        description=entry.description,
    )
