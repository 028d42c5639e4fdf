"""Sets of answers over everything that is still unknown, as one small diagram.

A node is an unknown fact with one branch for each of its regions, a leaf a label (any value). IMPOSSIBLE
marks combinations that no person can have. Equal sets are equal numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["IMPOSSIBLE", "AnswerSets"]

IMPOSSIBLE = -1

Key = Callable[[Any], Hashable]


class AnswerSets:
    """A store of answer sets for one target and one person."""

    def __init__(self) -> None:
        self.labels: list[Any] = []
        self._label_ids: dict[Any, int] = {}
        self._nodes: list[tuple[int, ...]] = []
        self._unique: dict[tuple[int, ...], int] = {}
        self._kinds: dict[Key, dict[int, frozenset[Hashable]]] = {}
        self._deciders: dict[Key, dict[int, int]] = {}
        self._differ: dict[Key, dict[tuple[int, int], bool]] = {}

    def label(self, value: Hashable) -> int:
        """The set that is `value` throughout."""
        found = self._label_ids.get(value)
        if found is None:
            found = self._label_ids[value] = len(self.labels)
            self.labels.append(value)
        return -found - 2

    def node(self, rank: int, children: Sequence[int]) -> int:
        """The set that depends on the fact with this rank; ranks grow from the top down."""
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (rank, *children)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def possible(self, root: int, fixed: Mapping[int, int] | None = None) -> list[Any]:
        """All labels of a set; with `fixed` only those under certain branches of certain facts."""
        found: dict[Any, None] = {}
        seen: set[int] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node in seen or node == IMPOSSIBLE:
                continue
            seen.add(node)
            if node < 0:
                found.setdefault(self.labels[-node - 2])
            elif fixed and (place := fixed.get(self._nodes[node][0])) is not None:
                stack.append(self._nodes[node][1 + place])
            else:
                stack.extend(self._nodes[node][1:])
        return list(found)

    def projected(self, root: int, key: Key) -> tuple[AnswerSets, int]:
        """The set of what the labels say under `key`."""
        other = AnswerSets()
        known: dict[int, int] = {IMPOSSIBLE: IMPOSSIBLE}

        def project(node: int) -> int:
            found = known.get(node)
            if found is None:
                if node < 0:
                    found = other.label(key(self.labels[-node - 2]))
                else:
                    rank, *children = self._nodes[node]
                    found = other.node(rank, [project(child) for child in children])
                known[node] = found
            return found

        return other, project(root)

    def alike(self, root: int) -> dict[int, list[int]]:
        """For each rank that a set looks at one branch out of those that lead to the same everywhere."""
        nodes: dict[int, list[int]] = {}
        seen: set[int] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node >= 0 and node not in seen:
                seen.add(node)
                nodes.setdefault(self._nodes[node][0], []).append(node)
                stack.extend(self._nodes[node][1:])
        found = {}
        for rank, mine in nodes.items():
            columns = zip(*(self._nodes[node][1:] for node in mine), strict=True)
            first: dict[tuple[int, ...], int] = {}
            for place, column in enumerate(columns):
                first.setdefault(column, place)
            found[rank] = list(first.values())
        return found

    def kinds(self, node: int, key: Key) -> frozenset[Hashable]:
        """What the labels of a set say under `key`."""
        known = self._kinds.setdefault(key, {IMPOSSIBLE: frozenset()})
        found = known.get(node)
        if found is None:
            if node < 0:
                found = frozenset([key(self.labels[-node - 2])])
            else:
                found = frozenset().union(*[self.kinds(child, key) for child in set(self._nodes[node][1:])])
            known[node] = found
        return found

    def deciders(self, node: int, key: Key) -> int:
        """Ranks of the facts that can change `key` while all other facts stay, as a set of bits."""
        if node < 0:
            return 0
        known = self._deciders.setdefault(key, {})
        found = known.get(node)
        if found is None:
            found = 0
            rank, *children = self._nodes[node]
            distinct = list(dict.fromkeys(children))
            for child in distinct:
                found |= self.deciders(child, key)
            if not found >> rank & 1:
                pairs = ((one, two) for place, one in enumerate(distinct) for two in distinct[:place])
                found |= any(self.differ(one, two, key) for one, two in pairs) << rank
            known[node] = found
        return found

    def deciding(self, root: int, key: Key) -> list[int]:
        """Ranks of the facts that can change `key` of the label while all other facts stay."""
        bits = self.deciders(root, key)
        return [rank for rank in range(bits.bit_length()) if bits >> rank & 1]

    def branches(self, root: int, rank: int) -> list[int]:
        """The sets that are left of a set for each branch of one fact, in their order."""
        count = next((len(node) - 1 for node in self._below(root) if node[0] == rank), 1)
        return [self.within(root, rank, place) for place in range(count)]

    def within(self, root: int, rank: int, place: int) -> int:
        """The set that is left of a set where one fact takes one of its branches."""
        return self._within(root, rank, place, {})

    def _below(self, root: int) -> Iterator[tuple[int, ...]]:
        """Every node of a set once."""
        seen: set[int] = set()
        stack = [root]
        while stack:
            number = stack.pop()
            if number >= 0 and number not in seen:
                seen.add(number)
                yield self._nodes[number]
                stack.extend(self._nodes[number][1:])

    def _within(self, node: int, rank: int, place: int, known: dict[int, int]) -> int:
        if node < 0 or self._nodes[node][0] > rank:
            return node
        found = known.get(node)
        if found is None:
            top, *children = self._nodes[node]
            if top == rank:
                found = children[place]
            else:
                found = self.node(top, [self._within(child, rank, place, known) for child in children])
            known[node] = found
        return found

    def rank(self, node: int) -> int:
        """The rank of the fact that a node looks at."""
        return self._nodes[node][0]

    def children(self, node: int) -> tuple[int, ...]:
        """The branches of a node."""
        return self._nodes[node][1:]

    def label_of(self, node: int) -> Any:
        """The label of a leaf."""
        return self.labels[-node - 2]

    def differ(self, one: int, two: int, key: Key) -> bool:
        """Whether two sets differ under `key` on a combination that is possible in both."""
        if one == two or IMPOSSIBLE in (one, two):
            return False
        if one < 0 and two < 0:
            return key(self.labels[-one - 2]) != key(self.labels[-two - 2])
        pair = (one, two) if one < two else (two, one)
        known = self._differ.setdefault(key, {})
        found = known.get(pair)
        if found is None:
            ranks = [self._nodes[node][0] for node in pair if node >= 0]
            top = min(ranks)
            branches = []
            for node in pair:
                looks = node >= 0 and self._nodes[node][0] == top
                branches.append(self._nodes[node][1:] if looks else None)
            count = len(next(branch for branch in branches if branch is not None))
            left, right = (branch or (node,) * count for branch, node in zip(branches, pair, strict=True))
            found = any(self.differ(a, b, key) for a, b in zip(left, right, strict=True))
            known[pair] = found
        return found
