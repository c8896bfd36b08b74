"""What must hold between the files of a pack: ids that are unique, and ids that exist.

If a file cannot be read, or an id in it is not sound, what depends on it is not checked: it would only be noise.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from simulator.packs.documents import Path
from simulator.packs.problems import Report, listed, quoted
from simulator.packs.rules import apply_blueprint_rules, apply_question_rules, report_at
from simulator.packs.schema import BlueprintEntry, PackEntry, QuestionsEntry
from simulator.packs.shapes import Shaped, suggestion

Files = Sequence[Shaped[QuestionsEntry]]


def apply_pack_rules(
    pack: Shaped[PackEntry],
    blueprint: Shaped[BlueprintEntry] | None,
    files: Files,
    report: Report,
    *,
    skills: frozenset[str],
) -> None:
    """Report all that is wrong with the files of a pack beyond their shape, each in itself and one with another."""
    english = pack.get("language", default="").lower().startswith("en")
    for file in files:
        apply_question_rules(file, report, english=english)
    if blueprint is not None:
        apply_blueprint_rules(blueprint, report)
        check_certification(pack, blueprint, report)
        check_domains(files, blueprint, report)
    check_skills(files, skills, report)
    check_unique_ids(files, report)
    check_enemies(files, report)
    check_stimuli(files, report)
    check_stimulus_sets(files, report)


def check_certification(pack: Shaped[PackEntry], blueprint: Shaped[BlueprintEntry], report: Report) -> None:
    """Report a blueprint of another certification than the pack is for."""
    wanted, given = pack.get("certification"), blueprint.get("id")
    if wanted is not None and given is not None and wanted != given:
        message = f'the blueprint is of {quoted(given)}, but "certification" in pack.yaml is {quoted(wanted)}'
        report_at(report, blueprint, ("id",), "other-certification", message)


def check_domains(files: Files, blueprint: Shaped[BlueprintEntry], report: Report) -> None:
    """Report domains and tasks that the blueprint does not have."""
    tasks = _tasks_by_domain(blueprint)
    for file, at in questions_of(files) if tasks else ():
        domain, task = file.get(*at, "domain"), file.get(*at, "task")
        if domain is not None and domain not in tasks:
            message = f"the blueprint has no domain {quoted(domain)}; {suggestion(domain, list(tasks))}"
            report_at(report, file, (*at, "domain"), "unknown-domain", message)
        elif domain is not None and task is not None and task not in tasks[domain]:
            message = f"domain {quoted(domain)} has no task {quoted(task)}; it has {listed(sorted(tasks[domain]))}"
            report_at(report, file, (*at, "task"), "unknown-task", message)


def check_skills(files: Files, skills: frozenset[str], report: Report) -> None:
    """Report skills that are not in the list."""
    allowed = sorted(skills)
    for file, at in questions_of(files):
        for index in range(file.count(*at, "skills")):
            skill = file.get(*at, "skills", index)
            if skill is not None and skill not in skills and not report.is_full:
                message = f"skills.yaml has no skill {quoted(skill)}; {suggestion(skill, allowed)}"
                report_at(report, file, (*at, "skills", index), "unknown-skill", message)


def check_unique_ids(files: Files, report: Report) -> None:
    """Report question ids and stimulus ids that are used twice in the pack."""
    for kind, name in (("questions", "question"), ("stimuli", "stimulus")):
        first: dict[str, str] = {}
        for file, at in _entries_of(files, kind):
            identifier = file.get(*at, "id")
            if identifier is None:
                continue
            line, _ = file.document.position((*at, "id"))
            before = first.setdefault(identifier, f"{file.document.file}:{line}")
            if before != f"{file.document.file}:{line}":
                message = f"{quoted(identifier)} is the id of another {name} too, at {before}; give this one its own"
                report_at(report, file, (*at, "id"), "duplicate-id", message)


def check_enemies(files: Files, report: Report) -> None:
    """Report enemies that the pack does not have."""
    known = _known_ids(files, "questions")
    for file, at in questions_of(files):
        for index in range(file.count(*at, "enemies")):
            enemy = file.get(*at, "enemies", index)
            if known is not None and enemy is not None and enemy not in known:
                message = f"the pack has no question {quoted(enemy)}; check the id"
                report_at(report, file, (*at, "enemies", index), "unknown-enemy", message)


def check_stimuli(files: Files, report: Report) -> None:
    """Report stimuli that the pack does not have."""
    known = _known_ids(files, "stimuli")
    for file, at in questions_of(files):
        stimulus = file.get(*at, "stimulus")
        if known is not None and stimulus is not None and stimulus not in known:
            message = f"the pack has no stimulus {quoted(stimulus)}; check the id"
            report_at(report, file, (*at, "stimulus"), "unknown-stimulus", message)


def check_stimulus_sets(files: Files, report: Report) -> None:
    """Report questions that share a stimulus, and are thus drawn together, but cannot stand together on a form."""
    for stimulus, members in _sets(files).items():
        ids = {file.get(*at, "id") for file, at in members}
        first = members[0][0].get(*members[0][1], "domain")
        for file, at in members:
            _check_enemies_in_set(file, at, ids, stimulus, report)
            domain = file.get(*at, "domain")
            if None not in (first, domain) and domain != first:
                message = (
                    f"the questions with the stimulus {quoted(stimulus)} are drawn together and must be of one domain; "
                    f"the first is of {quoted(first)}"
                )
                report_at(report, file, (*at, "domain"), "stimulus-over-domains", message)


def _check_enemies_in_set(
    file: Shaped[QuestionsEntry], at: Path, ids: set[str | None], stimulus: str, report: Report
) -> None:
    own = file.get(*at, "id")
    for index in range(file.count(*at, "enemies")):
        enemy = file.get(*at, "enemies", index)
        if enemy is not None and enemy != own and enemy in ids:
            message = (
                f"{quoted(enemy)} shares the stimulus {quoted(stimulus)} with this question, so they are drawn "
                "together; remove the enemy, or give one of them a text of its own"
            )
            report_at(report, file, (*at, "enemies", index), "enemies-share-stimulus", message)


def _sets(files: Files) -> dict[str, list[tuple[Shaped[QuestionsEntry], Path]]]:
    """Return the questions of each stimulus, in the order of the files."""
    sets: dict[str, list[tuple[Shaped[QuestionsEntry], Path]]] = defaultdict(list)
    for file, at in questions_of(files):
        stimulus = file.get(*at, "stimulus")
        if stimulus is not None:
            sets[stimulus].append((file, at))
    return sets


def questions_of(files: Files) -> Iterator[tuple[Shaped[QuestionsEntry], Path]]:
    """Yield each question of a pack: its file, and its path in it."""
    return _entries_of(files, "questions")


def _known_ids(files: Files, kind: str) -> set[str] | None:
    """Return the ids of all questions or stimuli; None if one cannot be read, for somebody may well mean that one."""
    if not all(file.is_sound(kind) for file in files):
        return None
    ids = {file.get(*at, "id") for file, at in _entries_of(files, kind)}
    return None if None in ids else ids


def _entries_of(files: Files, kind: str) -> Iterator[tuple[Shaped[QuestionsEntry], Path]]:
    for file in files:
        for index in range(file.count(kind)):
            yield file, (kind, index)


def _tasks_by_domain(blueprint: Shaped[BlueprintEntry]) -> dict[str, frozenset[str]]:
    """Return the task ids of each domain; nothing if one of the ids is not sound or stands twice."""
    tasks: dict[str, frozenset[str]] = {}
    seen: set[str] = set()
    for index in range(blueprint.count("domains")):
        at: Path = ("domains", index)
        domain = blueprint.get(*at, "id")
        ids = [blueprint.get(*at, "tasks", task, "id") for task in range(blueprint.count(*at, "tasks"))]
        if domain is None or domain in tasks or not ids or None in ids or not seen.isdisjoint(ids):
            return {}
        tasks[domain] = frozenset(ids)
        seen |= tasks[domain]
    return tasks
