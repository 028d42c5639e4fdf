"""The vocabulary: which facts there are, and what they may say.

Made from plain data (the entries of the fact files, merged), because that is what the cache
keeps. A Fact is built when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from wegweiser.engine import norms, values
from wegweiser.engine.names import did_you_mean, normal
from wegweiser.engine.text import Text
from wegweiser.engine.values import Value

__all__ = ["Fact", "Same", "Vocabulary"]


class Same(NamedTuple):
    """What silence about a fact means: the same as another fact."""

    fact: str


class Fact(NamedTuple):
    """One fact of the vocabulary."""

    name: str
    typ: str
    topic: str
    label: Text
    question: Text
    evidence: Text | None
    """The paper that proves it."""
    hint: Text | None
    werte: tuple[str, ...]
    """The values of a `wahl`, in their order."""
    value_labels: Mapping[str, Text]
    geordnet: bool
    """The values of a `wahl` have an order."""
    aenderbar: bool
    """A step that the person, the adviser or the employer can take."""
    ueblich: Value | None
    """The value in the ordinary case."""
    ohne_angabe: Value | Same | None
    """What silence means."""
    only_if: Mapping[str, Any] | None
    """The condition (as the rule book writes it) without which the fact does not exist for a person."""
    always: bool
    """A date that every person has: never `keine`."""
    future: bool
    """A date that may lie after the day of the check."""
    expires: bool
    """The last day of a document or of a deadline: a timeline warns of it."""
    judged_by: str | None
    """Who judges, where it is no plain fact."""
    employer: str | None = None
    """Where an employer sees it (`paper`, `job`); None: it is no business of an employer."""


class Vocabulary:
    """All facts of a rule book, places, titles and chains of residence."""

    __slots__ = ("_facts", "_places", "data")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data: Final = data
        self._facts: dict[str, Fact] = {}
        self._places: dict[str, str] | None = None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Vocabulary:
        """Make the vocabulary from {"facts": {name: {…}}, "topics": …, "places": …, "residence": …}.

        Facts have the keys of the fact files, and `topic`; "places" and "residence" are the contents
        of the files of these names and may be missing.
        """
        return cls(data)

    # --- facts ---

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all facts, in the order of the files."""
        return tuple(self.data["facts"])

    def __contains__(self, name: object) -> bool:
        return name in self.data["facts"]

    def __iter__(self) -> Iterator[Fact]:
        return map(self.fact, self.data["facts"])

    def __len__(self) -> int:
        return len(self.data["facts"])

    def fact(self, name: str) -> Fact:
        """Give a fact; KeyError where there is none."""
        fact = self._facts.get(name)
        if fact is None:
            fact = self._facts[name] = self._build(name, self.data["facts"][name])
        return fact

    def topic_label(self, topic: str) -> Text:
        """Give the label of a topic."""
        return _text(self.data["topics"][topic])

    def unknown_name(self, name: str) -> Text:
        """Say that there is no such fact, with the nearest that there is."""
        return did_you_mean(
            Text("diese Angabe gibt es nicht", "there is no such fact"), name, self.data["facts"]
        )

    def parse_value(self, fact: Fact | str, raw: object) -> Value | Text | None:
        """Read what a profile or a rule says of a fact; None: unknown; a Text: what is wrong with it."""
        return values.parse_value(self.fact(fact) if isinstance(fact, str) else fact, raw, self)

    def show_value(self, fact: Fact | str, value: Value) -> Text:
        """Say a value in words, as far as it has any."""
        return values.show_value(self.fact(fact) if isinstance(fact, str) else fact, value)

    def _build(self, name: str, entry: Mapping[str, Any]) -> Fact:
        labels = entry.get("werte") or {}
        fact = Fact(
            name=name,
            typ=entry["typ"],
            topic=entry.get("topic", ""),
            label=_text(entry["label"]),
            question=_text(entry.get("question") or entry["label"]),
            evidence=_text(entry["evidence"]) if entry.get("evidence") else None,
            hint=_text(entry["hint"]) if entry.get("hint") else None,
            werte=tuple(labels),
            value_labels={value: _text(label) for value, label in labels.items()},
            geordnet=bool(entry.get("geordnet")),
            aenderbar=bool(entry.get("aenderbar")),
            ueblich=None,
            ohne_angabe=None,
            only_if=entry.get("only_if"),
            always=bool(entry.get("always")),
            future=bool(entry.get("future")),
            expires=bool(entry.get("expires")),
            judged_by=entry.get("judged_by"),
            employer=entry.get("employer"),
        )
        silence = entry.get("ohne_angabe")
        return fact._replace(
            ueblich=self._default(fact, entry.get("ueblich")),
            ohne_angabe=Same(silence["wie"])
            if isinstance(silence, Mapping)
            else self._default(fact, silence),
        )

    def _default(self, fact: Fact, raw: object) -> Value | None:
        if isinstance(raw, float):  # an amount, as JSON keeps it
            from decimal import Decimal

            raw = Decimal(str(raw))
        value = values.parse_value(fact, raw, self)
        if isinstance(value, Text):  # the rule book is checked when it is loaded; this is a last resort
            raise TypeError(f"{fact.name}: {value.en}")
        return value

    # --- places ---

    def place_name(self, name: str) -> str:
        """Give the usual spelling of a municipality; the name itself where it is not known."""
        places: Mapping[str, Any] = self.data.get("places") or {}
        if name in places.get("places", ()):
            return name
        if self._places is None:
            self._places = {normal(one): one for one in places.get("places", ())}
            self._places.update({normal(one): to for one, to in places.get("spellings", {}).items()})
        return self._places.get(normal(name), name)

    # --- titles ---

    def title(self, text: str) -> str | Text:
        """Give the usual spelling of the section of a residence title; a Text says what is wrong."""
        titles: Mapping[str, Any] = (self.data.get("residence") or {}).get("titles") or {}
        norm = norms.parse(text, titles.get("act", ()))
        if isinstance(norm, Text):
            return norm
        sections: list[str] = titles.get("sections", [])
        section = norms.section(norm)
        if sections and section not in sections:
            said = f"{norms.SIGN} {section}"
            return did_you_mean(
                Text(
                    f"nach {said} gibt es keinen Aufenthaltstitel",
                    f"no residence title is granted under {said}",
                ),
                said,
                [f"{norms.SIGN} {one}" for one in sections],
            )
        for one, other in titles.get("spellings", {}).items():
            if norms.covers(one, norm):
                return str(other) + norm.removeprefix(one)
        return norm


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["de"], entry["en"])
