"""`wegweiser recht stand`: which texts the store holds, and how old they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.json_out import json_lines
from wegweiser.cli.law import rules_of, store_of
from wegweiser.cli.layout import paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings
from wegweiser.cli.tables import table
from wegweiser.cli.words import day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.statutes.acts import Acts
    from wegweiser.statutes.store import State

__all__ = ["command"]

_HEADS = (
    Text("GESETZ", "ACT"),
    Text("STAND", "STATE"),
    Text("ALTER", "AGE"),
    Text("STÄNDE", "STATES"),
    Text("IMPORTIERT AUS", "IMPORTED FROM"),
)


def state(
    ctx: typer.Context,
    *,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """List the acts of the store, and those that rules cite and the store lacks."""
    settings: Settings = ctx.obj
    store = store_of(folder)
    rules = rules_of(settings)
    cited = dict.fromkeys(
        citation.act
        for entry in rules.entries
        for citation in entry.citations
        if not isinstance(citation, Text) and citation.act
    )
    newest: dict[str, State] = {}
    count: dict[str, int] = {}
    for one in store.states():
        newest[one.act] = one
        count[one.act] = count.get(one.act, 0) + 1
    missing = sorted(act for act in cited if act not in newest)
    today = date.today()  # noqa: DTZ011 (the user's calendar)
    if json_output:
        document = {
            "schema": "wegweiser.recht_stand/1",
            "ablage": str(store.path),
            "gesetze": [
                {
                    "gesetz": act,
                    "stand": one.day.isoformat(),
                    "tage": (today - one.day).days,
                    "vorschriften": one.sections,
                    "staende": count[act],
                    "quelle": one.source,
                    "importiert": one.imported.isoformat(timespec="seconds"),
                }
                for act, one in newest.items()
            ],
            "fehlt": [{"gesetz": act, "xml": rules.acts[act].xml} for act in missing],
        }
        settings.terminal.write(json_lines([document], settings.terminal))
        return 0
    settings.terminal.write(_page(newest, count, today, settings) + _lacking(missing, rules.acts, settings))
    return 0


def _page(newest: dict[str, State], count: dict[str, int], today: date, settings: Settings) -> str:
    if not newest:
        empty = Text("Noch kein Gesetz importiert.", "No act was imported yet.")
        return settings.terminal.clean(settings.say(empty)) + "\n"
    rows = [
        [
            act,
            day(one.day, settings.lang),
            _age((today - one.day).days, settings),
            str(count[act]),
            one.source,
        ]
        for act, one in sorted(newest.items())
    ]
    return table([head.get(settings.lang) for head in _HEADS], rows, settings.terminal)


def _age(days: int, settings: Settings) -> str:
    return settings.say(Text("1 Tag", "1 day") if days == 1 else Text(f"{days} Tage", f"{days} days"))


def _lacking(missing: list[str], acts: Acts, settings: Settings) -> str:
    if not missing:
        return ""
    head = Text("Zitiert, aber nicht in der Ablage:", "Cited, but not in the store:")
    lines = ["", *paragraph(settings.say(head), settings.terminal)]
    for act in missing:
        lines += paragraph(f"{act}: {acts[act].xml}", settings.terminal, "  ", "    ")
    return "".join(f"{line}\n" for line in lines)


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(state, name)
