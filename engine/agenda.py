"""What happens next: steps, and what cannot wait, as they follow from the answers.

The agenda decides no law. The facts of the person and the answers of a report are looked at once and
become atoms, words of a closed vocabulary that hold for certain; the absence of something is an atom of
its own. Rules chain from atoms to further atoms, steps and dangers. Here they are chained in plain Python;
`agenda_durable` does the same with durable-rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from typing import Any

from wegweiser.engine.agendatypes import Agenda, Alert, Prospect, Todo
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.facts import Facts
from wegweiser.engine.periods import FAR, Period, turn
from wegweiser.engine.profile import Profile
from wegweiser.engine.relations import apply_relations
from wegweiser.engine.text import Text
from wegweiser.engine.truth import Truth

__all__ = [
    "Agenda",
    "Alert",
    "Executor",
    "Prospect",
    "Rules",
    "Todo",
    "agenda_citations",
    "agenda_of",
    "fire",
]

Rules = Sequence[Mapping[str, Any]]

Executor = Callable[[Rules, Collection[str]], Collection[str]]
"""From the rules and the atoms that hold to the ids of the rules that fire."""


def fire(rules: Rules, atoms: Collection[str]) -> frozenset[str]:
    """The ids of the rules that fire, until nothing new follows."""
    known = set(atoms)
    fired: set[str] = set()
    waiting = list(rules)
    while True:
        ready = [rule for rule in waiting if known.issuperset(rule["all"])]
        if not ready:
            return frozenset(fired)
        waiting = [rule for rule in waiting if not known.issuperset(rule["all"])]
        for rule in ready:
            fired.add(rule["id"])
            known.update(rule["adds"])


def agenda_of(book: Book, profile: Profile, answers: Iterable[Answer], executor: Executor = fire) -> Agenda:
    """The agenda for a profile on its day, from answers given for it."""
    case = _Case(book, profile, {answer.ziel: answer for answer in answers})
    rules: Rules = book.data["agenda"]["rules"]
    atoms = tuple(name for name, entry in book.data["agenda"]["atoms"].items() if case.holds(entry))
    fired = executor(rules, atoms)
    acting = [rule for rule in rules if rule["id"] in fired]
    return Agenda(
        case.alerts([rule for rule in acting if rule["alert"] is not None]),
        case.steps([rule for rule in acting if rule["step"] is not None]),
        tuple(rule["id"] for rule in acting),
        atoms,
        case.prospects(),
    )


class _Case:
    """One person with the answers of one day."""

    def __init__(self, book: Book, profile: Profile, answers: Mapping[str, Answer]) -> None:
        self.book = book
        self.profile = profile
        self.answers = answers
        self.changed: dict[tuple[Any, ...], Answer] = {}
        self.day = profile.day.toordinal()
        self.facts = Facts(book, profile, self.day)
        apply_relations(book, profile, self.facts)
        self.truth = Truth(book, self.facts, self.day)

    # --- atoms ---

    def holds(self, atom: Mapping[str, Any]) -> bool:
        """Whether an atom holds for certain."""
        when, unless, test = atom["when"], atom["unless"], atom["answer"]
        if when is not None and self.truth.reason(when).truth is not True:
            return False
        if unless is not None and self.truth.reason(unless).truth is True:
            return False
        return test is None or any(
            self._is(self._answer(name, test["with"]), test, self.day)
            for name in test["targets"]
            if name in self.answers
        )

    def _answer(self, name: str, change: Mapping[str, Any]) -> Answer:
        """An answer, or what it will be once a change is made; the same where that contradicts the facts."""
        stated = self.profile.stated
        if all(stated.get(fact) == value for fact, value in change.items()):
            return self.answers[name]
        key = (name, *change.items())
        if key not in self.changed:
            unknown = self.profile.unknown - change.keys()
            other = self.profile._replace(stated={**stated, **change}, unknown=unknown)
            try:
                self.changed[key] = Evaluation(self.book, other).answer(name)
            except ProfileError:
                self.changed[key] = self.answers[name]
        return self.changed[key]

    @staticmethod
    def _is(answer: Answer, test: Mapping[str, Any], today: int) -> bool:
        """Whether an answer is as wanted; what is expected where everything usual holds counts like it."""
        shown = answer.voraussichtlich or answer
        possible = (shown.ergebnis, *answer.moeglich)
        later = shown.dann if shown.ergebnis == "noch_nicht" else None
        return (
            (not test["in"] or shown.ergebnis in test["in"])
            and (not test["possible"] or any(one in test["possible"] for one in possible))
            and (not test["then"] or later in test["then"])
            and (
                test["within"] is None or _soon(_day_of(answer, test["within"]["day"]), test["within"], today)
            )
        )

    # --- what follows ---

    def prospects(self) -> tuple[Prospect, ...]:
        """Of the answers that were looked at with a change, those that it opens."""
        return tuple(
            Prospect(tuple(change), answer)
            for (name, *change), answer in self.changed.items()
            if self.answers[name].ergebnis == "nein"
            and (answer.voraussichtlich or answer).ergebnis in (*PERMISSIONS, "noch_nicht")
        )

    def alerts(self, rules: Rules) -> tuple[Alert, ...]:
        """The dangers of the rules that fired, by rank."""
        found = []
        for rule in sorted(rules, key=lambda one: one["alert"]["rank"]):
            entry = rule["alert"]
            day = _date(self._first_known(entry["day"]))
            found.append(Alert(rule["id"], Text(*entry["text"]), day, tuple(entry["normen"])))
        return tuple(found)

    def steps(self, rules: Rules) -> tuple[Todo, ...]:
        """The steps of the rules that fired: dependencies first, then days, then ranks."""
        found = {rule["id"]: self._step(rule) for rule in rules}
        keys = {
            rule["id"]: (self._begins(found[rule["id"]]), rule["step"]["rank"], place)
            for place, rule in enumerate(rules)
        }
        return tuple(found[name] for name in self._ordered(keys))

    def _ordered(self, keys: Mapping[str, tuple[int, ...]]) -> list[str]:
        """Of the steps that are ready the one with the smallest key comes next.

        A step that is not on the agenda still holds its successors behind its predecessors.
        """
        rules = self.book.data["agenda"]["rules"]
        order = TopologicalSorter({rule["id"]: rule["step"]["nach"] for rule in rules if rule["step"]})
        order.prepare()
        ready: list[tuple[tuple[int, ...], str]] = []
        found: list[str] = []
        while order.is_active():
            more = order.get_ready()
            for name in more:
                if name in keys:
                    heappush(ready, (keys[name], name))
                else:
                    order.done(name)
            if not more:
                name = heappop(ready)[1]
                found.append(name)
                order.done(name)
        return found

    def _begins(self, step: Todo) -> int:
        """From when, for the order; what can begin already begins today."""
        return self.day if step.first is None else max(step.first.toordinal(), self.day)

    def _step(self, rule: Mapping[str, Any]) -> Todo:
        entry = rule["step"]
        term = entry["frist"] or {"text": None, "from": [], "until": []}
        return Todo(
            rule["id"],
            Text(*entry["was"]),
            Text(*entry["wer"]),
            self._office(entry["wo"]) if isinstance(entry["wo"], str) else Text(*entry["wo"]),
            None if entry["papier"] is None else Text(*entry["papier"]),
            _date(self._first_known(term["from"])),
            _date(self._first_known(term["until"])),
            None if term["text"] is None else Text(*term["text"]),
            tuple(entry["normen"]),
            entry["wo"] if isinstance(entry["wo"], str) else None,
        )

    def _office(self, name: str) -> Text:
        """The office of the place, of the Land, or the kind of office where neither is known."""
        office = self.book.data["agenda"]["offices"][name]
        places = self.book.data["vocabulary"].get("places") or {}
        for key, fact in (("places", "fact"), ("lands", "land")):
            found = office[key].get(self.facts.values.get(places.get(fact, "")))
            if found is not None:
                return Text(*found)
        return Text(*office["kind"])

    # --- days ---

    def _first_known(self, sources: Iterable[Mapping[str, Any]]) -> int | None:
        return next((day for day in map(self._source, sources) if day is not None), None)

    def _source(self, source: Mapping[str, Any]) -> int | None:
        """The day that a source gives; None where it is not known."""
        if "answer" in source:
            answer = self.answers.get(source["answer"])
            found = None if answer is None else _day_of(answer, source["day"])
            return None if found is None else found.toordinal()
        value = self.facts.values.get(source["fact"])
        if not isinstance(value, int) or value <= 0:  # unknown, or it has not happened
            return None
        if source["kind"] is None:
            return value
        period = Period(*source["period"])
        # of what comes "within" a period after a day, the last day is meant
        day = turn(source["kind"], period, value) - (source["kind"] == "after")
        return day if day < FAR else None


def _day_of(answer: Answer, name: str) -> date | None:
    """A day of an answer; `ab` and `bis` of what is expected where the outcome is open."""
    shown = answer.voraussichtlich if name in ("ab", "bis") else None
    found: date | None = getattr(shown or answer, name)
    return found


def _soon(day: date | None, near: Mapping[str, Any], today: int) -> bool:
    if day is None:
        return False
    last = day.toordinal()
    return turn("before", Period(*near["period"]), last) <= today <= last


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def agenda_citations(book: Book) -> list[dict[str, object]]:
    """Every rule of the agenda with the norms that it cites, for checking them against the law."""
    return [
        {"id": rule["id"], "normen": entry["normen"], "gilt_ab": None, "gilt_bis": None}
        for rule in book.data["agenda"]["rules"]
        for entry in (rule["step"], rule["alert"])
        if entry is not None
    ]
