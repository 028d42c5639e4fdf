"""The compiled form of a rule book, as `compile` makes it and the cache keeps it."""

from __future__ import annotations

from wegweiser.engine.diagram import Flat
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
