"""Kinds of attempts, first responses, practice, reported problems, real results, assumed cuts, what is learned."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
IS_OPEN = sa.text("state = 'open'")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("attempt", sa.Column("kind", sa.String(), server_default="full", nullable=False))
    _one_open_attempt_by("candidate_id", "certification_id", "kind")
    for table in ("answer", "graded_response"):
        op.add_column(table, sa.Column("first_response", sa.Text(), nullable=True))
    op.create_index("ix_graded_response_candidate", "graded_response", ["candidate_id"])
    op.create_index("ix_graded_response_question", "graded_response", ["question_id"])
    _create_practice()
    _create_readiness()
    _create_question_report()


def _one_open_attempt_by(*columns: str) -> None:
    op.drop_index("uq_attempt_open", "attempt")
    op.create_index(
        "uq_attempt_open", "attempt", list(columns), unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )


def _create_practice() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("criteria", JSON, nullable=False),
        sa.Column("pace_seconds", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_practice_candidate_started", "practice", ["candidate_id", "started_at"])
    op.create_table(
        "practice_response",
        sa.Column("practice_id", sa.String(length=22), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.String(length=22), nullable=False),
        sa.Column("question_id", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("credit", sa.Float(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practice.id"],
        ),
        sa.PrimaryKeyConstraint("practice_id", "slot"),
    )
    op.create_index("ix_practice_response_candidate", "practice_response", ["candidate_id"])
    op.create_index("ix_practice_response_question", "practice_response", ["question_id"])


def _create_readiness() -> None:
    op.create_table(
        "assumed_cut",
        sa.Column("candidate_id", sa.String(length=22), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.Column("sd", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.PrimaryKeyConstraint("candidate_id", "certification_id"),
    )
    op.create_table(
        "real_result",
        sa.Column("candidate_id", sa.String(length=22), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("sat_on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("predicted", sa.Float(), nullable=True),
        sa.Column("predicted_low", sa.Float(), nullable=True),
        sa.Column("predicted_high", sa.Float(), nullable=True),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.PrimaryKeyConstraint("candidate_id", "certification_id", "sat_on"),
    )
    op.create_table(
        "item_statistics",
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("difficulty_mean", sa.Float(), nullable=False),
        sa.Column("difficulty_sd", sa.Float(), nullable=False),
        sa.Column("slope", sa.Float(), nullable=True),
        sa.Column("document", JSON, nullable=False),
        sa.Column("calibrated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index("ix_item_statistics_certification_id", "item_statistics", ["certification_id"])
    op.create_table(
        "learnt_beliefs",
        sa.Column("certification_id", sa.String(length=100), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("certification_id"),
    )


def _create_question_report() -> None:
    op.create_table(
        "question_report",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_question_report_candidate_id", "question_report", ["candidate_id"])
    op.create_index("ix_question_report_question_id", "question_report", ["question_id"])


def downgrade() -> None:
    """Take it back; of two open attempts at one certification the short one goes."""
    for table in ("question_report", "learnt_beliefs", "item_statistics", "real_result", "assumed_cut"):
        op.drop_table(table)
    op.drop_table("practice_response")
    op.drop_table("practice")
    op.drop_index("ix_graded_response_question", "graded_response")
    op.drop_index("ix_graded_response_candidate", "graded_response")
    for table in ("graded_response", "answer"):
        op.drop_column(table, "first_response")
    short = "SELECT id FROM attempt WHERE kind <> 'full' AND state = 'open'"
    op.execute(f"DELETE FROM answer WHERE attempt_id IN ({short})")
    op.execute("DELETE FROM attempt WHERE kind <> 'full' AND state = 'open'")
    _one_open_attempt_by("candidate_id", "certification_id")
    op.drop_column("attempt", "kind")
