"""The page of `wegweiser vergleich`: what differs, then row by row; two columns beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wegweiser.cli.answer_text import because_of, conditional
from wegweiser.cli.check_page import DISCLAIMER, page_header
from wegweiser.cli.facts_text import fact_label, silence, value_text
from wegweiser.cli.layout import entry, heading, paragraph, wrap
from wegweiser.cli.target_table import rows_of
from wegweiser.cli.words import APPROVAL, GRUND, LIGHTS, NOTE_KINDS, OUTCOMES, cited, day, enumerate_words
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.cli.target_table import Row as TargetRow
    from wegweiser.engine.answers import Answer, Hinweis, Report
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Column", "Line", "changed_facts", "compare_page", "differences", "light_text", "when_text"]

_LABEL = 14
_SHOWN = 8
"""Missing facts that are named."""

_LIGHT = Text("Ampel", "Light")
_WHEN = Text("Ab wann", "From when")
_ASSUMED = Text("Angenommen", "Assumed")
_DEPENDS = Text("Bedingt", "Depends")
_NOTHING = Text("–", "–")
_DIFFER = Text("UNTERSCHIEDE", "DIFFERENCES")
_SAME = Text("Kein Unterschied.", "No difference.")
_LEGEND = Text("* verschieden; ohne Stern: für alle.", "* differs; without a star: for all.")
_AS_IS = Text("wie angegeben", "as told")
_CHANGED = Text("mit {}", "with {}")
_JOINTS = {"Es fehlt": "; ", "Norm": ", ", "Angenommen": "; "}
"""Rows of short entries, and what stands between these."""
_ALL = Text("FÜR ALLE SPALTEN", "FOR ALL COLUMNS")
_MORE_FACTS = Text("und {} weitere", "and {} more")


class Column(NamedTuple):
    """One side of a comparison."""

    profile: Profile
    report: Report
    answer: Answer
    changed: bool


class Line(NamedTuple):
    """What each column says of one thing."""

    label: str
    cells: tuple[tuple[str, ...], ...]

    @property
    def same(self) -> bool:
        """Whether all columns say the same."""
        return len(set(self.cells)) == 1


def compare_page(book: Book, sides: list[Column], settings: Settings) -> str:
    """The whole page."""
    lang, terminal = settings.lang, settings.terminal
    titles = [_title(book, side, sides, lang) for side in sides]
    rows = [row for row in _rows(book, sides, lang) if any(row.cells)]
    lines = [*page_header(sides[0].profile, sides[0].report, settings), ""]
    title = _DIFFER.get(lang)
    if len({side.answer.ziel for side in sides}) == 1:
        title += f" · {fact_label(book, sides[0].answer.ziel, lang)}"
    lines += [*heading(title, terminal), *_differences(rows, titles, lang, settings), ""]
    if len(sides) == 2 and not terminal.linear and not terminal.narrow:  # noqa: PLR2004 (two columns)
        lines += _beside(titles, rows, settings)
    else:
        lines += _stacked(titles, rows, settings)
    if not terminal.linear:
        lines += [*paragraph(_LEGEND.get(lang), terminal), ""]
    lines += [*paragraph(DISCLAIMER.get(lang), terminal)]
    return "\n".join(lines) + "\n"


def _title(book: Book, side: Column, sides: list[Column], lang: str) -> str:
    """What makes a column the one it is: its target, its changes, or both."""
    targets = {one.answer.ziel for one in sides}
    changed = any(one.changed for one in sides)
    label = fact_label(book, side.answer.ziel, lang)
    if not changed:
        return label
    told = _changes(book, side, sides, lang) if side.changed else _AS_IS.get(lang)
    return told if len(targets) == 1 else f"{label}, {told}"


def _changes(book: Book, side: Column, sides: list[Column], lang: str) -> str:
    """The facts that are told otherwise than in the file."""
    before = next(one.profile for one in sides if not one.changed)
    return _CHANGED.get(lang).format(changed_facts(book, before, side.profile, lang) or "–")


def changed_facts(book: Book, before: Profile, after: Profile, lang: str) -> str:
    """What two profiles of a person do not tell alike, as the second tells it."""
    names = [name for name in book.vocabulary.names if _told(before, name) != _told(after, name)]
    return "; ".join(
        f"{fact_label(book, name, lang)} = {value_text(book, name, after.stated.get(name), lang)}"
        for name in names
        if name not in after.derived
    )


def _told(profile: Profile, name: str) -> object:
    return profile.stated.get(name, name in profile.unknown)


def _differences(rows: list[Line], titles: list[str], lang: str, settings: Settings) -> list[str]:
    """The lights of all columns in a line each, then the names of what differs."""
    terminal = settings.terminal
    short = {row.label: row for row in rows if row.label in (_LIGHT.get(lang), _WHEN.get(lang))}
    lines: list[str] = []
    for number, title in enumerate(titles):
        said = [" ".join(row.cells[number]) for row in short.values()]
        lines += paragraph(f"{title}: {', '.join(one for one in said if one)}", terminal, "  ", "    ")
    names = list(dict.fromkeys(row.label for row in rows if not row.same))
    text = Text("Verschieden: {}.", "Different: {}.").get(lang).format(enumerate_words(names, lang))
    return [*lines, *paragraph(text if names else _SAME.get(lang), terminal, "  ")]


def differences(book: Book, before: Column, after: Column, lang: str) -> list[Line]:
    """What two answers on one target do not say alike; of statements only those that one side has.

    What they take for granted is left out: it says how an answer was reached.
    """
    rows = [row for row in _rows(book, [before, after], lang) if not row.same]
    rows = [row for row in rows if row.label != _ASSUMED.get(lang)]
    dated = any(row.label == _WHEN.get(lang) for row in rows)  # says what the condition would repeat
    return [row for row in rows if not (dated and row.label == _DEPENDS.get(lang))]


def _rows(book: Book, sides: list[Column], lang: str) -> list[Line]:
    """Everything that an answer says, by what it is about."""
    labels = (
        _LIGHT,
        _WHEN,
        NOTE_KINDS["gefahr"],
        Text("BA", "BA"),
        _DEPENDS,
        Text("Es fehlt", "Missing"),
        Text("Warum", "Why"),
        Text("Norm", "Norm"),
        Text("Dabei gilt", "Observe"),
        Text("Zu beachten", "Notes"),
        _ASSUMED,
    )
    cells = [_cells(book, side, lang) for side in sides]
    lines = []
    for label, beside in zip(labels, zip(*cells, strict=True), strict=True):
        joint = _JOINTS.get(label.de)
        for texts in _split(beside):
            shown = texts if joint is None else tuple(_joined(cell, joint, lang) for cell in texts)
            lines.append(Line(label.get(lang), shown))
    return lines


def _split(cells: tuple[tuple[str, ...], ...]) -> list[tuple[tuple[str, ...], ...]]:
    """What all columns say, and what is left to each."""
    shared = tuple(text for text in cells[0] if all(text in cell for cell in cells))
    rest = tuple(tuple(text for text in cell if text not in shared) for cell in cells)
    split = [tuple(shared for _ in cells)] if shared else []
    return [*split, rest] if any(rest) else split


def _joined(texts: tuple[str, ...], joint: str, lang: str) -> tuple[str, ...]:
    """Short entries in one sentence, the first ones only where there are many."""
    more = len(texts) - _SHOWN
    if more > 1:
        texts = (*texts[:_SHOWN], _MORE_FACTS.get(lang).format(more))
    return (joint.join(texts),) if texts else ()


def _cells(book: Book, side: Column, lang: str) -> list[tuple[str, ...]]:
    answer, today = side.answer, side.report.day
    found = because_of(answer)
    why = found[0].get(lang) if found is not None and answer.ergebnis != "unklar" else ""
    # what goes with an answer that everything is still missing for would only be noise (as in `check`)
    settled = answer.ergebnis != "unklar" or answer.voraussichtlich is not None
    remarks = answer.hinweise if settled else ()
    dangers = [note for note in remarks if note.art == "gefahr"]
    others = [note for note in remarks if note.art != "gefahr"]
    return [
        (light_text(book, side, lang),),
        _some(when_text(book, side, lang)),
        tuple(cited(note.text.get(lang), note.norm) for note in dangers),
        _some(_approval(book, answer, lang)),
        _some(conditional(book, answer, today, lang), _possible(answer, lang)),
        tuple(fact_label(book, name, lang) for name in answer.fehlend),
        _some(why),
        tuple(answer.normen),
        tuple(cited(one.text.get(lang), one.norm) for one in answer.auflagen),
        tuple(_note(note, lang) for note in others),
        tuple(_assumed(book, name, lang) for name in answer.annahmen if settled),
    ]


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def light_text(book: Book, side: Column, lang: str) -> str:
    """Light and how binding it is: `GRÜN · Soll`."""
    answer, today = side.answer, side.report.day
    word = LIGHTS[light(answer, today)].get(lang)
    row = _row(book, side, lang)
    if row is None:
        return f"{word} · {GRUND[answer.grund or ''].get(lang)}"
    effect = row.effect if row.effect != _NOTHING.get(lang) else ""
    if answer.ergebnis == "nein":
        effect = GRUND[answer.grund or "verbot"].get(lang)
    return " · ".join(part for part in (word, effect) if part)


def _row(book: Book, side: Column, lang: str) -> TargetRow | None:
    """The answer as the table of `check` shows it; None where the rule book has none."""
    rows = rows_of(book, (side.answer,), side.report.day, lang)
    return rows[0] if rows else None


def when_text(book: Book, side: Column, lang: str) -> str:
    """From when to when an answer holds, and what could make that earlier."""
    answer = side.answer
    row = _row(book, side, lang)
    if row is None or answer.ergebnis == "nein":
        return ""
    text = row.when.partition(" + BA")[0] if " + BA" in row.when else row.when
    if answer.bis is not None and day(answer.bis, lang) not in text:
        text += Text(", bis {}", ", until {}").get(lang).format(day(answer.bis, lang))
    if answer.ab_fehlend:
        names = enumerate_words([fact_label(book, name, lang) for name in answer.ab_fehlend], lang)
        text += (
            Text("; vielleicht früher, je nach: {}", "; perhaps earlier, depending on: {}")
            .get(lang)
            .format(names)
        )
    if answer.antrag_bis is not None and (last := day(answer.antrag_bis, lang)) not in text:
        text += Text("; Antrag bis {}", "; apply until {}").get(lang).format(last)
    return text


def _approval(book: Book, answer: Answer, lang: str) -> str:
    dated = answer.voraussichtlich or answer
    if dated.zustimmung_ba not in APPROVAL or answer.ergebnis in ("frei", "nein"):
        return ""
    text = APPROVAL[dated.zustimmung_ba].get(lang)
    if answer.zustimmung_fehlend:
        names = [fact_label(book, name, lang) for name in answer.zustimmung_fehlend]
        text += f": {enumerate_words(names, lang)}"
    return text


def _possible(answer: Answer, lang: str) -> str:
    """The outcomes that are left where the answer is open."""
    if answer.ergebnis != "unklar" or not answer.moeglich:
        return ""
    words = [OUTCOMES[name].get(lang) for name in answer.moeglich]
    said = enumerate_words(words, lang, Text("oder", "or"))
    return Text("Möglich ist: {}.", "Possible is: {}.").get(lang).format(said)


def _note(note: Hinweis, lang: str) -> str:
    """A remark, with what another reading would give."""
    text = cited(note.text.get(lang), note.norm)
    if note.andere_lesart:
        other = OUTCOMES.get(note.andere_lesart, Text(note.andere_lesart, note.andere_lesart)).get(lang)
        text += Text(" Andere Lesart: {}.", " Other reading: {}.").get(lang).format(other)
    return f"{NOTE_KINDS[note.art].get(lang)}: {text}" if note.art == "rechtsfrage" else text


def _assumed(book: Book, name: str, lang: str) -> str:
    fact = book.vocabulary.fact(name)
    meant = silence(book, fact)
    if meant is None and fact.ueblich is not None:
        meant = book.vocabulary.show_value(fact, fact.ueblich)
    label = fact_label(book, name, lang)
    return f"{label}: {meant.get(lang)}" if meant is not None else label


def _beside(titles: list[str], rows: list[Line], settings: Settings) -> list[str]:
    """Two columns; what both say runs over the whole width."""
    terminal = settings.terminal
    half = (terminal.width - _LABEL - 2) // 2
    heads = [wrap(terminal.clean(title), half) for title in titles]
    lines = [terminal.style(line, "head") for line in _join("", heads, half)]
    for row in rows:
        label = ("  " if row.same else "* ") + terminal.clean(row.label)
        if row.same:
            for number, text in enumerate(row.cells[0]):
                lines += entry("" if number else label, text, terminal, _LABEL + 1, 0)
        else:
            cells = [
                [line for text in cell for line in _item(text, len(cell), half, settings)]
                for cell in row.cells
            ]
            first, *more = _join(label, cells, half)
            lines += [terminal.style(first[:_LABEL], "head") + first[_LABEL:], *more]
    return [*lines, ""]


def _item(text: str, count: int, width: int, settings: Settings) -> list[str]:
    """One of several statements of a cell."""
    first, rest = ("- ", "  ") if count > 1 else ("", "")
    return wrap(settings.terminal.clean(text), width, first, rest)


def _join(label: str, cells: list[list[str]], width: int) -> list[str]:
    """Lines of columns beside each other."""
    filled = [cell or [_NOTHING.de] for cell in cells]
    lines = []
    for number in range(max(len(cell) for cell in filled)):
        parts = [(cell[number] if number < len(cell) else "").ljust(width) for cell in filled]
        start = (label if number == 0 else "").ljust(_LABEL)
        lines.append(" ".join([start, *parts]).rstrip())
    return lines


def _stacked(titles: list[str], rows: list[Line], settings: Settings) -> list[str]:
    """One column after the other; first what all of them say."""
    lang, terminal = settings.lang, settings.terminal
    shared = [row for row in rows if row.same]
    differing = [row for row in rows if not row.same]
    lines: list[str] = []
    for number, title in enumerate(titles):
        lines += heading(title, terminal)
        for row in differing:
            lines += _statements(f"* {row.label}", row.cells[number] or (_NOTHING.get(lang),), settings)
        lines.append("")
    if shared:
        lines += heading(_ALL.get(lang), terminal)
        for row in shared:
            lines += _statements(row.label, row.cells[0], settings)
        lines.append("")
    return lines


def _statements(label: str, texts: tuple[str, ...], settings: Settings) -> list[str]:
    terminal = settings.terminal
    if terminal.linear:
        label = label.removeprefix("* ")
    column = _LABEL + 1 if not terminal.narrow else 4
    lines: list[str] = []
    for number, text in enumerate(texts):
        lines += entry("" if number and not terminal.linear else label, text, terminal, column)
    return lines
