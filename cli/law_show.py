"""`wegweiser recht zeige NORM`: the imported text of a section or a part, and the rules that cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import parse_day
from wegweiser.cli.law import newest_day, nothing_there, rules_of, store_of
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.words import day as shown_day
from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.statutes.citations import Citation
    from wegweiser.statutes.entries import Entry
    from wegweiser.statutes.store import Store

__all__ = ["command"]


def show(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="NORM...")] = None,
    *,
    state: Annotated[str | None, typer.Option("--stand", "--state", metavar="JJJJ-MM-TT")] = None,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
) -> int:
    """Print the text of each citation."""
    from wegweiser.statutes.citations import parse_all

    settings: Settings = ctx.obj
    if not words:
        raise UsageError(Text("es fehlt eine Vorschrift", "a section is missing"), ctx.command_path)
    wanted = parse_day("--stand", state)
    rules = rules_of(settings)
    citations = parse_all(" ".join(words), rules.acts)
    if isinstance(citations, Text):
        raise UsageError(citations, ctx.command_path)
    store = store_of(folder)
    newest = newest_day(store)
    if newest is None:
        raise nothing_there(store)
    pages = [_page(one, store, wanted or newest, rules.entries, settings) for one in citations]
    settings.terminal.write("\n".join("".join(f"{line}\n" for line in page) for page in pages))
    return 0


def _page(citation: Citation, store: Store, day: date, entries: list[Entry], settings: Settings) -> list[str]:
    from wegweiser.statutes.checks import piece_at

    found = piece_at(store, citation, day)
    if found is None:
        raise EvaluationError(
            Text(
                f"{citation.act} ist für den {shown_day(day, 'de')} nicht in der Ablage",
                f"{citation.act} is not in the store for {shown_day(day, 'en')}",
            )
        )
    seen = max(one for one in store.days(citation.act or "") if one <= day)
    if not found:
        raise EvaluationError(
            Text(
                f"{citation} gibt es im Text vom {shown_day(seen, 'de')} nicht",
                f"there is no {citation} in the text of {shown_day(seen, 'en')}",
            )
        )
    lang, terminal = settings.lang, settings.terminal
    section = (store.at(citation.act or "", day) or {}).get(citation.section)
    title = f"{citation} · {section.heading}" if section is not None and section.heading else str(citation)
    text = Text(f"Text vom {shown_day(seen, lang)}", f"text of {shown_day(seen, lang)}")
    lines = [*heading(f"{title} · {text.get(lang)}", terminal), ""]
    for one in found:
        indent = "  " * len(one.items)
        lines += paragraph(f"{one.label} {one.text}".strip(), terminal, indent, indent + "  ")
    names = dict.fromkeys(f"{one.id} ({one.file}:{one.line})" for one in entries if _cites(one, citation))
    if names:
        label = Text("Regeln dazu", "Rules that cite it").get(lang)
        lines += ["", *paragraph(f"{label}: {', '.join(names)}", terminal, "", "  ")]
    return lines


def _cites(entry: Entry, wanted: Citation) -> bool:
    """Whether an entry cites the section, or a part of it that holds or is held by the wanted one."""
    from wegweiser.statutes.citations import compare

    return any(
        not isinstance(one, Text) and compare(one, wanted).kind != "different" for one in entry.citations
    )


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(show, name)
