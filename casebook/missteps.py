"""Where an answer goes wrong first: the condition in the tree of reasons that decides against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from wegweiser.engine.answers import Answer, Reason, RuleReason
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

__all__ = ["Misstep", "first_misstep", "leaves"]

_ORDER = ("gruen", "gelb", "offen", "rot")
"""Lights from the most to the least hopeful; `nichts` says that there is nothing to hope for."""


class Misstep(NamedTuple):
    """The first step of the law that an answer passes over."""

    rule: str
    """The id of the rule; empty where no rule applies and the general sentence of a target holds."""
    normen: tuple[str, ...]
    because: Text
    condition: Reason | None
    """The condition that decides, as the facts meet it or not."""
    met: bool | None
    """Whether it is met; None: open."""


def leaves(reason: Reason | None, *, negated: bool = False) -> Iterator[tuple[Reason, bool | None]]:
    """The conditions on single facts, in their order, each with whether it is met where it stands.

    What a derived fact rests on follows it.
    """
    if reason is None:
        return
    if reason.kind == "derived":
        yield reason, None if reason.truth is None else reason.truth is not negated
        for child in reason.children:
            yield from leaves(child, negated=negated)
    elif reason.kind in ("all", "any", "not", "unless"):
        turned = negated is not (reason.kind in ("not", "unless"))
        for child in reason.children:
            yield from leaves(child, negated=turned)
    else:
        yield reason, None if reason.truth is None else reason.truth is not negated


def first_misstep(answer: Answer, day: date, said: str) -> Misstep | None:
    """Say what somebody passed over who named the light `said` for an answer of a day."""
    true = light(answer, day)
    rules = answer.proof.rules
    deciding = [rule for rule in rules if rule.id in answer.regeln]
    if true == "offen":
        return _with_leaf(deciding or rules, met=None, day=day)
    hopeful = said in _ORDER and true in _ORDER and _ORDER.index(said) < _ORDER.index(true)
    if hopeful:
        barring = [rule for rule in rules if rule.state == "wirkt" and rule.outcome == "nein"]
        if barring:
            return _with_leaf(barring, met=True, day=day)
        return _with_leaf(_nearest(rules), met=False, day=day) or _default(answer)
    replaced = [rule for rule in rules if rule.state == "verdraengt" and rule.outcome == "nein"]
    by = [rule for rule in rules if any(rule.id in other.by for other in replaced)]
    return _with_leaf([*by, *deciding], met=True, day=day) or _default(answer)


def _nearest(rules: Iterable[RuleReason]) -> list[RuleReason]:
    """The rules that would permit, those first to which least is lacking."""
    ways = [rule for rule in rules if rule.outcome in PERMISSIONS and rule.state == "greift_nicht"]
    return sorted(ways, key=lambda rule: sum(met is False for _, met in leaves(rule.condition)))


def _with_leaf(rules: Iterable[RuleReason], *, met: bool | None, day: date) -> Misstep | None:
    """The first of some rules, with the condition of such a truth that turns nearest to a day."""
    for rule in rules:
        found = [leaf for leaf, truth in leaves(rule.condition) if truth is met]
        found.sort(key=lambda leaf: abs((leaf.turns or date.max) - day))
        if found:
            return Misstep(rule.id, rule.normen, rule.because, found[0], met)
    first = next(iter(rules), None)
    return None if first is None else Misstep(first.id, first.normen, first.because, None, met)


def _default(answer: Answer) -> Misstep | None:
    default = answer.proof.default
    if default is None:
        return None
    return Misstep("", (default.norm,), default.because, None, None)
