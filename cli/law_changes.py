"""`wegweiser recht aenderungen ALT NEU`: sections that differ between two states, and their rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import parse_day
from wegweiser.cli.json_out import json_lines
from wegweiser.cli.law import newest_day, nothing_there, rules_of, store_of
from wegweiser.cli.law_import import read_texts
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.words import day as shown_day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.statutes.acts import Acts
    from wegweiser.statutes.changes import Change, Cited
    from wegweiser.statutes.store import Store, Texts

__all__ = ["command"]

_KINDS = {"geaendert": Text("geändert", "changed"), "neu": Text("neu", "new"), "weg": Text("weg", "gone")}


def changed(
    ctx: typer.Context,
    old: Annotated[str | None, typer.Argument(metavar="ALT")] = None,
    new: Annotated[str | None, typer.Argument(metavar="NEU")] = None,
    *,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Compare two states: days of the store, folders or files."""
    from wegweiser.statutes.changes import changes

    settings: Settings = ctx.obj
    if old is None or new is None:
        raise UsageError(Text("es fehlen zwei Stände", "two states are missing"), ctx.command_path)
    rules = rules_of(settings)
    store = store_of(folder)
    before, first = _side(old, store, rules.acts)
    after, last = _side(new, store, rules.acts)
    found = changes(before, first, after, last, rules.entries)
    if json_output:
        document = {
            "schema": "wegweiser.recht_aenderungen/1",
            "alt": first.isoformat(),
            "neu": last.isoformat(),
            "aenderungen": [_plain(one) for one in found],
        }
        settings.terminal.write(json_lines([document], settings.terminal))
        return 0
    lines = _page(found, first, last, settings)
    settings.terminal.write("".join(f"{line}\n" for line in lines))
    return 0


def _side(name: str, store: Store, acts: Acts) -> tuple[Texts, date]:
    """The texts of one side, and the day that is meant."""
    from wegweiser.statutes.store import Texts

    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
        day = parse_day(name, name)
        if newest_day(store) is None or day is None:
            raise nothing_there(store)
        return store, day
    texts = Texts.of(read_texts(name, acts))
    day = newest_day(texts)
    assert day is not None  # noqa: S101 (a source without any state is a fault)
    return texts, day


def _page(found: list[Change], first: date, last: date, settings: Settings) -> list[str]:
    terminal, lang = settings.terminal, settings.lang
    lines: list[str] = []
    for act in dict.fromkeys(one.act for one in found):
        lines += heading(act, terminal)
        for one in found:
            if one.act == act:
                label = f"{one.section} {one.heading}".strip()
                lines += paragraph(f"{label}: {_KINDS[one.kind].get(lang)}", terminal, "  ", "    ")
                lines += [line for cited in one.cited for line in _cited(cited, settings)]
        lines.append("")
    touched = {cited.entry.id for one in found for cited in one.cited if cited.changed}
    text = Text(
        f"{shown_day(first, 'de')} bis {shown_day(last, 'de')}: {len(found)} Vorschriften verschieden, "
        f"bei {len(touched)} Regeln die zitierte Stelle.",
        f"{shown_day(first, 'en')} to {shown_day(last, 'en')}: {len(found)} sections differ, "
        f"for {len(touched)} rules in what they cite.",
    )
    return [*lines, *paragraph(text.get(lang), terminal, "", "  ")]


def _cited(cited: Cited, settings: Settings) -> list[str]:
    differs = Text("zitierte Stelle geändert", "what it cites has changed")
    same = Text("zitierte Stelle gleich", "what it cites is the same")
    lines = []
    for norms, text in ((cited.changed, differs), (cited.same, same)):
        if norms:
            said = f"- {cited.entry.id}, {', '.join(norms)}: {settings.say(text)}"
            lines += paragraph(said, settings.terminal, "    ", "      ")
    return lines


def _plain(one: Change) -> dict[str, Any]:
    return {
        "gesetz": one.act,
        "vorschrift": one.section,
        "art": one.kind,
        "regeln": [
            {
                "regel": cited.entry.id,
                "datei": cited.entry.file,
                "zeile": cited.entry.line,
                "geaendert": list(cited.changed),
                "gleich": list(cited.same),
            }
            for cited in one.cited
        ],
    }


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(changed, name)
