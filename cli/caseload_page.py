"""The page of `wegweiser bestand`: counts first, then the people to look at, in the order of urgency."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.caseload_tally import OUTCOMES, SECTIONS, Entry, Tally, hidden
from wegweiser.cli.check_page import DISCLAIMER, header
from wegweiser.cli.facts_text import fact_label, value_text
from wegweiser.cli.layout import heading, paragraph, wrap
from wegweiser.cli.tables import table
from wegweiser.cli.words import OUTCOMES as WORDS
from wegweiser.cli.words import day, enumerate_words, number_of
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book

__all__ = ["caseload_page", "fault_summary", "grouped", "picture_title"]

_HEADS = {
    "frei": Text("FREI", "FREE"),
    "anspruch": Text("ANSPR.", "ENTIT."),
    "soll": Text("SOLL", "RULE"),
    "ermessen": Text("ERM.", "DISCR."),
    "noch_nicht": Text("SPÄTER", "LATER"),
    "nein": Text("NEIN", "NO"),
    "unklar": Text("OFFEN", "OPEN"),
}
_HIDDEN = "*"
_TITLES = {
    "recht": Text("JETZT: frei, Anspruch oder Soll", "NOW: free, entitled or as a rule"),
    "ermessen": Text("JETZT NACH ERMESSEN", "NOW AT DISCRETION"),
    "ab": Text("AB EINEM TAG, die nächsten zuerst", "FROM A DAY ON, the next first"),
    "voraussichtlich": Text(
        "VORAUSSICHTLICH, wenn nichts Seltenes vorliegt", "EXPECTED, where nothing rare is the case"
    ),
    "naechstes": Text(
        "ES FEHLT EINES: eine Änderung öffnet das Ziel", "ONE THING IS MISSING: one change opens it"
    ),
}
_CASE = Text("FALL", "CASE")
_TARGET = Text("ZIEL", "TARGET")
_EFFECT = Text("WIRKUNG", "EFFECT")
_NOW = Text("JETZT", "NOW")
_FROM = Text("AB WANN", "FROM WHEN")
_MISSING = Text("FEHLT", "MISSING")
_CHANGE = Text("ÄNDERUNG", "CHANGE")
_OPEN_DAY = Text("Tag offen", "day open")
_LABEL_WIDTH = 30
_FACTS = 3
"""Missing facts that are named; the rest is counted."""
_ROWS = Text("Zeile", "row"), Text("Zeilen", "rows")
_PEOPLE = Text("Person", "person"), Text("Personen", "people")


def caseload_page(book: Book, tally: Tally, least: int, today: date, settings: Settings) -> str:
    """The whole page; counts below `least` are hidden."""
    parts = [
        header(_day(tally, today), None, [_counted(tally, settings.lang)], book.meta.rechtsstand, settings),
        _counts(book, tally, least, settings),
        *(_people(book, tally, section, settings) for section in SECTIONS),
        paragraph(DISCLAIMER.get(settings.lang), settings.terminal),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _day(tally: Tally, today: date) -> date | None:
    """The day of the check; None where rows have days of their own."""
    if len(tally.days) > 1:
        return None
    return next(iter(tally.days), today)


def _counted(tally: Tally, lang: str) -> str:
    return f"{grouped(tally.people, lang)} {(_PEOPLE[tally.people != 1]).get(lang)}"


def grouped(number: int, lang: str) -> str:
    """A number with its thousands set apart."""
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", ".")


def _counts(book: Book, tally: Tally, least: int, settings: Settings) -> list[str]:
    """The table of targets and outcomes."""
    lang, terminal = settings.lang, settings.terminal
    rows, secret = [], False
    for target, counts in tally.counts.items():
        shown = hidden(list(counts.values()), least)
        secret = secret or None in shown
        label = "\n".join(wrap(book.targets[target].label.get(lang), _LABEL_WIDTH, "", "  "))
        cells = [_HIDDEN if one is None else grouped(one, lang) for one in shown]
        if terminal.linear or terminal.narrow:
            cells = [f"{WORDS[name].get(lang)} {cell}" for name, cell in zip(OUTCOMES, cells, strict=True)]
            rows.append([label.replace("\n ", ""), ", ".join(cells)])
        else:
            rows.append([label, *cells])
    heads = [_TARGET.get(lang), *(_HEADS[name].get(lang) for name in OUTCOMES)]
    if terminal.linear or terminal.narrow:
        heads = [_TARGET.get(lang), Text("ZAHLEN", "COUNTS").get(lang)]
    title = Text("ÜBERSICHT: Personen je Ziel", "OVERVIEW: people by target").get(lang)
    lines = [*heading(title, terminal), *table(heads, rows, terminal).splitlines()]
    if secret:
        note = Text(
            f"{_HIDDEN} verborgen: weniger als {least} Personen, oder daraus zu errechnen",
            f"{_HIDDEN} hidden: fewer than {least} people, or they could be worked out from it",
        )
        lines += paragraph(note.get(lang), terminal, "  ")
    return lines


def picture_title(tally: Tally, today: date, book: Book, lang: str) -> str:
    """What stands above the picture: how many people, on which day, under which law."""
    checked = _day(tally, today)
    parts = [
        Text("Bestand", "Caseload").get(lang) + f": {_counted(tally, lang)}",
        f"{Text('Stichtag', 'day of the check').get(lang)} {day(checked, lang)}" if checked else "",
        f"{Text('Rechtsstand', 'law as of').get(lang)} {day(book.meta.rechtsstand, lang)}",
    ]
    return " · ".join(part for part in parts if part)


# --- lists of people ------------------------------------------------------------------------


def _people(book: Book, tally: Tally, section: str, settings: Settings) -> list[str]:
    entries = tally.entries(section)
    if not entries:
        return []
    lang, terminal = settings.lang, settings.terminal
    last = {"voraussichtlich": _MISSING, "naechstes": _CHANGE}.get(section, _FROM)
    effect = _NOW if section == "naechstes" else _EFFECT
    heads = [_CASE.get(lang), _TARGET.get(lang), effect.get(lang), last.get(lang)]
    rows = [_row(book, entry, section, lang) for entry in entries]
    if section in ("recht", "ermessen"):
        heads, rows = heads[:3], [row[:3] for row in rows]
    lines = [*heading(_TITLES[section].get(lang), terminal), *table(heads, rows, terminal).splitlines()]
    more = tally.lengths[section] - len(entries)
    if more:
        said = Text(
            f"… und {grouped(more, lang)} weitere: --zeilen N, --ausgabe DATEI.csv",
            f"… and {grouped(more, lang)} more: --lines N, --output FILE.csv",
        )
        lines += paragraph(said.get(lang), terminal)
    return lines


def _row(book: Book, entry: Entry, section: str, lang: str) -> list[str]:
    line = entry.line
    case = entry.fall or f"{_ROWS[0].get(lang)} {entry.number}"
    effect = line.dann or line.voraussichtlich or line.ergebnis
    if section == "voraussichtlich":
        last = _facts(book, line.fehlend, lang)
    elif entry.near is not None:
        label, near = fact_label(book, entry.near.fakt, lang), entry.near
        effect, last = line.ergebnis, f"{label}: {value_text(book, near.fakt, near.wert, lang)}"
        if near.ab is not None:
            last += Text(", dann ab {}", ", then from {}").get(lang).format(day(near.ab, lang))
    else:
        last = day(line.ab, lang) if line.ab is not None else _OPEN_DAY.get(lang)
    return [case, book.targets[line.ziel].label.get(lang), WORDS[effect].get(lang), last]


def _facts(book: Book, names: tuple[str, ...], lang: str) -> str:
    labels = [fact_label(book, name, lang) for name in names[:_FACTS]]
    if len(names) > _FACTS:
        labels.append(Text(f"{len(names) - _FACTS} weitere", f"{len(names) - _FACTS} more").get(lang))
    return enumerate_words(labels, lang)


# --- faults ---------------------------------------------------------------------------------


def fault_summary(tally: Tally, lang: str) -> list[str]:
    """How many rows have faults, and of which kinds."""
    if not tally.faulty:
        return []
    faulty, all_rows = grouped(tally.faulty, lang), grouped(tally.faulty + tally.people, lang)
    lines = [
        Text(
            f"{faulty} von {all_rows} Zeilen haben Fehler und sind ausgelassen:",
            f"{faulty} of {all_rows} rows have faults and are left out:",
        ).get(lang)
    ]
    for kind, count in tally.kinds.most_common():
        text = Text(kind.german, kind.english).get(lang)
        where = f"{kind.head}: " if kind.head else ""
        lines.append(f"  {number_of(count, *_TIMES, lang)}: {where}{text}")
    return lines


_TIMES = Text("mal", "time"), Text("mal", "times")
