"""Whether the questions of a pack fit its own blueprint."""

from collections.abc import Iterator

from simulator.exam.blueprint import Blueprint
from simulator.exam.question import READY
from simulator.exam.selection import Bank, BankEntry, find_shortages
from simulator.packs.lint.finding import Finding
from simulator.packs.loading import LoadedPack, LoadedQuestion


def bank_too_small(pack: LoadedPack) -> Iterator[Finding]:
    """Find domains without enough ready questions for one form; other packs may bring the rest."""
    if pack.blueprint is None:
        return
    ready = [loaded for loaded in pack.questions if loaded.status == READY]
    for shortage in find_shortages(Bank.of(_entry(loaded) for loaded in ready), pack.blueprint):
        yield Finding(
            f"domain {shortage.domain} needs {shortage.needed} ready questions for one exam of {pack.blueprint.size}, "
            f"and this pack has {shortage.available} that can stand together"
        )


def type_outside_blueprint(pack: LoadedPack) -> Iterator[Finding]:
    """Find questions of a type that the exam does not have."""
    if pack.blueprint is None:
        return
    for loaded in pack.questions:
        if loaded.question.type not in pack.blueprint.item_types:
            yield _foreign_type(loaded, pack.blueprint)


def _foreign_type(loaded: LoadedQuestion, blueprint: Blueprint) -> Finding:
    types = ", ".join(blueprint.item_types)
    message = f"{loaded.question.id} is {loaded.question.type}, but the item types of the exam are {types}"
    return Finding(message, loaded.file, loaded.line)


def _entry(loaded: LoadedQuestion) -> BankEntry:
    question = loaded.question
    return BankEntry(
        question_id=question.id,
        version=loaded.version,
        domain=question.domain,
        task=question.task,
        difficulty=question.difficulty,
        enemies=loaded.enemies,
        stimulus_id=question.stimulus_id,
        option_count=len(question.options),
        shuffle=question.shuffle,
    )
