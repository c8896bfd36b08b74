"""The choices before an exam."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from simulator.exam.blueprint import ASSUMED, Blueprint
from simulator.exam.timing import ACCOMMODATIONS
from simulator.operations.sitting import Choices, assumed_percent

PASS_PERCENTS = (60, 65, 70, 75, 80, 85)


class BeginForm(FlaskForm):  # type: ignore[misc]
    """Accommodation, and the pass mark where the vendor publishes none."""

    accommodation = RadioField("Your time", validators=[InputRequired("Choose one.")], default="none")
    pass_percent = SelectField("Assumed pass mark", coerce=int)

    def choices(self) -> Choices:
        """Return what was chosen, once the form has been validated."""
        percent = self.pass_percent.data if self.pass_percent is not None else None
        return Choices(accommodation=self.accommodation.data, pass_percent=percent)


def begin_form(blueprint: Blueprint) -> BeginForm:
    """Return the form for one certification."""
    form = BeginForm()
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
