"""Reduced ordered decision diagrams with several branches a node and any number of leaves.

A diagram is a number. Numbers below zero are leaves (`leaf(k)` is `-k - 1`); numbers from zero on
are nodes: a variable and one child for each of its values. Equal functions are equal numbers,
because nodes are shared and a node whose children agree is never made. Truth uses the leaves
FALSE and TRUE; answers use leaves of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text

__all__ = ["FALSE", "TRUE", "Diagrams", "Flat", "leaf", "leaf_value"]

FALSE = -1
TRUE = -2
_LAST = 1 << 30


def leaf(value: int) -> int:
    """The diagram that is `value` everywhere."""
    return -value - 1


def leaf_value(node: int) -> int:
    """The value of a leaf."""
    return -node - 1


class Diagrams:
    """A store of nodes that grows; used while a rule book is compiled.

    `limit` is the number of nodes at which a book counts as outgrown: the store then raises
    `EvaluationError` instead of slowing down without end.
    """

    def __init__(self, sizes: Sequence[int], limit: int) -> None:
        self.sizes = sizes
        self.limit = limit
        self.nodes: list[tuple[int, ...]] = []
        self._unique: dict[tuple[int, ...], int] = {}
        self._chosen: dict[tuple[int, int, int], int] = {}

    def node(self, variable: int, children: Sequence[int]) -> int:
        """The diagram that looks at `variable` first and goes on with its children."""
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (variable, *children)
        found = self._unique.get(key)
        if found is None:
            found = len(self.nodes)
            if found >= self.limit:
                raise EvaluationError(
                    Text(
                        f"Das Regelwerk ist zu groß geworden: mehr als {self.limit} Knoten.",
                        f"The rule book has outgrown its limit of {self.limit} nodes.",
                    )
                )
            self.nodes.append(key)
            self._unique[key] = found
        return found

    def test(self, variable: int, accepted: Sequence[bool]) -> int:
        """Truth of 'the variable has one of the accepted values'."""
        return self.node(variable, [TRUE if yes else FALSE for yes in accepted])

    def choose(self, condition: int, then: int, other: int) -> int:
        """`then` where the condition holds, else `other`."""
        if condition == TRUE or then == other:
            return then
        if condition == FALSE:
            return other
        if then == TRUE and other == FALSE:
            return condition
        key = (condition, then, other)
        found = self._chosen.get(key)
        if found is not None:
            return found
        nodes = self.nodes
        top = nodes[condition][0]
        if then >= 0:
            top = min(top, nodes[then][0])
        if other >= 0:
            top = min(top, nodes[other][0])
        parts = []
        for part in key:
            looks = part >= 0 and nodes[part][0] == top
            parts.append(nodes[part][1:] if looks else (part,) * self.sizes[top])
        children = [self.choose(c, t, o) for c, t, o in zip(*parts, strict=True)]
        result = self.node(top, children)
        self._chosen[key] = result
        return result

    def both(self, one: int, two: int) -> int:
        """Truth of 'one and two'."""
        return self.choose(one, two, FALSE)

    def either(self, one: int, two: int) -> int:
        """Truth of 'one or two'."""
        return self.choose(one, TRUE, two)

    def negated(self, one: int) -> int:
        """Truth of 'not one'."""
        return self.choose(one, FALSE, TRUE)

    def all_of(self, parts: Sequence[int]) -> int:
        """Truth of all parts together; TRUE for none."""
        result = TRUE
        for part in parts:
            result = self.both(result, part)
        return result

    def any_of(self, parts: Sequence[int]) -> int:
        """Truth of one part at least; FALSE for none."""
        result = FALSE
        for part in parts:
            result = self.either(result, part)
        return result

    def where(self, diagram: int, values: frozenset[int]) -> int:
        """Truth of 'the diagram ends in a leaf with one of these values'."""
        done: dict[int, int] = {}

        def walk(node: int) -> int:
            if node < 0:
                return TRUE if leaf_value(node) in values else FALSE
            if node not in done:
                variable, *children = self.nodes[node]
                done[node] = self.node(variable, [walk(child) for child in children])
            return done[node]

        return walk(diagram)

    def differ(self, one: int, two: int) -> int:
        """Truth of 'the two diagrams end in different leaves'."""
        done: dict[tuple[int, int], int] = {}

        def walk(one: int, two: int) -> int:
            if one == two:
                return FALSE
            if one < 0 and two < 0:
                return TRUE
            if (one, two) not in done:
                top = min(self.nodes[part][0] for part in (one, two) if part >= 0)
                parts = []
                for part in (one, two):
                    looks = part >= 0 and self.nodes[part][0] == top
                    parts.append(self.nodes[part][1:] if looks else (part,) * self.sizes[top])
                done[one, two] = self.node(top, [walk(a, b) for a, b in zip(*parts, strict=True)])
            return done[one, two]

        return walk(one, two)

    def rest(self, node: int, settled: Mapping[int, int]) -> int:
        """Where a diagram arrives with some variables settled: at a leaf, or at the first open one."""
        nodes = self.nodes
        while node >= 0 and nodes[node][0] in settled:
            node = nodes[node][1 + settled[nodes[node][0]]]
        return node

    def support(self, node: int) -> set[int]:
        """The variables that a diagram looks at."""
        seen: set[int] = set()
        found: set[int] = set()
        stack = [node]
        while stack:
            current = stack.pop()
            if current >= 0 and current not in seen:
                seen.add(current)
                found.add(self.nodes[current][0])
                stack.extend(self.nodes[current][1:])
        return found

    def witness(self, condition: int) -> dict[int, int]:
        """One choice of values for which a truth other than FALSE holds."""
        choice: dict[int, int] = {}
        while condition >= 0:
            variable, *children = self.nodes[condition]
            value = next(i for i, child in enumerate(children) if child != FALSE)
            choice[variable] = value
            condition = children[value]
        return choice

    def flat(self, roots: Sequence[int]) -> tuple[Flat, list[int]]:
        """The nodes that the roots need as one array of numbers, and the roots in it.

        A node at position p is its variable at p and its children from p + 1 on.
        """
        cells: array[int] = array("i")
        place: dict[int, int] = {}

        def walk(node: int) -> int:
            if node < 0:
                return node
            if node not in place:
                variable, *children = self.nodes[node]
                placed = [walk(child) for child in children]
                place[node] = len(cells)
                cells.append(variable)
                cells.extend(placed)
            return place[node]

        placed = [walk(root) for root in roots]
        return Flat(cells, self.sizes), placed


class Flat:
    """Finished diagrams, read only: an array of numbers and the sizes of its variables."""

    __slots__ = ("_members", "_support", "cells", "sizes")

    def __init__(
        self, cells: array[int], sizes: Sequence[int], supports: dict[int, int] | None = None
    ) -> None:
        self.cells = cells
        self.sizes = sizes
        self._support = {} if supports is None else supports
        self._members: dict[int, tuple[int, ...]] = {}

    def rest(self, node: int, settled: Mapping[int, int]) -> int:
        """Where a diagram arrives with some variables settled: at a leaf, or at the first open one."""
        cells = self.cells
        while node >= 0:
            value = settled.get(cells[node])
            if value is None:
                return node
            node = cells[node + 1 + value]
        return node

    def after(self, node: int, variable: int, value: int) -> int:
        """Where a diagram stands once the first variable that it can look at is told."""
        if node < 0 or self.cells[node] != variable:
            return node
        return self.cells[node + 1 + value]

    def members(self, node: int) -> tuple[int, ...]:
        """The variables that a diagram looks at, in their order."""
        found = self._members.get(node)
        if found is None:
            bits = self.support(node)
            found = tuple(number for number in range(bits.bit_length()) if bits >> number & 1)
            self._members[node] = found
        return found

    def support(self, node: int) -> int:
        """The variables that a diagram looks at, as a set of bits."""
        if node < 0:
            return 0
        found = self._support.get(node)
        if found is None:
            variable = self.cells[node]
            found = 1 << variable
            for child in self.cells[node + 1 : node + 1 + self.sizes[variable]]:
                if child >= 0:
                    found |= self.support(child)
            self._support[node] = found
        return found
