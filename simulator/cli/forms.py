"""`simulator forms draw`."""

import secrets
from pathlib import Path

import click

from simulator.cli.options import database_options, json_option, print_json, settings_from


@click.group()
def forms() -> None:
    """Look at forms."""


@forms.command()
@click.argument("certification")
@click.option("--seed", type=click.IntRange(0), help="The same seed and bank give the same form. [default: random]")
@database_options
@json_option
def draw(certification: str, seed: int | None, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Draw a form as an attempt would, without starting one.

    \b
    Example:
      simulator forms draw google-pmle --seed 7 --json
    """
    from simulator.cli.database import load_shipped_packs, open_database
    from simulator.exam.selection import draw_form
    from simulator.store.catalogue import Catalogue
    from simulator.store.queries.bank import get_blueprint, list_packs

    seed = secrets.randbits(53) if seed is None else seed
    with open_database(settings_from(data_dir=data_dir, database_url=database_url)) as database:
        with database.reading() as session:
            bank_is_empty = not list_packs(session)
        if bank_is_empty:
            load_shipped_packs(database)
        with database.reading() as session:
            blueprint = get_blueprint(session, certification)
            form = draw_form(Catalogue().bank(session, certification), blueprint, seed=seed)
    slots = [
        {"slot": slot.number, "question": slot.question_id, "domain": slot.domain, "scored": slot.scored}
        for slot in form.slots
    ]
    if as_json:
        print_json({"certification": certification, "seed": seed, "slots": slots})
        return
    click.echo(f"{certification}, seed {seed}")
    for slot in slots:
        click.echo(f"{slot['slot']:>3}  {slot['question']}  {slot['domain']}{'' if slot['scored'] else '  unscored'}")
