"""Packs, certifications, questions, candidates, attempts, answers and graded responses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "candidate",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("verified_on", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_certification_id"), ["certification_id"], unique=False)

    op.create_table(
        "question_version",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accommodation", sa.String(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Float(), nullable=True),
        sa.Column("scaled_score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("too_close", sa.Boolean(), nullable=True),
        sa.Column("form", JSON, nullable=False),
        sa.Column("blueprint", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_candidate_started", ["candidate_id", "started_at"], unique=False)
        batch_op.create_index("ix_attempt_state_deadline", ["state", "deadline_at"], unique=False)
        batch_op.create_index(
            "uq_attempt_open",
            ["candidate_id", "certification_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "certification",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("blueprint", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"],
            ["pack.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certification_pack_id"), ["pack_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.String(length=201), nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("option_count", sa.Integer(), nullable=False),
        sa.Column("enemies", JSON, nullable=False),
        sa.Column("stimulus_id", sa.String(), nullable=True),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"],
            ["pack.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["question_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_certification_status", ["certification_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_pack_id"), ["pack_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("attempt_id", sa.String(length=22), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=True),
        sa.Column("struck", sa.Text(), nullable=False),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot"),
    )
    op.create_table(
        "graded_response",
        sa.Column("attempt_id", sa.String(length=22), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.String(length=22), nullable=False),
        sa.Column("question_id", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("credit", sa.Float(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("graded_response")
    op.drop_table("answer")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_pack_id"))
        batch_op.drop_index("ix_question_certification_status")

    op.drop_table("question")
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certification_pack_id"))

    op.drop_table("certification")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_state_deadline")
        batch_op.drop_index("ix_attempt_candidate_started")

    op.drop_table("attempt")
    op.drop_table("question_version")
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_certification_id"))

    op.drop_table("pack")
    op.drop_table("candidate")
