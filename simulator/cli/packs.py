"""`simulator packs list|lint|add|schema`."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from simulator.cli.options import database_options, json_option, plain_errors, print_json, settings_from


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
@click.argument("pack", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def lint(pack: tuple[Path, ...], as_json: bool) -> None:
    """Check packs (folders or zips) and print every problem as file:line:column: code: message.

    \b
    Example:
      simulator packs lint questions/aws-mls-c01
    """
    from simulator.cli.database import skills
    from simulator.packs.lint import lint_pack

    with plain_errors():
        known = skills()
        problems = [problem for path in pack for problem in lint_pack(path, skills=known)]
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        sys.exit(1)


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
