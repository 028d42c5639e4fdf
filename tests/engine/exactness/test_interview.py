"""Which question comes next on small books, one sentence of the meaning each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Book, Interview, ProfileError

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Plain as PlainType

    Plain = type[PlainType]

DAY = date(2026, 11, 22)
B1, B2, B3 = (["fact", name, "is", True] for name in ("b1", "b2", "b3"))


def start(plain: Plain, *rules: dict[str, Any], told: dict[str, Any] | None = None, **more: Any) -> Interview:
    facts = plain.facts()
    for name, entry in more.pop("facts", {}).items():
        facts[name].update(entry)
    targets = more.pop("targets", None)
    data = plain.data(rules, **more)
    data["vocabulary"]["facts"] = facts
    return Interview(Book(data), told or {}, DAY, targets)


def test_the_fact_that_settles_most_comes_first(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["all", B1, B3]),
        plain.rule("b", outcome="frei", when=["all", B2, B3]),
    ]
    now = start(plain, *rules)
    assert now.question == "b3"
    assert now.told("b3", raw=False).question is None
    assert now.told("b3", raw=False).open == ()
    assert now.told("b3", raw=True).question in ("b1", "b2")


def test_what_nobody_knows_is_not_asked_again_and_stays_open(plain: Plain) -> None:
    now = start(plain, plain.rule("a", outcome="soll", when=B1)).told("b1", raw=None)
    assert (now.question, now.open, now.missing()) == (None, ("z.eins",), ("b1",))
    assert now.entries == {"b1": "unbekannt"}


def test_only_what_bears_on_the_targets_asked_about(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=B1),
        plain.rule("b", outcome="soll", when=B2, targets=["z.zwei"]),
    ]
    assert start(plain, *rules, targets=["z.zwei"]).missing() == ("b2",)
    assert start(plain, *rules, targets=["z.zwei"]).told("b2", raw=True).question is None
    assert set(start(plain, *rules).missing()) == {"b1", "b2"}


def test_a_fact_that_may_not_exist_waits_for_what_decides_that(plain: Plain) -> None:
    rule = plain.rule("a", outcome="soll", when=["fact", "w", "is", "c"])
    now = start(plain, rule, facts={"w": {"only_if": B3}})
    assert now.question == "b3"
    assert now.told("b3", raw=True).question == "w"
    assert now.told("b3", raw=False).question is None
    assert now.told("b3", raw=None).question is None


def test_what_is_told_at_the_start_is_not_asked(plain: Plain) -> None:
    rule = plain.rule("a", outcome="soll", when=["all", B1, B2])
    assert start(plain, rule, told={"b1": True}).question == "b2"
    assert start(plain, rule, told={"b1": False}).question is None


def test_going_back_leaves_nothing_of_the_answer(plain: Plain) -> None:
    now = start(plain, plain.rule("a", outcome="soll", when=["all", B1, B2]))
    first = now.question
    assert first is not None
    assert now.told(first, raw=False).open == ()
    assert (now.question, now.open, now.entries) == (first, ("z.eins",), {})


def test_a_contradiction_is_told(plain: Plain) -> None:
    together = plain.relation(**{"if": B1, "then": B2})
    now = start(plain, plain.rule("a", outcome="soll", when=B1), relations=[together]).told("b2", raw=False)
    with pytest.raises(ProfileError):
        now.told("b1", raw=True).question  # noqa: B018
