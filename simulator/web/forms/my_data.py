"""The confirmation before everything is deleted."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

WORD = "DELETE"


class DeleteForm(FlaskForm):  # type: ignore[misc]
    """The word that nobody types by accident."""

    confirmation = StringField(f"Type {WORD} to confirm")

    def validate_confirmation(self, field: StringField) -> None:
        """Take the word in small letters too."""
        if (field.data or "").strip().upper() != WORD:
            raise ValidationError(f"Type {WORD}. Nothing has been deleted.")
