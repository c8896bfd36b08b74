"""`simulator attempts list|report` and `simulator expire`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import database_options, json_option, print_json, settings_from

if TYPE_CHECKING:
    from simulator.operations.reporting import ScoreReport


@click.group()
def attempts() -> None:
    """Look at attempts."""


@attempts.command("list")
@database_options
@json_option
def list_attempts(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """List all attempts, the latest first.

    \b
    Example:
      simulator attempts list --json
    """
    from simulator.cli.database import open_database
    from simulator.operations.reporting import list_history
    from simulator.store.queries.attempts import OPERATOR

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with open_database(settings) as database, database.reading() as session:
        entries = list_history(session, actor=OPERATOR, now=datetime.now(UTC))
    if as_json:
        print_json(
            [
                {
                    "id": entry.id,
                    "certification": entry.certification_id,
                    "started_at": entry.started_at.isoformat(),
                    "state": entry.state,
                    "answered": entry.answered,
                    "questions": entry.size,
                    "scaled_score": entry.scaled_score,
                    "passed": entry.passed,
                }
                for entry in entries
            ]
        )
        return
    for entry in entries:
        outcome = f"{entry.scaled_score}" if entry.scaled_score is not None else f"{entry.answered}/{entry.size}"
        click.echo(
            f"{entry.id}  {entry.started_at:%Y-%m-%d %H:%M}Z  {entry.certification_id}  {entry.state}  {outcome}"
        )


@attempts.command()
@click.argument("attempt_id", metavar="ID")
@database_options
@json_option
def report(attempt_id: str, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Print the score report of a graded attempt.

    \b
    Example:
      simulator attempts report 0sG2v3p1XkWbq8rJd5yT7A --json
    """
    from simulator.cli.database import open_database
    from simulator.operations.reporting import build_report
    from simulator.store.catalogue import Catalogue
    from simulator.store.queries.attempts import OPERATOR

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with open_database(settings) as database, database.reading() as session:
        document = _document(build_report(session, Catalogue(), attempt_id, actor=OPERATOR))
    if as_json:
        print_json(document)
        return
    outcome = "pass" if document["passed"] else "not passed"
    close = ", too close to call" if document["too_close_to_call"] else ""
    click.echo(f"{document['title']}: {document['scaled_score']} of {document['pass_mark']}, {outcome}{close}")
    for domain in document["domains"]:
        low, high = (f"{value:.0%}" for value in domain["interval"])
        click.echo(f"  {domain['title']}: {domain['correct']:g} of {domain['scored']} ({low} to {high})")


def _document(report: "ScoreReport") -> dict[str, Any]:
    score, attempt = report.score, report.attempt
    return {
        "id": attempt.id,
        "certification": attempt.certification_id,
        "title": report.blueprint.title,
        "started_at": attempt.started_at.isoformat(),
        "closed_at": attempt.closed_at.isoformat() if attempt.closed_at else None,
        "closed_by": attempt.closed_by,
        "scaled_score": score.scaled,
        "pass_mark": score.pass_mark,
        "pass_mark_nature": report.blueprint.pass_mark.nature,
        "passed": score.passed,
        "too_close_to_call": score.too_close,
        "correct": score.overall.correct,
        "scored": score.overall.count,
        "interval": [score.overall.low, score.overall.high],
        "unanswered": report.unanswered,
        "domains": [
            {
                "id": domain.id,
                "title": domain.title,
                "weight": domain.weight,
                "correct": score.domains[domain.id].correct,
                "scored": score.domains[domain.id].count,
                "interval": [score.domains[domain.id].low, score.domains[domain.id].high],
            }
            for domain in report.blueprint.domains
        ],
        "slots": [
            {
                "slot": reviewed.slot.number,
                "question": reviewed.slot.question_id,
                "domain": reviewed.graded.domain,
                "scored": reviewed.graded.scored,
                "answered": reviewed.graded.answered,
                "credit": reviewed.graded.credit,
                "seconds": reviewed.graded.spent_ms / 1000,
            }
            for reviewed in report.slots
        ],
    }


@click.command()
@database_options
@json_option
def expire(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Close attempts whose time has run out, and grade those nobody came back to within a day.

    Run it now and then, for example every hour. Attempts of candidates who do come back are closed by themselves.

    \b
    Example:
      simulator expire --json
    """
    from simulator.cli.database import open_database
    from simulator.operations.expiring import expire_attempts
    from simulator.store.catalogue import Catalogue

    with open_database(settings_from(data_dir=data_dir, database_url=database_url)) as database:
        expired = expire_attempts(database.write, Catalogue(), now=datetime.now(UTC))
    if as_json:
        print_json({"closed": expired.closed, "graded": expired.graded, "failed": expired.failed})
    else:
        click.echo(f"{len(expired.closed)} attempts closed, {len(expired.graded)} graded")
    if expired.failed:
        raise click.ClickException(f"{len(expired.failed)} attempts could not be graded: {', '.join(expired.failed)}")
