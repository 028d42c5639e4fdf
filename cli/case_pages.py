"""The pages of `wegweiser fall`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.casebook.replay import replay
from wegweiser.cli.facts_text import fact_label, value_text
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.words import GRUND, OUTCOMES, day
from wegweiser.engine.plain import jsonable
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wegweiser.casebook.coverage import Coverage
    from wegweiser.casebook.model import Case, Casebook, Expected
    from wegweiser.casebook.replay import Deviation
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks

__all__ = ["case_json", "case_page", "coverage_page", "list_page", "run_page"]

_COLUMN = 12
_OTHERWISE = Text("{}: am {} anders: {}", "{}: otherwise on {}: {}")
_LEVEL = Text("Niveau {}", "level {}")


def list_page(cases: Sequence[Case], casebook: Casebook, settings: Settings) -> str:
    """The cases, each under its first theme."""
    lang, terminal = settings.lang, settings.terminal
    lines: list[str] = []
    for theme, label in casebook.themes.items():
        here = [one for one in cases if one.themes[0] == theme]
        if here:
            lines += (
                ["", *heading(f"{label.get(lang)} ({theme})", terminal)]
                if lines
                else heading(f"{label.get(lang)} ({theme})", terminal)
            )
        for one in here:
            text = f"{one.title.get(lang)} ({_LEVEL.get(lang).format(one.level)}, {day(one.day, lang)})"
            lines += entry(one.id, text, terminal, _COLUMN)
    count = Text("{} Fälle. Zeigen: wegweiser fall zeige NR", "{} cases. Show: wegweiser case show NO")
    lines += ["", *paragraph(count.get(lang).format(len(cases)), terminal)]
    return "\n".join(lines) + "\n"


def case_page(case: Case, casebook: Casebook, book: Book, settings: Settings) -> str:
    """One case with its story, facts, expected answers, hints and mistake."""
    lang, terminal = settings.lang, settings.terminal
    themes = ", ".join(casebook.themes[theme].get(lang) for theme in case.themes)
    about = f"{_LEVEL.get(lang).format(case.level)} · {themes} · {day(case.day, lang)}"
    if case.offers_day != case.day:
        offers = Text("Angebote am {}", "offers on {}").get(lang)
        about += f" · {offers.format(day(case.offers_day, lang))}"
    lines = [*heading(f"{case.id} · {case.title.get(lang)}", terminal), *paragraph(about, terminal)]
    for label, said in (
        (Text("Lernziel", "Goal"), case.goal),
        (Text("Quelle", "Source"), case.source),
    ):
        if said is not None:
            lines += paragraph(f"{label.get(lang)}: {said.get(lang)}", terminal)
    lines += ["", *paragraph(case.story.get(lang), terminal), ""]
    lines += heading(Text("ANGABEN", "FACTS").get(lang), terminal)
    for name, value in case.profile.items():
        known = name in book.vocabulary
        shown = value_text(book, name, value, lang) if known else str(value)
        title = fact_label(book, name, lang) if known else name
        lines += entry("", f"{title}: {shown}", terminal, 4, 2)
    lines += ["", *heading(Text("ERWARTET", "EXPECTED").get(lang), terminal)]
    for one in case.expected:
        lines += entry("", _expected(one, book, lang), terminal, 4, 2)
    if case.first_step:
        step = Text("Erster Schritt: Regel {}", "First step: rule {}").get(lang)
        lines += entry("", step.format(case.first_step), terminal, 4, 2)
    for label, texts in (
        (Text("HINWEISE", "HINTS"), case.hints),
        (Text("TYPISCHER IRRTUM", "TYPICAL MISTAKE"), case.mistake),
    ):
        if texts:
            lines += ["", *heading(label.get(lang), terminal)]
            lines += [line for one_text in texts for line in entry("", one_text.get(lang), terminal, 4, 2)]
    return "\n".join(lines) + "\n"


def _expected(one: Expected, book: Book, lang: str) -> str:
    label = fact_label(book, one.target, lang) if one.target in book.targets else one.target
    parts = [_value(key, value, book, lang) for key, value in one.values.items()]
    norms = f" ({', '.join(one.norms)})" if one.norms else ""
    return f"{label}: {'; '.join(parts)}{norms}"


def _value(key: str, value: Any, book: Book, lang: str) -> str:
    if isinstance(value, date):
        return f"{key} {day(value, lang)}"
    if isinstance(value, dict):
        return f"{key}: {', '.join(_value(name, inner, book, lang) for name, inner in value.items())}"
    if isinstance(value, list):
        names = [fact_label(book, name, lang) if name in book.vocabulary else name for name in value]
        return f"{key}: {', '.join(names) or '–'}"
    known = OUTCOMES.get(value) or GRUND.get(value)
    shown = known.get(lang) if known is not None else str(value)
    return shown if key == "ergebnis" else f"{key} {shown}"


def case_json(case: Case, lang: str) -> dict[str, object]:
    """One case as a document."""
    return {
        "schema": "wegweiser.fall/1",
        "id": case.id,
        "titel": case.title.get(lang),
        "niveau": case.level,
        "themen": [*case.themes],
        "stichtag": case.day.isoformat(),
        "angebote_am": case.offers_day.isoformat(),
        "geschichte": case.story.get(lang),
        "profil": {name: jsonable(value) for name, value in case.profile.items()},
        "erwartet": [
            {
                "ziel": one.target,
                **{key: jsonable(value) for key, value in one.values.items()},
                "normen": [*one.norms],
            }
            for one in case.expected
        ],
        "erster_schritt": case.first_step or None,
    }


def run_page(
    cases: Sequence[Case],
    book: Book,
    networks: Networks,
    on: date | None,
    settings: Settings,
    faults: int = 0,
) -> tuple[str, int]:
    """What cases give otherwise than expected on their day, or on another; and on their day how much."""
    lang, terminal = settings.lang, settings.terminal
    lines: list[str] = []
    wrong = 0
    for case in cases:
        now = replay(case, book, networks)
        wrong += len(now)
        for one in now:
            lines += paragraph(f"{case.place}: {_deviation(one, book, lang)}", terminal, "", "  ")
        if on is not None and on != case.day and not now:
            for one in replay(case, book, networks, on):
                shown = _OTHERWISE.get(lang).format(case.id, day(on, lang), _deviation(one, book, lang))
                lines += paragraph(shown, terminal, "", "  ")
    text = Text("{} Fälle gelaufen; falsch: {}.", "{} cases run; wrong: {}.")
    lines += paragraph(text.get(lang).format(len(cases), wrong + faults), terminal)
    return "\n".join(lines) + "\n", wrong


def _deviation(one: Deviation, book: Book, lang: str) -> str:
    expected, found = (
        _value("ergebnis", value, book, lang) if value not in (None, "") else "–"
        for value in (one.expected, one.found)
    )
    where = " ".join(part for part in (one.target, one.key) if part)
    text = Text("{}: erwartet {}, gefunden {}", "{}: expected {}, found {}").get(lang)
    return text.format(where, expected, found)


def coverage_page(found: Coverage, settings: Settings) -> str:
    """What the casebook leaves open."""
    lang, terminal = settings.lang, settings.terminal
    text = Text(
        "{} Fälle, {} Ziele, {} Regeln.",
        "{} cases, {} targets, {} rules.",
    )
    lines = paragraph(text.get(lang).format(found.cases, found.targets, found.rules), terminal)
    for label, names in (
        (Text("Kein Fall entscheidet mit Ja", "No case decides with a yes"), found.without_yes),
        (Text("Kein Fall entscheidet mit Nein", "No case decides with a no"), found.without_no),
        (Text("Greift in keinem Fall und keinem Beispiel", "Fires in no case and no example"), found.silent),
    ):
        if names:
            lines += paragraph(f"{label.get(lang)}: {', '.join(names)}.", terminal, "", "  ")
    if found.complete:
        whole = Text("Es fehlt nichts.", "Nothing is missing.")
        lines += paragraph(whole.get(lang), terminal)
    return "\n".join(lines) + "\n"
