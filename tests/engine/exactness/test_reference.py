"""The reference says what docs/rule-language.md says: small books, one sentence each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine.book import Book
from wegweiser.engine.reference import Contradiction, Label, Reference, World, question

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Plain as PlainType

    Plain = type[PlainType]

DAY = date(2026, 11, 22).toordinal()
KEINE = -1
VALUES: dict[str, Any] = {
    "b1": True,
    "b2": False,
    "b3": False,
    "w": "b",
    "z": 3,
    "l": "SY",
    "n": "§ 25 Abs. 2 Satz 1",
    "d1": date(2026, 8, 22).toordinal(),
    "d2": date(2026, 5, 1).toordinal(),
    "d3": KEINE,
}
TRUE = ["fact", "b1", "is", True]
FALSE = ["fact", "b1", "is", False]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def world(book: Book, values: dict[str, Any] | None = None, on: int = DAY) -> World:
    return World(book, {**VALUES, **(values or {})}, on)


# --- conditions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (["b1", "is", True], True),
        (["b1", "is", False], False),
        (["w", "is", "b"], True),
        (["w", "in", ["a", "c"]], False),
        (["w", "at_least", "b"], True),
        (["w", "above", "b"], False),
        (["w", "at_most", "a"], False),
        (["w", "below", "c"], True),
        (["z", "at_least", 3], True),
        (["z", "above", 3], False),
        (["z", "at_most", 3], True),
        (["z", "below", 3], False),
        (["z", "in", [2, 3]], True),
        (["l", "in", ["SY", "AF"]], True),
        (["n", "is", "§ 25 Abs. 2"], True),
        (["n", "is", "§ 25 Abs. 2 Satz 1"], True),
        (["n", "is", "§ 25 Abs. 2 Satz 2"], False),
        (["n", "in", ["§ 16a", "§ 25"]], True),
        (["n", "is", "§ 2"], False),
        (["d1", "is", day("2026-08-22")], True),
        (["d1", "in", [day("2026-08-21"), "keine"]], False),
        (["d1", "at_most", day("2026-08-22")], True),
        (["d1", "below", day("2026-08-22")], False),
        (["d1", "at_least", day("2026-08-22")], True),
        (["d1", "above", day("2026-08-22")], False),
        (["d3", "is", "keine"], True),
        (["d1", "is", "keine"], False),
        (["d3", "at_most", day("2026-08-22")], False),
        (["d3", "at_least", day("2026-08-22")], False),
        (["d3", "since", {"period": [0, 0]}], False),
        (["d3", "before", {"period": [0, 0]}], False),
        (["d1", "since", {"period": [3, 0]}], True),
        (["d1", "since", {"period": [3, 1]}], False),
        (["d1", "after", {"period": [3, 0]}], False),
        (["d1", "after", {"period": [2, 0]}], True),
        (["d1", "before", {"period": [0, 0]}], True),
        (["d1", "at_most", {"fact": "d2", "period": [3, 0]}], False),
        (["d1", "at_most", {"fact": "d2", "period": [4, 0]}], True),
        (["d1", "at_least", {"fact": "d2", "period": [3, 0]}], True),
        (["d1", "at_most", {"fact": "d3", "period": [3, 0]}], False),
        (["d1", "at_least", {"fact": "d3", "period": [3, 0]}], False),
    ],
    ids=str,
)
def test_tests_of_facts(plain: Plain, test: list[Any], expected: bool) -> None:  # noqa: FBT001 (a table)
    assert world(plain.book([])).holds(["fact", *test]) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        (["all", TRUE, TRUE], True),
        (["all", TRUE, FALSE], False),
        (["any", FALSE, TRUE], True),
        (["any", FALSE, FALSE], False),
        (["not", FALSE], True),
        (["unless", TRUE], False),
        (["any", FALSE, ["not", FALSE]], True),
    ],
    ids=str,
)
def test_combining_words(plain: Plain, condition: Any, expected: bool) -> None:  # noqa: FBT001 (a table)
    assert world(plain.book([])).holds(condition) is expected


def test_lists_and_parameters_have_days(plain: Plain) -> None:
    version = {"from": DAY, "to": DAY + 9}
    book = plain.book(
        [],
        lists={"staaten": plain.values("land", [{**version, "values": ["SY"]}])},
        parameters={"grenze": plain.values("zahl", [{**version, "value": 2}])},
    )
    listed = ["fact", "l", "in", {"list": "staaten"}]
    above = ["fact", "z", "above", {"param": "grenze"}]
    assert [world(book, on=DAY + at).holds(listed) for at in (-1, 0, 9, 10)] == [False, True, True, False]
    assert [world(book, on=DAY + at).holds(above) for at in (0, 9)] == [True, True]
    for decided in (True, False):
        told = {question("grenze"): decided}
        assert world(book, told, DAY - 1).holds(above) is decided


def test_a_derived_truth(plain: Plain) -> None:
    book = plain.book([], derived={"begriff": [plain.derived("bool", when=TRUE, to=DAY)]})
    here, later = world(book), world(book, on=DAY + 1)
    assert [here.holds(["derived", "begriff", "is", value]) for value in (True, False)] == [True, False]
    assert [later.holds(["derived", "begriff", "is", value]) for value in (True, False)] == [False, False]


def test_the_first_case_that_holds_decides(plain: Plain) -> None:
    cases = [{"when": FALSE, "value": "x"}, {"when": TRUE, "value": "y"}, {"when": None, "value": "z"}]
    periods = [{"when": FALSE, "value": [3, 0]}, {"when": None, "value": [4, 0]}]
    book = plain.book(
        [],
        derived={
            "klasse": [plain.derived("cases", cases=cases)],
            "frist": [plain.derived("period", cases=periods)],
        },
    )
    assert world(book).holds(["derived", "klasse", "in", ["y", "q"]])
    assert not world(book).holds(["derived", "klasse", "in", ["x", "z"]])
    waits = ["fact", "d1", "since", {"derived": "frist"}]
    assert not world(book).holds(waits)
    assert world(book, on=day("2026-12-22")).holds(waits)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (["since", {"period": [6, 0]}], True),
        (["since", {"period": [7, 0]}], False),
        (["at_least", day("2026-05-01")], True),
        (["at_least", day("2026-05-02")], False),
        (["above", day("2026-04-30")], True),
        (["at_most", day("2026-05-01")], True),
        (["is", day("2026-05-01")], True),
        (["is", day("2026-08-22")], False),
        (["is", "keine"], False),
        (["in", ["keine", day("2026-05-01")]], True),
    ],
    ids=str,
)
def test_the_earliest_of_dates(plain: Plain, test: list[Any], expected: bool) -> None:  # noqa: FBT001 (a table)
    book = plain.book([], derived={"anker": [plain.derived("earliest", earliest=["d1", "d2", "d3"])]})
    assert world(book).holds(["derived", "anker", *test]) is expected


def test_the_earliest_of_no_dates(plain: Plain) -> None:
    book = plain.book([], derived={"anker": [plain.derived("earliest", earliest=["d3"])]})
    assert world(book).holds(["derived", "anker", "is", "keine"])
    assert not world(book).holds(["derived", "anker", "at_least", 1])
    assert not world(book).holds(["derived", "anker", "since", {"period": [0, 0]}])


def test_ages_are_completed_years(plain: Plain) -> None:
    book = plain.book([], derived={"alter": [plain.derived("age", age="d1")]})
    born = {"d1": day("2008-11-23")}
    before, birthday = world(book, born), world(book, born, DAY + 1)
    for operator, young, adult in (
        ("at_least", False, True),
        ("below", True, False),
        ("above", False, False),
        ("at_most", True, True),
        ("is", False, True),
    ):
        assert before.holds(["derived", "alter", operator, 18]) is young, operator
        assert birthday.holds(["derived", "alter", operator, 18]) is adult, operator
    unborn = world(book, {"d1": KEINE})
    assert not any(
        unborn.holds(["derived", "alter", operator, 18]) for operator in ("at_least", "below", "is")
    )


# --- relations of rules ----------------------------------------------------------------------


def outcome(plain: Plain, *rules: dict[str, Any], **values: Any) -> str:
    return world(plain.book(rules), values).outcome("z.eins")


def test_without_an_effective_rule_the_default_counts(plain: Plain) -> None:
    assert outcome(plain) == "nein"
    assert outcome(plain, plain.rule("r", outcome="frei", when=FALSE)) == "nein"
    assert outcome(plain, plain.rule("r", outcome="frei", unless=TRUE)) == "nein"
    assert outcome(plain, plain.rule("r", outcome="frei", **{"from": DAY + 1})) == "nein"
    assert outcome(plain, plain.rule("r", outcome="frei", targets=["z.zwei"])) == "nein"


def test_the_strongest_permission_counts(plain: Plain) -> None:
    order = ["ermessen", "soll", "anspruch", "offen", "frei"]
    for place, strongest in enumerate(order):
        rules = [plain.rule(f"r{number}", outcome=one) for number, one in enumerate(order[: place + 1])]
        assert outcome(plain, *rules) == strongest


def test_an_exception_needs_a_parent_that_fires_and_replaces_it(plain: Plain) -> None:
    parent = plain.rule("a", outcome="anspruch", when=TRUE)
    exception = plain.rule("b", outcome="nein", exception_to=["a", "gone"])
    assert outcome(plain, parent, exception) == "nein"
    assert outcome(plain, {**parent, "when": FALSE, "outcome": "frei"}, exception) == "nein"
    assert outcome(plain, exception) == "nein"
    assert outcome(plain, plain.rule("b", outcome="frei", exception_to=["gone"])) == "nein"


def test_a_defeated_rule_still_keeps_its_parents_down(plain: Plain) -> None:
    ban = plain.rule("a", outcome="nein")
    claim = plain.rule("b", outcome="anspruch", exception_to=["a"])
    refusal = plain.rule("c", outcome="ermessen", exception_to=["b"])
    assert outcome(plain, ban, claim, refusal) == "ermessen"


def test_what_is_lifted_does_not_fire_and_what_it_held_down_comes_back(plain: Plain) -> None:
    claim = plain.rule("a", outcome="anspruch")
    bar = plain.rule("b", outcome="nein", prevails_over=["all"])
    lifting = plain.rule("c", lifts=["b"])
    assert outcome(plain, claim, bar) == "nein"
    assert outcome(plain, claim, bar, lifting) == "anspruch"
    assert outcome(plain, claim, bar, lifting, plain.rule("d", lifts=["c"])) == "nein"


def test_a_bar_goes_before_all_but_those_that_name_it(plain: Plain) -> None:
    bar = plain.rule("b", outcome="nein", prevails_over=["all"])
    assert outcome(plain, plain.rule("a", outcome="frei"), bar) == "nein"
    assert outcome(plain, bar, plain.rule("c", outcome="soll", prevails_over=["b"])) == "soll"
    through = plain.rule("d", outcome="frei", exception_to=["c"])
    assert outcome(plain, bar, plain.rule("c", outcome="soll", prevails_over=["b"]), through) == "frei"


def test_between_two_bars_the_prohibition_stands(plain: Plain) -> None:
    bars = [
        plain.rule("a", outcome="nein", prevails_over=["all"]),
        plain.rule("b", outcome="anspruch", prevails_over=["all"]),
    ]
    assert outcome(plain, *bars) == "nein"
    assert outcome(plain, bars[0], {**bars[1], "prevails_over": ["all", "a"]}) == "anspruch"


def test_a_prohibition_beside_a_permission_is_a_contradiction(plain: Plain) -> None:
    with pytest.raises(Contradiction):
        outcome(plain, plain.rule("a", outcome="nein"), plain.rule("b", outcome="ermessen"))
    assert outcome(plain, plain.rule("a", outcome="nein"), plain.rule("b", outcome="offen")) == "offen"


def test_the_approval_is_a_conclusion_of_its_own(plain: Plain) -> None:
    permission = plain.rule("a", outcome="soll", ba="erforderlich")
    without = plain.rule("b", ba="nicht_erforderlich", exception_to=["a"], when=["fact", "b2", "is", True])
    limit = plain.rule("c", outcome="nein", exception_to=["a"], when=["ba", ["erforderlich"]])
    book = plain.book([permission, without, limit])
    assert world(book).approval("z.eins") == "erforderlich"
    assert world(book).outcome("z.eins") == "nein"
    assert world(book, {"b2": True}).approval("z.eins") == "nicht_erforderlich"
    assert world(book, {"b2": True}).outcome("z.eins") == "soll"
    assert world(plain.book([])).approval("z.eins") is None


def test_targets_read_each_other(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="frei", when=["fact", "b2", "is", True]),
        plain.rule("b", outcome="soll", targets=["z.zwei"], when=["target", "z.eins", ["frei", "soll"]]),
    ]
    assert world(plain.book(rules)).outcome("z.zwei") == "nein"
    assert world(plain.book(rules), {"b2": True}).outcome("z.zwei") == "soll"
    untreated = plain.book(rules, targets={"z.eins": plain.target(default=None), "z.zwei": plain.target()})
    assert world(untreated).outcome("z.eins") == "offen"
    for decided, expected in ((True, "soll"), (False, "nein")):
        assert world(untreated, {question("z.eins"): decided}).outcome("z.zwei") == expected


def test_who_is_not_treated_gets_no_answer(plain: Plain) -> None:
    targets = {"z.eins": plain.target(treated=["fact", "b2", "is", True])}
    book = plain.book([plain.rule("a", outcome="frei")], targets=targets)
    assert world(book).outcome("z.eins") == "offen"
    assert world(book, {"b2": True}).outcome("z.eins") == "frei"


# --- relations of facts ----------------------------------------------------------------------


def test_orders_leave_out_dates_that_are_keine(plain: Plain) -> None:
    book = plain.book([], relations=[plain.relation(in_order=["d2", "d3", "d1"])])
    assert world(book).possible()
    assert world(book, {"d1": DAY - 300}).possible() is False
    assert world(book, {"d1": DAY - 300, "d2": KEINE}).possible()
    assert world(book, {"d3": DAY}).possible() is False
    chained = [plain.relation(in_order=["d2", "d3"]), plain.relation(in_order=["d3", "d1"])]
    assert world(plain.book([], relations=chained), {"d1": DAY - 300}).possible()


def test_relations_hold_where_their_condition_holds(plain: Plain) -> None:
    order = plain.relation(in_order=["d1", "d2"], when=["fact", "b2", "is", True])
    implied = plain.relation(**{"if": ["fact", "b3", "is", True], "then": ["fact", "w", "at_least", "b"]})
    book = plain.book([], relations=[order, implied])
    assert world(book).possible()
    assert not world(book, {"b2": True}).possible()
    assert world(book, {"b3": True}).possible()
    assert not world(book, {"b3": True, "w": "a"}).possible()


# --- time and unknown facts ------------------------------------------------------------------


def label(plain: Plain, *rules: dict[str, Any], **values: Any) -> Label:
    return Reference(plain.book(rules)).label({**VALUES, **values}, "z.eins", DAY)


def test_not_yet_is_derived_from_every_kind_of_time(plain: Plain) -> None:
    waits = plain.rule(
        "a", outcome="soll", ba="erforderlich", when=["fact", "d1", "after", {"period": [3, 0]}]
    )
    assert label(plain, waits) == Label("noch_nicht", "soll", DAY + 1, "erforderlich")
    assert label(plain, waits, d1=DAY - 300) == Label("soll", zustimmung="erforderlich")
    assert label(plain, waits, d1=KEINE) == Label("nein")
    assert label(plain, plain.rule("a", outcome="frei", **{"from": DAY + 40})) == Label(
        "noch_nicht", "frei", DAY + 40, "nicht_erforderlich"
    )
    ends = plain.rule("a", outcome="nein", prevails_over=["all"], to=DAY + 6)
    assert label(plain, ends, plain.rule("b", outcome="ermessen")) == Label("noch_nicht", "ermessen", DAY + 7)
    alter = {"alter": [plain.derived("age", age="d1")]}
    adult = plain.rule("a", outcome="frei", when=["derived", "alter", "at_least", 18])
    young = Reference(plain.book([adult], derived=alter))
    assert young.label({**VALUES, "d1": day("2010-02-28")}, "z.eins", DAY).ab == day("2028-02-28")


def test_what_opens_only_for_a_while_counts_and_what_is_open_today_is_no_refusal(plain: Plain) -> None:
    opens = ["fact", "d1", "since", {"period": [4, 0]}]
    closes = ["not", ["fact", "d1", "since", {"period": [4, 1]}]]
    assert label(plain, plain.rule("a", outcome="frei", when=["all", opens, closes])).ab == day("2026-12-22")
    later = plain.rule("b", outcome="frei", **{"from": DAY + 1})
    assert label(plain, plain.rule("a", outcome="offen", to=DAY), later) == Label("offen")


def test_unknown_facts_are_tried(plain: Plain) -> None:
    rules = [
        plain.rule("a", outcome="soll", when=["all", ["fact", "b2", "is", True], ["fact", "w", "is", "b"]]),
        plain.rule("b", outcome="soll", when=["all", ["fact", "b2", "is", False], ["fact", "w", "is", "b"]]),
    ]
    order = plain.relation(**{"if": ["fact", "b3", "is", True], "then": ["fact", "w", "is", "b"]})
    reference = Reference(plain.book(rules, relations=[order]))
    unknown: dict[str, list[Any]] = {"b2": [True, False], "w": ["a", "b", "c"]}
    answers = reference.answers(VALUES, unknown, "z.eins", DAY)
    assert {one.ergebnis for one in answers.labels.values()} == {"soll", "nein"}
    assert answers.deciding(lambda one: one.ergebnis) == {"w"}
    bound = reference.answers({**VALUES, "b3": True}, unknown, "z.eins", DAY)
    assert set(bound.labels.values()) == {Label("soll")}
    assert bound.deciding(lambda one: one.ergebnis) == set()


def test_questions_of_the_book_are_no_missing_facts(plain: Plain) -> None:
    rule = plain.rule("a", outcome="frei", when=["fact", "z", "above", {"param": "grenze"}])
    book = plain.book([rule], parameters={"grenze": plain.values("zahl", [])})
    answers = Reference(book).answers(VALUES, {question("grenze"): [True, False]}, "z.eins", DAY)
    assert {one.ergebnis for one in answers.labels.values()} == {"frei", "nein"}
    assert answers.deciding(lambda one: one.ergebnis) == set()


def test_no_day_on_which_anything_changes_is_left_out(plain: Plain) -> None:
    """On every other day each rule fires as on the day before."""
    book = plain.book(
        [
            plain.rule("a", when=["fact", "d1", "since", {"period": [3, 1]}], outcome="frei", to=DAY + 50),
            plain.rule("b", when=["fact", "d1", "after", {"derived": "frist"}], outcome="frei"),
            plain.rule("c", when=["fact", "d2", "before", {"param": "frist_c"}], outcome="frei"),
            plain.rule("d", when=["derived", "alter", "above", {"param": "alter_d"}], outcome="frei"),
        ],
        derived={
            "frist": [plain.derived("period", cases=[{"when": None, "value": [4, 0]}])],
            "alter": [plain.derived("age", age="d2")],
        },
        parameters={
            "frist_c": plain.values("period", [{"from": None, "to": None, "value": [0, 20]}]),
            "alter_d": plain.values("zahl", [{"from": None, "to": DAY + 70, "value": 0}]),
        },
    )
    values = {**VALUES, "d2": DAY + 30, question("alter_d"): False}
    looked_at = Reference(book).turning_days(values, DAY)
    rules = [versions[0] for versions in book.data["rules"].values()]

    def state(on: int) -> list[bool]:
        there = World(book, values, on)
        return [there.fires(one, "z.eins") for one in book.rules_for("z.eins", on).values()]

    changing = [on for on in range(DAY + 1, DAY + 500) if state(on) != state(on - 1)]
    assert len(changing) >= len(rules)
    assert set(changing) <= set(looked_at)
