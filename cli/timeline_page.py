"""The page of `wegweiser zeitplan`: a chart on terminals, then everything that happens, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.check_page import DISCLAIMER, page_header
from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.timeline_chart import chart_lines
from wegweiser.cli.timeline_events import Event, events
from wegweiser.cli.timeline_text import as_light, details, reason, transition
from wegweiser.cli.words import cited, day, enumerate_words, number_of
from wegweiser.engine.answers import Report
from wegweiser.engine.lights import is_treated
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.schedules import Course, Schedule

__all__ = ["LAST_DAY", "headline", "timeline_page"]

_COLUMN = 12
LAST_DAY = Text("LETZTER TAG", "LAST DAY")
_TITLE = Text("ZEITPLAN", "TIMELINE")
_UP_TO = Text(" bis {}", " up to {}")
_NOTHING = Text("Keine Antwort ändert sich, wenn nur Zeit vergeht.", "No answer changes if only time passes.")
_STAYS = Text("UNVERÄNDERT ({})", "UNCHANGED ({})")
_WHY = Text("Warum: {}", "Why: {}")
_MOVING = Text(
    "{}: der erste sichere Tag rückt mit jedem Tag weiter, solange nicht alle Tage bekannt sind.",
    "{}: the first certain day moves on with each day, as long as not all days are known.",
)
_ENDS = Text(
    "Ab hier passen die Angaben nicht mehr zusammen; neu angeben. {}",
    "From here on the facts no longer fit together; tell them anew. {}",
)
_EXPECTED = Text(
    "Gerechnet ist mit dem Recht, das heute feststeht, und damit, dass sich sonst nichts ändert.",
    "Based on the law that is settled today, and on nothing else changing.",
)


def timeline_page(
    book: Book, profile: Profile, schedule: Schedule, settings: Settings, *, chart: bool
) -> str:
    """The whole page; the chart only where there is a terminal wide enough for it."""
    lang, terminal = settings.lang, settings.terminal
    report = Report(schedule.day, schedule.day, schedule.receipt, ())
    treated = [course for course in schedule.courses if any(is_treated(step.answer) for step in course.steps)]
    moved = [course for course in treated if any(one.ziel == course.ziel for one in schedule.changes)]
    lines = [*page_header(profile, report, settings), ""]
    if chart and moved and not terminal.linear and not terminal.narrow:
        lines += [*chart_lines(book, schedule, moved, settings), ""]
    title = _TITLE.get(lang)
    if schedule.until is not None:
        title += _UP_TO.get(lang).format(day(schedule.until, lang))
    lines += heading(title, terminal)
    found = events(schedule)
    for event in found:
        lines += _event_lines(book, event, settings)
    if schedule.ends is not None:
        on, faults = schedule.ends
        said = " ".join(fault.text.get(lang) for fault in faults)
        lines += _entry(on, _ENDS.get(lang).format(said), settings)
    if not schedule.changes:
        lines += paragraph(_NOTHING.get(lang), terminal, "  ")
    lines += ["", *_stays(book, schedule, treated, settings)]
    lines += [*paragraph(_EXPECTED.get(lang), terminal), *paragraph(DISCLAIMER.get(lang), terminal)]
    return "\n".join(lines) + "\n"


def _stays(book: Book, schedule: Schedule, treated: list[Course], settings: Settings) -> list[str]:
    """The targets whose answer stays, by their answer; and those whose first day moves."""
    lang, terminal = settings.lang, settings.terminal
    changing = {change.ziel for change in schedule.changes}
    groups: dict[str, list[str]] = {}
    for course in treated:
        if course.ziel not in changing:
            shown = as_light(course.steps[0].answer, schedule.day, lang)
            groups.setdefault(shown, []).append(fact_label(book, course.ziel, lang))
    lines: list[str] = []
    if groups:
        count = number_of(
            sum(map(len, groups.values())), Text("Ziel", "target"), Text("Ziele", "targets"), lang
        )
        lines += heading(_STAYS.get(lang).format(count), terminal)
        for shown, labels in groups.items():
            lines += paragraph(f"{shown}: {', '.join(labels)}", terminal, "  ", "    ")
        lines.append("")
    moving = [course for course in treated if any(step.moving for step in course.steps)]
    if moving:
        names = enumerate_words([fact_label(book, course.ziel, lang) for course in moving], lang)
        lines += [*paragraph(_MOVING.get(lang).format(names), terminal), ""]
    return lines


def headline(book: Book, event: Event, lang: str) -> str:
    """What happens, in one line."""
    names = ", ".join(fact_label(book, ziel, lang) for ziel in event.ziele)
    fact = fact_label(book, event.fakt, lang)
    match event.kind:
        case "antrag_ab":
            return Text("Erster Tag für den Antrag: {}", "First day to apply: {}").get(lang).format(names)
        case "antrag_bis":
            text = Text("{} für den Antrag: {}", "{} to apply: {}")
            return text.get(lang).format(LAST_DAY.get(lang), names)
        case "ablauf":
            return f"{LAST_DAY.get(lang)}: {fact}"
        case "termin":
            return fact
    assert event.change is not None  # noqa: S101 (the other two kinds have one)
    if event.kind == "letzter_tag":
        return f"{LAST_DAY.get(lang)}: {names}: {as_light(event.change.before, event.day, lang)}"
    return f"{names}: {transition(event.change, lang)}"


def _event_lines(book: Book, event: Event, settings: Settings) -> list[str]:
    lang = settings.lang
    lines = _entry(event.day, headline(book, event, lang), settings)
    if event.kind != "aenderung" or event.change is None:
        return lines
    for text in _explained(book, event, lang):
        lines += entry("", text, settings.terminal, _COLUMN, 0)
    return lines


def _explained(book: Book, event: Event, lang: str) -> Iterator[str]:
    assert event.change is not None  # noqa: S101 (a change has one)
    more = "; ".join(details(book, event.change, lang))
    if more:
        yield f"({more})"
    for cause in event.change.causes:
        told = reason(book, cause, lang)
        wording = cause.kind in ("fassung_beginnt", "fassung_endet")
        yield _WHY.get(lang).format(cited(told) if wording else cited(told, *cause.normen))


def _entry(on: date, text: str, settings: Settings) -> list[str]:
    """A day and what happens then; the words for a last day are red where there is colour."""
    terminal = settings.terminal
    first, *rest = entry(day(on, settings.lang), text, terminal, _COLUMN, 0)
    last = LAST_DAY.get(settings.lang)
    return [first.replace(last, terminal.style(last, "red"), 1), *rest]
