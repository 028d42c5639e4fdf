"""What other facts change: the answers that say something else, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.compare_page import Column, changed_facts, differences
from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.whatif_case import Case, changed_answers
from wegweiser.cli.words import number_of
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.compare_page import Line
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.answers import Answer
    from wegweiser.engine.book import Book

__all__ = ["changes_section"]

_COLUMN = 18
_SHORT = 90
"""Letters of two texts that are shown as `before → after`."""
_ANSWER = (Text("Antwort", "answer"), Text("Antworten", "answers"))


def changes_section(book: Book, case: Case, settings: Settings) -> list[str]:
    """The section; targets whose answers change alike stand together."""
    lang, terminal = settings.lang, settings.terminal
    lines = heading(Text("WAS SICH ÄNDERT", "WHAT CHANGES").get(lang), terminal)
    told = changed_facts(book, case.told, case.changed, lang)
    if told:
        lines += paragraph(Text("Mit: {}.", "With: {}.").get(lang).format(told), terminal, "  ", "    ")
    pairs = changed_answers(case)
    lines += paragraph(_summary(len(pairs), len(case.before.answers), lang), terminal, "  ", "    ")
    alike: dict[tuple[str, ...], list[str]] = {}
    for before, after, _ in pairs:
        rows = _differences(book, case, before, after, settings)
        alike.setdefault(rows, []).append(fact_label(book, before.ziel, lang))
    for rows, labels in alike.items():
        if not terminal.linear:
            lines.append("")
        title = paragraph("; ".join(labels), terminal, "  ", "    ")
        lines += [*(terminal.style(line, "head") for line in title), *rows]
    return lines


def _summary(changed: int, total: int, lang: str) -> str:
    answers = number_of(total, *_ANSWER, lang)
    if not changed:
        text = Text("Nichts ändert sich: {} wie vorher.", "Nothing changes: {} as before.")
        return text.get(lang).format(answers)
    text = Text("{} von {} anders; {} wie vorher.", "{} of {} different; {} as before.")
    return text.get(lang).format(changed, answers, total - changed)


def _differences(
    book: Book, case: Case, before: Answer, after: Answer, settings: Settings
) -> tuple[str, ...]:
    lang = settings.lang
    sides = (
        Column(case.told, case.before, before, changed=False),
        Column(case.changed, case.after, after, changed=True),
    )
    return tuple(line for row in differences(book, *sides, lang) for line in _row(row, settings))


def _row(row: Line, settings: Settings) -> list[str]:
    """One thing before and after; of statements and lists what is new and what goes."""
    lang, terminal = settings.lang, settings.terminal
    old, new = row.cells
    if len(old) == len(new) == 1 and len(old[0]) + len(new[0]) <= _SHORT:
        return entry(row.label, f"{old[0]} → {new[0]}", terminal, _COLUMN, 4)
    words = (Text("neu: {}", "new: {}"), Text("entfällt: {}", "gone: {}"))
    if len(old) == len(new) == 1:
        words = (Text("jetzt: {}", "now: {}"), Text("vorher: {}", "before: {}"))
    lines: list[str] = []
    for word, cell in zip(words, (new, old), strict=True):
        for text in cell:
            label = row.label if terminal.linear or not lines else ""
            lines += entry(label, word.get(lang).format(text), terminal, _COLUMN, 4)
    return lines
