"""Comparing certifications, and a suggestion from somebody's background; nobody needs to be known for it."""

from flask import Blueprint, render_template, request

from simulator.exam.background import WEIGHTS_IN_WORDS, background_questions
from simulator.exam.suggestion import suggest
from simulator.operations.comparing import compare_certifications
from simulator.web.compare_view import (
    domain_maps,
    fact_rows,
    own_skills,
    readiness_columns,
    shared_rows,
    suggestion_view,
)
from simulator.web.forms.background import read_background
from simulator.web.identity import find_candidate
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading

bp = Blueprint("compare", __name__)


@bp.get("/compare")
def index() -> str:
    """Show all certifications side by side, with a suggestion where the address holds answers."""
    with reading() as store:
        comparison = compare_certifications(store, catalogue(), actor=find_candidate(), now=now())
    blueprints = [assessment.blueprint for assessment in comparison.assessments]
    questions = background_questions(blueprint.vendor for blueprint in blueprints)
    answers = read_background(request.args, questions)
    suggestion = suggest(questions, answers, comparison.profiles)
    return render_template(
        "compare/index.html",
        certifications=blueprints,
        facts=fact_rows(comparison),
        maps=domain_maps(blueprints),
        shared=shared_rows(comparison),
        own=own_skills(comparison),
        readiness=readiness_columns(comparison),
        questions=questions,
        answers=answers,
        weights_in_words=WEIGHTS_IN_WORDS,
        suggestion=suggestion_view(suggestion, blueprints) if suggestion else None,
    )
