"""Why an answer changes on a day: what the proofs before and after it, and the day itself, say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from wegweiser.engine.answers import Answer, Reason, RuleReason
from wegweiser.engine.book import Book
from wegweiser.engine.facts import Facts
from wegweiser.engine.thresholds import Origin

__all__ = ["Cause", "causes"]

Kind = Literal["frist", "alter", "anzahl", "fassung_beginnt", "fassung_endet", "aufenthaltszeit", "offen"]


class Cause(NamedTuple):
    """One thing that happens on a day.

    kind      frist (a period of a known date), alter (an age is reached), anzahl (a number of days is
              reached), fassung_beginnt, fassung_endet (the wording of a rule, definition, list or
              parameter), aufenthaltszeit (another of the periods of stay), offen (by that day an unknown
              date can be later, or its period can have run out in other ways)
    fact      the fact concerned, "" for wordings
    since     its date, where it is known
    op        since | after | before, with `period` (ISO 8601); else ""
    name      id of the rule, or name of the definition, list or parameter, whose wording begins or ends
    normen    citations of the rules that ask for it
    """

    kind: Kind
    fact: str = ""
    since: date | None = None
    op: str = ""
    period: str = ""
    name: str = ""
    normen: tuple[str, ...] = ()


def causes(
    book: Book, facts: Facts, day: int, answers: tuple[Answer, Answer], origins: Iterable[Origin]
) -> tuple[Cause, ...]:
    """What makes the first answer the second one on a day; `origins` is all that can matter there."""
    before, after = ({rule.id: rule for rule in answer.proof.rules} for answer in answers)
    turned = {name for name in before | after if not _alike(before.get(name), after.get(name))}
    possible = sorted(origins, key=lambda one: (one.kind, one.fact, one.op, one.period or (0, 0), one.rule))
    timed = [one for one in possible if one.kind in ("turn", "count")]
    timed = [one for one in timed if one.rule in turned] or timed
    found = [*_periods(book, facts, timed)]
    if any(one.kind == "wording" for one in possible):
        found += _wordings(book, day, turned, [before, after])
    if any(one.kind == "stay" for one in possible):
        found.append(Cause("aufenthaltszeit"))
    if not found:
        names = dict.fromkeys(one.fact for one in possible if one.kind == "open")
        found += [Cause("offen", name) for name in names]
    return tuple(dict.fromkeys(found))


def _alike(one: RuleReason | None, other: RuleReason | None) -> bool:
    """Whether a rule does the same before and after."""
    if one is None or other is None:
        return one is other
    truths = [None if rule.condition is None else rule.condition.truth for rule in (one, other)]
    return one.state == other.state and truths[0] == truths[1]


def _periods(book: Book, facts: Facts, origins: Iterable[Origin]) -> Iterator[Cause]:
    """Periods that run out, ages and numbers that are reached, each with the norms of all rules that ask."""
    rules: dict[Origin, list[str]] = {}
    for one in origins:
        rules.setdefault(one._replace(rule=""), []).append(one.rule)
    ages = {version["age"] for versions in book.data["derived"].values() for version in versions}
    for one, names in rules.items():
        normen = [norm for name in names if name for norm in book.rules[name][-1].normen]
        kind: Kind = "anzahl" if one.kind == "count" else "alter" if one.fact in ages else "frist"
        value = facts.values[one.fact] if one.kind == "turn" else None
        since = None if value is None else date.fromordinal(value)
        period = "" if one.period is None else str(one.period)
        yield Cause(kind, one.fact, since, one.op, period, normen=tuple(dict.fromkeys(normen)))


def _wordings(
    book: Book, day: int, turned: set[str], proofs: Iterable[dict[str, RuleReason]]
) -> Iterator[Cause]:
    """The wordings that begin on a day or ended the day before, of what the rules that turned read."""
    named: dict[tuple[str, str], None] = {("rules", name): None for name in sorted(turned)}
    for proof in proofs:
        for name in sorted(turned & proof.keys()):
            condition = proof[name].condition
            if condition is not None:
                named.update(dict.fromkeys(_read(book, condition)))
    for kind, name in named:
        entry = book.data[kind][name]
        versions: list[dict[str, Any]] = entry if isinstance(entry, list) else entry["versions"]
        for version in versions:
            normen = tuple(version.get("normen") or [entry["norm"]] if kind != "rules" else version["normen"])
            if version.get("from") == day:
                yield Cause("fassung_beginnt", name=name, normen=normen)
            elif version.get("to") == day - 1:
                yield Cause("fassung_endet", name=name, normen=normen)


def _read(book: Book, reason: Reason) -> Iterator[tuple[str, str]]:
    """The definitions, lists and parameters that a condition reads."""
    for kind in ("lists", "parameters", "derived"):
        for name in (reason.source, reason.name if reason.kind == "derived" else ""):
            if name in book.data[kind]:
                yield kind, name
    for child in reason.children:
        yield from _read(book, child)
