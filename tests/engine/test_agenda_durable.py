"""durable-rules gives the same agenda as plain Python, and cannot hurt when it crashes, hangs or lies."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.engine import agenda, agenda_durable
from wegweiser.engine.agenda_durable import AgendaError, fire_all
from wegweiser.engine.agendalimits import ATOMS_A_RULE, RULES_ON_AN_ATOM, too_large

RULES = [{"id": "one", "all": ["x:a"], "adds": ["x:b"]}, {"id": "two", "all": ["x:b", "x:c"], "adds": []}]


@pytest.fixture(scope="session")
def durable() -> None:
    pytest.importorskip("durable.engine", reason="durable-rules does not import here", exc_type=ImportError)


def generated(seed: int) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Rules with chains, circles and rules that never fire, and cases for them."""
    pick = random.Random(seed)
    atoms = [f"g{pick.randrange(5)}.x:a{number}" for number in range(pick.randrange(2, 30))]
    rules = [
        {
            "id": f"r{number}",
            "all": pick.sample(atoms, min(len(atoms), pick.randrange(1, 5))),
            "adds": pick.sample(atoms, pick.randrange(0, 3)),
        }
        for number in range(pick.randrange(1, 40))
    ]
    cases = [pick.sample(atoms, pick.randrange(0, len(atoms) + 1)) for _ in range(8)]
    return rules, cases


@pytest.mark.usefixtures("durable")
@pytest.mark.parametrize("seed", range(12))
def test_both_fire_the_same_rules(seed: int) -> None:
    rules, cases = generated(seed)
    assert too_large(rules) == []
    plain = [agenda.fire(rules, atoms) for atoms in cases]
    assert fire_all(rules, cases) == plain
    assert any(plain)


ATOMS = st.sampled_from([f"g{group}:a{name}" for group in range(4) for name in range(5)])
SOME = st.lists(ATOMS, unique=True, max_size=8)


@pytest.mark.fuzz
@pytest.mark.usefixtures("durable")
@settings(max_examples=max(10, settings().max_examples // 4), deadline=None)
@given(
    st.lists(st.tuples(st.lists(ATOMS, unique=True, min_size=1, max_size=4), SOME), min_size=1, max_size=25),
    st.lists(SOME, min_size=1, max_size=6),
)
def test_both_fire_the_same_rules_whatever_they_are(
    written: list[tuple[list[str], list[str]]], cases: list[list[str]]
) -> None:
    rules = [{"id": f"r{place}", "all": wants, "adds": adds} for place, (wants, adds) in enumerate(written)]
    assert too_large(rules) == []
    assert fire_all(rules, cases) == [agenda.fire(rules, atoms) for atoms in cases]


@pytest.mark.usefixtures("durable")
def test_the_largest_agenda_that_is_allowed() -> None:
    wide = [{"id": "wide", "all": [f"g:a{n}" for n in range(ATOMS_A_RULE)], "adds": ["g:done"]}]
    many = [{"id": f"r{n}", "all": ["g:done"], "adds": [f"h{n}:x"]} for n in range(RULES_ON_AN_ATOM)]
    long = [{"id": f"s{n}", "all": [f"h{n}:x"], "adds": []} for n in range(RULES_ON_AN_ATOM)]
    rules = wide + many + long
    assert too_large(rules) == []
    cases = [wide[0]["all"], wide[0]["all"][1:]]
    assert [len(fired) for fired in fire_all(rules, cases)] == [1 + 2 * RULES_ON_AN_ATOM, 0]


@pytest.mark.usefixtures("durable")
def test_more_cases_than_the_library_can_hold_at_once() -> None:
    cases = [["x:a", "x:c"] if number % 2 else ["x:c"] for number in range(1100)]
    assert [len(fired) for fired in fire_all(RULES, cases)] == [0, 2] * 550


def test_no_atoms_and_no_cases_need_no_more_than_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_durable, "installed", lambda: None)
    with pytest.raises(AgendaError, match="not installed"):
        agenda_durable.fire(RULES, ["x:a"])


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "crashed (SIGABRT)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed (SIGSEGV)"),
        ("import time; time.sleep(60)", "no answer in 0.5 s"),
        ("while True: pass", "no answer in 0.5 s"),
        ("raise RuntimeError('state is broken')", "RuntimeError: state is broken"),
        ("import no_such_library", "No module named 'no_such_library'"),
        ("print('not json')", "cannot be read"),
        ("print('[]')", "does not fit"),
        ("print('[[1]]')", "does not fit"),
        ('print("[[\\"three\\"]]")', "does not fit"),
        ("print('{{}}')", "does not fit"),
    ],
)
def test_whatever_happens_in_the_library_is_contained(program: str, said: str) -> None:
    with pytest.raises(AgendaError) as caught:
        fire_all(RULES, [["x:a"]], seconds=0.5, child=program)
    assert said in caught.value.text.en
    assert caught.value.text.de.startswith("durable-rules: ")
