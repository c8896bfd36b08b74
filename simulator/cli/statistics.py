"""`simulator statistics calibrate|show`."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import database_options, json_option, print_json, settings_from

if TYPE_CHECKING:
    from simulator.operations.calibrating import FormFigures
    from simulator.store.tables import ItemStatisticsRow


@click.group()
def statistics() -> None:
    """Learn from the responses how hard and how telling questions are."""


@statistics.command()
@click.argument("certification", required=False)
@database_options
@json_option
def calibrate(certification: str | None, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Measure the questions of a certification, or of all, learn how candidates are, and keep what readiness needs.

    Run it now and then, for example every night; nobody who sits an exam meanwhile waits for it.

    \b
    Example:
      simulator statistics calibrate google-pmle --json
    """
    from simulator.cli.database import open_database
    from simulator.operations.calibrating import keep_statistics, measure
    from simulator.store.catalogue import Catalogue
    from simulator.store.queries.bank import list_blueprints

    done = []
    with open_database(settings_from(data_dir=data_dir, database_url=database_url)) as database:
        catalogue = Catalogue()
        with database.reading() as session:
            wanted = [certification] if certification else [blueprint.id for blueprint in list_blueprints(session)]
        for certification_id in wanted:
            with database.reading() as session:
                measured = measure(session, catalogue, certification_id)
            done.append(database.write(partial(keep_statistics, measured=measured, now=datetime.now(UTC))))
    if as_json:
        print_json(
            [
                {
                    "certification": one.certification_id,
                    "responses": one.responses,
                    "sittings": one.sittings,
                    "questions": one.questions,
                    "difficulties_updated": one.updated,
                    "candidates": one.candidates,
                    "beliefs_learnt": one.beliefs_learnt,
                    "calibrated_at": one.calibrated_at.isoformat(),
                }
                for one in done
            ]
        )
        return
    for one in done:
        kept = "difficulties updated" if one.updated else "too few to move a difficulty"
        click.echo(
            f"{one.certification_id}: {one.responses} responses to {one.questions} questions "
            f"in {one.sittings} sittings, {kept}; {one.candidates} candidates with two sittings or more, "
            + ("readiness learnt from them" if one.beliefs_learnt else "too few to learn from")
        )


@statistics.command()
@click.argument("certification")
@database_options
@json_option
def show(certification: str, data_dir: Path | None, database_url: str | None, as_json: bool) -> None:
    """Print a certification's questions as they were measured last: it shows the keys.

    n responses; the share right; item-rest correlation; discrimination between the best and the weakest 27%; the share
    left empty; the median time; difficulty in logits; then every option's share, the keys marked with a star. What
    stands on too few responses is a dash.

    \b
    Example:
      simulator statistics show google-pmle --json
    """
    from simulator.cli.database import open_database
    from simulator.operations.calibrating import examine_forms
    from simulator.store.queries.statistics import list_item_statistics

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with open_database(settings) as database, database.reading() as session:
        forms = examine_forms(session, certification)
        rows = list_item_statistics(session, certification)
    if as_json:
        print_json({"certification": certification, "forms": _forms(forms), "questions": [_item(row) for row in rows]})
        return
    click.echo(_forms_in_words(forms))
    if not rows:
        click.echo(f"No question has been measured yet: simulator statistics calibrate {certification}")
        return
    click.echo("    n  right   rest      D  empty  seconds  difficulty    question")
    for row in rows:
        click.echo(_line(row))


def _forms(forms: "FormFigures") -> dict[str, Any]:
    reliability, verdicts = forms.reliability, forms.verdicts
    return {
        "exams": reliability.sittings,
        "length": reliability.length,
        "mean": reliability.mean,
        "deviation": reliability.deviation,
        "alpha": reliability.alpha,
        "kr21": reliability.kr21,
        "standard_error": reliability.error,
        "cut": forms.cut,
        "verdict_consistency": verdicts.consistency if verdicts else None,
        "verdict_kappa": verdicts.kappa if verdicts else None,
        "verdict_accuracy": verdicts.accuracy if verdicts else None,
    }


def _forms_in_words(forms: "FormFigures") -> str:
    reliability, verdicts = forms.reliability, forms.verdicts
    words = f"{reliability.sittings} exams"
    if reliability.alpha is None or reliability.error is None:
        return f"{words}: too few, or too much alike, to say how reliable they are"
    words += f" of {reliability.length} questions: alpha {reliability.alpha:.2f}, "
    words += f"standard error {reliability.error:.1%} of the questions"
    if verdicts is not None:
        words += f"; the same verdict twice {verdicts.consistency:.0%}, the true verdict {verdicts.accuracy:.0%}"
    return words


def _item(row: "ItemStatisticsRow") -> dict[str, Any]:
    return {
        "version": row.version,
        "difficulty_logits": row.difficulty_mean,
        "difficulty_logits_sd": row.difficulty_sd,
        "slope": row.slope,
        "calibrated_at": row.calibrated_at.isoformat(),
        **row.document,
    }


def _line(row: "ItemStatisticsRow") -> str:
    found = row.document
    figures = [
        _shown(found["difficulty"], "6.0%"),
        _shown(found["item_rest"], "6.2f"),
        _shown(found["discrimination"], "6.2f"),
        _shown(found["omitted"], "6.0%"),
        _shown(found["median_seconds"], "8.0f"),
        f"{row.difficulty_mean:+5.2f} ± {row.difficulty_sd:.2f}",
    ]
    options = "  ".join(
        f"{chr(ord('A') + option['option'])}{'*' if option['key'] else ''} {_shown(option['share'], '.0%').strip()}"
        for option in found["options"]
    )
    return f"{row.responses:>5} {' '.join(figures)}  {found['question']}  {options}"


def _shown(value: float | None, form: str) -> str:
    """Return a figure, or a dash of the same width where it was held back."""
    width = int(form.split(".")[0] or 0)
    return "-".rjust(width) if value is None else format(value, form)
