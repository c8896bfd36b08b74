"""How ready a candidate is: all certifications side by side, one in full, and the cut that is assumed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.exam.readiness import assumptions, default_cut
from simulator.operations.readiness import assess_all, assess_certification, assume_cut
from simulator.store.queries.bank import get_blueprint
from simulator.web.forms.assumed_cut import MEANS, SPREADS, CutForm, cut_form
from simulator.web.identity import become_candidate, find_candidate
from simulator.web.readiness_view import readiness_view
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("readiness", __name__)

STEPS_AT_A_GLANCE = 3
STEPS_IN_FULL = 8


@bp.get("/readiness")
def home() -> str:
    """Show every certification side by side."""
    with reading() as store:
        assessments = assess_all(store, catalogue(), actor=find_candidate(), now=now())
    views = [
        readiness_view(assessment, steps=STEPS_AT_A_GLANCE, course=assessment.course()) for assessment in assessments
    ]
    return render_template(
        "readiness/home.html",
        known=[view for view in views if view.readiness],
        unknown=[view for view in views if not view.readiness],
    )


@bp.get("/readiness/<certification_id>")
def detail(certification_id: str) -> str:
    """Show one certification with everything that the estimate says, and what it assumes."""
    return _render_detail(certification_id, None)


def _render_detail(certification_id: str, form: CutForm | None) -> str:
    with reading() as store:
        assessment = assess_certification(store, catalogue(), certification_id, actor=find_candidate(), now=now())
    return render_template(
        "readiness/detail.html",
        view=readiness_view(assessment, steps=STEPS_IN_FULL, course=assessment.course_with_intervals()),
        form=form or cut_form(assessment.cut),
        default_cut=default_cut(assessment.blueprint),
        means=MEANS,
        spreads=SPREADS,
        assumptions=assumptions,
    )


@bp.post("/readiness/<certification_id>/cut")
def assume(certification_id: str) -> ResponseReturnValue:
    """Assume another cut for this certification, or the default again."""
    with reading() as store:
        form = cut_form(default_cut(get_blueprint(store, certification_id)))
    resetting = request.form.get("action") == "reset"
    if not resetting and not form.validate():
        return _render_detail(certification_id, form), 400
    candidate_id, moment = become_candidate(), now()
    cut = None if resetting else form.cut()
    write(lambda store: assume_cut(store, certification_id, cut, actor=candidate_id, now=moment))
    return redirect(url_for("readiness.detail", certification_id=certification_id, _anchor="cut"), code=303)
