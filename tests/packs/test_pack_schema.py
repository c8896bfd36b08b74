"""An instructor's editor knows the format."""

import json
from typing import Any

import pytest

from simulator.exam.question_types import QUESTION_TYPES
from simulator.packs.schema import json_schemas


def parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema.get("$defs", {}).values()]


def test_there_is_a_schema_for_each_kind_of_file():
    schemas = json_schemas()
    assert set(schemas) == {"pack", "blueprint", "questions", "skills"}
    json.dumps(schemas)


@pytest.mark.parametrize("kind", ["pack", "blueprint", "questions", "skills"])
def test_every_field_is_described_and_no_other_field_is_allowed(kind):
    for part in parts(json_schemas()[kind]):
        assert part["additionalProperties"] is False
        assert all(field.get("description") for field in part["properties"].values()), part["title"]


def test_the_types_of_questions_are_those_of_the_registry():
    question = json_schemas()["questions"]["$defs"]["QuestionEntry"]
    assert question["properties"]["type"]["enum"] == list(QUESTION_TYPES)
    assert "takeaway" in question["required"]
    assert "stimulus" not in question["required"]


def test_days_are_text_in_the_form_of_days():
    assert json_schemas()["pack"]["properties"]["verified_on"]["format"] == "date"
