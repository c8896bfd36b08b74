"""A graded question with its key and rationales, in the words and the order in which pages show it."""

from dataclasses import dataclass

from markupsafe import Markup

from simulator.exam.blueprint import Blueprint
from simulator.exam.question import PARTIAL, Question, Response
from simulator.exam.question_types import type_of
from simulator.exam.question_types.numeric import written
from simulator.exam.question_types.options import LETTERS, NOTHING
from simulator.exam.question_types.typed import answer_of
from simulator.exam.scoring import GradedResponse
from simulator.operations.reporting import ReviewedSlot
from simulator.web.questions import CASE_STUDY, RenderedQuestion, rendered, rendered_rationale
from simulator.web.skills import skill_title


@dataclass(frozen=True, slots=True)
class ReviewedOption:
    """One option as it stood in the room, with what it was and why.

    `key_mark` says how it belongs to the key ("Key", "Place 2", empty if it does not), `own_mark` what the candidate
    did with it ("Your answer", "Your place 3", empty if nothing).
    """

    letter: str
    text_html: Markup
    rationale_html: Markup
    key_mark: str
    own_mark: str
    own_is_right: bool
    struck: bool
    misconception: str


@dataclass(frozen=True, slots=True)
class ReviewedPlace:
    """One place of an ordering or one prompt of a matching: the candidate's option beside the key's."""

    label_html: Markup
    own_letter: str
    own_html: Markup
    key_letter: str
    key_html: Markup
    correct: bool
    rationale_html: Markup


@dataclass(frozen=True, slots=True)
class ReviewedTyping:
    """What was typed beside all that is accepted."""

    own: str
    accepted: tuple[str, ...]
    rationale_html: Markup


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One question of the report; `places` for ordering and matching, `typing` for what is answered by typing."""

    slot: int
    version: str
    scored: bool
    domain_title: str
    task_id: str
    task_title: str
    difficulty: int
    type: str
    case: str
    stimulus_html: Markup
    scenario_html: Markup
    prompt_html: Markup
    options: list[ReviewedOption]
    places: list[ReviewedPlace]
    typing: ReviewedTyping | None
    result: str
    credit_percent: int | None
    response_words: str
    key_words: str
    confidence: str | None
    flagged: bool
    spent_seconds: float
    takeaway_html: Markup
    references: list[tuple[str, str]]
    skills: list[str]


def reviewed_question(blueprint: Blueprint, reviewed: ReviewedSlot) -> ReviewedQuestion:
    """Return one graded slot with its key and rationales; a blueprint may have lost its domain or task since."""
    question, graded, order = reviewed.question, reviewed.graded, reviewed.slot.option_order
    domain = next((domain for domain in blueprint.domains if domain.id == question.domain), None)
    task = next((task for task in domain.tasks if task.id == question.task), None) if domain else None
    shown = rendered(reviewed.slot.version, question)
    kind = type_of(question)
    return ReviewedQuestion(
        slot=graded.slot,
        version=reviewed.slot.version,
        scored=graded.scored,
        domain_title=domain.title if domain else question.domain,
        task_id=question.task,
        task_title=task.title if task else "",
        difficulty=question.difficulty,
        type=question.type,
        case=CASE_STUDY,
        stimulus_html=shown.stimulus_html,
        scenario_html=shown.scenario_html,
        prompt_html=shown.prompt_html,
        options=_options(reviewed),
        places=_places(reviewed, shown),
        typing=_typing(reviewed),
        result="unanswered" if not graded.answered else "correct" if graded.credit == 1 else "wrong",
        credit_percent=_part_earned(question, graded),
        response_words=kind.summarise(question, kind.arrange(graded.response, order)),
        key_words=kind.summarise(question, kind.arrange(kind.key(question), order)),
        confidence=graded.confidence,
        flagged=graded.flagged,
        spent_seconds=graded.spent_ms / 1000,
        takeaway_html=rendered_rationale(reviewed.slot.version, question).takeaway,
        references=[(reference.title, reference.url) for reference in question.references],
        skills=[skill_title(skill) for skill in question.skills],
    )


def _part_earned(question: Question, graded: GradedResponse) -> int | None:
    """Return the credit in percent where a part of it was earned, else None."""
    return round(100 * graded.credit) if question.scoring == PARTIAL and 0 < graded.credit < 1 else None


def _options(reviewed: ReviewedSlot) -> list[ReviewedOption]:
    question, version = reviewed.question, reviewed.slot.version
    shown, explained = rendered(version, question), rendered_rationale(version, question)
    struck = reviewed.answer.struck if reviewed.answer else ()
    options = []
    for place, number in enumerate(reviewed.slot.option_order):
        option = question.options[number]
        own = _own_mark(question, reviewed.graded.response, number)
        placed = bool(option.place) and own == f"Your place {option.place}"
        options.append(
            ReviewedOption(
                letter=LETTERS[place],
                text_html=shown.options[number],
                rationale_html=explained.rationales[number],
                key_mark="Key" if option.correct else f"Place {option.place}" if option.place else "",
                own_mark=own,
                own_is_right=option.correct or placed,
                struck=place in struck,
                misconception=option.misconception,
            )
        )
    return options


def _own_mark(question: Question, response: Response, number: int) -> str:
    """Return what the candidate did with an option; what was matched stands in the table of prompts."""
    if question.prompts or number not in response:
        return ""
    return f"Your place {response.index(number) + 1}" if question.type == "ordering" else "Your answer"


def _places(reviewed: ReviewedSlot, shown: RenderedQuestion) -> list[ReviewedPlace]:
    """Return the candidate's option beside the key's at each place; nothing for other types."""
    question = reviewed.question
    if question.type not in ("ordering", "matching"):
        return []
    order, key = reviewed.slot.option_order, type_of(question).key(question)
    own = reviewed.graded.response or (NOTHING,) * len(key)
    rationales = rendered_rationale(reviewed.slot.version, question).prompt_rationales
    letters = {number: LETTERS[place] for place, number in enumerate(order)}
    options = dict(enumerate(shown.options))
    return [
        ReviewedPlace(
            label_html=shown.prompts[place] if shown.prompts else Markup(place + 1),  # noqa: S704 - a number
            own_letter=letters.get(int(given), ""),
            own_html=options.get(int(given), Markup()),
            key_letter=letters[int(right)],
            key_html=options[int(right)],
            correct=given == right,
            rationale_html=rationales[place] if rationales else Markup(),
        )
        for place, (given, right) in enumerate(zip(own, key, strict=True))
    ]


def accepted_words(question: Question) -> tuple[str, ...]:
    """Return all that counts as the answer to a question that is answered by typing, the best one first."""
    kind, answer = type_of(question), answer_of(question)
    if answer.accepted:
        return answer.accepted
    number = kind.summarise(question, kind.key(question))
    return (f"{number}, give or take {written(answer.tolerance)}" if answer.tolerance else number,)


def _typing(reviewed: ReviewedSlot) -> ReviewedTyping | None:
    """Return what was typed beside what is accepted; None for types with options."""
    question = reviewed.question
    if question.answer is None:
        return None
    return ReviewedTyping(
        own=type_of(question).summarise(question, reviewed.graded.response),
        accepted=accepted_words(question),
        rationale_html=rendered_rationale(reviewed.slot.version, question).answer_rationale,
    )
