"""Due today: missed and guessed questions that come back."""

import secrets
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlmodel import Session

from simulator.exam.practice import MOST_QUESTIONS
from simulator.operations.reviewing import ReviewPlan, plan_reviews, start_reviews
from simulator.web.identity import find_candidate, get_candidate, new_id
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("reviews", __name__)


class StartForm(FlaskForm):  # type: ignore[misc]
    """Only the CSRF token: what to review is decided by the schedule."""


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """One bar of the forecast."""

    day: date
    count: int


@bp.get("/reviews")
def home() -> str:
    """Show what is due today, what comes in the next days, and the streak."""
    candidate_id, known, moment = find_candidate(), catalogue(), now()
    plan = None
    if candidate_id is not None:
        with reading() as store:
            plan = plan_reviews(store, known, actor=candidate_id, now=moment)
    return render_template(
        "reviews/home.html",
        plan=plan,
        forecast=_forecast(plan),
        most=MOST_QUESTIONS,
        form=StartForm(),
    )


def _forecast(plan: ReviewPlan | None) -> list[ForecastDay]:
    return [ForecastDay(day, count) for day, count in plan.forecast] if plan else []


@bp.post("/certifications/<certification_id>/reviews")
def start(certification_id: str) -> ResponseReturnValue:
    """Start a practice session with the questions that are due; with none, show the page that says so."""
    candidate_id, moment, known = get_candidate(), now(), catalogue()
    practice_id, seed = new_id(), secrets.randbits(53)

    def work(store: Session) -> str | None:
        return start_reviews(
            store, known, certification_id, practice_id=practice_id, seed=seed, actor=candidate_id, now=moment
        )

    started = write(work)
    if started is None:
        return redirect(url_for("reviews.home"), code=303)
    return redirect(url_for("practice.resume", practice_id=started), code=303)
