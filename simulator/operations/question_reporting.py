"""Reporting problems with questions, and settling them."""

from datetime import datetime

from sqlmodel import Session

from simulator.exam.errors import NotFound, TooManyReports
from simulator.exam.question_reports import MOST_A_DAY, OPEN, RESOLVED
from simulator.operations.accounts import lock_candidate
from simulator.store.queries.question_reports import count_reports_since, find_open_report, find_sighting
from simulator.store.tables import QuestionReportRow


def report_question(
    session: Session, version: str, *, reason: str, comment: str, report_id: str, actor: str, now: datetime
) -> QuestionReportRow:
    """Store a problem with a question version that the candidate was given; saying it again replaces the comment.

    `reason` is one of REASONS. Raises NotFound for a version that stands in none of the candidate's own attempts and
    practice sessions, and TooManyReports.
    """
    sighting = find_sighting(session, version, actor=actor)
    # One candidate's reports come one after the other, or two at once could both be the first of their reason.
    lock_candidate(session, actor)
    report = find_open_report(session, version, reason, actor=actor)
    if report is None:
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if count_reports_since(session, day, actor=actor) >= MOST_A_DAY:
            raise TooManyReports(MOST_A_DAY)
        report = QuestionReportRow(
            id=report_id,
            candidate_id=actor,
            question_id=sighting.question_id,
            version=version,
            reason=reason,
            comment=comment,
            status=OPEN,
            reported_at=now,
        )
    report.comment, report.reported_at = comment, now
    session.add(report)
    session.flush()
    return report


def resolve_report(session: Session, report_id: str) -> QuestionReportRow:
    """Settle a report, for whoever looks after the questions; settling it twice changes nothing. Raises NotFound."""
    report = session.get(QuestionReportRow, report_id)
    if report is None:
        raise NotFound("report", report_id)
    report.status = RESOLVED
    session.add(report)
    session.flush()
    return report
