"""`wegweiser recht pruefe`: whether rules still rest on the words that they were checked against."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import parse_day
from wegweiser.cli.completions import rule_ids
from wegweiser.cli.json_out import json_lines
from wegweiser.cli.law import chosen, newest_day, nothing_there, rules_of, store_of
from wegweiser.cli.law_diff import diff_lines
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings
from wegweiser.cli.terminal import write_error
from wegweiser.cli.words import day as shown_day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.statutes.checks import Finding

__all__ = ["command"]

_STATUS = {
    "gleich": Text("gleich", "same"),
    "geaendert": Text("geändert", "changed"),
    "verschoben": Text("verschoben", "moved"),
    "weg": Text("weg", "gone"),
    "nie_geprueft": Text("nie geprüft", "never checked"),
    "unlesbar": Text("kein Zitat", "no citation"),
    "kein_text": Text("ohne importierten Text", "without imported text"),
}


def check_rules(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="REGEL...", autocompletion=rule_ids)] = None,
    *,
    state: Annotated[str | None, typer.Option("--stand", "--state", metavar="JJJJ-MM-TT")] = None,
    in_force: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Compare the fingerprints of rules with imported texts; status 1 where any asks for attention."""
    from wegweiser.statutes.checks import FINDINGS, check

    settings: Settings = ctx.obj
    wanted, standing = parse_day("--stand", state), parse_day("--am", in_force)
    rules = rules_of(settings)
    entries = chosen(rules.entries, names)
    store = store_of(folder)
    newest = newest_day(store)
    if newest is None:
        raise nothing_there(store)
    day = wanted or newest
    found = list(check(entries, store, day, standing))
    count: Counter[str] = Counter(one.status for one in found)
    if count["geaendert"] and standing is None and day < rules.checked_until:
        write_error(settings.say(_older(day, rules.checked_until)))
    if json_output:
        document = {
            "schema": "wegweiser.recht_pruefe/1",
            "stand": day.isoformat(),
            "anzahl": {status: count.get(status, 0) for status in _STATUS},
            "befunde": [_plain(one, settings.lang) for one in found if one.status != "gleich"],
        }
        settings.terminal.write(json_lines([document], settings.terminal))
    else:
        lines = [line for status in FINDINGS for line in _section(status, found, settings)]
        lines += _summary(count, day, settings)
        settings.terminal.write("".join(f"{line}\n" for line in lines))
    compared = sum(count.values()) - count["kein_text"]
    return int(not compared or any(count[status] for status in FINDINGS))


def _older(day: date, checked_until: date) -> Text:
    return Text(
        f"Der Text ({shown_day(day, 'de')}) ist älter als der Rechtsstand der Regeln "
        f"({shown_day(checked_until, 'de')}): „geändert“ kann heißen, dass die Regel schon weiter ist.",
        f"The text ({shown_day(day, 'en')}) is older than the state of the law of the rules "
        f"({shown_day(checked_until, 'en')}): “changed” may mean that the rule is ahead of it.",
    )


def _section(status: str, found: list[Finding], settings: Settings) -> list[str]:
    """The findings of one kind; rules that rest on the same words share an entry."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for one in found:
        if one.status == status:
            groups.setdefault((one.norm, one.day, one.moved_to, one.before, one.after), []).append(one)
    if not groups:
        return []
    lines = heading(settings.say(_STATUS[status]).capitalize(), settings.terminal)
    for group in groups.values():
        lines += _entry(group, settings)
    return [*lines, ""]


def _entry(group: list[Finding], settings: Settings) -> list[str]:
    one, terminal, lang = group[0], settings.terminal, settings.lang
    label = one.norm
    if one.moved_to is not None:
        label += f" → {one.moved_to}"
    if one.day is not None:
        text = Text(f"Text vom {shown_day(one.day, lang)}", f"text of {shown_day(one.day, lang)}")
        label += f" ({text.get(lang)})"
    lines = paragraph(label, terminal, "", "  ")
    places = ", ".join(
        dict.fromkeys(f"{each.entry.id} ({each.entry.file}:{each.entry.line})" for each in group)
    )
    lines += paragraph(f"{Text('Regeln', 'Rules').get(lang)}: {places}", terminal, "  ", "    ")
    if one.fault is not None:
        lines += paragraph(one.fault.get(lang), terminal, "  ", "    ")
    if one.status in ("geaendert", "weg"):
        lines += diff_lines(one.before, one.after, terminal, lang)
    return lines


def _summary(count: Counter[str], day: date, settings: Settings) -> list[str]:
    parts = [f"{count[status]} {_STATUS[status].get(settings.lang)}" for status in _STATUS if count[status]]
    head = Text(f"Text bis {shown_day(day, 'de')}", f"Text up to {shown_day(day, 'en')}")
    nothing = Text("nichts zu vergleichen", "nothing to compare")
    return paragraph(
        f"{settings.say(head)}: {', '.join(parts) or settings.say(nothing)}.", settings.terminal, "", "  "
    )


def _plain(one: Finding, lang: str) -> dict[str, Any]:
    return {
        "regel": one.entry.id,
        "norm": one.norm,
        "befund": one.status,
        "text_vom": one.day and one.day.isoformat(),
        "jetzt_in": one.moved_to,
        "bisher": list(one.before),
        "jetzt": list(one.after),
        "grund": one.fault and one.fault.get(lang),
        "datei": one.entry.file,
        "zeile": one.entry.line,
        "gilt_ab": one.entry.start and one.entry.start.isoformat(),
        "gilt_bis": one.entry.end and one.entry.end.isoformat(),
    }


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(check_rules, name)
