"""How facts hang together, applied to one person: contradictions, and what follows for unknown dates."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from wegweiser.engine.book import Book
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.facts import Facts
from wegweiser.engine.profile import Profile
from wegweiser.engine.situation import KEINE
from wegweiser.engine.text import Text
from wegweiser.engine.truth import Truth

__all__ = ["apply_relations"]


def apply_relations(book: Book, profile: Profile, facts: Facts) -> None:
    """Check what is told against the relations of the vocabulary, and bound unknown dates by them.

    Raises ProfileError where entries of the profile contradict each other.
    """
    facts.bounds.update(_bounds(book, facts))
    truth = Truth(book, facts, facts.day)
    faults = [*_nonexistent(book, profile, facts), *_broken(book, profile, facts, truth)]
    if faults:
        raise ProfileError(faults)


def _bounds(book: Book, facts: Facts) -> dict[str, tuple[int, int, bool]]:
    """Earliest and latest day of each unknown date that known dates leave."""
    bounds: dict[str, tuple[int, int, bool]] = {}
    truth = Truth(book, facts, facts.day)
    orders: list[tuple[str, str]] = []
    for relation in book.data["relations"]:
        when = relation["when"]
        if when is not None and truth.reason(when).truth is not True:
            continue
        if relation["in_order"]:
            orders += combinations(relation["in_order"], 2)
        elif truth.reason(relation["if"]).truth is True:
            happened = _happened(relation["then"])
            if happened and happened not in facts.values:
                low, high, _ = bounds.get(happened) or facts.bound(happened)
                bounds[happened] = (low, high, False)
    for _ in orders:
        changed = False
        for x, y in orders:
            if KEINE in (facts.values.get(x), facts.values.get(y)):
                continue
            one, two = (_span(facts, bounds, name) for name in (x, y))
            if x not in facts.values and two[1] < one[1] and not two[2]:
                bounds[x] = (one[0], two[1], one[2])
                changed = True
            if y not in facts.values and one[0] > two[0] and not one[2]:
                bounds[y] = (one[0], two[1], two[2])
                changed = True
        if not changed:
            break
    return bounds


def _span(facts: Facts, bounds: dict[str, tuple[int, int, bool]], name: str) -> tuple[int, int, bool]:
    value = facts.values.get(name)
    return bounds.get(name) or facts.bound(name) if value is None else (value, value, False)


def _happened(condition: list[object]) -> str | None:
    """The fact of a condition that says no more than that its event has happened."""
    if condition[0] == "not" and isinstance(condition[1], list):
        inner = condition[1]
        if inner[0] == "fact" and inner[2:] == ["is", "keine"]:
            return str(inner[1])
    return None


def _nonexistent(book: Book, profile: Profile, facts: Facts) -> list[Fault]:
    """Facts that are told although they do not exist for this person."""
    truth = Truth(book, facts, facts.day)
    faults = []
    for name in profile.stated:
        condition = facts.entries[name].get("only_if")
        if condition is None or truth.reason(condition).truth is not False:
            continue
        read = [other for other in _mentioned(book, condition, facts.day) if other in profile.stated]
        label, others = (
            facts.entries[name]["label"],
            ", ".join(f"{other}: {_said(profile, other)}" for other in read),
        )
        text = Text(
            f"„{label['de']}“ gibt es nicht zusammen mit {others}",
            f"there is no “{label['en']}” together with {others}",
        )
        faults.append(profile.fault([name, *read], text))
    return faults


def _broken(book: Book, profile: Profile, facts: Facts, truth: Truth) -> list[Fault]:
    faults = []
    for relation in book.data["relations"]:
        when = relation["when"]
        if when is not None and truth.reason(when).truth is not True:
            continue
        names = _mentioned(book, when, facts.day)
        if relation["in_order"]:
            for x, y in combinations(relation["in_order"], 2):
                one, two = facts.told.get(x), facts.told.get(y)
                if one is not None and two is not None and KEINE not in (one, two) and one > two:
                    text = _because(
                        relation,
                        f"{x} {_said(profile, x)} liegt nach {y} {_said(profile, y)}",
                        f"{x} {_said(profile, x)} lies after {y} {_said(profile, y)}",
                    )
                    faults.append(profile.fault([x, y], text))
        elif truth.reason(relation["if"]).truth is True and truth.reason(relation["then"]).truth is False:
            conditions = (relation["if"], relation["then"])
            read = [name for each in conditions for name in _mentioned(book, each, facts.day)] + names
            told = [name for name in dict.fromkeys(read) if name in profile.stated]
            if not told:
                continue
            said = ", ".join(f"{name}: {_said(profile, name)}" for name in told)
            text = _because(
                relation, f"das passt nicht zusammen: {said}", f"this does not go together: {said}"
            )
            faults.append(profile.fault(told, text))
    return faults


def _because(relation: dict[str, object], german: str, english: str) -> Text:
    because, normen = relation["because"], relation["normen"]
    if isinstance(because, list):
        return Text(f"{german}; {because[0]}", f"{english}; {because[1]}")
    if isinstance(normen, list) and normen:
        return Text(f"{german} ({', '.join(normen)})", f"{english} ({', '.join(normen)})")
    return Text(german, english)


def _said(profile: Profile, name: str) -> str:
    value = profile.stated[name]
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _mentioned(book: Book, condition: Any, day: int) -> list[str]:
    """The facts that a condition looks at, also through definitions."""
    found: list[str] = []
    if condition is None:
        return found
    kind, *rest = condition
    if kind in ("all", "any", "not", "unless"):
        for part in rest:
            found += _mentioned(book, part, day)
    elif kind == "derived":
        found += _defining(book, rest[0], day)
    elif kind == "fact":
        found.append(rest[0])
    if kind in ("fact", "derived") and isinstance(rest[2], dict):
        found += [rest[2]["fact"]] if "fact" in rest[2] else []
        found += _defining(book, rest[2]["derived"], day) if "derived" in rest[2] else []
    return list(dict.fromkeys(found))


def _defining(book: Book, name: str, day: int) -> list[str]:
    """The facts behind a derived fact."""
    definition = book.derived(name, day)
    if definition is None:
        return []
    conditions = [definition["when"], *(case["when"] for case in definition["cases"] or ())]
    found = [fact for condition in conditions for fact in _mentioned(book, condition, day)]
    return [*found, *(definition["earliest"] or ()), *([definition["age"]] if definition["age"] else ())]
