"""The question types, and the contract that each of them keeps.

A type is a module with nine functions. A *response* is a tuple: of option numbers, counting from 0, for types with
options, where NOTHING stands at a place that is still empty; of one text for types that are answered by typing.
What its places mean is the type's own business. As saved, option numbers count the options in the order in which
the candidate saw them; `restore` brings them back to the author's order before anything is graded.

- `parse(question, raw)`: the response in a JSON value; raises InvalidResponse with a reason. `[]` is no answer.
- `restore(response, option_order)`: the same response in the author's numbering.
- `arrange(response, option_order)`: the same response in the numbering that the candidate saw.
- `is_complete(question, response)`: whether the candidate has done all that the question asks for.
- `key(question)`: a response that earns full credit, in the author's numbering.
- `grade(question, response)`: the credit, from 0.0 to 1.0; the response is in the author's numbering.
- `guess_chance(question)`: the chance of full credit for somebody who answers completely and blindly.
- `summarise(question, response)`: the response in a few words, for receipts and tables.
- `sample_responses(question)`: correct and wrong responses with their credit, which tests and benchmarks use.

To add a type: a module here, a template `question_types/<type>.html`, and a line in `QUESTION_TYPES`.
"""

from collections.abc import Sequence
from typing import Protocol

from simulator.exam.question import Question, Response
from simulator.exam.question_types import matching, multiple_response, numeric, ordering, short_text, single_choice

__all__ = ["CHOICE_TYPES", "PARTIAL_TYPES", "QUESTION_TYPES", "TYPED_TYPES", "QuestionType", "Response", "type_of"]


class QuestionType(Protocol):
    """The contract; see the module's text."""

    def parse(self, question: Question, raw: object) -> Response: ...  # noqa: D102
    def restore(self, response: Response, option_order: Sequence[int]) -> Response: ...  # noqa: D102
    def arrange(self, response: Response, option_order: Sequence[int]) -> Response: ...  # noqa: D102
    def is_complete(self, question: Question, response: Response) -> bool: ...  # noqa: D102
    def key(self, question: Question) -> Response: ...  # noqa: D102
    def grade(self, question: Question, response: Response) -> float: ...  # noqa: D102
    def guess_chance(self, question: Question) -> float: ...  # noqa: D102
    def summarise(self, question: Question, response: Response) -> str: ...  # noqa: D102
    def sample_responses(self, question: Question) -> list[tuple[Response, float]]: ...  # noqa: D102


QUESTION_TYPES: dict[str, QuestionType] = {
    "single_choice": single_choice,
    "multiple_response": multiple_response,
    "ordering": ordering,
    "matching": matching,
    "numeric": numeric,
    "short_text": short_text,
}

CHOICE_TYPES = ("single_choice", "multiple_response")
"""The types whose response is a set of options, so that it can be said how often each option was chosen."""

TYPED_TYPES = ("numeric", "short_text")
"""The types that are answered by typing."""

PARTIAL_TYPES = ("multiple_response", "ordering", "matching")
"""The types that can give credit for a part of the answer, where a pack asks for it."""


def type_of(question: Question) -> QuestionType:
    """Return the type that parses and grades this question."""
    return QUESTION_TYPES[question.type]
