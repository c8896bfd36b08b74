"""Makes sheets for answering packs blind, and scores them: how often people agree with the key, and how often they
guess it from the options alone (docs/content-quality.md).

    python -m bench.blind sheet questions/google-pmle --seed 7 > sheet.md
    python -m bench.blind sheet questions/google-pmle --seed 7 --options-only > options.md
    python -m bench.blind score answers.json questions/google-pmle --seed 7

A sheet has no keys and no ids; its options stand in an order drawn by the seed, which scoring must be given again.
Answers are one JSON object: each question's number with letters, `"B"`, `"A, C"`, in their order for an ordering,
`"1 B, 2 A"` for a matching, or what would be typed.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from simulator.exam.question import READY, Question
from simulator.exam.question_types import CHOICE_TYPES, type_of
from simulator.exam.question_types.options import LETTERS
from simulator.packs.loading import load_pack, read_skills
from simulator.paths import questions as questions_folder


def read_questions(path: Path) -> list[Question]:
    """Return the ready questions of a pack."""
    skills = frozenset(read_skills(questions_folder() / "skills.yaml"))
    return [loaded.question for loaded in load_pack(path, skills=skills).questions if loaded.status == READY]


def drawn_order(question: Question, seed: int) -> list[int]:
    """Return the author's option numbers in the order of the sheet."""
    order = list(range(len(question.options)))
    Random(f"{seed}/{question.id}").shuffle(order)
    return order


def sheet(questions: list[Question], seed: int, *, options_only: bool) -> Iterator[str]:
    """Yield the sheet, a question at a time, as Markdown."""
    for number, question in enumerate(questions, start=1):
        if options_only and question.type not in CHOICE_TYPES:
            continue  # the steps of an ordering and the statements of a matching are the question itself
        yield f"## {number}\n"
        if options_only:
            yield f"({question.type}; choose {len(question.key)})\n"
        else:
            yield from (f"{text}\n" for text in (question.stimulus, question.scenario, question.prompt) if text)
        for place, prompt in enumerate(question.prompts, start=1):
            yield f"- {place}: {prompt.text}"
        for place, option in enumerate(drawn_order(question, seed)):
            yield f"{LETTERS[place]}. {question.options[option].text.strip()}"
        yield ""


def score(questions: list[Question], seed: int, answers: dict[str, str]) -> None:
    """Print who was right where, and the share against chance."""
    right = chance = 0.0
    answered = {number: questions[int(number) - 1] for number in answers}
    for number, question in answered.items():
        kind = type_of(question)
        key = kind.summarise(question, kind.arrange(kind.key(question), drawn_order(question, seed)))
        agrees = _plain(answers[number], question) == _plain(key, question)
        right += agrees
        chance += kind.guess_chance(question)
        if not agrees:
            print(f"{number} {question.id}: key {key}, answered {answers[number]}")
    count = max(1, len(answered))
    print(f"{right:.0f} of {len(answered)} agree ({right / count:.1%}; chance {chance / count:.1%})")


def _plain(answer: str, question: Question) -> str:
    letters = "".join(answer.upper().replace(",", " ").split())
    return "".join(sorted(letters)) if question.type == "multiple_response" else letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True)
    making = actions.add_parser("sheet", help="print a sheet")
    making.add_argument("--options-only", action="store_true")
    making.set_defaults(answers=None)
    scoring = actions.add_parser("score", help="compare answers with the keys")
    scoring.add_argument("answers", type=Path)
    for action in (making, scoring):
        action.add_argument("pack", type=Path)
        action.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    questions = read_questions(chosen.pack)
    if chosen.answers:
        score(questions, chosen.seed, json.loads(chosen.answers.read_text(encoding="utf-8")))
    else:
        sys.stdout.writelines(f"{line}\n" for line in sheet(questions, chosen.seed, options_only=chosen.options_only))


if __name__ == "__main__":
    main()
