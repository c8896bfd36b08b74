"""How real exams went, and how good the predictions for them were."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam.errors import InvalidResult, NotFound
from simulator.exam.validation import MINIMUM_IN_BIN, MINIMUM_RESULTS, compare_predictions
from simulator.operations.accounts import admit_candidate
from simulator.operations.real_results import delete_result, latest_day, predict, record_result
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.real_results import list_outcomes, list_results
from simulator.web.forms.real_result import RealResultForm
from simulator.web.identity import become_candidate, find_candidate, get_candidate
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("real_results", __name__)


@bp.route("/certifications/<certification_id>/result", methods=["GET", "POST"])
def result(certification_id: str) -> ResponseReturnValue:
    """Take the real result of an exam, and list those that were told."""
    form = RealResultForm()
    with reading() as store:
        blueprint = get_blueprint(store, certification_id)
    if form.validate_on_submit() and _record(certification_id, form):
        return redirect(url_for("real_results.result", certification_id=certification_id), code=303)
    candidate_id = find_candidate()
    with reading() as store:
        results = list_results(store, certification_id, actor=candidate_id) if candidate_id else []
    page = render_template(
        "real_results/result.html",
        certification=blueprint,
        form=form,
        results=results,
        latest_day=latest_day(now()),
        minimum=MINIMUM_RESULTS,
    )
    return page, 400 if form.errors else 200


def _record(certification_id: str, form: RealResultForm) -> bool:
    """Store the result; if it cannot be, say so on the form and return False."""
    candidate_id, moment, entered = become_candidate(), now(), form.result()
    with reading() as store:
        prediction = predict(store, catalogue(), certification_id, entered.sat_on, actor=candidate_id, now=moment)

    def work(store: Session) -> None:
        admit_candidate(store, candidate_id, now=moment)
        record_result(store, certification_id, entered, prediction=prediction, actor=candidate_id, now=moment)

    try:
        write(work)
    except InvalidResult as error:
        form[error.field].errors = (str(error),)
        return False
    return True


@bp.post("/certifications/<certification_id>/result/<sat_on>/delete")
def delete(certification_id: str, sat_on: str) -> ResponseReturnValue:
    """Forget a real result."""
    candidate_id = get_candidate()
    try:
        day = date.fromisoformat(sat_on)
    except ValueError:
        raise NotFound("result", sat_on) from None
    write(lambda store: delete_result(store, certification_id, day, actor=candidate_id))
    return redirect(url_for("real_results.result", certification_id=certification_id), code=303)


@bp.get("/readiness/record")
def record() -> str:
    """Show predictions against real results on this installation, once there are enough."""
    with reading() as store:
        outcomes = list_outcomes(store)
    return render_template(
        "real_results/record.html",
        record=compare_predictions(outcomes),
        count=len(outcomes),
        minimum=MINIMUM_RESULTS,
        minimum_in_bin=MINIMUM_IN_BIN,
    )
