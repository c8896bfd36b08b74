"""`simulator serve`."""

from pathlib import Path

import click

from simulator.cli.options import database_options, plain_errors, settings_from
from simulator.config import check_access, secret_key
from simulator.server import check_port, configure_logging, launch


@click.command()
@click.option("--host", help="Address to listen on; only this machine's own for now. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: 8000]")
@database_options
def serve(host: str | None, port: int | None, data_dir: Path | None, database_url: str | None) -> None:
    """Load the packs and serve the exams until interrupted.

    \b
    Examples:
      simulator serve
      simulator serve --port 9000 --data-dir ./data
    """
    from simulator.cli.database import load_shipped_packs, open_database

    settings = settings_from(host=host, port=port, data_dir=data_dir, database_url=database_url)
    with plain_errors():
        check_access(settings)
        check_port(settings.host, settings.port)
    configure_logging(settings)
    with open_database(settings) as database:
        secret_key(settings)
        load_shipped_packs(database)
    launch(settings)
