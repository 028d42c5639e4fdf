"""The page of `wegweiser check`: answer, dangers, table, why, what is missing, next steps, notice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.agenda_text import alert_text, step_lines
from wegweiser.cli.answer_text import main_answer, short_answer
from wegweiser.cli.layout import entry, heading, paragraph, wrap
from wegweiser.cli.missing import (
    assumed,
    missing,
    notes,
    outlook,
    permission_conditions,
    prospects,
    uncertain_beginnings,
)
from wegweiser.cli.target_table import Row, rows_of, target_table, unfolded
from wegweiser.cli.why import alike, why
from wegweiser.cli.words import NOTE_KINDS, cited, day, number_of, numbered
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.agenda import Agenda
    from wegweiser.engine.answers import Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["ALL", "DISCLAIMER", "check_page", "header", "page_header"]

ALL = "alle"
"""`--warum` for every target."""

_SHORT_LINES = 4

_OLD = Text(
    "Rechtsstand {} ({} alt: vor einem Antrag prüfen)", "law as of {} ({} old: check before any application)"
)
_FRESH = Text("Rechtsstand {}", "law as of {}")
_FURTHER = Text(
    "Mehr, auch Auflagen und Annahmen, zu {}: --alle",
    "More, conditions and assumptions too, on {}: --all",
)
_ADVICE = Text("Vor jedem Antrag: Rechtsberatung.", "Before any application: legal advice.")
DISCLAIMER = Text(
    "HINWEIS  Hilfsmittel für Beratende, keine Rechtsberatung und keine Entscheidung. Die Behörde "
    "entscheidet. Im Zweifel: Anwältin oder Anwalt, Fachberatung, Law Clinic.",
    "NOTICE  A tool for advisers, neither legal advice nor a decision. The authority decides. "
    "In doubt: a lawyer, specialised advice, a law clinic.",
)
_MORE = Text(
    "Mehr: --warum · --warum=NR · --alle · --json · wegweiser regel ID · wegweiser fakten NAME",
    "More: --why · --why=NO · --all · --json · wegweiser rule ID · wegweiser facts NAME",
)


def check_page(
    book: Book,
    profile: Profile,
    report: Report,
    agenda: Agenda,
    settings: Settings,
    why_of: str | None,
    companions: list[str],
    *,
    all_rows: bool = False,
) -> str:
    """The whole page; `why_of` is `ALL`, the name of a target, or None for the main one.

    `companions` are the lines on who accompanies. Where there are many targets, those that are closed are
    folded, and what goes with them is left out, unless `all_rows` or every reason is asked for.
    """
    lang = settings.lang
    ending = [
        _section(Text("WER BEGLEITET", "WHO ACCOMPANIES"), companions, settings),
        [
            *paragraph(DISCLAIMER.get(lang), settings.terminal),
            *paragraph(_MORE.get(lang), settings.terminal, "", "  "),
        ],
    ]
    if not report.answers:  # offers alone were asked for
        return _joined([page_header(profile, report, settings), *ending])
    rows = rows_of(book, report.answers, report.day, lang)
    main = main_answer(report, profile)
    full = why_of == ALL
    listed = rows if full or all_rows else unfolded(rows, why_of or main.ziel)
    # what goes with an answer that everything is still missing for would only be noise
    settled = [row for row in listed if full or row.answer.ergebnis != "unklar" or row.answer.voraussichtlich]
    near = settled if listed == rows else [row for row in settled if row.answer.ziel == (why_of or main.ziel)]
    remarks = notes(near, settings, ("rechtsfrage", "hinweis")) + uncertain_beginnings(near, settings)
    remarks += _further([row for row in settled if row not in near], settings)
    sections = [
        page_header(profile, report, settings),
        _answer(
            short_answer(book, report, main, lang, outlook(agenda, book, main, report.day, lang)), settings
        ),
        _dangers(agenda, rows, settings),
        target_table(book, rows, listed, report, settings),
        _why(book, rows, main.ziel, settings, why_of),
        _section(
            Text("WAS FEHLT", "WHAT IS MISSING"),
            missing(book, listed, main.ziel, settings, full=full)
            + prospects(agenda, book, rows, report.day, settings),
            settings,
        ),
        _section(Text("DABEI GILT", "TO BE OBSERVED"), permission_conditions(near, settings), settings),
        _section(Text("ZU BEACHTEN", "NOTES"), remarks, settings),
        _section(
            Text("ANGENOMMEN, weil nicht angegeben", "ASSUMED, because it was not told"),
            assumed(book, near, profile, settings),
            settings,
        ),
        _section(Text("NÄCHSTE SCHRITTE", "NEXT STEPS"), step_lines(agenda, report.day, settings), settings),
        *ending,
    ]
    return _joined(sections)


def _joined(sections: list[list[str]]) -> str:
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _further(rows: list[Row], settings: Settings) -> list[str]:
    """Where more is to be read than a page with many targets shows."""
    numbers = [
        row.number for row in rows if row.answer.hinweise or row.answer.auflagen or row.answer.annahmen
    ]
    if not numbers:
        return []
    text = _FURTHER.get(settings.lang).format(numbered(numbers, settings.lang))
    return paragraph(text, settings.terminal, "  ", "    ")


def header(
    checked: date | None, offers: date | None, more: list[str], state: date, settings: Settings
) -> list[str]:
    """Day of the check (None: several), day of the offers where it is another, state of the law, and more."""
    lang, terminal = settings.lang, settings.terminal
    age = 0 if checked is None else (checked - state).days
    shown = _FRESH.get(lang).format(day(state, lang))
    if age > 0:
        days = number_of(age, Text("Tag", "day"), Text("Tage", "days"), lang)
        shown = _OLD.get(lang).format(day(state, lang), days)
    several = Text("mehrere Stichtage", "several days of the check").get(lang)
    parts = [
        "wegweiser",
        f"{Text('Stichtag', 'day of the check').get(lang)} {day(checked, lang)}" if checked else several,
        shown,
        Text("offline, nichts gespeichert", "offline, nothing stored").get(lang),
        *more,
    ]
    if offers is not None:
        parts.insert(2, f"{Text('Angebote am', 'offers on').get(lang)} {day(offers, lang)}")
    if terminal.linear:
        return [terminal.clean(part) for part in parts]
    return paragraph(" · ".join(parts), terminal)


def page_header(profile: Profile, report: Report, settings: Settings) -> list[str]:
    """The header of a page on one person."""
    case = [f"{Text('Fall', 'case').get(settings.lang)}: {profile.fall}"] if profile.fall else []
    offers = report.angebote_am if report.angebote_am != report.day else None
    return header(report.day, offers, case, report.receipt.rechtsstand, settings)


def _section(title: Text, lines: list[str], settings: Settings) -> list[str]:
    return [*heading(title.get(settings.lang), settings.terminal), *lines] if lines else []


def _answer(sentences: list[str], settings: Settings) -> list[str]:
    """As many sentences as fit into four lines, the first always."""
    terminal = settings.terminal
    taken = sentences[:1]
    for sentence in sentences[1:]:
        together = terminal.clean(" ".join([*taken, sentence]))
        if len(wrap(together, terminal.width, "  ")) <= _SHORT_LINES:
            taken.append(sentence)
    shown = (
        [terminal.clean(one) for one in taken]
        if terminal.linear
        else paragraph(" ".join(taken), terminal, "  ")
    )
    return _section(Text("KURZANTWORT", "SHORT ANSWER"), shown, settings)


def _dangers(agenda: Agenda, rows: list[Row], settings: Settings) -> list[str]:
    """What cannot wait: what the agenda says, and remarks of the rule book on answers that are not open."""
    lang, terminal = settings.lang, settings.terminal
    settled = [row for row in rows if row.answer.ergebnis != "unklar" or row.answer.voraussichtlich]
    law = dict.fromkeys(note for row in settled for note in row.answer.hinweise if note.art == "gefahr")
    found = [*alert_text(agenda, lang), *(cited(note.text.get(lang), note.norm) for note in law)]
    if found:
        found.append(_ADVICE.get(lang))
    if not found:
        return []
    word = NOTE_KINDS["gefahr"].get(lang)
    if terminal.linear:
        return [terminal.clean(f"{word}: {one}") for one in found]
    mark = f"! {word}"
    first, *rest = entry(mark, " ".join(found), terminal, len(mark) + 2, 0)
    return [terminal.style(mark, "red") + first[len(mark) :], *rest]


def _why(book: Book, rows: list[Row], main: str, settings: Settings, why_of: str | None) -> list[str]:
    if why_of == ALL:
        return why(book, alike(rows), settings, full=True)
    group = [row for row in rows if row.answer.ziel == (why_of or main)]
    return why(book, [group] if group else [], settings, full=why_of is not None)
