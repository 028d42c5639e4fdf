"""Cases that stand in a table twice: told as a warning, since both rows are counted.

Of each case only a hash and the row are kept, and of no more cases than a table of an office has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from wegweiser.cli.caseload_plan import RowFault
from wegweiser.engine.profile import LABEL
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.caseload_plan import Plan
    from wegweiser.cli.caseload_work import Done

__all__ = ["Repeat", "Repeats"]

_TOLD: Final = 10
"""So many are named; the rest is counted."""
_MOST: Final = 500_000
"""Cases that are kept in mind: some 50 MB."""


class Repeat(NamedTuple):
    """A row whose case stands in an earlier one."""

    number: int
    before: int


class Repeats:
    """The cases seen so far."""

    def __init__(self, plan: Plan, most: int = _MOST) -> None:
        self.head = next((column.head for column in plan.columns if column.key == LABEL), LABEL)
        self.most = most
        self.seen: dict[int, int] = {}
        self.count = 0
        self.named: list[Repeat] = []
        self.unseen_from: int | None = None
        """The first row whose case was not kept in mind."""

    def add(self, done: Done) -> RowFault | None:
        """Keep the case of a row in mind; a warning where it is known. Faulty rows do not count."""
        if done.fall is None or done.faults:
            return None
        key = hash(done.fall)
        before = self.seen.get(key)
        if before is None:
            if len(self.seen) < self.most:
                self.seen[key] = done.number
            elif self.unseen_from is None:
                self.unseen_from = done.number
            return None
        self.count += 1
        if self.count > _TOLD:
            return None
        self.named.append(Repeat(done.number, before))
        text = Text(
            f"Warnung: „{done.fall}“ steht schon in Zeile {before}; beide Zeilen sind gezählt",
            f"warning: “{done.fall}” stands in row {before} already; both rows are counted",
        )
        return RowFault(done.number, self.head, text)

    def summary(self) -> list[Text]:
        """What is left to say at the end."""
        lines = []
        if self.count > _TOLD:
            lines.append(
                Text(
                    f"Warnung: {self.count} Zeilen nennen einen Fall, der weiter oben schon steht",
                    f"warning: {self.count} rows name a case that stands further up already",
                )
            )
        if self.unseen_from is not None:
            number = self.unseen_from
            lines.append(
                Text(
                    f"Warnung: neue Fälle ab Zeile {number} sind nicht darauf geprüft, ob sie doppelt sind",
                    f"warning: new cases from row {number} on are not checked for standing there twice",
                )
            )
        return lines
