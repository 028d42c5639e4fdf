"""The table of targets: light, how binding, from when; as stacked lines where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wegweiser.cli.answer_text import conditional
from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import columns, heading, paragraph, wrap
from wegweiser.cli.light import COLOURS
from wegweiser.cli.words import APPROVAL, GRUND, LIGHTS, OUTCOMES, day, number_of, numbered
from wegweiser.engine.lights import expected_light, is_treated, light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.cli.settings import Settings
    from wegweiser.engine.answers import Answer, Report
    from wegweiser.engine.book import Book

__all__ = ["Row", "in_short", "rows_of", "target_table", "unfolded"]

_HEADS = (
    Text("ZIELE", "TARGETS"),
    Text("AMPEL", "LIGHT"),
    Text("WIRKUNG", "EFFECT"),
    Text("AB WANN", "FROM WHEN"),
)
_MANY = 20
"""With more targets than this closed ones are folded, and the table has titles."""
_WHEN_WIDTH = 22
"""Columns that the last column gets at least."""

_NONE = LIGHTS["nichts"]
_APPROVAL = {"erforderlich": " + BA", "unklar": " + BA?"}
_LEGEND = {
    "erforderlich": Text(
        "+ BA: nur mit Zustimmung der Bundesagentur für Arbeit; sie prüft Lohn und Arbeitszeit.",
        "+ BA: only with approval of the Federal Employment Agency; it examines pay and hours.",
    ),
    "unklar": Text(
        "+ BA?: Ob die Bundesagentur für Arbeit zustimmen muss, ist offen.",
        "+ BA?: whether the Federal Employment Agency has to approve is open.",
    ),
}


class Row(NamedTuple):
    """One target as the page shows it."""

    number: int
    answer: Answer
    light: str
    label: str
    effect: str
    when: str


def rows_of(book: Book, answers: tuple[Answer, ...], today: date, lang: str) -> list[Row]:
    """The answers that the rule book has, numbered in their order."""
    treated = [answer for answer in answers if is_treated(answer)]
    return [
        Row(
            number,
            answer,
            light(answer, today),
            fact_label(book, answer.ziel, lang),
            _effect(answer).get(lang),
            _when(answer, today, lang),
        )
        for number, answer in enumerate(treated, 1)
    ]


def _effect(answer: Answer) -> Text:
    """How binding the answer is, or would be where everything usual holds."""
    expected = answer.voraussichtlich
    if expected is not None:
        word = OUTCOMES.get(expected.dann or expected.ergebnis, _NONE)
        return _NONE if expected.ergebnis == "nein" else Text(f"{word.de}?", f"{word.en}?")
    if answer.ergebnis == "noch_nicht":
        return OUTCOMES.get(answer.dann or "", OUTCOMES["noch_nicht"])
    return _NONE if answer.ergebnis in ("nein", "unklar") else OUTCOMES[answer.ergebnis]


def _when(answer: Answer, today: date, lang: str) -> str:
    """The last column: from when, or why not."""
    if answer.ergebnis == "frei":
        return Text("sofort", "at once").get(lang) + _until(answer, lang)
    if answer.ergebnis == "nein":
        return GRUND[answer.grund or "verbot"].get(lang)
    if answer.ergebnis == "noch_nicht":
        return _later(answer, today, lang)
    if answer.ergebnis == "unklar":
        return _undecided(answer, today, lang)
    return _apply(answer, today, lang) + _APPROVAL.get(answer.zustimmung_ba or "", "") + _until(answer, lang)


def _apply(answer: Answer, today: date, lang: str) -> str:
    """From when the application can be made."""
    if answer.antrag_ab is not None and answer.antrag_ab > today:
        return Text("Antrag ab {}", "apply from {}").get(lang).format(day(answer.antrag_ab, lang))
    return Text("Antrag sofort", "apply now").get(lang)


def _later(answer: Answer, today: date, lang: str) -> str:
    if answer.ab is None:
        return Text("Tag noch offen", "day still open").get(lang)
    start = Text("spätestens {}", "{} at the latest") if answer.ab_fehlend else Text("ab {}", "from {}")
    when = start.get(lang).format(day(answer.ab, lang)) + _APPROVAL.get(answer.zustimmung_ba or "", "")
    if answer.antrag_ab is not None and answer.antrag_ab < answer.ab:
        when += f", {_apply(answer, today, lang)}"
    return when + _until(answer, lang, applying_only=True)


def _undecided(answer: Answer, today: date, lang: str) -> str:
    expected = answer.voraussichtlich
    if expected is not None and expected.ab is not None:
        return Text("vorauss. ab {}", "exp. from {}").get(lang).format(day(expected.ab, lang))
    if expected is not None:
        shown = LIGHTS[expected_light(expected, today)].get(lang)
        return f"{Text('voraussichtlich', 'expected').get(lang)} {shown}"
    one, many = Text("Angabe fehlt", "fact missing"), Text("Angaben fehlen", "facts missing")
    return number_of(len(answer.fehlend), one, many, lang)


def _until(answer: Answer, lang: str, *, applying_only: bool = False) -> str:
    """The last day of the answer or of the application, whichever comes first."""
    days = [one for one in (answer.antrag_bis, None if applying_only else answer.bis) if one is not None]
    if not days:
        return ""
    return Text(", bis {}", ", until {}").get(lang).format(day(min(days), lang))


def unfolded(rows: list[Row], main: str) -> list[Row]:
    """The rows that a page shows one by one where there are many: those not closed, and the main one."""
    if len(rows) <= _MANY:
        return rows
    return [
        row
        for row in rows
        if row.light not in ("rot", "nichts")
        or row.answer.ergebnis == "noch_nicht"
        or row.answer.ziel == main
    ]


def target_table(
    book: Book, rows: list[Row], listed: list[Row], report: Report, settings: Settings
) -> list[str]:
    """The table, what stands behind `OFFEN`, and short lines for what is folded or not treated.

    `listed` are the rows to show one by one. A long table has a title for each section.
    """
    terminal, lang = settings.terminal, settings.lang
    today = report.day
    lines: list[str] = []
    widths = None if terminal.linear or terminal.narrow or not rows else _widths(rows, settings)
    if rows:
        lines += _head(widths, settings)
    sections = (
        dict.fromkeys(row.answer.ziel.partition(".")[0] for row in rows) if len(rows) > _MANY else {"": None}
    )
    for section in sections:
        if section and len(sections) > 1:
            lines += paragraph(book.sections[section].get(lang), terminal, "", "  ", "dim")
        here = [row for row in rows if not section or row.answer.ziel.startswith(f"{section}.")]
        for row in here:
            if row in listed:
                lines += _row(row, widths, settings)
        lines += _closed([row for row in here if row not in listed], settings)
    rows = listed
    needed = {
        row.answer.zustimmung_ba for row in rows if row.answer.ergebnis not in ("frei", "nein", "unklar")
    }
    for kind, legend in _LEGEND.items():
        if kind in needed and not terminal.linear:  # there it is said with each target
            lines += paragraph(legend.get(lang), terminal, "   ")
    expected: dict[str, list[int]] = {}
    for row in rows:
        expected.setdefault(conditional(book, row.answer, today, lang), []).append(row.number)
    for text, numbers in expected.items():
        if text:
            lines += paragraph(f"{numbered(numbers, lang)}: {text}", terminal, "   ")
    return lines + _folded(book, report.answers, settings)


def _spoken(row: Row, settings: Settings) -> str:
    lang = settings.lang
    said = [
        f"{Text('Ziel', 'Target').get(lang)} {row.number}: {row.label}",
        f"{Text('Ampel', 'Light').get(lang)}: {LIGHTS[row.light].get(lang)}",
        f"{Text('Wirkung', 'Effect').get(lang)}: {_said(row.effect, lang)}",
        f"{Text('Ab wann', 'From when').get(lang)}: {row.when}",
    ]
    approval = APPROVAL.get(row.answer.zustimmung_ba or "")
    short = _APPROVAL.get(row.answer.zustimmung_ba or "")
    if approval is not None and short is not None:
        said[3] = said[3].replace(short, f", {approval.get(lang)}")
    if row.effect == _NONE.get(lang):
        del said[2]
    return settings.terminal.clean(". ".join(said) + ".")


def _said(effect: str, lang: str) -> str:
    """An effect in words: what the table marks with a question mark is expected only."""
    if not effect.endswith("?"):
        return effect
    return f"{Text('voraussichtlich', 'expected').get(lang)} {effect[:-1]}"


def in_short(row: Row, lang: str) -> str:
    """Light, effect and day of a row in one line."""
    parts = [LIGHTS[row.light].get(lang), row.effect, row.when]
    return " · ".join(part for part in parts if part != _NONE.get(lang))


def _stacked(row: Row, settings: Settings) -> list[str]:
    terminal = settings.terminal
    shown = in_short(row, settings.lang)
    first = wrap(terminal.clean(row.label), terminal.width, f"{row.number:2} ", "   ")
    return [*first, *wrap(terminal.clean(shown), terminal.width, "   ")]


def _cells(row: Row, settings: Settings) -> list[str]:
    clean = settings.terminal.clean
    return [clean(cell) for cell in (row.label, LIGHTS[row.light].get(settings.lang), row.effect, row.when)]


def _widths(rows: list[Row], settings: Settings) -> tuple[int, int, int, int]:
    """How wide the columns are."""
    terminal = settings.terminal
    heads = [terminal.clean(head.get(settings.lang)) for head in _HEADS]
    cells = [_cells(row, settings) for row in rows]
    label, word, effect, _ = (max(map(len, column)) for column in zip(heads, *cells, strict=True))
    rest = terminal.width - word - effect - 3
    label = min(rest - _WHEN_WIDTH, label + 3)
    return label, word, effect, rest - label


def _head(widths: tuple[int, int, int, int] | None, settings: Settings) -> list[str]:
    terminal, lang = settings.terminal, settings.lang
    if widths is None:
        return heading(_HEADS[0].get(lang), terminal)
    heads = [terminal.clean(head.get(lang)) for head in _HEADS]
    return [terminal.style(line, "head") for line in columns(heads, widths)]


def _row(row: Row, widths: tuple[int, int, int, int] | None, settings: Settings) -> list[str]:
    """One target: a row of the table, or lines of its own."""
    terminal = settings.terminal
    if terminal.linear:
        return [_spoken(row, settings)]
    if widths is None:
        return _stacked(row, settings)
    name, shown, *others = _cells(row, settings)
    first, *more = columns((f"{row.number:2} {name}", shown, *others), widths)
    label = widths[0]
    end = label + 1 + len(shown)
    coloured = terminal.style(first[label + 1 : end], COLOURS[row.light])
    return [
        first[: label + 1] + coloured + first[end:],
        *(f"   {line}"[: terminal.width] for line in more),
    ]


def _closed(rows: list[Row], settings: Settings) -> list[str]:
    """Targets that are closed, those with one reason in one entry."""
    lang, terminal = settings.lang, settings.terminal
    tie = " " if terminal.linear else "\xa0"  # a number stays with its name when lines are broken
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        said = [row.when] if row.answer.grund == "nicht_noetig" else [LIGHTS[row.light].get(lang), row.when]
        key = terminal.clean(", ".join(said))
        by_reason.setdefault(key, []).append(f"{row.number}{tie}{terminal.clean(row.label)}")
    lines: list[str] = []
    for reason, names in by_reason.items():
        text = f"{reason}: {'; '.join(names)}"
        lines += [text] if terminal.linear else wrap(text, terminal.width, terminal.clean(" – "), "   ")
    return lines


def _folded(book: Book, answers: tuple[Answer, ...], settings: Settings) -> list[str]:
    """What the rule book has no answer for, in one line."""
    lang = settings.lang
    lines = []
    for reason in ("nicht_behandelt", "vor_rechtsstand"):
        areas: dict[str, list[str]] = {}
        for answer in answers:
            if answer.grund == reason:
                areas.setdefault(answer.ziel.partition(".")[0], []).append(answer.ziel)
        parts = []
        for area, members in areas.items():
            section = book.sections.get(area)
            if section is not None and len(members) > 1:
                parts.append(f"{section.get(lang)} ({len(members)})")
            else:
                parts += [fact_label(book, name, lang) for name in members]
        if parts:
            text = f"{GRUND[reason].get(lang)}: {'; '.join(parts)}."
            lines += paragraph(text[0].upper() + text[1:], settings.terminal, " – ", "   ")
    return lines
