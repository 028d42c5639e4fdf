"""The smallest changes on small books, one sentence of the meaning each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Book, Profile, ProfileError, Ways, find_ways

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Plain as PlainType

    Plain = type[PlainType]

DAY = date(2026, 11, 22)
B1, B2, B3 = (["fact", name, "is", True] for name in ("b1", "b2", "b3"))
NO = {"b1": False, "b2": False, "b3": False, "w": "a", "z": 2}


def book(plain: Plain, *rules: dict[str, Any], steps: str = "b1 b2 w z", **more: Any) -> Book:
    facts = plain.facts()
    for name, entry in more.pop("facts", {}).items():
        facts.setdefault(name, {}).update(entry)
    for name in steps.split():
        facts[name]["aenderbar"] = True
    data = plain.data(rules, **more)
    data["vocabulary"]["facts"] = facts
    return Book(data)


def ways(book: Book, told: dict[str, Any] | None = None, most: int = 2, **more: Any) -> Ways:
    profile = Profile.from_facts(NO if told is None else told, book.vocabulary, DAY)
    return find_ways(book, profile, "z.eins", most, **more)


def short(found: Ways) -> list[dict[str, Any]]:
    return [{step.fact: step.values or step.spans for step in way.steps} for way in found.ways]


def test_no_way_has_a_step_too_many(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["all", B1, B2]),
        plain.rule("b", outcome="soll", when=["fact", "w", "is", "c"]),
    ]
    found = ways(book(plain, *rules))
    assert short(found) == [{"w": ("c",)}, {"b1": (True,), "b2": (True,)}]
    assert {way.day for way in found.ways} == {DAY}
    assert found.facts == ("b1", "b2", "w")
    assert short(ways(book(plain, *rules), most=1)) == [{"w": ("c",)}]


def test_what_nobody_can_change_stays(plain: Plain) -> None:
    found = ways(book(plain, plain.rule("a", outcome="soll", when=["all", B1, B3])))
    assert (found.ways, found.day) == ((), None)
    assert [
        (one.rule, one.bars, [reason.name for reason, _ in one.conditions]) for one in found.obstacles
    ] == [("a", False, ["b3"])]


def test_a_prohibition_that_stays_is_an_obstacle(plain: Plain) -> None:
    bar = plain.rule("b", outcome="nein", prevails_over=["all"], when=["fact", "b3", "is", False])
    found = ways(book(plain, plain.rule("a", outcome="soll", when=B1), bar))
    assert [(one.rule, one.bars) for one in found.obstacles] == [("b", True)]


def test_values_that_make_no_difference_are_one(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["fact", "w", "at_least", "b"]),
        plain.rule("b", outcome="soll", when=["fact", "z", "at_least", 4]),
        plain.rule("c", outcome="anspruch", when=["fact", "z", "at_least", 9]),
    ]
    found = ways(book(plain, *rules))
    assert short(found) == [{"w": ("b", "c")}, {"z": ((4, 8),)}, {"z": ((9, None),)}]
    assert [way.outcomes for way in found.ways] == [("soll",), ("soll",), ("anspruch",)]


def test_values_of_two_facts_are_put_together_only_where_all_go_with_all(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["all", B1, ["fact", "z", "at_least", 4]]),
        plain.rule("b", outcome="soll", when=["all", B1, B2, ["fact", "z", "at_least", 3]]),
    ]
    found = ways(book(plain, *rules), most=3)
    assert short(found) == [
        {"b1": (True,), "z": ((4, None),)},
        {"b1": (True,), "b2": (True,), "z": ((3, 3),)},
    ]


def test_waiting_is_no_step(plain: Plain) -> None:
    waits = plain.rule("a", outcome="soll", when=["fact", "d1", "since", {"period": [3, 0]}])
    sooner = plain.rule("b", outcome="soll", when=["all", B1, ["fact", "d1", "since", {"period": [1, 0]}]])
    later = plain.rule("c", outcome="soll", when=["all", B2, ["fact", "d1", "since", {"period": [6, 0]}]])
    found = ways(book(plain, waits, sooner, later), {**NO, "d1": date(2026, 11, 1)})
    assert found.day == date(2027, 2, 1)
    assert [(list(one), way.day) for one, way in zip(short(found), found.ways, strict=True)] == [
        (["b1"], date(2026, 12, 1))
    ]


def test_a_step_more_for_an_earlier_day(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["all", B1, ["fact", "d1", "since", {"period": [3, 0]}]]),
        plain.rule("b", outcome="soll", when=["all", B1, B2]),
    ]
    found = ways(book(plain, *rules), {**NO, "d1": date(2026, 11, 1)})
    assert [(list(one), way.day) for one, way in zip(short(found), found.ways, strict=True)] == [
        (["b1"], date(2027, 2, 1)),
        (["b1", "b2"], DAY),
    ]


def test_what_is_open_can_become_better(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="ermessen"),
        plain.rule("b", outcome="soll", when=B1),
        plain.rule("c", outcome="ermessen", when=B2),
    ]
    found = ways(book(plain, *rules))
    assert found.open
    assert short(found) == [{"b1": (True,)}]
    best = ways(book(plain, plain.rule("a", outcome="frei"), plain.rule("b", outcome="soll", when=B1)))
    assert (best.open, best.ways) == (True, ())


# --- what is possible ------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "expected"), [("b1", []), ("b1 b2", [{"b1": (True,), "b2": (True,)}])])
def test_what_contradicts_another_fact_needs_that_changed_too(
    plain: Plain, steps: str, expected: list[dict[str, Any]]
) -> None:
    together = plain.relation(**{"if": B1, "then": B2})
    found = ways(book(plain, plain.rule("a", outcome="soll", when=B1), steps=steps, relations=[together]))
    assert short(found) == expected


def test_a_fact_that_does_not_exist_for_the_person_is_no_step(plain: Plain) -> None:
    facts = {"w": {"only_if": B3}}
    rule = plain.rule("a", outcome="soll", when=["fact", "w", "is", "c"])
    told = {"b1": False, "b3": False}
    assert short(ways(book(plain, rule, facts=facts), told)) == []
    assert short(ways(book(plain, rule, facts=facts), {**told, "b3": True})) == [{"w": ("c",)}]


def test_silence_that_means_another_fact_follows_it(plain: Plain) -> None:
    labels = {value: {"de": value, "en": value} for value in "abc"}
    facts = {"v": plain.fact("wahl", werte=labels, geordnet=True, ohne_angabe={"wie": "w"})}
    rule = plain.rule(
        "a", outcome="soll", when=["all", ["fact", "w", "is", "b"], ["fact", "v", "at_least", "b"]]
    )
    assert short(ways(book(plain, rule, facts=facts, steps="w v"))) == [{"w": ("b",)}]
    told = ways(book(plain, rule, facts=facts, steps="w v"), {**NO, "v": "a"})
    assert short(told) == [{"w": ("b",), "v": ("b", "c")}]


# --- what is unknown -------------------------------------------------------------------------


def test_an_unknown_step_can_be_found_out_or_brought_about(plain: Plain) -> None:
    found = ways(book(plain, plain.rule("a", outcome="soll", when=["all", B1, B2])), {"b1": False})
    assert short(found) == [{"b1": (True,), "b2": (True,)}]
    assert [step.known for step in found.ways[0].steps] == [True, False]


def test_an_unknown_fact_that_decides_has_to_be_told_first(plain: Plain) -> None:
    rules = [plain.rule("a", outcome="soll", when=["all", B1, B3])]
    found = ways(book(plain, *rules), {"b1": False, "b2": False})
    assert (short(found), found.ask, found.obstacles) == ([], ("b3",), ())


def test_whatever_the_unknown_turns_out_to_be(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="anspruch", when=["all", B1, B3]),
        plain.rule("b", outcome="ermessen", when=["all", B1, ["not", B3]]),
    ]
    found = ways(book(plain, *rules), {"b1": False, "b2": False})
    assert [(short(found), way.outcomes) for way in found.ways] == [
        ([{"b1": (True,)}], ("anspruch", "ermessen"))
    ]
    assert found.ways[0].answer.ergebnis == "unklar"


def test_what_is_usual_is_assumed_when_asked_to(plain: Plain) -> None:
    usual = book(
        plain, plain.rule("a", outcome="soll", when=["all", B1, B3]), facts={"b3": {"ueblich": True}}
    )
    told = {"b1": False, "b2": False}
    assert short(ways(usual, told)) == []
    found = ways(usual, told, usual=True)
    assert (short(found), found.assumed, found.ask) == ([{"b1": (True,)}], ("b3",), ())


# --- dates -----------------------------------------------------------------------------------


def test_only_days_to_come_can_be_chosen(plain: Plain) -> None:
    near = plain.rule("a", outcome="soll", when=["fact", "d3", "before", {"period": [0, 10]}])
    bar = plain.rule(
        "b", outcome="nein", prevails_over=["all"], when=["fact", "d3", "below", DAY.toordinal()]
    )
    facts = {"d3": {"future": True}}
    dated = book(plain, near, bar, facts=facts, steps="d3")
    found = ways(dated, {"d3": date(2027, 6, 1)})
    assert found.day == date(2027, 5, 22)
    assert short(found) == [{"d3": ((DAY, date(2026, 12, 2)),)}]
    assert short(ways(dated, {"d3": date(2026, 1, 1)})) == [{"d3": ((DAY, date(2026, 12, 2)),)}]
    past = book(plain, plain.rule("a", outcome="soll", when=["fact", "d1", "is", "keine"]), steps="d1")
    assert ways(past, {"d1": date(2026, 1, 1)}).facts == ()


def test_what_has_happened_stays_so(plain: Plain) -> None:
    never = plain.rule("a", outcome="soll", when=["fact", "d3", "is", "keine"])
    dated = book(plain, never, facts={"d3": {"future": True}}, steps="d3")
    assert short(ways(dated, {"d3": date(2027, 6, 1)})) == [{"d3": ("keine",)}]
    assert short(ways(dated, {"d3": date(2026, 6, 1)})) == []


def test_a_date_and_another_fact(plain: Plain) -> None:
    rule = plain.rule("a", outcome="soll", when=["all", B1, ["fact", "d3", "before", {"period": [0, 10]}]])
    dated = book(plain, rule, facts={"d3": {"future": True}}, steps="b1 d3")
    found = ways(dated, {**NO, "d3": "keine"})
    assert short(found) == [{"b1": (True,), "d3": ((DAY, date(2026, 12, 2)),)}]
    assert ways(dated, {**NO, "d3": "keine"}, most=1).ways == ()


def test_a_fact_on_which_only_an_order_of_unknown_dates_depends(plain: Plain) -> None:
    rule = plain.rule("a", outcome="soll", when=["fact", "d1", "at_most", {"fact": "d2", "period": [0, 0]}])
    facts = {"d1": {"always": True}, "d2": {"always": True}}
    order = plain.relation(in_order=["d1", "d2"], when=B1)
    ordered = book(plain, rule, facts=facts, relations=[order])
    assert short(ways(ordered, {"b1": False})) == [{"b1": (True,)}]
    assert short(ways(ordered, {"b1": True})) == []


# --- limits ----------------------------------------------------------------------------------


def test_what_the_book_does_not_decide_has_no_ways(plain: Plain) -> None:
    targets = {"z.eins": plain.target(default=None)}
    found = ways(book(plain, targets=targets))
    assert (found.ways, found.facts, found.answer.grund) == ((), (), "nicht_behandelt")


def test_facts_that_contradict_each_other_are_refused(plain: Plain) -> None:
    together = plain.relation(**{"if": ["fact", "b1", "is", False], "then": B2})
    with pytest.raises(ProfileError):
        ways(book(plain, plain.rule("a", outcome="soll", when=B1), relations=[together]))
