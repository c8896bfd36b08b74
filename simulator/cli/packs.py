"""`simulator packs list|lint|coverage|add|schema`."""

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.coverage import coverage_lines
from simulator.cli.options import (
    Failure,
    database_options,
    json_option,
    json_text,
    plain_errors,
    print_json,
    settings_from,
)

if TYPE_CHECKING:
    from simulator.packs.lint import Linted
    from simulator.packs.problems import Problem

_packs_argument = click.argument("pack", nargs=-1, required=True, type=click.Path(path_type=Path))
_today_option = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge ages by; today if left out."
)


@click.group()
def packs() -> None:
    """Look after question packs."""


@packs.command("list")
@database_options
@json_option
def list_packs(data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """List the packs in the bank.

    \b
    Example:
      simulator packs list --json
    """
    from simulator.cli.database import open_database
    from simulator.store.queries import bank

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with open_database(settings) as database, database.reading() as session:
        ready = bank.count_ready(session)
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
            for row in bank.list_packs(session)
        ]
    if as_json:
        print_json(listed)
        return
    for pack in listed:
        click.echo(f"{pack['id']}  {pack['version']}  {pack['questions']} questions  {pack['title']}")


@packs.command()
@_packs_argument
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), help="How to print; text by default.")
@json_option
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--strict", is_flag=True, help="Exit with status 1 on warnings too.")
@click.option("--verbose", is_flag=True, help="Show what is only for information, too.")
@click.option("--pages", metavar="URL", help="Where docs/lint can be read, for the links in SARIF.")
@click.option(
    "--open-only", is_flag=True, help="Leave silenced findings and those for information out of JSON and SARIF."
)
@_today_option
def lint(
    pack: tuple[Path, ...],
    form: str | None,
    as_json: bool,
    output: Path | None,
    strict: bool,
    verbose: bool,
    open_only: bool,
    pages: str | None,
    today: datetime | None,
) -> None:
    """Check packs (folders or zips), each by itself and all together; exit with status 1 on errors.

    \b
    Prints file:line:column: severity: code: message. A page in docs/lint explains each code.

    \b
    Example:
      simulator packs lint questions/aws-mls-c01 questions/google-pmle --strict
    """
    from simulator import __version__
    from simulator.packs.lint.sarif import to_sarif

    linted = _lint(pack, today)
    form = form or ("json" if as_json else "text")
    unsilenced = [problem for problem in linted.problems if problem.silenced is None]
    unmended = [problem for problem in unsilenced if problem.severity != "info"]
    told = unmended if open_only else linted.problems
    if form == "json":
        text = json_text([asdict(problem) for problem in told])
    elif form == "sarif":
        text = json_text(to_sarif(told, version=__version__, root=Path.cwd(), pages=pages))
    else:
        text = "\n".join(_line(problem) for problem in (unsilenced if verbose else unmended))
    _write(text, output)
    errors, warnings = linted.count("error"), linted.count("warning")
    silenced = sum(problem.silenced is not None for problem in linted.problems)
    hints = "" if verbose else " (--verbose shows them)"
    click.echo(
        f"{errors} errors, {warnings} warnings, {silenced} silenced, {linted.count('info')} for information{hints}",
        err=True,
    )
    if errors or (strict and warnings):
        sys.exit(1)


@packs.command()
@_packs_argument
@json_option
@_today_option
def coverage(pack: tuple[Path, ...], as_json: bool, today: datetime | None) -> None:
    """Count what the ready questions of packs cover of their exams, and what their keys tell a guesser.

    \b
    Example:
      simulator packs coverage questions/aws-mls-c01
    """
    linted = _lint(pack, today)
    for problem in linted.problems:
        if problem.severity == "error":
            click.echo(str(problem), err=True)
    loaded = [examined for examined in linted.packs if examined.keys is not None]
    if as_json:
        print_json(
            {
                "certifications": [asdict(covered) for covered in linted.coverages],
                "packs": [{"id": examined.pack, **asdict(examined.keys)} for examined in loaded if examined.keys],
            }
        )
    else:
        for line in coverage_lines(linted):
            click.echo(line)
    if len(loaded) < len(pack):
        sys.exit(1)


def _lint(paths: tuple[Path, ...], today: datetime | None) -> "Linted":
    """Lint packs, sharing them between processes if there is much to read."""
    from simulator.cli.database import skills
    from simulator.packs.lint import lint_packs

    with plain_errors():
        known = skills()
        day = today.date() if today is not None else datetime.now().astimezone().date()
        if len(paths) == 1 or sum(map(_bytes_of, paths)) < _SHARED_FROM_BYTES:
            return lint_packs(paths, skills=known, today=day)
        # Spawned, not forked: the same on all systems, and no lock is copied half-held.
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
            return lint_packs(paths, skills=known, today=day, run=executor.map)


_SHARED_FROM_BYTES = 3_000_000
"""With less to read, starting processes costs more than it saves."""


def _bytes_of(path: Path) -> int:
    from simulator.packs.names import MAX_FILES

    try:
        files = islice(path.rglob("*"), MAX_FILES) if path.is_dir() else [path]
        return sum(file.lstat().st_size for file in files)
    except (OSError, ValueError):
        return 0


def _line(problem: "Problem") -> str:
    place = f"{problem.file}:{problem.line}:{problem.column}"
    return f"{place}: {problem.severity}: {problem.code}: {problem.message}"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        if text:
            click.echo(text)
        return
    try:
        output.write_text(f"{text}\n" if text else "", encoding="utf-8")
    except OSError as error:
        raise Failure(f"{output}: {error.strerror}") from error


@packs.command()
@click.argument("path", type=click.Path(path_type=Path))
@database_options
@json_option
def add(path: Path, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Add a pack (a folder or a zip) to the bank, or bring it up to date; all of it or nothing.

    \b
    Example:
      simulator packs add my-pack.zip
    """
    from simulator.cli.database import load_pack_files, open_database

    with open_database(settings_from(data_dir=data_dir, database_url=database_url)) as database:
        imported = load_pack_files(database, path)
    if as_json:
        print_json(asdict(imported) if imported else {"unchanged": True})
    elif imported is None:
        click.echo("This pack is in the bank already, exactly as it is.")
    else:
        click.echo(
            f"{imported.pack}: {imported.added} questions added, {imported.changed} changed, "
            f"{imported.unchanged} unchanged, {imported.retired} retired"
        )


@packs.command()
@click.argument("kind", required=False, type=click.Choice(["pack", "blueprint", "questions", "skills"]))
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a pack's files, for editors.

    \b
    Example:
      simulator packs schema questions > questions.schema.json
    """
    from simulator.packs.schema import json_schemas

    schemas = json_schemas()
    print_json(schemas[kind] if kind else schemas)
