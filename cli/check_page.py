"""The page of `wegweiser check`: answer, dangers, table, why, what is missing, notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wegweiser.cli.answer_text import main_answer, short_answer
from wegweiser.cli.facts_text import value_text
from wegweiser.cli.layout import entry, heading, paragraph, wrap
from wegweiser.cli.missing import assumed, missing, notes, permission_conditions, uncertain_beginnings
from wegweiser.cli.target_table import Row, rows_of, target_table
from wegweiser.cli.why import alike, why
from wegweiser.cli.words import NOTE_KINDS, cited, day, number_of
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.answers import Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["ALL", "DISCLAIMER", "check_page", "header", "page_header"]

ALL = "alle"
"""`--warum` for every target."""

_SHORT_LINES = 4
_SOON = timedelta(days=30)
"""How long before its end a document is a danger."""

_OLD = Text(
    "Rechtsstand {} ({} alt: vor einem Antrag prüfen)", "law as of {} ({} old: check before any application)"
)
_FRESH = Text("Rechtsstand {}", "law as of {}")
_EXPIRED = Text("Das Papier ({}) ist seit dem {} abgelaufen.", "The document ({}) expired on {}.")
_EXPIRES = Text(
    "Das Papier ({}) läuft am {} ab: verlängern.", "The document ({}) ends on {}: have it extended."
)
_DEADLINE = Text(
    "Eine Frist für Rechtsmittel läuft am {} ab: sofort Rechtsberatung.",
    "A deadline for legal action ends on {}: legal advice at once.",
)
_ADVICE = Text("Vor jedem Antrag: Rechtsberatung.", "Before any application: legal advice.")
DISCLAIMER = Text(
    "HINWEIS  Hilfsmittel für Beratende, keine Rechtsberatung und keine Entscheidung. Die Behörde "
    "entscheidet. Im Zweifel: Anwältin oder Anwalt, Fachberatung, Law Clinic.",
    "NOTICE  A tool for advisers, neither legal advice nor a decision. The authority decides. "
    "In doubt: a lawyer, specialised advice, a law clinic.",
)
_MORE = Text(
    "Mehr: --warum · --warum=NR · --json · wegweiser regel ID · wegweiser fakten NAME",
    "More: --why · --why=NO · --json · wegweiser rule ID · wegweiser facts NAME",
)


def check_page(
    book: Book,
    profile: Profile,
    report: Report,
    settings: Settings,
    why_of: str | None,
    companions: list[str],
) -> str:
    """The whole page; `why_of` is `ALL`, the name of a target, or None for the main one.

    `companions` are the lines on who accompanies.
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
    # what goes with an answer that everything is still missing for would only be noise
    settled = [row for row in rows if full or row.answer.ergebnis != "unklar" or row.answer.voraussichtlich]
    remarks = notes(settled, settings, ("rechtsfrage", "hinweis")) + uncertain_beginnings(settled, settings)
    sections = [
        page_header(profile, report, settings),
        _answer(short_answer(book, report, main, lang), settings),
        _dangers(book, profile, settled, report.day, settings),
        target_table(book, rows, report.answers, report.day, settings),
        _why(book, rows, main.ziel, settings, why_of),
        _section(
            Text("WAS FEHLT", "WHAT IS MISSING"),
            missing(book, rows, main.ziel, settings, full=full),
            settings,
        ),
        _section(Text("DABEI GILT", "TO BE OBSERVED"), permission_conditions(settled, settings), settings),
        _section(Text("ZU BEACHTEN", "NOTES"), remarks, settings),
        _section(
            Text("ANGENOMMEN, weil nicht angegeben", "ASSUMED, because it was not told"),
            assumed(book, settled, profile, settings),
            settings,
        ),
        *ending,
    ]
    return _joined(sections)


def _joined(sections: list[list[str]]) -> str:
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


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


def _dangers(book: Book, profile: Profile, rows: list[Row], today: date, settings: Settings) -> list[str]:
    """What cannot wait: remarks of the rule book, a document or a deadline about to end."""
    lang, terminal = settings.lang, settings.terminal
    found: list[str] = []
    document = profile.stated.get("titel_gueltig_bis")
    if isinstance(document, date) and document <= today + _SOON:
        paper = value_text(book, "aufenthaltsstatus", profile.stated.get("aufenthaltsstatus"), lang)
        text = _EXPIRED if document < today else _EXPIRES
        found.append(text.get(lang).format(paper, day(document, lang)))
    deadline = profile.stated.get("rechtsmittelfrist_bis")
    if isinstance(deadline, date) and deadline >= today:
        found.append(_DEADLINE.get(lang).format(day(deadline, lang)))
    law = dict.fromkeys(note for row in rows for note in row.answer.hinweise if note.art == "gefahr")
    found += [cited(note.text.get(lang), note.norm) for note in law]
    if law:
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
