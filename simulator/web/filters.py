"""Template filters: times and figures in the words that pages use."""

from datetime import UTC, datetime

from flask import Flask
from markupsafe import Markup, escape


def register_filters(app: Flask) -> None:
    """Make the filters known to the application's templates."""
    app.jinja_env.filters.update(
        local_date=local_date, local_time=local_time, duration=duration, percent=percent, chance=chance
    )


def _time(moment: datetime, form: str, words: str) -> Markup:
    # A script rewrites the text to the browser's own zone; without it, UTC is what it says.
    iso = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}" data-format="{}">{}</time>').format(iso, form, escape(words))


def local_date(moment: datetime) -> Markup:
    """Return the day, `23 November 2026`."""
    utc = moment.astimezone(UTC)
    return _time(moment, "date", f"{utc.day} {utc:%B %Y}")


def local_time(moment: datetime) -> Markup:
    """Return day and time to the second, `23 Nov 2026, 14:02:07 UTC`."""
    utc = moment.astimezone(UTC)
    return _time(moment, "time", f"{utc.day} {utc:%b %Y, %H:%M:%S} UTC")


def duration(seconds: float) -> str:
    """Return a length of time in words, `2 h 5 min`, `3 min` or `45 s`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    rest = whole % 60
    return f"{minutes} min {rest} s" if minutes < 10 and rest else f"{minutes} min"


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 as `72%`."""
    return "-" if share is None else f"{share:.0%}"


def chance(probability: float) -> str:
    """Return a probability as `62%`; never as 0% or 100%, for nothing is that sure."""
    return percent(min(max(probability, 0.01), 0.99))
