"""`wegweiser ziele [NAME]`: what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of, matching, networks_of
from wegweiser.cli.completions import target_names
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings
from wegweiser.engine.netbook import AREA, SECTION
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book, Target

__all__ = ["command"]

_HEADS = (Text("ZIEL", "TARGET"), Text("BEDEUTUNG", "MEANING"), Text("REGELWERK", "RULE BOOK"))
_TREATED, _NOT_YET = Text("behandelt", "treated"), Text("noch nicht", "not yet")


def targets(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME|GLOB]", autocompletion=target_names)] = None,
    *,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """List all targets, or explain some."""
    settings: Settings = ctx.obj
    book = book_of(settings)
    every = {**book.targets, **{offer.id: offer.target for offer in networks_of(settings, book).offers}}
    names = list(every)
    chosen = [every[one] for one in (matching([name], names, Text("Ziel", "target")) if name else names)]
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = (_document(target, settings.lang) for target in chosen)
        settings.terminal.write(json_lines(documents, settings.terminal))
    elif name is not None and len(chosen) < len(names):
        settings.terminal.write("\n".join(_page(target, settings) for target in chosen))
    else:
        settings.terminal.write(_list(book, chosen, settings))
    return 0


def _document(target: Target, lang: str) -> dict[str, Any]:
    return {
        "name": target.name,
        "text": target.label.get(lang),
        "hinweis": target.hint.get(lang) if target.hint is not None else None,
        "zustimmung_ba": target.zustimmung_ba,
        "behandelt": target.treated_at_all,
    }


def _list(book: Book, chosen: list[Target], settings: Settings) -> str:
    from wegweiser.cli.tables import table

    lang, terminal = settings.lang, settings.terminal
    parts = []
    for area in dict.fromkeys(target.name.partition(".")[0] for target in chosen):
        section = Text(*SECTION) if area == AREA else book.sections.get(area, Text(area, area))
        title = "\n".join(heading(section.get(lang).upper(), terminal))
        rows = [
            [target.name, target.label.get(lang), (_TREATED if target.treated_at_all else _NOT_YET).get(lang)]
            for target in chosen
            if target.name.startswith(f"{area}.")
        ]
        parts.append(title + "\n" + table([head.get(lang) for head in _HEADS], rows, terminal))
    return "\n".join(parts)


def _page(target: Target, settings: Settings) -> str:
    lang, terminal = settings.lang, settings.terminal
    texts = [target.hint.get(lang)] if target.hint is not None else []
    if target.zustimmung_ba:
        approval = Text(
            "Die Antwort sagt auch, ob die Bundesagentur für Arbeit zustimmen muss.",
            "The answer says too whether the Federal Employment Agency has to approve.",
        )
        texts.append(approval.get(lang))
    if not target.treated_at_all:
        texts.append(
            Text(
                "Das Regelwerk behandelt dieses Ziel noch nicht.",
                "The rule book does not treat this target yet.",
            ).get(lang)
        )
    lines = heading(f"{target.name} · {target.label.get(lang)}", terminal)
    for text in texts:
        lines += paragraph(text, terminal)
    return "\n".join(lines) + "\n"


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(targets, name)
