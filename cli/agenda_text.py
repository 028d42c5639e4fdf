"""What happens next, as the page and the JSON document say it: dangers, and steps with office and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.layout import entry
from wegweiser.cli.words import cited, day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.cli.settings import Settings
    from wegweiser.engine.agenda import Agenda, Todo

__all__ = ["alert_text", "alerts_json", "step_lines", "steps_json"]

_COLUMN = 20
_NOW = Text("jetzt", "now")
_FROM = Text("ab {}", "from {}")
_UNTIL = Text("bis {}", "by {}")
_OVER = Text("Frist vorbei", "overdue")
_WHO = Text("Wer: {}.", "Who: {}.")
_WHERE = Text("Wo: {}.", "Where: {}.")
_PAPER = Text("Papier: {}.", "Paper: {}.")
_LAST = Text("Letzter Tag: {}.", "Last day: {}.")


def alert_text(agenda: Agenda, lang: str) -> list[str]:
    """The dangers in words, each with its norms."""
    texts = []
    for alert in agenda.alerts:
        text = alert.text.get(lang)
        if alert.day is not None:
            text = text.replace("{tag}", day(alert.day, lang))
        texts.append(cited(text, *alert.normen))
    return texts


def step_lines(agenda: Agenda, today: date, settings: Settings) -> list[str]:
    """The steps, numbered: when, what with its norms, and who, where, with which paper."""
    lang, terminal = settings.lang, settings.terminal
    lines: list[str] = []
    for number, step in enumerate(agenda.steps, 1):
        when, last = _when(step, today, lang)
        details = [_WHO.get(lang).format(step.wer.get(lang)), _WHERE.get(lang).format(step.wo.get(lang))]
        if step.papier is not None:
            details.append(_PAPER.get(lang).format(step.papier.get(lang)))
        if last:
            details.append(last)
        what = cited(_sentence(step.was.get(lang)), *step.normen)
        if terminal.linear:
            label = f"{Text('Schritt', 'Step').get(lang)} {number}, {when}"
            lines += entry(label, " ".join([what, *details]), terminal, _COLUMN)
        else:
            lines += entry(f"{number:2} {when}", what, terminal, _COLUMN, 0)
            lines += entry("", " ".join(details), terminal, _COLUMN, 0)
    return lines


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}."


def _when(step: Todo, today: date, lang: str) -> tuple[str, str]:
    """When a step is due, short enough for a column; and its last day where that did not fit."""
    until = "" if step.last is None else _UNTIL.get(lang).format(day(step.last, lang))
    last = "" if step.last is None else _LAST.get(lang).format(day(step.last, lang))
    if step.last is not None and step.last < today:
        return _OVER.get(lang), last
    if step.first is not None and step.first > today:
        return _FROM.get(lang).format(day(step.first, lang)), last
    if step.frist is not None:
        return step.frist.get(lang), last
    return (until, "") if until else (_NOW.get(lang), "")


def _term(step: Todo, today: date, lang: str) -> str:
    """When a step is due, in full."""
    parts = [] if step.frist is None else [step.frist.get(lang)]
    if step.first is not None and step.first > today:
        parts.append(_FROM.get(lang).format(day(step.first, lang)))
    if step.last is not None:
        parts.append(_UNTIL.get(lang).format(day(step.last, lang)))
    return ", ".join(parts) or _NOW.get(lang)


def steps_json(agenda: Agenda, today: date, lang: str) -> list[dict[str, object]]:
    """The steps as the contract's document has them; `ab` and `bis` are the days in `frist`."""
    return [
        {
            "was": step.was.get(lang),
            "wer": step.wer.get(lang),
            "wo": step.wo.get(lang),
            "papier": step.papier.get(lang) if step.papier is not None else None,
            "frist": _term(step, today, lang),
            "norm": ", ".join(step.normen) or None,
            "regel": step.rule,
            "ab": step.first.isoformat() if step.first is not None else None,
            "bis": step.last.isoformat() if step.last is not None else None,
        }
        for step in agenda.steps
    ]


def alerts_json(agenda: Agenda, lang: str) -> list[dict[str, object]]:
    """The dangers, beside the contract's document."""
    return [
        {
            "text": alert.text.get(lang).replace("{tag}", day(alert.day, lang) if alert.day else ""),
            "norm": ", ".join(alert.normen) or None,
            "bis": alert.day.isoformat() if alert.day is not None else None,
            "regel": alert.rule,
        }
        for alert in agenda.alerts
    ]
