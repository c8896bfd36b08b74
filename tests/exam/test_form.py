"""Forms as documents."""

import json
from dataclasses import replace

from simulator.exam.form import Form, Slot, form_hash, from_document, to_document

FORM = Form(
    seed=2**53 - 1,
    slots=(
        Slot(1, "pack/a", "v1", "data", True, (1, 0, 2)),
        Slot(2, "pack/b", "v2", "modeling", False, (0, 1, 2, 3, 4)),
    ),
)


def test_a_form_survives_storage_as_json():
    assert from_document(json.loads(json.dumps(to_document(FORM)))) == FORM


def test_the_same_form_has_the_same_hash_and_another_order_of_options_another_one():
    assert form_hash(FORM) == form_hash(from_document(to_document(FORM)))
    turned = Form(FORM.seed, (replace(FORM.slots[0], option_order=(0, 1, 2)), FORM.slots[1]))
    assert form_hash(turned) != form_hash(FORM)
