"""What is wrong with a question."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from simulator.exam.question_reports import LONGEST_COMMENT, OTHER, REASONS


def _as_written(text: str | None) -> str:
    """Return the text with plain line ends, which browsers send doubled, and without NUL, which no database takes."""
    return (text or "").replace("\r\n", "\n").replace("\0", "").strip()


class QuestionReportForm(FlaskForm):  # type: ignore[misc]
    """A reason, and a comment that explains it."""

    reason = RadioField(
        "What is wrong?",
        choices=[SelectChoice(reason, words) for reason, words in REASONS.items()],
        validators=[InputRequired("Choose one.")],
    )
    comment = TextAreaField(
        "What should the author know?",
        filters=[_as_written],
        validators=[Length(max=LONGEST_COMMENT, message=f"Use {LONGEST_COMMENT} characters at most.")],
    )

    def validate_comment(self, field: TextAreaField) -> None:
        """Ask for words where the reason has none."""
        if self.reason.data == OTHER and not field.data:
            raise ValidationError("Say what it is.")
