"""What a candidate assumes about the share right that passes."""

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from simulator.exam.readiness import Cut

MEANS = (40, 95)
SPREADS = (1, 15)


def _between(lowest: int, highest: int) -> tuple[InputRequired, NumberRange]:
    words = f"Enter a whole number from {lowest} to {highest}."
    return InputRequired(words), NumberRange(lowest, highest, words)


class CutForm(FlaskForm):  # type: ignore[misc]
    """The cut in percent: what is most likely, and how far off it may be (one standard deviation)."""

    mean = IntegerField("Share right that passes", validators=_between(*MEANS))
    spread = IntegerField("Give or take", validators=_between(*SPREADS))

    def cut(self) -> Cut:
        """Return what was entered, once the form has been validated."""
        return Cut(self.mean.data / 100, self.spread.data / 100)


def cut_form(cut: Cut) -> CutForm:
    """Return the form, filled in with this cut unless something was sent."""
    return CutForm(data={"mean": round(100 * cut.mean), "spread": max(1, round(100 * cut.sd))})
