"""Questions that lead to an answer: which fact to ask next, and when nothing more is needed.

A question is worth asking when its fact can still change the answer for an open target (it stands in the
`fehlend` of a check), when the fact exists for the person (`only_if`), and when nobody has told it or
said that it is not known. Where it is open whether such a fact exists, what decides that is asked. Of
those the one is asked after which, on an average of what can be told, the fewest facts are left to ask.
That changes how many questions there are, never an answer. Last come the facts that are missing nowhere but
tell something of one that is not known (a certificate of B1 tells that A2 is spoken).

What a target hangs on is kept under everything that its question looks at, so that telling a fact costs
no more than the targets on which it bears. A target with many open dates waits until nothing else is
left to ask: it is what whoever is asked would have to wait for, and most of its facts are told by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wegweiser.engine.answersets import IMPOSSIBLE
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation, Verdict
from wegweiser.engine.narrowing import Seen, narrow
from wegweiser.engine.neighbours import neighbours
from wegweiser.engine.profile import Profile
from wegweiser.engine.truth import Truth
from wegweiser.engine.values import UNBEKANNT

if TYPE_CHECKING:
    from wegweiser.engine.answers import Reason
    from wegweiser.engine.answersets import AnswerSets
    from wegweiser.engine.book import Book
    from wegweiser.engine.gaps import Label
    from wegweiser.engine.solve import Query

__all__ = ["Interview"]

_DATES = 2
"""Open dates from which on a target waits for the others."""


def _core(label: Label) -> tuple[str, str | None]:
    return label.ergebnis, label.dann


def _deciding(reason: Reason) -> Iterator[str]:
    """The facts that leave a condition open."""
    if reason.truth is None and reason.kind == "fact":
        yield reason.name
    for child in reason.children:
        yield from _deciding(child)


def _itself(label: Any) -> Any:
    return label


class Interview:
    """What is told so far, and what to ask next. Telling more gives another interview.

    `entries` are what is told, as a file would say it; `targets` those that are asked about (all by
    default). Raises ProfileError where what is told is wrong or contradicts itself.
    """

    def __init__(
        self,
        book: Book,
        entries: Mapping[str, Any],
        day: date,
        targets: Sequence[str] | None = None,
        name: str = "profile",
    ) -> None:
        self.entries = dict(entries)
        self.profile = Profile.from_facts(self.entries, book.vocabulary, day, name)
        self._evaluation = Evaluation(book, self.profile)
        covered = [one for one in book.targets if self._evaluation.uncovered(one) is None]
        self.targets = tuple(one for one in covered if targets is None or one in targets)
        """The targets asked about that the book covers on the day, in its order."""
        self._book = book
        self._wanted = targets
        self._before: Interview | None = None
        self._known: dict[Seen, _Hanging] = {}

    def told(self, fact: str, raw: Any) -> Interview:
        """The interview after a fact was told, written as in a file; None: it is not known."""
        entries = {**self.entries, fact: UNBEKANNT if raw is None else raw}
        profile = self.profile
        after = Interview(self._book, entries, profile.day, self._wanted, profile.name)
        after._before = self
        after._known = self._known
        return after

    @cached_property
    def question(self) -> str | None:
        """The fact to ask next; None where nothing that can be asked settles what is open.

        Raises ProfileError where no person can have all that is told.
        """
        dates = {target: self._open_dates(target) for target in self.targets}
        light = [target for target in self.targets if len(dates[target]) < _DATES]
        asked = self._asked(light)
        for target in sorted(self.targets, key=lambda one: len(dates[one])):
            if asked:
                break
            asked = self._asked([target])
        return min(asked, key=self._left) if asked else next(self._telling(), None)

    @property
    def open(self) -> tuple[str, ...]:
        """The targets that what is told does not settle, those included that `question` need not look at yet.

        Raises ProfileError where no person can have all that is told.
        """
        self.question  # noqa: B018 (finds what targets hang on)
        return tuple(
            target
            for target in self.targets
            if target not in self._found or self._found[target].verdict.ergebnis == "unklar"
        )

    def depending(self, fact: str) -> tuple[str, ...]:
        """The open targets whose answer a fact can still change, or settle by what it tells of another."""
        found = tuple(target for target in self.targets if fact in self.verdict(target).fehlend)
        return found or tuple(
            target
            for target in self.targets
            if self.verdict(target).ergebnis == "unklar" and self._settles(target, fact)
        )

    def missing(self) -> tuple[str, ...]:
        """The facts that can still change the answer of an open target, known not to be known or not."""
        found = {fact for target in self.targets for fact in self._hanging(target).verdict.fehlend}
        return tuple(name for name in self._book.vocabulary.names if name in found)

    def verdict(self, target: str) -> Verdict:
        """What a check would say of one of `targets` now."""
        return self._hanging(target).verdict

    # --- what targets hang on ---

    @cached_property
    def _found(self) -> dict[str, _Hanging]:
        return {}

    def _hanging(self, target: str) -> _Hanging:
        found = self._found.get(target)
        if found is None:
            query = self._evaluation.query(target, {})
            seen = Seen.of(query)
            found = self._known.get(seen)
            if found is None:
                before = self._before and self._before._found.get(target)  # noqa: SLF001
                if before:
                    narrow(query, seen, before.query, before.seen)
                found = self._known[seen] = _Hanging(self._evaluation.verdict(target), query, seen)
            self._found[target] = found
        return found

    def _open_dates(self, target: str) -> list[str]:
        query = self._evaluation.query(target, {})
        dates = query.compiled.variables.dates.items()
        return [name for name, bits in dates if bits & query.mask and name not in query.situation.dates]

    # --- what can be asked ---

    def _asked(self, targets: Sequence[str]) -> list[str]:
        """The facts worth asking for some targets."""
        missing = [fact for target in targets for fact in self._hanging(target).verdict.fehlend]
        return list(self._askable(dict.fromkeys(missing), set()))

    def _askable(self, facts: Iterable[str], seen: set[str]) -> Iterator[str]:
        """Those of some facts that can be asked; for one that may not exist, what decides whether it does."""
        for fact in facts:
            if fact in seen or fact in self.profile.unknown or fact in self.profile.stated:
                continue
            seen.add(fact)
            condition = self._book.data["vocabulary"]["facts"][fact].get("only_if")
            exists = None if condition is None else self._truth.reason(condition)
            if exists is None or exists.truth is True:
                yield fact
            elif exists.truth is None:
                yield from self._askable(_deciding(exists), seen)

    def _telling(self) -> Iterator[str]:
        """Facts that can settle a target by what they tell of one that is not known."""
        near = neighbours(self._book)
        for target in self.targets:
            missing = self.verdict(target).fehlend
            unknown = [fact for fact in missing if fact in self.profile.unknown]
            tied = sorted({other for fact in unknown for other in near.get(fact, ())})
            yield from (one for one in self._askable(tied, set(missing)) if self._settles(target, one))

    def _settles(self, target: str, name: str) -> bool:
        """Whether a fact with yes and no or a choice has a value after which a target is no longer open."""
        fact = self._book.vocabulary.fact(name)
        for value in (True, False) if fact.typ == "bool" else fact.werte:
            try:
                if self.told(name, value).verdict(target).ergebnis != "unklar":
                    return True
            except ProfileError:  # nobody can be so
                continue
        return False

    @cached_property
    def _truth(self) -> Truth:
        return Truth(self._book, self._evaluation.facts, self._evaluation.day)

    def _left(self, fact: str) -> float:
        """How many facts are left to ask after this one, on an average of what can be told."""
        left: dict[str, float] = {}
        for hanging in self._found.values():
            for name, share in hanging.after(fact).items():
                left[name] = max(left.get(name, 0.0), share)
        return sum(share for name, share in left.items() if name != fact and name not in self.profile.unknown)


class _Hanging:
    """What the answer for a target hangs on."""

    def __init__(self, verdict: Verdict, query: Query, seen: Seen) -> None:
        self.verdict = verdict
        self.query = query
        self.seen = seen
        self._after: dict[str, Mapping[str, float]] = {}

    def after(self, fact: str) -> Mapping[str, float]:
        """For each fact in what share of cases it is still missing when `fact` has been told."""
        found = self._after.get(fact)
        if found is None:
            found = self._after[fact] = dict(self._shares(fact))
        return found

    def _shares(self, fact: str) -> Iterator[tuple[str, float]]:
        missing = self.verdict.fehlend
        if fact not in missing or fact not in self._ranks:
            yield from ((name, 1.0) for name in missing)
            return
        sets, root = self._sets
        branches = [node for node in sets.branches(root, self._ranks[fact]) if node != IMPOSSIBLE]
        deciding = [sets.deciders(node, _itself) for node in branches]
        for name in missing:
            rank = self._ranks.get(name)
            left = [rank is None or bits >> rank & 1 for bits in deciding]
            yield name, sum(left) / len(left)

    @cached_property
    def _sets(self) -> tuple[AnswerSets, int]:
        sets, root, _ = self.query.projected(_core)
        return sets, root

    @cached_property
    def _ranks(self) -> dict[str, int]:
        facts = self.query.solution.facts
        return {name: rank for rank, name in facts.items() if name in self.verdict.fehlend}
