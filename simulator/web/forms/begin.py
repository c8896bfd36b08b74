"""The choices before an exam."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import AnyOf, InputRequired

from simulator.exam.blueprint import ASSUMED, FULL, KINDS, Blueprint, blueprint_of_kind, has_short_form
from simulator.exam.timing import ACCOMMODATIONS
from simulator.operations.sitting import Choices, assumed_percent

PASS_PERCENTS = (60, 65, 70, 75, 80, 85)


class BeginForm(FlaskForm):  # type: ignore[misc]
    """Full or short, accommodation, and the pass mark where the vendor publishes none."""

    kind = HiddenField(default=FULL)
    accommodation = RadioField("Your time", validators=[InputRequired("Choose one.")], default="none")
    pass_percent = SelectField("Assumed pass mark", coerce=int)

    def choices(self) -> Choices:
        """Return what was chosen, once the form has been validated."""
        percent = self.pass_percent.data if self.pass_percent is not None else None
        return Choices(accommodation=self.accommodation.data, pass_percent=percent, kind=self.kind.data)


def begin_form(blueprint: Blueprint, kind: str = FULL) -> BeginForm:
    """Return the form for a mock exam of this kind, unless what was posted names another."""
    form = BeginForm()
    if form.kind.raw_data is None:
        form.kind.data = kind
    kinds = KINDS if has_short_form(blueprint) else (FULL,)
    form.kind.validators = [AnyOf(kinds, "There is no mock exam of this length; go back and choose one.")]
    blueprint = blueprint_of_kind(blueprint, form.kind.data)
    form.accommodation.choices = [
        SelectChoice(item.id, f"{item.label}: {item.minutes(blueprint.minutes)} minutes")
        for item in ACCOMMODATIONS.values()
    ]
    if blueprint.pass_mark.nature == ASSUMED:
        assumed = assumed_percent(blueprint)
        percents = sorted({*PASS_PERCENTS, assumed})
        form.pass_percent.choices = [SelectChoice(str(percent), f"{percent}% right") for percent in percents]
        if form.pass_percent.raw_data is None:
            form.pass_percent.data = assumed
    else:
        del form.pass_percent
    return form
