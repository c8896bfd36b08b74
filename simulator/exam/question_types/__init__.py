"""The question types, and the contract that each of them keeps.

A type is a module with seven functions. A *response* is a tuple of whole numbers; what they mean is the type's
own business. Option numbers count from 0. As saved, they count the options in the order in which the candidate
saw them; `restore` brings them back to the author's order before anything is graded.

- `parse(question, raw)`: the response in a JSON value; raises InvalidResponse with a reason. `[]` is no answer.
- `restore(response, option_order)`: the same response in the author's numbering.
- `is_complete(question, response)`: whether the candidate has done all that the question asks for.
- `grade(question, response)`: the credit, from 0.0 to 1.0; the response is in the author's numbering.
- `guess_chance(question)`: the chance of full credit for somebody who answers completely and blindly.
- `summarise(question, response)`: the response in a few words, for receipts and tables.
- `sample_responses(question)`: correct and wrong responses with their credit, which tests and benchmarks use.

To add a type: a module here, a template `question_types/<type>.html`, and a line in `QUESTION_TYPES`.
"""

from collections.abc import Sequence
from typing import Protocol

from simulator.exam.question import Question
from simulator.exam.question_types import multiple_response, single_choice

Response = tuple[int, ...]


class QuestionType(Protocol):
    """The contract; see the module's text."""

    def parse(self, question: Question, raw: object) -> Response: ...  # noqa: D102
    def restore(self, response: Response, option_order: Sequence[int]) -> Response: ...  # noqa: D102
    def is_complete(self, question: Question, response: Response) -> bool: ...  # noqa: D102
    def grade(self, question: Question, response: Response) -> float: ...  # noqa: D102
    def guess_chance(self, question: Question) -> float: ...  # noqa: D102
    def summarise(self, question: Question, response: Response) -> str: ...  # noqa: D102
    def sample_responses(self, question: Question) -> list[tuple[Response, float]]: ...  # noqa: D102


QUESTION_TYPES: dict[str, QuestionType] = {
    "single_choice": single_choice,
    "multiple_response": multiple_response,
}


def type_of(question: Question) -> QuestionType:
    """Return the type that parses and grades this question."""
    return QUESTION_TYPES[question.type]
