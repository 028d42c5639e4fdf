"""What a review can find: stable codes, and the words for them.

A code never changes its meaning and is never used again. W stands for what the entries themselves show, P for
what proofs show.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from wegweiser.engine.review.persons import Person
from wegweiser.engine.text import Text

__all__ = ["CODES", "Finding", "Place", "from_plain", "to_plain"]

CODES: dict[str, Text] = {
    "W101": Text("die Norm fehlt oder ist keine Fundstelle: {}", "the norm is missing or no citation: {}"),
    "W102": Text("dieses Gesetz kennt das Regelwerk nicht: {}", "the rule book does not know this act: {}"),
    "W103": Text("greift bei niemandem", "never fires for anybody"),
    "W104": Text(
        "die Bedingung gilt immer: sie unterscheidet niemanden",
        "the condition always holds: it tells nobody apart",
    ),
    "W105": Text(
        "kommt nie zum Zug: immer geht eine andere Regel vor",
        "never takes effect: another rule always goes first",
    ),
    "W106": Text("diese Angabe liest niemand", "nothing reads this fact"),
    "W107": Text("das liest keine Regel", "no rule reads this"),
    "W108": Text("der Betrag hat keine Quelle (`source`)", "the amount has no source (`source`)"),
    "W109": Text("zwischen den Fassungen fehlen Tage: {}", "days are missing between the versions: {}"),
    "W110": Text("seit mehr als einem Jahr nicht geprüft: {}", "not checked for more than a year: {}"),
    "W111": Text("nie am Text geprüft (`checked` fehlt)", "never checked against the text (no `checked`)"),
    "W112": Text("der Text fehlt auf {}", "the text is missing in {}"),
    "W113": Text(
        "die Ausnahme in review.yaml passt auf nichts: {}", "the exemption in review.yaml fits nothing: {}"
    ),
    "P201": Text(
        "widerspricht {}: Verbot und Erlaubnis gelten zugleich",
        "contradicts {}: a prohibition and a permission take effect together",
    ),
    "P202": Text("keine Antwort für {}", "no answer for {}"),
    "P203": Text(
        "ändert keine Antwort: ohne diese Ausnahme wäre alles gleich",
        "changes no answer: all would be the same without this exception",
    ),
    "P204": Text(
        "gilt auch, wo keine Regel gilt, von der sie abweicht: {}",
        "in force where no rule is that it departs from: {}",
    ),
    "P205": Text(
        "genauer gesagt wird die Antwort weiter statt enger: {}", "said more exactly the answer widens: {}"
    ),
    "P206": Text(
        "was Schweigen bedeutet, widerspricht der Beziehung {}",
        "what silence means contradicts the relation {}",
    ),
}
"""What each code says; `{}` stands for the details of a finding."""


class Place(NamedTuple):
    """The entry that a finding is about: its kind as in the data of a book, its name, its version."""

    kind: str
    name: str
    version: int = 0


class Finding(NamedTuple):
    """One fault of a rule book."""

    code: str
    place: Place
    target: str | None = None
    detail: tuple[str, ...] = ()
    """What stands for `{}`; two entries are German and English."""
    key: str | None = None
    """What tells this finding from others on the same entry, as an exemption names it."""
    person: Person | None = None
    """A person who shows it."""

    @property
    def text(self) -> Text:
        """The finding in words."""
        said = CODES[self.code]
        return Text(said.de.format(*self.detail[:1]), said.en.format(*self.detail[-1:]))


def to_plain(finding: Finding) -> list[Any]:
    """A finding as JSON keeps it."""
    person = finding.person
    told = (
        None if person is None else [person.day.isoformat(), {k: _plain(v) for k, v in person.facts.items()}]
    )
    return [finding.code, list(finding.place), finding.target, list(finding.detail), finding.key, told]


def from_plain(plain: list[Any]) -> Finding:
    """A finding from what JSON keeps."""
    code, place, target, detail, key, told = plain
    person = None if told is None else Person(date.fromisoformat(told[0]), told[1])
    return Finding(code, Place(*place), target, tuple(detail), key, person)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | bool | int) else float(value)
