"""Reporting a problem with a question."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam.question_reports import LONGEST_COMMENT, REASONS
from simulator.operations.question_reporting import report_question
from simulator.store.queries.question_reports import ATTEMPT, Sighting, find_sighting, list_own_reports
from simulator.web.forms.question_report import QuestionReportForm
from simulator.web.identity import get_candidate, new_id
from simulator.web.questions import rendered
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("question_reports", __name__)


@bp.route("/questions/<version>/report", methods=["GET", "POST"])
def report(version: str) -> ResponseReturnValue:
    """Take a problem with a question that the candidate was given; the page shows what was asked, never the key."""
    candidate_id = get_candidate()
    with reading() as store:
        sighting = find_sighting(store, version, actor=candidate_id)
        question = catalogue().questions(store, {version})[version]
        reported = list_own_reports(store, version, actor=candidate_id)
    form = QuestionReportForm()
    if form.validate_on_submit():
        _store(version, form, candidate_id)
        return redirect(url_for("question_reports.report", version=version, sent=1), code=303)
    page = render_template(
        "question_reports/report.html",
        question_version=version,
        form=form,
        question=rendered(version, question),
        back_url=_back(sighting),
        reported=[(REASONS.get(row.reason, row.reason), row) for row in reported],
        sent=request.args.get("sent") == "1",
        longest=LONGEST_COMMENT,
    )
    return page, 400 if form.errors else 200


def _store(version: str, form: QuestionReportForm, candidate_id: str) -> None:
    reason, comment, report_id, moment = form.reason.data, form.comment.data, new_id(), now()

    def work(store: Session) -> None:
        report_question(
            store, version, reason=reason, comment=comment, report_id=report_id, actor=candidate_id, now=moment
        )

    write(work)


def _back(sighting: Sighting) -> str:
    """Return the address of the question where the candidate met it."""
    if sighting.kind == ATTEMPT:
        anchor = f"question-{sighting.slot}"
        return url_for("reports.report", attempt_id=sighting.sitting_id, _anchor=anchor)
    return url_for("practice.question", practice_id=sighting.sitting_id, slot=sighting.slot)
