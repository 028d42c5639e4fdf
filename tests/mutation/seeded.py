"""Planted faults: does the whole of proofs and examples find what a slip of the pen does to the rules?

At least a hundred faults of four kinds (a removed exception, a swapped outcome, a shifted limit, an overlap),
the same ones every time, spread over the whole book. The cheapest looks first: compiling, the examples
beside the rules, the worked examples, the casebook, the entries, the proofs; each only at the targets that
the fault touches. A change after which every answer is the same for everybody is no fault and does not count
as planted: that is proved on the diagrams, not judged by hand. Run it with `make seeded`; a name as argument
limits it to faults that start so.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cached_property
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from wegweiser.casebook.model import Case, packaged_cases
from wegweiser.casebook.replay import replay
from wegweiser.engine.book import APPROVALS, OUTCOMES, Book
from wegweiser.engine.compile import LIMIT, Stretch
from wegweiser.engine.diagram import FALSE, Diagrams
from wegweiser.engine.errors import BookError
from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data
from wegweiser.engine.networks import Networks
from wegweiser.engine.review.findings import Finding
from wegweiser.engine.review.lint import lint
from wegweiser.engine.review.proofs import prove
from wegweiser.engine.review.slices import digest, part_of
from wegweiser.engine.variables import find_variables

Data = dict[str, Any]


def _beside(path: str) -> ModuleType:
    """A module of the tests, which are no package."""
    place = Path(__file__).parent / path
    spec = importlib.util.spec_from_file_location(place.stem, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mutate = _beside("mutate.py")
worked_cases = _beside("../rules/worked_cases.py")

EACH = 75
"""Faults of each kind."""
WANTED = 0.98
"""The share that has to be found."""
NO_FAULT = "no fault"
"""What is said of a change that changes no answer."""
_SWAPPED = {
    "frei": "nein",
    "anspruch": "ermessen",
    "soll": "anspruch",
    "ermessen": "anspruch",
    "nein": "ermessen",
}


def faults(data: Data, each: int = EACH) -> list[Any]:
    """The planted faults, `each` of every kind, drawn from all that there can be."""
    kinds: dict[str, list[Any]] = {"removed": [], "swapped": [], "shifted": [], "overlap": []}
    for mutant in mutate.mutants(data):
        rule = data["rules"].get(mutant.path[1], [{}])[0] if mutant.path[0] == "rules" else {}
        if mutant.name.endswith(" removed") and rule.get("exception_to"):
            kinds["removed"].append(mutant)
        elif " period " in mutant.name or mutant.name.endswith((" +1", " -1")):
            kinds["shifted"].append(mutant)
    for mutant in _rewritten(data):
        kinds[mutant.name.split()[-1]].append(mutant)
    return [
        one
        for kind in kinds
        for one in sorted(Random(kind).sample(sorted(kinds[kind]), min(each, len(kinds[kind]))))
    ]


def _rewritten(data: Data) -> Iterator[Any]:
    """Outcomes changed into others, and exceptions that no longer say what they depart from."""
    for name, versions in data["rules"].items():
        for number, version in enumerate(versions):
            path, targets = ("rules", name, number), tuple(version["targets"])
            if version["to"] is not None and version["to"] < data["meta"]["coverage_from"]:
                continue
            if version["outcome"] in _SWAPPED:
                swapped = _SWAPPED[version["outcome"]]
                yield mutate.Mutant(
                    f"{name}[{number}] to {swapped} swapped", (*path, "outcome"), swapped, targets
                )
            if version["exception_to"] and version["outcome"]:
                yield mutate.Mutant(f"{name}[{number}] overlap", (*path, "exception_to"), [], targets)


class Search:
    """What looks for faults, with what is said of the rules as they are."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.worked: list[Any] = worked_cases.worked_cases()
        self._said: dict[str, set[tuple[Any, ...]]] = {}
        self._digests = {target: digest(part_of(data, [target])) for target in data["targets"]}

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The casebook of the project."""
        book = Book(self.data)
        return packaged_cases(book, Networks(book)).cases

    @cached_property
    def _entries(self) -> set[tuple[Any, ...]]:
        return _kinds(lint(_without_examples(self.data)))

    def found(self, mutant: Any) -> str:
        """What finds a fault, `NO_FAULT` where there is nothing to find, empty where nothing does."""
        changed = mutate.mutated(self.data, mutant, whole=True)
        touched = {
            target
            for target in changed["targets"]
            if digest(part_of(changed, [target])) != self._digests[target]
        }
        own = touched & set(mutant.targets)
        try:
            for targets in [own, touched] if own < touched else [touched]:
                if place := self._answers(mutant, targets):
                    return place
        except BookError:
            return "compiling"
        if _kinds(lint(_without_examples(changed))) - self._entries:
            return "entries"
        if _leaves_conditions(mutant) and all(self._same(changed, target) for target in sorted(touched)):
            return NO_FAULT
        return "proofs" if any(self._proofs(changed, target) for target in sorted(touched)) else ""

    def _answers(self, mutant: Any, targets: set[str]) -> str:
        """Which examples of some targets notice a fault; raises BookError where it cannot be compiled."""
        book = Book(mutate.mutated(self.data, mutant._replace(targets=tuple(sorted(targets)))))
        book.compiled(0)
        if mutate.noticed(book, self.data, mutant, targets):
            return "examples"
        if any(next(worked_cases.differences(book, one.about(targets)), None) for one in self.worked):
            return "worked examples"
        networks = Networks(book)
        for case in self.cases:
            expected = tuple(one for one in case.expected if one.target in targets)
            if expected and replay(case._replace(expected=expected, first_step=""), book, networks):
                return "casebook"
        return ""

    def _proofs(self, changed: Data, target: str) -> set[tuple[Any, ...]]:
        """What proofs say of a target after the change only."""
        if target not in self._said:
            self._said[target] = _kinds(prove(part_of(self.data, [target]), target))
        return _kinds(prove(part_of(changed, [target]), target)) - self._said[target]

    def _same(self, changed: Data, target: str) -> bool:
        """Whether nobody's answer on a target is another; for changes that leave every condition as it is."""
        old, new = (Book(part_of(data, [target])) for data in (self.data, changed))
        variables = find_variables(old)
        store = Diagrams(variables.sizes, LIMIT)
        return all(
            _meaning(Stretch(old, variables, store, day), target)
            == _meaning(Stretch(new, variables, store, day), target)
            for day in old.boundaries
        )


def _leaves_conditions(mutant: Any) -> bool:
    """Whether a change is one of rules, not of what they ask for."""
    return mutant.path[0] == "rules" and (
        mutant.value is None or mutant.path[-1] in ("outcome", "exception_to")
    )


def _meaning(stretch: Stretch, target: str) -> tuple[Any, ...]:
    """All that an answer is made of: the outcome, the approval, and for whom which rule carries each.

    A rule carries an answer where it takes effect and says what the answer says; a permission that a stronger
    one outdoes is not told.
    """
    store, outcome, approval = stretch.store, stretch.outcome(target), stretch.approval(target)
    carried = {}
    for rule in stretch.rules(target).values():
        if rule.outcome:
            told = store.where(outcome, frozenset([OUTCOMES.index(rule.outcome)]))
            carried[rule.id, "outcome"] = store.both(stretch.effective(rule, target, "outcome"), told)
        if rule.ba:
            told = store.where(approval, frozenset([APPROVALS.index(rule.ba)]))
            carried[rule.id, "approval"] = store.both(stretch.effective(rule, target, "zustimmung_ba"), told)
    return outcome, approval, {key: persons for key, persons in carried.items() if persons != FALSE}


def _kinds(found: Iterable[Finding]) -> set[tuple[Any, ...]]:
    return {(one.code, one.place.kind, one.place.name, one.target, one.key) for one in found}


def _without_examples(data: Data) -> Data:
    return {kind: value for kind, value in data.items() if kind != "examples"}


_SEARCH: list[Search] = []


_FAULTS: list[Any] = []


def _start() -> None:
    data = load_data(packaged_rules())
    _SEARCH.append(Search(data))
    _FAULTS.extend(faults(data))


def _look(place: int) -> tuple[str, str, float]:
    began = time.monotonic()
    return _FAULTS[place].name, _SEARCH[0].found(_FAULTS[place]), time.monotonic() - began


def main(prefix: str = "") -> int:
    """Plant all faults; 0 when enough are found."""
    planted = faults(load_data(packaged_rules()))
    wanted = [place for place, one in enumerate(planted) if one.name.startswith(prefix)]
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(initializer=_start) as pool:
        for future in as_completed([pool.submit(_look, one) for one in wanted]):
            name, place, seconds = future.result()
            counts[place or "missed"] += 1
            sys.stdout.write(f"{place or 'MISSED':<16} {seconds:6.1f} s  {name}\n")
            sys.stdout.flush()
    count = len(wanted) - counts[NO_FAULT]
    found = count - counts["missed"]
    share = found / count if count else 1.0
    sys.stdout.write(f"{', '.join(f'{place} {number}' for place, number in counts.most_common())}\n")
    sys.stdout.write(f"{count} planted faults, {found} found ({share:.1%})\n")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
