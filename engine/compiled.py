"""The compiled form of a rule book, as `compile` makes it and the cache keeps it."""

from __future__ import annotations

from wegweiser.engine.diagram import TRUE, Flat
from wegweiser.engine.variables import Variables

__all__ = ["Compiled"]


class Compiled:
    """The diagrams of a book for its wordings from one epoch on.

    `outcomes[target]` and `approvals[target]` hold one root for each of these epochs; `relations`
    are truths that every person satisfies; `orders` are dates of which the first is not later
    than the second where a condition holds.
    """

    def __init__(
        self,
        variables: Variables,
        flat: Flat,
        epoch: int,
        outcomes: dict[str, list[int]],
        approvals: dict[str, list[int]],
        relations: list[int],
        orders: list[tuple[str, str, int]],
    ) -> None:
        self.variables = variables
        self.flat = flat
        self.epoch = epoch
        self.outcomes = outcomes
        self.approvals = approvals
        self.relations = relations
        self.orders = orders
        self._reach: dict[int, int] = {}

    def reach(self, node: int) -> int:
        """The variables that a diagram looks at, with all others of the same dates, as a set of bits."""
        found = self._reach.get(node)
        if found is None:
            found = self.flat.support(node)
            for variables in self.variables.dates.values():
                if variables & found:
                    found |= variables
            self._reach[node] = found
        return found

    def supports(self) -> list[tuple[int, int]]:
        """The variables that each root looks at, which are worth keeping."""
        roots = {*self.relations, *(condition for _, _, condition in self.orders)}
        for found in (self.outcomes, self.approvals):
            roots |= {root for stretches in found.values() for root in stretches}
        return [(root, self.flat.support(root)) for root in sorted(roots) if root >= 0]

    def can_be_kept(self, node: int, alone: int) -> bool:
        """Whether the variables in `alone` can make a relation true, whatever the others are.

        Of a date only whether its event has happened counts; a relation that asks for more is not
        known to be kept.
        """
        if node < 0:
            return node == TRUE
        variable = self.flat.cells[node]
        entry = self.variables.entries[variable]
        children = list(self.flat.cells[node + 1 : node + 1 + self.flat.sizes[variable]])
        if entry["kind"] in ("rel", "pair"):
            return False
        if entry["kind"] == "abs":
            happened = set(children[: len(entry["cuts"]) + 1])
            if len(happened) > 1:
                return False
            children = [*happened, *children[len(entry["cuts"]) + 1 :]]
        some = any if alone >> variable & 1 else all
        return some(self.can_be_kept(child, alone) for child in children)
