"""Answers: what the compiled rules give for a person on a day, with the reasons.

`check` is a pure function of book, profile and offers' day. The exact part is `solve`; this module
reads the sets of labels as the contract words them and adds the proof.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wegweiser.engine.answers import Answer, Expected, Receipt, Report
from wegweiser.engine.compiled import Compiled
from wegweiser.engine.facts import Facts
from wegweiser.engine.periods import FAR
from wegweiser.engine.proof import Prover
from wegweiser.engine.relations import apply_relations
from wegweiser.engine.situation import Situation
from wegweiser.engine.solve import Query, Solution
from wegweiser.engine.timeline import Label

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Evaluation"]

_DECIDED = ("frei", "anspruch", "soll", "ermessen")


def _core(label: Label) -> tuple[str, str | None]:
    return label.ergebnis, label.dann


def _with_day(label: Label) -> tuple[str, str | None, int | None]:
    return label.ergebnis, label.dann, label.ab


def _approval(label: Label) -> str | None:
    return label.zustimmung


class Evaluation:
    """One profile on its day, target by target."""

    def __init__(self, book: Book, profile: Profile, offers_on: date | None = None) -> None:
        self.book = book
        self.profile = profile
        self.day = profile.day.toordinal()
        self.offers_on = offers_on or profile.day
        self.facts = Facts(book, profile, self.day)
        apply_relations(book, profile, self.facts)
        self.starts = [self.day, *(day for day in book.boundaries if day > self.day)]
        self._queries: dict[tuple[Any, ...], Query] = {}
        self.prover = Prover(book, self.facts, self.day)

    def report(self, targets: Sequence[str] | None = None) -> Report:
        """The answers for some targets (all by default) in the order of the book."""
        wanted = (
            self.book.targets if targets is None else [name for name in self.book.targets if name in targets]
        )
        receipt = Receipt(
            self.book.data["meta"]["name"],
            self.book.hash,
            date.fromordinal(self.book.data["meta"]["checked_until"]),
            self._digest(),
        )
        return Report(self.profile.day, self.offers_on, receipt, tuple(self.answer(name) for name in wanted))

    def _digest(self) -> str:
        plain = json.dumps([self.day, sorted(self.facts.told.items(), key=lambda item: item[0])], default=str)
        return hashlib.sha256(plain.encode()).hexdigest()

    def answer(self, target: str) -> Answer:
        """The answer for one target."""
        if self.book.epoch(self.day) < 0:
            return self.prover.answer(target, ergebnis="unklar", grund="vor_rechtsstand")
        if self.book.targets[target].data["default"] is None:
            return self.prover.answer(target, ergebnis="unklar", grund="nicht_behandelt")
        solution = self._solve(target, {}, approval=False)
        possible = solution.possible()
        kinds = list(dict.fromkeys(_core(label) for label in possible))
        if len(kinds) == 1 and kinds[0][0] != "offen":
            return self._definite(target, solution, kinds[0])
        return self._open(target, solution, kinds)

    # --- definite answers ---

    def _definite(self, target: str, solution: Solution, kind: tuple[str, str | None]) -> Answer:
        ergebnis, dann = kind
        ab, ab_fehlend = self._first_day(solution)
        approval, approval_fehlend = self._approval(target, ergebnis, {})
        return self.prover.answer(
            target,
            ergebnis=ergebnis,
            dann=dann,
            ab=ab,
            bis=self._last_day(target, solution, ergebnis, dann, ab),
            ab_fehlend=ab_fehlend,
            zustimmung_ba=approval,
            zustimmung_fehlend=approval_fehlend,
            annahmen=self._assumed(target),
        )

    def _first_day(self, solution: Solution) -> tuple[int | None, tuple[str, ...]]:
        labels = solution.possible()
        days = [label.ab for label in labels if label.ab is not None]
        if not days:
            return None, ()
        ranks = solution.sets.deciding(solution.root, lambda label: label.ab)
        moving = {name for label in labels for name in label.moving}
        names = list(solution.names(ranks))
        names += [name for name in solution.facts.values() if name in moving and name not in names]
        latest = max(days)
        return (None if latest >= FAR else latest), tuple(names)

    def _last_day(
        self, target: str, solution: Solution, ergebnis: str, dann: str | None, ab: int | None
    ) -> int | None:
        """The last day of the outcome (of `dann` for `noch_nicht`); None when open or not settled."""
        if ergebnis == "nein" or (dann is not None and ab is None) or len(solution.possible()) != 1:
            return None
        start = ab if ab is not None else self.day
        return self._query(target, {}, approval=False).ends(start)

    def _approval(
        self, target: str, ergebnis: str, more: dict[str, Any]
    ) -> tuple[str | None, tuple[str, ...]]:
        if not self.book.targets[target].zustimmung_ba or ergebnis == "nein":
            return None, ()
        if ergebnis == "frei":
            return "nicht_erforderlich", ()
        solution = self._solve(target, more, approval=True)
        values = {
            "nicht_erforderlich" if label.dann == "frei" else label.zustimmung
            for label in solution.possible()
        }
        if len(values) == 1:
            return values.pop(), ()
        ranks = solution.sets.deciding(solution.root, _approval)
        return "unklar", solution.names(ranks)

    # --- open answers ---

    def _open(self, target: str, solution: Solution, kinds: list[tuple[str, str | None]]) -> Answer:
        fehlend = solution.names(solution.sets.deciding(solution.root, _core))
        order = ("frei", "anspruch", "soll", "ermessen", "noch_nicht", "nein", "unklar")
        names = {"unklar" if ergebnis == "offen" else ergebnis for ergebnis, _ in kinds}
        moeglich = tuple(name for name in order if name in names) if len(kinds) > 1 else ()
        expected, annahmen, usual = self._expected(target, fehlend)
        assumed = self._assumed(target)
        return self.prover.answer(
            target,
            ergebnis="unklar",
            grund="angabe_fehlt" if fehlend else "nicht_behandelt",
            fehlend=fehlend,
            moeglich=moeglich,
            voraussichtlich=expected,
            annahmen=(*annahmen, *(name for name in assumed if name not in annahmen)),
            usual=usual,
        )

    def _expected(
        self, target: str, fehlend: tuple[str, ...]
    ) -> tuple[Expected | None, tuple[str, ...], dict[str, Any]]:
        """The answer where everything usual holds, and the usual facts that carry it."""
        entries = self.facts.entries
        usual = {
            name: entry["ueblich"]
            for name, entry in entries.items()
            if entry.get("ueblich") is not None and name not in self.facts.values
        }
        if not usual or not fehlend:
            return None, (), {}
        solution = self._solve(target, usual, approval=False)
        kind = self._single(solution)
        if kind is None:
            return None, (), {}
        carrying = dict(usual)
        for name in [*(name for name in usual if name not in fehlend), *reversed(fehlend)]:
            if name in carrying:
                fewer = {other: value for other, value in carrying.items() if other != name}
                if self._single(self._solve(target, fewer, approval=False)) == kind:
                    carrying = fewer
        ergebnis, dann = kind
        ab, _ = self._first_day(solution)
        approval, _ = self._approval(target, ergebnis, usual)
        bis = None
        if ergebnis != "nein" and len(solution.possible()) == 1 and (dann is None or ab is not None):
            bis = self._query(target, usual, approval=False).ends(ab if ab is not None else self.day)
        expected = Expected(ergebnis, _date(ab), dann, _date(bis), approval)
        annahmen = tuple(name for name in entries if name in carrying)
        return expected, annahmen, usual

    @staticmethod
    def _single(solution: Solution) -> tuple[str, str | None] | None:
        kinds = {_core(label) for label in solution.possible()}
        kind = kinds.pop() if len(kinds) == 1 else None
        return None if kind is None or kind[0] == "offen" else kind

    # --- what silence stands for ---

    def _assumed(self, target: str) -> tuple[str, ...]:
        """Facts whose silence was taken for a value, where another value would change the answer."""
        found = []
        visited = self._query(target, {}, approval=False).visited
        for name in self.facts.assumed:
            if visited & self._diagrams.variables.masks.get(name, 0):
                solution = self._solve(target, {name: None}, approval=False)
                ranks = solution.sets.deciding(solution.root, _with_day)
                if name in solution.names(ranks):
                    found.append(name)
        asked = [name for name in self.facts.asked if name in found]
        return (*asked, *(name for name in found if name not in asked))

    # --- queries ---

    @cached_property
    def _diagrams(self) -> Compiled:
        found: Compiled = self.book.compiled(self.book.epoch(self.day))
        return found

    @cached_property
    def _situation(self) -> Situation:
        return Situation(self._diagrams, self.facts.entries, self.facts.values, self.day)

    def _query(self, target: str, more: dict[str, Any], *, approval: bool) -> Query:
        """The question on a target, with further facts told (None: taken as unknown)."""
        compiled = self._diagrams
        roots = compiled.outcomes[target] + (compiled.approvals[target] if approval else [])
        key = (tuple(roots), tuple(sorted(more.items(), key=lambda item: item[0])))
        found = self._queries.get(key)
        if found is None:
            situation = self._situation.changed(more) if more else self._situation
            found = self._queries[key] = Query(situation, self.starts, target, approval=approval)
        return found

    def _solve(self, target: str, more: dict[str, Any], *, approval: bool) -> Solution:
        return self._query(target, more, approval=approval).solution


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
