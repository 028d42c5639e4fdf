"""A rule book for reading: one card for each rule, definition, list and parameter in each version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from wegweiser.engine.answers import Hinweis, Reason
from wegweiser.engine.book import Book, Condition
from wegweiser.engine.facts import Facts
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text
from wegweiser.engine.truth import Truth

__all__ = ["Art", "RuleCard", "asked", "rule_cards", "rule_lines"]

Art = Literal["regel", "definition", "liste", "parameter"]


class RuleCard(NamedTuple):
    """One version of one entry of the rule book."""

    id: str
    art: Art
    normen: tuple[str, ...]
    gilt_ab: date | None
    gilt_bis: date | None
    beginn_gesichert: bool
    ziele: tuple[str, ...]
    ergebnis: str | None
    grund: str | None
    zustimmung_ba: str | None
    ausnahme_von: tuple[str, ...]
    hebt_auf: tuple[str, ...]
    geht_vor: tuple[str, ...]
    because: Text | None
    condition: Reason | None
    """What the entry asks for; every fact is open."""
    values: tuple[Any, ...]
    """Entries of a list, the value of a parameter, the cases of a definition."""
    source: str | None
    notes: tuple[Hinweis, ...]
    examples: tuple[str, ...]
    """Names of the worked examples that expect this rule."""
    file: str
    line: int
    geprueft_am: date | None
    """When somebody last checked it against the text of the law."""


def rule_cards(book: Book) -> Iterator[RuleCard]:
    """Every card: rules, then definitions, lists and parameters, in the order of the files."""
    expected = _expected(book)
    for versions in book.data["rules"].values():
        for version in versions:
            yield _rule_card(book, version, expected.get(version["id"], ()))
    readers = _Readers(book)
    for name, versions in book.data["derived"].items():
        for version in versions:
            yield _definition_card(book, name, version, readers.targets(name))
    for kind, art in (("lists", "liste"), ("parameters", "parameter")):
        for name, entry in book.data[kind].items():
            for version in entry["versions"]:
                yield _value_card(
                    name, "liste" if art == "liste" else "parameter", entry, version, readers.targets(name)
                )


def rule_lines(book: Book) -> Iterator[dict[str, Any]]:
    """The lines of `wegweiser regeln --json`."""
    for card in rule_cards(book):
        yield {
            "id": card.id,
            "art": card.art,
            "normen": list(card.normen),
            "gilt_ab": card.gilt_ab and card.gilt_ab.isoformat(),
            "gilt_bis": card.gilt_bis and card.gilt_bis.isoformat(),
            "beginn_gesichert": card.beginn_gesichert,
            "ziele": list(card.ziele),
            "ergebnis": card.ergebnis,
            "zustimmung_ba": card.zustimmung_ba,
            "ausnahme_von": list(card.ausnahme_von),
            "hebt_auf": list(card.hebt_auf),
            "geht_vor": list(card.geht_vor),
        }


def _days(version: dict[str, Any]) -> tuple[date | None, date | None]:
    start, end = version["from"], version["to"]
    return (
        None if start is None else date.fromordinal(start),
        None if end is None else date.fromordinal(end),
    )


def _expected(book: Book) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for example in book.examples:
        for targets in example["expect"].values():
            for expectation in targets.values():
                for rule in expectation.get("regeln", ()):
                    found.setdefault(rule, {}).setdefault(example["name"])
    return {rule: tuple(names) for rule, names in found.items()}


def _blank(book: Book, version: dict[str, Any]) -> Truth:
    """Truth about nobody in particular, on the first day of a version."""
    first = book.data["meta"]["coverage_from"]
    day = max(first, version["from"] or first)
    profile = Profile.from_facts({}, book.vocabulary, date.fromordinal(day))
    facts = Facts(book, profile, day).with_values({})
    facts.values, facts.assumed = {}, {}
    return Truth(book, facts, day)


def asked(book: Book, condition: Condition) -> Reason:
    """What a condition asks for, as a tree to read, with nothing known of anybody."""
    return _blank(book, {"from": None, "to": None}).reason(condition)


def _condition(truth: Truth, version: dict[str, Any]) -> Reason | None:
    parts = [] if version["when"] is None else [truth.reason(version["when"])]
    if version.get("unless") is not None:
        parts.append(Reason("unless", None, (truth.reason(version["unless"]),)))
    if len(parts) > 1:
        return Reason("all", None, tuple(parts))
    return parts[0] if parts else None


def _rule_card(book: Book, version: dict[str, Any], examples: tuple[str, ...]) -> RuleCard:
    start, end = _days(version)
    notes = [
        Hinweis(note["art"], Text(*note["text"]), note["norm"], note["andere_lesart"])
        for note in version["notes"]
    ]
    for term in version["open_terms"]:
        german, english = term["note"]
        text = Text(f"„{term['term']}“: {german}", f"“{term['term']}”: {english}")
        notes.append(Hinweis("hinweis", text, version["normen"][0], None))
    return RuleCard(
        id=version["id"],
        art="regel",
        normen=tuple(version["normen"]),
        gilt_ab=start,
        gilt_bis=end,
        beginn_gesichert=not version["seen"],
        ziele=tuple(version["targets"]),
        ergebnis=version["outcome"],
        grund=version["grund"],
        zustimmung_ba=version["ba"],
        ausnahme_von=tuple(version["exception_to"]),
        hebt_auf=tuple(version["lifts"]),
        geht_vor=tuple(version["prevails_over"]),
        because=Text(*version["because"]),
        condition=_condition(_blank(book, version), version),
        values=(),
        source=None,
        notes=tuple(notes),
        examples=examples,
        file=version["file"],
        line=version["line"],
        geprueft_am=_checked_on(version),
    )


def _definition_card(book: Book, name: str, version: dict[str, Any], targets: tuple[str, ...]) -> RuleCard:
    truth = _blank(book, version)
    cases = version["cases"] or []
    conditions = [truth.reason(case["when"]) for case in cases if case["when"] is not None]
    return _plain_card(
        name,
        "definition",
        version,
        targets,
        normen=tuple(version["normen"]),
        because=None if version["label"] is None else Text(*version["label"]),
        condition=_condition(truth, version)
        or (Reason("any", None, tuple(conditions)) if conditions else None),
        values=tuple(case["value"] for case in cases)
        or tuple(version["earliest"] or ())
        or _one(version["age"]),
        place=(version["file"], version["line"]),
    )


def _value_card(
    name: str, art: Art, entry: dict[str, Any], version: dict[str, Any], targets: tuple[str, ...]
) -> RuleCard:
    return _plain_card(
        name,
        art,
        version,
        targets,
        normen=(entry["norm"],),
        because=Text(*entry["label"]),
        condition=None,
        values=tuple(version["values"]) if art == "liste" else (_shown(entry["typ"], version["value"]),),
        place=(entry["file"], entry["line"]),
        source=version["source"] or entry["source"],
    )


def _plain_card(  # noqa: PLR0913 (the fields of a card)
    name: str,
    art: Art,
    version: dict[str, Any],
    targets: tuple[str, ...],
    *,
    normen: tuple[str, ...],
    because: Text | None,
    condition: Reason | None,
    values: tuple[Any, ...],
    place: tuple[str, int],
    source: str | None = None,
) -> RuleCard:
    start, end = _days(version)
    return RuleCard(
        id=name,
        art=art,
        normen=normen,
        gilt_ab=start,
        gilt_bis=end,
        beginn_gesichert=not version["seen"],
        ziele=targets,
        ergebnis=None,
        grund=None,
        zustimmung_ba=None,
        ausnahme_von=(),
        hebt_auf=(),
        geht_vor=(),
        because=because,
        condition=condition,
        values=values,
        source=source,
        notes=(),
        examples=(),
        file=place[0],
        line=place[1],
        geprueft_am=_checked_on(version),
    )


def _checked_on(version: dict[str, Any]) -> date | None:
    told = version.get("checked")
    return None if told is None else date.fromordinal(told["on"])


def _one(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


def _shown(kind: str, value: Any) -> Any:
    if kind == "datum":
        return date.fromordinal(value)
    return value / 100 if kind == "geld" else value


class _Readers:
    """Which targets read a definition, list or parameter, directly or through definitions."""

    def __init__(self, book: Book) -> None:
        self._users: dict[str, set[str]] = {}
        self._targets: dict[str, dict[str, None]] = {}
        for versions in book.data["rules"].values():
            for version in versions:
                for name in _names(version["when"]) | _names(version["unless"]):
                    self._targets.setdefault(name, {}).update(dict.fromkeys(version["targets"]))
        for target, entry in book.data["targets"].items():
            for name in _names(entry["treated"]):
                self._targets.setdefault(name, {}).setdefault(target)
        for name, versions in book.data["derived"].items():
            for version in versions:
                conditions = [version["when"], *(case["when"] for case in version["cases"] or [])]
                for read in set().union(*(_names(condition) for condition in conditions)):
                    self._users.setdefault(read, set()).add(name)
        self._order = list(book.targets)

    def targets(self, name: str) -> tuple[str, ...]:
        """The targets, in the order of the book."""
        found: set[str] = set()
        seen: set[str] = set()
        stack = [name]
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                found |= set(self._targets.get(current, ()))
                stack.extend(self._users.get(current, ()))
        return tuple(target for target in self._order if target in found)


def _names(condition: Condition | None) -> set[str]:
    """The definitions, lists and parameters that a condition names."""
    if condition is None:
        return set()
    if condition[0] in ("all", "any", "not", "unless"):
        return set().union(*(_names(part) for part in condition[1:]))
    found = {condition[1]} if condition[0] == "derived" else set()
    argument = condition[3] if condition[0] in ("fact", "derived") else None
    if isinstance(argument, dict):
        found |= {argument[key] for key in ("list", "param", "derived") if key in argument}
    return found
