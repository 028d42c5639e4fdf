"""`wegweiser regeln`: all rules, definitions, lists and parameters of the rule book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from wegweiser.cli.access import book_of, matching
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Group, build_group
from wegweiser.cli.settings import Settings
from wegweiser.cli.words import APPROVAL, GRUND, OUTCOMES, day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wegweiser.engine.cards import RuleCard

__all__ = ["command", "in_force", "result"]

_HEADS = (Text("REGEL", "RULE"), Text("GILT", "IN FORCE"), Text("ERGEBNIS", "RESULT"))
_KINDS = {
    "definition": Text("Definition", "definition"),
    "liste": Text("Liste", "list"),
    "parameter": Text("Zahl", "number"),
}
_SHORT = (
    (Text(f", {APPROVAL['erforderlich'].de}", f", {APPROVAL['erforderlich'].en}"), Text(" + BA", " + BA")),
    (APPROVAL["nicht_erforderlich"], Text("ohne BA", "without BA")),
)
_NONE = Text("Keine Regel passt.", "No rule fits.")


class RulesGroup(Group):
    """`wegweiser regeln`."""

    entries: ClassVar = {"pruefe": "rules_check", "diff": "rules_diff"}
    aliases: ClassVar = {"check": "pruefe"}


def rules(
    ctx: typer.Context,
    *,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    norm: Annotated[str | None, typer.Option("--norm", metavar="TEXT")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List the rules, all or those on some targets or norms, where no command follows."""
    if ctx.invoked_subcommand is not None:
        return
    settings: Settings = ctx.obj
    book = book_of(settings)
    wanted = set(matching(target, list(book.targets), Text("Ziel", "target"))) if target else None
    if json_output:
        from wegweiser.cli.json_out import json_lines

        lines = (line for line in book.rule_lines() if _picked(line["normen"], line["ziele"], wanted, norm))
        settings.terminal.write(json_lines(lines, settings.terminal))
        return
    cards = [card for card in book.rule_cards() if _picked(card.normen, card.ziele, wanted, norm)]
    if not cards:
        settings.terminal.write(settings.terminal.clean(settings.say(_NONE)) + "\n")
        return
    from wegweiser.cli.tables import table

    heads = [head.get(settings.lang) for head in _HEADS]
    rows = [_row(card, settings.lang) for card in cards]
    settings.terminal.write(table(heads, rows, settings.terminal))


def _picked(norms: Iterable[str], targets: Iterable[str], wanted: set[str] | None, norm: str | None) -> bool:
    """Whether a rule is on a wanted target and its norms hold the wanted text."""
    if wanted is not None and not wanted.intersection(targets):
        return False
    return norm is None or any(_plain(norm) in _plain(one) for one in norms)


def _plain(norm: str) -> str:
    return "".join(norm.replace("§", "").split()).casefold()


def in_force(card: RuleCard, lang: str) -> str:
    """The period of a wording."""
    start, end = card.gilt_ab, card.gilt_bis
    parts = []
    if start is not None:
        since = Text("ab", "from") if card.beginn_gesichert else Text("spätestens ab", "at the latest from")
        parts.append(f"{since.get(lang)} {day(start, lang)}")
    if end is not None:
        parts.append(f"{Text('bis', 'until').get(lang)} {day(end, lang)}")
    return " ".join(parts) or Text("durchgehend", "throughout").get(lang)


def _row(card: RuleCard, lang: str) -> list[str]:
    """Id and norms one below the other, period and result in as few words as columns have room for."""
    period = in_force(card, lang)
    if card.gilt_ab is not None and card.gilt_bis is not None and card.beginn_gesichert:
        period = f"{day(card.gilt_ab, lang)} {Text('bis', 'to').get(lang)} {day(card.gilt_bis, lang)}"
    said = result(card, lang)
    for long, short in _SHORT:
        said = said.replace(long.get(lang), short.get(lang))
    return [f"{card.id}\n  {', '.join(card.normen)}", period, said]


def result(card: RuleCard, lang: str) -> str:
    """What a rule concludes, or which kind of entry it is."""
    if card.art in _KINDS:
        return _KINDS[card.art].get(lang)
    parts = []
    if card.ergebnis is not None:
        parts.append(OUTCOMES[card.ergebnis].get(lang))
        if card.ergebnis == "nein" and card.grund in GRUND:
            parts[-1] += f" ({GRUND[card.grund].get(lang)})"
    if card.zustimmung_ba is not None:
        parts.append(APPROVAL[card.zustimmung_ba].get(lang))
    if card.hebt_auf:
        parts.append(Text("hebt auf", "lifts").get(lang))
    return ", ".join(parts)


def command(name: str) -> Group:
    """The group, for the lazy group above it."""
    return build_group(RulesGroup, name, rules)
