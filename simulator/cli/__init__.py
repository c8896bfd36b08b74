"""The `simulator` command. Errors are one sentence on stderr and exit status 1; usage errors exit with 2."""

import click

from simulator import __version__
from simulator.cli.attempts import attempts, expire
from simulator.cli.db import db
from simulator.cli.forms import forms
from simulator.cli.packs import packs
from simulator.cli.reports import reports
from simulator.cli.serve import serve
from simulator.cli.statistics import statistics

__all__ = ["main"]


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


for command in (serve, packs, forms, attempts, expire, reports, statistics, db):
    main.add_command(command)
