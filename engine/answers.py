"""What an evaluation returns: answers with their tree of reasons, and the receipt.

The names of an `Answer` are those of the contract. Renderers print these values and compute
nothing. All values are immutable.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from wegweiser.engine.text import Text

__all__ = [
    "Answer",
    "Auflage",
    "Default",
    "Drawn",
    "Expected",
    "Hinweis",
    "Origin",
    "Proof",
    "Reason",
    "Receipt",
    "Report",
    "RuleReason",
    "State",
]

Origin = Literal["angabe", "annahme", "abgeleitet", "grenze"]
"""Where the value of a fact comes from: told, meant by silence, derived from
`aufenthaltszeiten` or a relation, or known only as a bound (an interval of days, a set of values)."""

State = Literal["wirkt", "verdraengt", "greift_nicht", "offen"]
"""A rule takes effect, fires but gives way to another, does not fire, or depends on open facts."""


class Reason(NamedTuple):
    """One node of a condition with its truth (None: open).

    kind      all | any | not | unless | fact | derived | conclusion
    name      the fact, derived fact or target (fact, derived, conclusion), else ""
    op        is | in | at_least | at_most | above | below | since | after | before, else ""
    arg       what the rule asks for: a value, a tuple of values, a period as text (`P3M`)
    source    name of the list, parameter or derived period that `arg` was taken from, or ""
    value     what is known: a value; a tuple of possible values; for dates known only by
              bounds a pair (earliest | None, latest | None); None when nothing is known
    origin    see `Origin`; None when nothing is known
    turns     for a condition on time: the day on which it becomes (became) true; for a fact
              known only by a bound the latest such day; None when never or unknown
    norm      citation of a derived fact
    because   `because` or label of a derived fact
    """

    kind: str
    truth: bool | None
    children: tuple[Reason, ...] = ()
    name: str = ""
    op: str = ""
    arg: object = None
    source: str = ""
    value: object = None
    origin: Origin | None = None
    turns: date | None = None
    norm: str = ""
    because: Text | None = None


class RuleReason(NamedTuple):
    """One rule that bears on a target, and what became of it on the day of the answer."""

    id: str
    normen: tuple[str, ...]
    because: Text
    outcome: str | None
    zustimmung_ba: str | None
    state: State
    by: tuple[str, ...]
    """Ids of the rules that replace or lift this one."""
    parents: tuple[str, ...]
    """Ids of the rules that it is an exception to."""
    condition: Reason | None


class Default(NamedTuple):
    """What holds where no rule of a target takes effect."""

    outcome: str
    norm: str
    because: Text
    applies: bool | None


class Proof:
    """The tree of reasons of one answer, on the day of the check.

    It follows from book, facts and day alone; it is drawn up when it is first looked at.
    """

    __slots__ = ("_draw", "_drawn", "day")

    def __init__(self, day: date, draw: Callable[[], Drawn]) -> None:
        self.day = day
        self._draw = draw
        self._drawn: Drawn | None = None

    @property
    def drawn(self) -> Drawn:
        """All parts of the proof."""
        if self._drawn is None:
            self._drawn = self._draw()
        return self._drawn

    @property
    def rules(self) -> tuple[RuleReason, ...]:
        """Every rule that bears on the target, and what became of it."""
        return self.drawn.rules

    @property
    def default(self) -> Default | None:
        """What holds where no rule takes effect."""
        return self.drawn.default

    @property
    def treated(self) -> Reason | None:
        """Whether the rule book treats the target for this person."""
        return self.drawn.treated


class Drawn(NamedTuple):
    """The parts of a proof."""

    rules: tuple[RuleReason, ...] = ()
    default: Default | None = None
    treated: Reason | None = None


class Auflage(NamedTuple):
    """A condition that the law attaches to a permission."""

    text: Text
    norm: str


class Hinweis(NamedTuple):
    """A remark on an answer: an open legal question, a danger, or plain information."""

    art: Literal["rechtsfrage", "gefahr", "hinweis"]
    text: Text
    norm: str
    andere_lesart: str | None


class Expected(NamedTuple):
    """The answer where everything usual holds (`voraussichtlich`)."""

    ergebnis: str
    ab: date | None
    dann: str | None
    bis: date | None
    zustimmung_ba: str | None


class Answer(NamedTuple):
    """The answer for one target; see the contract for the meaning of each name."""

    ziel: str
    ergebnis: str
    grund: str | None
    ab: date | None
    dann: str | None
    bis: date | None
    ab_fehlend: tuple[str, ...]
    antrag_ab: date | None
    antrag_bis: date | None
    zustimmung_ba: str | None
    zustimmung_fehlend: tuple[str, ...]
    normen: tuple[str, ...]
    regeln: tuple[str, ...]
    durch: tuple[str, ...]
    fehlend: tuple[str, ...]
    moeglich: tuple[str, ...]
    voraussichtlich: Expected | None
    annahmen: tuple[str, ...]
    auflagen: tuple[Auflage, ...]
    hinweise: tuple[Hinweis, ...]
    beginn_gesichert: bool
    """False where a rule behind the answer begins on a day known only from a crawl."""
    proof: Proof


class Receipt(NamedTuple):
    """What an answer was computed from, so that it can be reproduced years later."""

    regelwerk: str
    hash: str
    rechtsstand: date
    fakten: str
    """Hash of the facts that were used."""


class Report(NamedTuple):
    """All answers for one profile on one day."""

    day: date
    angebote_am: date
    receipt: Receipt
    answers: tuple[Answer, ...]
