"""Decision diagrams and answer sets against plain enumeration."""

from collections.abc import Callable, Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine.answersets import IMPOSSIBLE, AnswerSets
from wegweiser.engine.diagram import FALSE, TRUE, Diagrams, Flat, leaf, leaf_value
from wegweiser.engine.errors import EvaluationError

SIZES = (2, 3, 2, 4)
LIMIT = 10_000

Values = tuple[int, ...]
Function = Callable[[Values], int]

randoms = st.randoms(use_true_random=False)


def everything() -> Iterator[Values]:
    return product(*map(range, SIZES))


def end(store: Diagrams, node: int, values: Values) -> int:
    while node >= 0:
        variable, *children = store.nodes[node]
        node = children[values[variable]]
    return node


def condition(random: Random, store: Diagrams, depth: int = 3) -> tuple[int, Function]:
    """A random truth, as a diagram and as a function."""
    if depth == 0 or random.random() < 0.3:
        variable = random.randrange(len(SIZES))
        accepted = [random.random() < 0.5 for _ in range(SIZES[variable])]
        return store.test(variable, accepted), lambda values: accepted[values[variable]]
    (one, first), (two, second) = (condition(random, store, depth - 1) for _ in range(2))
    kind = random.randrange(4)
    if kind == 0:
        return store.both(one, two), lambda values: first(values) and second(values)
    if kind == 1:
        return store.either(one, two), lambda values: first(values) or second(values)
    if kind == 2:
        return store.negated(one), lambda values: not first(values)
    three, third = condition(random, store, depth - 1)
    return store.choose(one, two, three), lambda values: second(values) if first(values) else third(values)


def answers(random: Random, store: Diagrams) -> tuple[int, Function]:
    """A random choice among three answers."""
    (one, first), (two, second) = (condition(random, store, 2) for _ in range(2))
    diagram = store.choose(one, leaf(0), store.choose(two, leaf(1), leaf(2)))
    return diagram, lambda values: 0 if first(values) else 1 if second(values) else 2


def test_leaves_are_numbers_below_zero() -> None:
    assert [leaf_value(leaf(value)) for value in range(5)] == list(range(5))
    assert (leaf(0), leaf(1)) == (FALSE, TRUE)


@pytest.mark.fuzz
@given(randoms)
def test_diagrams_are_what_they_are_made_from(random: Random) -> None:
    store = Diagrams(SIZES, LIMIT)
    diagram, function = condition(random, store)
    for values in everything():
        assert end(store, diagram, values) == (TRUE if function(values) else FALSE)


@pytest.mark.fuzz
@given(randoms)
def test_equal_functions_are_equal_numbers(random: Random) -> None:
    store = Diagrams(SIZES, LIMIT)
    (one, first), (two, second) = (condition(random, store) for _ in range(2))
    same = all(bool(first(values)) == bool(second(values)) for values in everything())
    assert (one == two) == same
    assert store.negated(store.negated(one)) == one
    assert store.both(one, two) == store.negated(store.either(store.negated(one), store.negated(two)))


@pytest.mark.fuzz
@given(randoms)
def test_no_node_asks_in_vain_and_none_asks_upwards(random: Random) -> None:
    store = Diagrams(SIZES, LIMIT)
    condition(random, store)
    assert len(set(store.nodes)) == len(store.nodes)
    for variable, *children in store.nodes:
        assert len(set(children)) > 1
        assert all(child < 0 or store.nodes[child][0] > variable for child in children)


@pytest.mark.fuzz
@given(randoms, st.frozensets(st.integers(0, 2)))
def test_where_an_answer_holds(random: Random, wanted: frozenset[int]) -> None:
    store = Diagrams(SIZES, LIMIT)
    diagram, function = answers(random, store)
    found = store.where(diagram, wanted)
    for values in everything():
        assert end(store, found, values) == (TRUE if function(values) in wanted else FALSE)


@pytest.mark.fuzz
@given(randoms)
def test_a_witness_makes_a_condition_true_whatever_the_rest(random: Random) -> None:
    store = Diagrams(SIZES, LIMIT)
    diagram, function = condition(random, store)
    if diagram == FALSE:
        assert not any(function(values) for values in everything())
        return
    witness = store.witness(diagram)
    agreeing = [
        values for values in everything() if all(values[variable] == one for variable, one in witness.items())
    ]
    assert agreeing
    assert all(function(values) for values in agreeing)


@pytest.mark.fuzz
@given(randoms)
def test_flat_diagrams_keep_their_meaning(random: Random) -> None:
    store = Diagrams(SIZES, LIMIT)
    roots = [condition(random, store) for _ in range(3)]
    flat, placed = store.flat([root for root, _ in roots])
    for node, (_, function) in zip(placed, roots, strict=True):
        for values in everything():
            assert flat_end(flat, node, values) == (TRUE if function(values) else FALSE)
        assert flat.support(node) == support(function)


def flat_end(flat: Flat, node: int, values: Values) -> int:
    while node >= 0:
        node = flat.cells[node + 1 + values[flat.cells[node]]]
    return node


def support(function: Function) -> int:
    """The variables that a function depends on, as a set of bits."""
    found = 0
    for values in everything():
        for variable, size in enumerate(SIZES):
            for other in range(size):
                changed = (*values[:variable], other, *values[variable + 1 :])
                if bool(function(values)) != bool(function(changed)):
                    found |= 1 << variable
    return found


def test_a_store_that_outgrows_its_limit_says_so() -> None:
    store = Diagrams([2] * 20, 30)
    tests = [store.test(variable, [False, True]) for variable in range(20)]
    with pytest.raises(EvaluationError, match="outgrown its limit of 30 nodes") as caught:
        store.any_of(tests)
    assert "zu groß" in caught.value.text.de


# --- answer sets ---------------------------------------------------------------------------


def answer_set(random: Random, sets: AnswerSets) -> tuple[int, dict[Values, Any]]:
    """A random set of labels with impossible combinations, as a diagram and as a table."""
    table: dict[Values, Any] = {
        values: random.choice([IMPOSSIBLE, "a", "a", "b", "c"])
        for values in product(range(2), range(3), range(2))
    }

    def make(chosen: Values) -> int:
        if len(chosen) == 3:
            label = table[chosen]
            return IMPOSSIBLE if label == IMPOSSIBLE else sets.label(label)
        return sets.node(len(chosen), [make((*chosen, value)) for value in range((2, 3, 2)[len(chosen)])])

    return make(()), table


@pytest.mark.fuzz
@given(randoms)
def test_possible_labels_are_those_of_the_table(random: Random) -> None:
    sets = AnswerSets()
    root, table = answer_set(random, sets)
    assert set(sets.possible(root)) == set(table.values()) - {IMPOSSIBLE}


@pytest.mark.fuzz
@given(random=randoms, coarse=st.booleans())
def test_deciding_facts_change_the_label_alone(random: Random, *, coarse: bool) -> None:
    """A fact decides if two possible combinations differ in nothing else and have different keys."""
    sets = AnswerSets()
    root, table = answer_set(random, sets)

    def key(label: str) -> str:
        return "bc" if coarse and label in "bc" else label

    expected = {
        rank
        for values, one in table.items()
        for rank, size in enumerate((2, 3, 2))
        for other in range(size)
        if IMPOSSIBLE not in (one, two := table[*values[:rank], other, *values[rank + 1 :]])
        if key(one) != key(two)
    }
    assert set(sets.deciding(root, key)) == expected


def test_equal_sets_are_equal_numbers() -> None:
    sets = AnswerSets()
    one, two = sets.label("a"), sets.label("b")
    assert sets.label("a") == one
    assert sets.node(0, [one, one]) == one
    assert sets.node(0, [one, two]) == sets.node(0, [one, two])
    assert sets.possible(IMPOSSIBLE) == []
