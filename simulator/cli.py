"""The `simulator` command: serve, packs, forms, attempts, expire, db. Errors in one sentence, exit status 1."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from simulator import __version__, paths
from simulator.config import BadSettings, Settings, check_access, prepare_data_directory
from simulator.exam.errors import SimulatorError
from simulator.server import AddressInUse


class Failure(click.ClickException):
    """What went wrong, for a person: one sentence on stderr, exit status 1."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        """Print the message."""
        click.echo(f"Error: {self.message}", err=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn every error the simulator raises on purpose into a Failure."""
    try:
        yield
    except (AddressInUse, BadSettings, SimulatorError, paths.PathMissing) as error:
        raise Failure(str(error)) from error


def _settings(**flags: Any) -> Settings:
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "SIMULATOR_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Failure(f"{name}: {first['msg']}") from error


def _print(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Where the database lives. [env: SIMULATOR_DATA_DIR]"
)
database_option = click.option(
    "--database-url", help="postgresql://... instead of the embedded database. [env: SIMULATOR_DATABASE_URL]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="simulator")
def main() -> None:
    """Certification mock exams in the browser.

    \b
    Examples:
      simulator serve
      simulator packs lint my-pack/
      simulator forms draw aws-mls-c01 --seed 7 --json
    """


@contextmanager
def _store(settings: Settings) -> Iterator[Any]:
    """Give a session on an up-to-date database; committed at the end unless something failed."""
    from sqlmodel import Session

    from simulator.store.engine import WRITES, open_engine, unavailable_as_such
    from simulator.store.schema import upgrade

    with plain_errors(), unavailable_as_such():
        prepare_data_directory(settings)
        engine = open_engine(settings.database, connections=1)
        upgrade(engine)
        with Session(engine.execution_options(**{WRITES: True})) as session:
            yield session
            session.commit()
        engine.dispose()


@main.command()
@click.option("--host", help="Address to listen on; only this machine's own for now. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: 8000]")
@data_dir_option
@database_option
def serve(host: str | None, port: int | None, data_dir: Path | None, database_url: str | None) -> None:
    """Load the packs and serve the exams until interrupted.

    \b
    Examples:
      simulator serve
      simulator serve --port 9000 --data-dir ./data
    """
    from simulator.server import check_port, configure_logging, launch

    settings = _settings(host=host, port=port, data_dir=data_dir, database_url=database_url)
    with plain_errors():
        check_access(settings)
        check_port(settings.host, settings.port)
    configure_logging(settings)
    with _store(settings) as session:
        _load_shipped(session)
    launch(settings)


def _load_shipped(session: Any) -> None:
    """Load the packs that ship, unless their files are as they were when they were loaded last."""
    from simulator.packs.loading import find_packs

    for path in find_packs(paths.questions()):
        _load(session, path)


def _load(session: Any, path: Path) -> Any:
    """Load one pack; returns what that changed, or None when it is loaded already."""
    from simulator.operations.importing import import_pack
    from simulator.packs.loading import fingerprint, load_pack
    from simulator.store.queries.bank import find_pack_by_fingerprint

    if find_pack_by_fingerprint(session, fingerprint(path)) is not None:
        return None
    pack = load_pack(path, skills=_skills())
    return import_pack(session, pack, now=datetime.now(UTC))


def _skills() -> frozenset[str]:
    from simulator.packs.loading import read_skills

    return frozenset(read_skills(paths.questions() / "skills.yaml"))


@main.group()
def packs() -> None:
    """Look after question packs."""


@packs.command("list")
@data_dir_option
@database_option
@json_option
def packs_list(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """List the packs in the bank.

    \b
    Example:
      simulator packs list --json
    """
    from simulator.store.queries.bank import count_ready, list_packs

    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        ready = count_ready(session)
        listed = [
            {
                "id": row.id,
                "title": row.title,
                "version": row.version,
                "certification": row.certification_id,
                "questions": ready.get(row.id, 0),
                "licence": row.licence,
                "verified_on": row.verified_on,
            }
            for row in list_packs(session)
        ]
    if as_json:
        _print(listed)
    for pack in listed if not as_json else ():
        click.echo(f"{pack['id']}  {pack['version']}  {pack['questions']} questions  {pack['title']}")


@packs.command("lint")
@click.argument("pack", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def packs_lint(pack: tuple[Path, ...], as_json: bool) -> None:
    """Check packs (folders or zips) and print every problem as file:line:column: code: message.

    \b
    Example:
      simulator packs lint questions/aws-mls-c01
    """
    from dataclasses import asdict

    from simulator.packs.lint import lint_pack

    with plain_errors():
        skills = _skills()
        problems = [problem for path in pack for problem in lint_pack(path, skills=skills)]
    if as_json:
        _print([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        sys.exit(1)


@packs.command("add")
@click.argument("path", type=click.Path(path_type=Path))
@data_dir_option
@database_option
@json_option
def packs_add(path: Path, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Add a pack (a folder or a zip) to the bank, or bring it up to date; all of it or nothing.

    \b
    Example:
      simulator packs add my-pack.zip
    """
    from dataclasses import asdict

    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        imported = _load(session, path)
    if as_json:
        _print(asdict(imported) if imported else {"unchanged": True})
    elif imported is None:
        click.echo("This pack is in the bank already, exactly as it is.")
    else:
        click.echo(
            f"{imported.pack}: {imported.added} questions added, {imported.changed} changed, "
            f"{imported.unchanged} unchanged, {imported.retired} retired"
        )


@packs.command("schema")
@click.argument("kind", required=False, type=click.Choice(["pack", "blueprint", "questions", "skills"]))
def packs_schema(kind: str | None) -> None:
    """Print the JSON Schema of a pack's files, for editors.

    \b
    Example:
      simulator packs schema questions > questions.schema.json
    """
    from simulator.packs.schema import json_schemas

    schemas = json_schemas()
    _print(schemas[kind] if kind else schemas)


@main.group()
def forms() -> None:
    """Look at forms."""


@forms.command("draw")
@click.argument("certification")
@click.option("--seed", type=click.IntRange(0), help="The same seed and bank give the same form. [default: random]")
@data_dir_option
@database_option
@json_option
def forms_draw(
    certification: str, seed: int | None, data_dir: Path | None, database_url: str | None, as_json: bool
) -> None:
    """Draw a form as an attempt would, without starting one.

    \b
    Example:
      simulator forms draw google-pmle --seed 7 --json
    """
    from simulator.exam.selection import draw_form
    from simulator.store.catalogue import Catalogue
    from simulator.store.queries.bank import get_blueprint

    seed = secrets.randbits(53) if seed is None else seed
    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        _load_shipped(session)
        blueprint = get_blueprint(session, certification)
        form = draw_form(Catalogue().bank(session, certification), blueprint, seed=seed)
    slots = [
        {"slot": slot.number, "question": slot.question_id, "domain": slot.domain, "scored": slot.scored}
        for slot in form.slots
    ]
    if as_json:
        _print({"certification": certification, "seed": seed, "slots": slots})
        return
    click.echo(f"{certification}, seed {seed}")
    for slot in slots:
        click.echo(f"{slot['slot']:>3}  {slot['question']}  {slot['domain']}{'' if slot['scored'] else '  unscored'}")


@main.group()
def attempts() -> None:
    """Look at attempts."""


@attempts.command("list")
@data_dir_option
@database_option
@json_option
def attempts_list(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """List all attempts, the latest first.

    \b
    Example:
      simulator attempts list --json
    """
    from simulator.operations.reporting import list_history
    from simulator.store.queries.attempts import OPERATOR

    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        entries = list_history(session, actor=OPERATOR, now=datetime.now(UTC))
    if as_json:
        _print(
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


@attempts.command("report")
@click.argument("attempt_id", metavar="ID")
@data_dir_option
@database_option
@json_option
def attempts_report(attempt_id: str, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Print the score report of a graded attempt.

    \b
    Example:
      simulator attempts report 0sG2v3p1XkWbq8rJd5yT7A --json
    """
    from simulator.operations.reporting import build_report
    from simulator.store.catalogue import Catalogue
    from simulator.store.queries.attempts import OPERATOR

    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        report = build_report(session, Catalogue(), attempt_id, actor=OPERATOR)
        document = _report_document(report)
    if as_json:
        _print(document)
        return
    outcome = "pass" if document["passed"] else "not passed"
    close = ", too close to call" if document["too_close_to_call"] else ""
    click.echo(f"{document['title']}: {document['scaled_score']} of {document['pass_mark']}, {outcome}{close}")
    for domain in document["domains"]:
        low, high = (f"{value:.0%}" for value in domain["interval"])
        click.echo(f"  {domain['title']}: {domain['correct']:g} of {domain['scored']} ({low} to {high})")


def _report_document(report: Any) -> dict[str, Any]:
    score, attempt = report.score, report.attempt
    return {
        "id": attempt.id,
        "certification": attempt.certification_id,
        "title": report.blueprint.title,
        "started_at": attempt.started_at.isoformat(),
        "closed_at": attempt.closed_at.isoformat(),
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


@main.command()
@data_dir_option
@database_option
@json_option
def expire(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Close attempts whose time has run out, and grade those nobody came back to within a day.

    Run it now and then, for example every hour. Attempts of candidates who do come back are closed by themselves.

    \b
    Example:
      simulator expire --json
    """
    from simulator.operations.expiring import expire_attempts
    from simulator.store.catalogue import Catalogue

    with _store(_settings(data_dir=data_dir, database_url=database_url)) as session:
        expired = expire_attempts(session, Catalogue(), now=datetime.now(UTC))
    if as_json:
        _print({"closed": expired.closed, "graded": expired.graded})
    else:
        click.echo(f"{len(expired.closed)} attempts closed, {len(expired.graded)} graded")


@main.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@data_dir_option
@database_option
def db_upgrade(data_dir: Path | None, database_url: str | None) -> None:
    """Make the database, or bring it to the schema that this version needs.

    \b
    Example:
      simulator db upgrade
    """
    from simulator.store.schema import head

    with _store(_settings(data_dir=data_dir, database_url=database_url)):
        click.echo(f"The database is at revision {head()}.")


@db.command("check")
@data_dir_option
@database_option
def db_check(data_dir: Path | None, database_url: str | None) -> None:
    """Say whether the database can be reached and is at the schema that this version needs.

    \b
    Example:
      simulator db check
    """
    from simulator.store.engine import open_engine, unavailable_as_such
    from simulator.store.schema import check, head

    settings = _settings(data_dir=data_dir, database_url=database_url)
    with plain_errors(), unavailable_as_such():
        prepare_data_directory(settings)
        check(open_engine(settings.database, connections=1))
    click.echo(f"The database is at revision {head()}, as it should be.")


if __name__ == "__main__":
    main()
