"""How a real exam went."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from simulator.operations.real_results import RealResult

PASSED = "passed"
FAILED = "failed"


class RealResultForm(FlaskForm):  # type: ignore[misc]
    """The day, the outcome, and the score if the vendor told one."""

    sat_on = DateField("Day of the exam", validators=[InputRequired("Give the day on which you sat the exam.")])
    outcome = RadioField(
        "Outcome",
        choices=[SelectChoice(PASSED, "Passed"), SelectChoice(FAILED, "Not passed")],
        validators=[InputRequired("Choose one.")],
    )
    score = IntegerField("Score", validators=[Optional()])

    def result(self) -> RealResult:
        """Return what was entered, once the form has been validated."""
        return RealResult(sat_on=self.sat_on.data, passed=self.outcome.data == PASSED, score=self.score.data)
