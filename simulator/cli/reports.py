"""`simulator reports list|resolve`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.options import database_options, json_option, print_json, settings_from
from simulator.exam.question_reports import OPEN, STATUSES

if TYPE_CHECKING:
    from simulator.store.tables import QuestionReportRow

ALL = "all"


@click.group()
def reports() -> None:
    """Look after problems that candidates report with questions."""


@reports.command("list")
@click.option("--status", type=click.Choice([*STATUSES, ALL]), default=OPEN, show_default=True, help="Which reports.")
@database_options
@json_option
def list_reports(status: str, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """List reported problems, the oldest first, with the question version that the candidate saw.

    \b
    Example:
      simulator reports list --status all --json
    """
    from simulator.cli.database import open_database
    from simulator.store.queries import question_reports

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with open_database(settings) as database, database.reading() as session:
        rows = question_reports.list_reports(session, status=None if status == ALL else status)
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "question": row.question_id,
                    "version": row.version,
                    "reason": row.reason,
                    "comment": row.comment,
                    "status": row.status,
                    "reported_at": row.reported_at.isoformat(),
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        click.echo(_line(row))


def _line(row: "QuestionReportRow") -> str:
    # The comment is a stranger's: on one line, and without what a terminal would obey.
    comment = "".join(c if c.isprintable() else " " for c in row.comment)
    facts = (row.id, f"{row.reported_at:%Y-%m-%d %H:%M}Z", row.question_id, row.reason, row.status, comment)
    return "  ".join(facts).rstrip()


@reports.command()
@click.argument("report_id", metavar="ID")
@database_options
def resolve(report_id: str, data_dir: Path | None, database_url: str | None) -> None:
    """Mark a reported problem as settled.

    \b
    Example:
      simulator reports resolve 0sG2v3p1XkWbq8rJd5yT7A
    """
    from simulator.cli.database import open_database
    from simulator.operations.question_reporting import resolve_report

    with open_database(settings_from(data_dir=data_dir, database_url=database_url)) as database:
        question_id = database.write(lambda session: resolve_report(session, report_id).question_id)
    click.echo(f"{report_id} ({question_id}) is resolved")
