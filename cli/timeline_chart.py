"""The targets over time, one line each, in letters that every terminal has."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import paragraph
from wegweiser.cli.light import COLOURS
from wegweiser.cli.words import LIGHTS, day
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.schedules import Course, Schedule

__all__ = ["MARKS", "chart_lines"]

MARKS = {"gruen": "#", "gelb": "+", "rot": "-", "offen": "?", "nichts": "."}
_LABEL = 27
_MARGIN = 1.05
"""How far the chart goes beyond the last change."""
_LEGEND = Text(
    "Ein Zeichen sind etwa {} Tage; genaue Tage: unten.", "One sign is about {} days; exact days: below."
)


def chart_lines(book: Book, schedule: Schedule, courses: Sequence[Course], settings: Settings) -> list[str]:
    """The chart: axis, a line for each target, legend."""
    lang, terminal = settings.lang, settings.terminal
    width = terminal.width - _LABEL - 1
    first = schedule.day.toordinal()
    last = max(change.day.toordinal() for change in schedule.changes)
    span = max(round((last - first) * _MARGIN), width)
    if schedule.until is not None:
        span = max(schedule.until.toordinal() - first, 1)
    days = [
        date.fromordinal(min(first + round(span * place / width), date.max.toordinal()))
        for place in range(width)
    ]
    lines = [" " * (_LABEL + 1) + line for line in (_axis(days, lang), _years(days)) if line]
    used: dict[str, None] = {}
    for course in courses:
        lights = [light(course.on(on).answer, on) for on in days]
        used.update(dict.fromkeys(lights))
        runs = [(one, len(list(same))) for one, same in groupby(lights)]
        row = "".join(terminal.style(MARKS[one] * count, COLOURS[one]) for one, count in runs)
        lines.append(f"{_short(terminal.clean(fact_label(book, course.ziel, lang))):{_LABEL}} {row}")
    marks = [f"{MARKS[one]} {LIGHTS[one].get(lang)}" for one in MARKS if one in used and one != "nichts"]
    legend = _LEGEND.get(lang).format(max(1, round(span / width)))
    return [*lines, *paragraph("   ".join([*marks, legend]), terminal)]


def _axis(days: list[date], lang: str) -> str:
    """First and last day."""
    start, end = day(days[0], lang), day(days[-1], lang)
    return start + end.rjust(len(days) - len(start))


def _years(days: list[date]) -> str:
    """A stroke where a year begins, with the year where there is room."""
    row = [" "] * len(days)
    free = 0
    for place in range(1, len(days)):
        if days[place].year != days[place - 1].year:
            label = f"|{days[place].year}"
            if place >= free and place + len(label) <= len(row):
                row[place : place + len(label)] = label
                free = place + len(label) + 1
            elif place >= free:
                row[place] = "|"
    return "".join(row).rstrip()


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 3] + "..."
