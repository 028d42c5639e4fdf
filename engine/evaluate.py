"""Answers: what the compiled rules give for a person on a day, with the reasons.

`check` is a pure function of book, profile and offers' day. The exact part is `solve`; this module
reads the sets of labels as the contract words them and adds the proof.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.answers import Answer, Expected, Receipt, Report
from wegweiser.engine.compiled import Compiled
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.facts import Facts
from wegweiser.engine.gaps import Contest, Label
from wegweiser.engine.proof import Prover
from wegweiser.engine.relations import apply_relations
from wegweiser.engine.situation import Situation
from wegweiser.engine.solve import Query, Table
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.board import Board
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Evaluation", "Verdict"]

_DECIDED = ("frei", "anspruch", "soll", "ermessen")


_IMPOSSIBLE = Text(
    "die Angaben passen zusammen zu keiner Person; bitte Tage und Status prüfen",
    "no person can have these facts together; please check days and status",
)


def _core(label: Label) -> tuple[str, str | None]:
    return label.ergebnis, label.dann


def _with_day(label: Label) -> tuple[str, str | None, int | None]:
    return label.ergebnis, label.dann, label.ab


def _approval(label: Label) -> str | None:
    return "nicht_erforderlich" if label.dann == "frei" else label.zustimmung


class Verdict(NamedTuple):
    """What is possible for a target, without days, reasons and what goes with them."""

    ergebnis: str
    dann: str | None = None
    grund: str | None = None
    """Why it is `unklar`."""
    fehlend: tuple[str, ...] = ()
    moeglich: tuple[str, ...] = ()


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
        self._tables: dict[tuple[Any, ...], Table] = {}
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

    def query(self, target: str, more: dict[str, Any], *, approval: bool = False) -> Query:
        """The exact question on a target, with further facts told."""
        return self._query(target, more, approval=approval)

    def delicate(self, target: str) -> frozenset[Contest]:
        """The periods of unknown dates of which it counts for the answer which one runs out first."""
        roots = {
            root
            for found in (self._diagrams.outcomes, self._diagrams.approvals)
            for root in found.get(target, ())
        }
        asked = [query for (_, asked), query in self._queries.items() if roots.issuperset(asked)]
        return frozenset().union(*[query.delicate for query in asked])

    def situation(self) -> Situation:
        """What is known of the person, in the regions of the diagrams."""
        return self._situation

    def board(self) -> Board:
        """The dates of the person."""
        return self._table({}).moments.board

    def outcomes(self, target: str) -> list[int]:
        """The diagrams of a target for the wordings from the day on."""
        found = self._diagrams.outcomes[target]
        return found[len(found) - len(self.starts) :]

    def choice(
        self, target: str, more: dict[str, Any], spans: dict[str, tuple[int, int]], *, chosen: bool
    ) -> Query:
        """The question on a target with facts told differently (None: open), dates within bounds.

        With `chosen` the open ones among them are up to the person: see `Situation.changed`.
        """
        situation = self._situation.changed(more, more if chosen else (), spans)
        return Query(Table(situation, self.starts, self.facts.silent), target, approval=False)

    def _digest(self) -> str:
        told = sorted(self.facts.told.items(), key=lambda item: item[0])
        plain = json.dumps([self.day, told, self.facts.asked], default=str)
        return hashlib.sha256(plain.encode()).hexdigest()

    def plain_answer(self, target: str) -> Answer:
        """The answer for one target without what rests on what is usual or silent, which costs most."""
        grund = self.uncovered(target)
        if grund is not None:
            return self.prover.answer(target, ergebnis="unklar", grund=grund)
        found = self.verdict(target)
        if found.ergebnis == "unklar":
            return self.prover.answer(target, **found._asdict(), annahmen=(), voraussichtlich=None, usual={})
        return self._definite(target, found, silent=False)

    def answer(self, target: str) -> Answer:
        """The answer for one target."""
        grund = self.uncovered(target)
        if grund is not None:
            return self.prover.answer(target, ergebnis="unklar", grund=grund)
        found = self.verdict(target)
        return self._open(target, found) if found.ergebnis == "unklar" else self._definite(target, found)

    def uncovered(self, target: str) -> str | None:
        """Why the book cannot answer for a target on this day; None where it can."""
        if self.book.epoch(self.day) < 0 or self.day < self.book.targets[target].covered_from:
            return "vor_rechtsstand"
        return "nicht_behandelt" if self.book.targets[target].data["default"] is None else None

    def verdict(self, target: str) -> Verdict:
        """What is possible for a target that the book covers; ProfileError where nothing is."""
        kinds, fehlend = self._query(target, {}, approval=False).told(_core)
        if not kinds:
            raise ProfileError([Fault(self.profile.name, None, None, None, _IMPOSSIBLE)])
        if len(kinds) == 1 and kinds[0][0] != "offen":
            return Verdict(*kinds[0])
        if not fehlend and ("nein", None) in kinds and {one for one, _ in kinds} <= {"nein", "noch_nicht"}:
            # only the book is open, about later days (next year's amounts): the no of today stays
            return Verdict("nein")
        order = ("frei", "anspruch", "soll", "ermessen", "noch_nicht", "nein", "unklar")
        names = {"unklar" if ergebnis == "offen" else ergebnis for ergebnis, _ in kinds}
        moeglich = tuple(name for name in order if name in names) if len(kinds) > 1 else ()
        return Verdict("unklar", None, "angabe_fehlt" if fehlend else "nicht_behandelt", fehlend, moeglich)

    def roughly(self, target: str, usual: dict[str, Any]) -> Verdict | None:
        """The verdict where facts are as usual, without what is missing; None where that takes long."""
        query = self._query(target, {}, approval=False)
        found = query.roughly(usual, _core)
        if found is None or not found[0]:
            return None
        kinds, whole = found
        if len(kinds) == 1:
            return Verdict(*kinds[0]) if whole and kinds[0][0] != "offen" else None
        return (
            None if query.undecided else Verdict("unklar")
        )  # otherwise it may be the book alone that is open

    # --- definite answers ---

    def _definite(self, target: str, found: Verdict, *, silent: bool = True) -> Answer:
        ergebnis, dann = found.ergebnis, found.dann
        ab, ab_fehlend = self.first_day(target, {}) if dann else (None, ())
        approval, approval_fehlend = self._approval(target, ergebnis, {})
        return self.prover.answer(
            target,
            ergebnis=ergebnis,
            dann=dann,
            ab=ab,
            bis=self._last_day(target, {}, ergebnis, ab),
            ab_fehlend=ab_fehlend,
            zustimmung_ba=approval,
            zustimmung_fehlend=approval_fehlend,
            annahmen=self._assumed(target, days=dann is not None) if silent else (),
        )

    def first_day(self, target: str, more: dict[str, Any]) -> tuple[int | None, tuple[str, ...]]:
        """The day from which `dann` is certain, and the facts that could make it earlier.

        Only where the verdict has a `dann`, with further facts told.
        """
        return self._query(target, more, approval=False).first_day()

    def _last_day(self, target: str, more: dict[str, Any], ergebnis: str, ab: int | None) -> int | None:
        """The last day of the outcome (of `dann` for `noch_nicht`); None when open or not settled."""
        if ergebnis == "nein" or (ergebnis == "noch_nicht" and ab is None):
            return None
        return self._query(target, more, approval=False).ends(self.day if ab is None else ab)

    def _approval(
        self, target: str, ergebnis: str, more: dict[str, Any]
    ) -> tuple[str | None, tuple[str, ...]]:
        if not self.book.targets[target].zustimmung_ba or ergebnis == "nein":
            return None, ()
        if ergebnis == "frei":
            return "nicht_erforderlich", ()
        values, deciding = self._query(target, more, approval=True).told(_approval)
        return (values[0], ()) if len(values) == 1 else ("unklar", deciding)

    # --- open answers ---

    def _open(self, target: str, found: Verdict) -> Answer:
        expected, annahmen, usual = self._expected(target, found.fehlend)
        assumed = self._assumed(target, days=False)
        return self.prover.answer(
            target,
            ergebnis="unklar",
            grund=found.grund,
            fehlend=found.fehlend,
            moeglich=found.moeglich,
            voraussichtlich=expected,
            annahmen=(*annahmen, *(name for name in assumed if name not in annahmen)),
            usual=usual,
        )

    @cached_property
    def usual(self) -> dict[str, Any]:
        """What is usual of the facts that are not known."""
        return {
            name: self.book.usual(name)
            for name, entry in self.facts.entries.items()
            if entry.get("ueblich") is not None and name not in self.facts.values
        }

    def usually(self, target: str, names: Iterable[str] | None = None) -> tuple[str, str | None] | None:
        """Outcome and `dann` where unknown facts (these, or all) are as usual; None where they stay open."""
        usual = self.usual if names is None else {name: self.usual[name] for name in names}
        kinds = self.expected(target, usual)
        return kinds[0] if len(kinds) == 1 and kinds[0][0] != "offen" else None

    def expected(self, target: str, usual: dict[str, Any]) -> Sequence[tuple[str, str | None]]:
        """Every outcome with its `dann` that there can be where facts are as usual; none: nobody is so."""
        return self._query(target, {}, approval=False).expected(usual, _core)

    def _expected(
        self, target: str, fehlend: tuple[str, ...]
    ) -> tuple[Expected | None, tuple[str, ...], dict[str, Any]]:
        """The answer where everything usual holds, and the usual facts that carry it."""
        usual = self.usual
        if not usual or not fehlend:
            return None, (), {}
        kind = self.usually(target)
        if kind is None:
            return None, (), {}
        carrying = list(usual)
        for name in [*(name for name in usual if name not in fehlend), *reversed(fehlend)]:
            fewer = [other for other in carrying if other != name]
            if name in carrying and self.usually(target, fewer) == kind:
                carrying = fewer
        ergebnis, dann = kind
        ab, _ = self.first_day(target, usual) if dann else (None, ())
        approval, _ = self._approval(target, ergebnis, usual)
        bis = self._last_day(target, usual, ergebnis, ab)
        expected = Expected(ergebnis, _date(ab), dann, _date(bis), approval)
        annahmen = tuple(name for name in self.facts.entries if name in carrying)
        return expected, annahmen, usual

    # --- what silence stands for ---

    def _assumed(self, target: str, *, days: bool) -> tuple[str, ...]:
        """Facts whose silence was taken for a value, where another value would change the answer."""
        query = self._query(target, {}, approval=False)
        found = query.assumptions(_with_day if days else _core)
        masks, first_date = self._diagrams.variables.masks, self._diagrams.variables.first_date
        for name in self.facts.assumed:
            bits = masks.get(name, 0) >> first_date << first_date
            if query.visited & bits:  # a date: ask without it
                without = self._query(target, {name: None}, approval=False)
                if without.decides(name, query.looking_at(bits), _core):
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
        facts = self.facts
        return Situation(self._diagrams, facts.entries, facts.settled, self.day, facts.silent, facts.like)

    def _table(self, more: dict[str, Any]) -> Table:
        key = tuple(sorted(more.items(), key=lambda item: item[0]))
        found = self._tables.get(key)
        if found is None:
            situation = self._situation.changed(more) if more else self._situation
            found = self._tables[key] = Table(situation, self.starts, self.facts.silent)
        return found

    def _query(self, target: str, more: dict[str, Any], *, approval: bool) -> Query:
        """The question on a target, with further facts told (None: taken as unknown)."""
        compiled, table = self._diagrams, self._table(more)
        roots = compiled.outcomes[target] + (compiled.approvals[target] if approval else [])
        key = (id(table), tuple(roots))
        found = self._queries.get(key)
        if found is None:
            found = self._queries[key] = Query(table, target, approval=approval)
        return found


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
