"""Two rule books beside each other: which entries differ, which answers, why, and for whom at the least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.book import Book, in_force
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile
from wegweiser.engine.review.population import Subject, invented
from wegweiser.engine.review.proofs import persons_of
from wegweiser.engine.review.slices import digest, part_of

if TYPE_CHECKING:
    from wegweiser.engine.answers import Answer

__all__ = ["Change", "Comparison", "Entry", "compare_books", "examples_of"]

_KINDS = ("rules", "derived", "lists", "parameters", "targets")
_PLACE = ("file", "line")
_ANSWER = ("ergebnis", "dann", "ab", "bis", "grund", "zustimmung_ba", "fehlend", "moeglich")
"""What makes two answers different."""
_IDLE = "greift_nicht"


class Entry(NamedTuple):
    """An entry of a rule book that was added, removed or changed."""

    kind: str
    name: str
    change: str
    """`neu`, `entfernt`, `anders`."""


class Change(NamedTuple):
    """One kind of difference between answers."""

    target: str
    before: str
    after: str
    causes: tuple[str, ...]
    """The entries behind it: rules whose part in the proof changed, or what the target reads anew."""
    counts: Mapping[str, int]
    """How many persons it meets, by where they come from."""
    person: Subject
    """The smallest person who shows it."""
    answers: tuple[Answer | None, Answer | None]


class _Asked(NamedTuple):
    """A person and the targets that the person is asked about."""

    subject: Subject
    targets: tuple[str, ...]


class Comparison(NamedTuple):
    """Everything that differs between two rule books."""

    entries: tuple[Entry, ...]
    targets: tuple[str, ...]
    """The targets that are decided differently; no other can have another answer."""
    persons: int
    changes: tuple[Change, ...]


def compare_books(
    old: Book,
    new: Book,
    targets: Sequence[str] | None = None,
    *,
    day: date,
    count: int,
    cases: Iterable[Subject] = (),
) -> Comparison:
    """What differs between two books, on some targets or all.

    Asked are `cases`, the persons of the examples, persons found for every rule that changed, and
    `count` invented ones on `day`.
    """
    entries = tuple(_entries(old.data, new.data))
    names = [name for name in {**old.targets, **new.targets} if targets is None or name in targets]
    both = [name for name in names if name in old.targets and name in new.targets]
    touched = [name for name in names if name not in both or _digest(old, name) != _digest(new, name)]
    pair = _Pair(old, new, [name for name in touched if name in both], entries)
    asked = list(_people(pair, entries, (old, new), cases, day, count)) if pair.targets else []
    kinds: dict[tuple[Any, ...], list[Subject]] = {}
    for subject, concerned in asked:
        for key in pair.differences(subject, concerned):
            kinds.setdefault(key, []).append(subject)
    changes = tuple(_change(pair, key, people) for key, people in kinds.items())
    order = {name: number for number, name in enumerate(names)}
    ordered = sorted(changes, key=lambda one: (order[one.target], one.causes, one.before, one.after))
    return Comparison(entries, tuple(touched), len(asked), tuple(ordered))


def _people(
    pair: _Pair,
    entries: Sequence[Entry],
    books: tuple[Book, Book],
    cases: Iterable[Subject],
    day: date,
    count: int,
) -> Iterator[_Asked]:
    """Everybody who is asked, and about which targets; nobody after the last day of any difference."""
    everything = tuple(pair.targets)
    known: set[tuple[Any, ...]] = set()
    for book in books:
        for subject, targets in examples_of(book):
            concerned = tuple(name for name in everything if name in targets)
            key = (subject.name, subject.day, repr(subject.facts))
            if concerned and subject.day <= pair.last and key not in known:
                known.add(key)
                yield _Asked(subject, concerned)
    for subject in (
        *cases,
        *_found(pair, entries),
        *invented((pair.old, pair.new), count, min(day, pair.last)),
    ):
        if subject.day <= pair.last:
            yield _Asked(subject, everything if subject.source != "bewiesen" else (subject.name,))


def examples_of(book: Book) -> Iterator[_Asked]:
    """The persons of the worked examples of a book, with the targets that these are about."""
    for example in book.examples:
        for day, expected in example["expect"].items():
            name = f"{example['file']}: {example['name']}"
            subject = Subject("beispiel", name, date.fromisoformat(day), _given(example["given"]))
            yield _Asked(subject, tuple(expected))


def _given(given: Mapping[str, Any]) -> dict[str, Any]:
    from decimal import Decimal

    return {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in given.items()}


def _digest(book: Book, target: str) -> str:
    return digest(part_of(book.data, [target]), answers=True)


def _entries(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Entry]:
    """Entries that differ in more than their place."""
    for kind in _KINDS:
        for name in {**old[kind], **new[kind]}:
            if name not in old[kind]:
                yield Entry(kind, name, "neu")
            elif name not in new[kind]:
                yield Entry(kind, name, "entfernt")
            elif _bare(old[kind][name]) != _bare(new[kind][name]):
                yield Entry(kind, name, "anders")
    before, after = ({one["name"]: one for one in data["relations"]} for data in (old, new))
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            change = "neu" if name not in before else "entfernt" if name not in after else "anders"
            yield Entry("relations", name, change)
    facts = [data["vocabulary"]["facts"] for data in (old, new)]
    for name in {**facts[0], **facts[1]}:
        if facts[0].get(name) != facts[1].get(name):
            change = "neu" if name not in facts[0] else "entfernt" if name not in facts[1] else "anders"
            yield Entry("facts", name, change)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _PLACE}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _found(pair: _Pair, entries: Sequence[Entry]) -> Iterator[Subject]:
    """Persons for whom rules that changed fire or take effect, by proof."""
    changed = [entry.name for entry in entries if entry.kind == "rules"]
    for book in (pair.old, pair.new):
        for target in pair.targets:
            rules = [
                name for name in changed if any(target in one.targets for one in book.rules.get(name, ()))
            ]
            if rules:
                for person in persons_of(part_of(book.data, [target]), target, rules):
                    yield Subject("bewiesen", f"{target}", person.day, person.facts)


class _Pair:
    """The parts of two books that decide some targets of both."""

    def __init__(self, old: Book, new: Book, targets: Sequence[str], entries: Sequence[Entry]) -> None:
        self.targets = list(targets)
        self.old, self.new = (Book(part_of(book.data, self.targets)) for book in (old, new))
        self.changed = {entry.name: entry.kind for entry in entries}
        self._reads = {name: self._read(name) for name in self.targets}
        self.last = self._last()
        """The last day on which the books say different things; later checks are the same in both."""

    def _last(self) -> date:
        ends = [_until(one, two) for one, two in _versions(self.old.data, self.new.data)]
        open_end = date.max.toordinal()
        whole = any(
            _bare(self.old.data[kind]) != _bare(self.new.data[kind]) for kind in ("targets", "relations")
        )
        facts = [book.data["vocabulary"]["facts"] for book in (self.old, self.new)]
        return date.fromordinal(open_end if whole or facts[0] != facts[1] else max(ends, default=1))

    def _read(self, target: str) -> tuple[str, ...]:
        """Entries that differ and that a target reads, beside its rules."""
        parts = [part_of(book.data, [target]) for book in (self.old, self.new)]
        return tuple(
            name
            for name, kind in self.changed.items()
            if kind in ("derived", "lists", "parameters", "targets")
            and any(name in part[kind] for part in parts)
        )

    def answers(self, subject: Subject, targets: Sequence[str]) -> list[tuple[Answer | None, Answer | None]]:
        """The answers of both books; None where a book takes the person for impossible."""
        sides = [_asked(book, subject, targets) for book in (self.old, self.new)]
        return list(zip(*sides, strict=True))

    def differences(self, subject: Subject, targets: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """For each target that is answered differently: target, both answers in short, the causes."""
        for target, (one, two) in zip(targets, self.answers(subject, targets), strict=True):
            key = self.difference(target, one, two)
            if key is not None:
                yield key

    def difference(self, target: str, one: Answer | None, two: Answer | None) -> tuple[Any, ...] | None:
        """The kind of difference between two answers; None where they say the same."""
        if one is None and two is None:
            return None
        if one is not None and two is not None and all(getattr(one, k) == getattr(two, k) for k in _ANSWER):
            return None
        return target, _short(one, two), _short(two, one), self._causes(target, one, two)

    def _causes(self, target: str, one: Answer | None, two: Answer | None) -> tuple[str, ...]:
        """The rules whose part in the proof differs or that changed and have one; else what is read anew."""
        if one is None or two is None:
            return tuple(name for name, kind in self.changed.items() if kind in ("relations", "facts"))
        states = [
            {rule.id: rule.state for rule in answer.proof.rules if rule.state != _IDLE}
            for answer in (one, two)
        ]
        moved = [name for name in {**states[0], **states[1]} if states[0].get(name) != states[1].get(name)]
        part = {*moved, *one.regeln, *two.regeln}
        rules = [name for name, kind in self.changed.items() if kind == "rules" and name in part]
        return tuple(rules) or self._reads[target] or tuple(moved)


def _versions(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The versions of every dated entry in two books."""
    for kind in ("rules", "derived", "lists", "parameters"):
        for name in {**old[kind], **new[kind]}:
            sides = (data[kind].get(name, []) for data in (old, new))
            one, two = (side if isinstance(side, list) else side["versions"] for side in sides)
            yield one, two


def _until(one: list[Any], two: list[Any]) -> int:
    """The last day on which two rows of versions differ; 0 where they never do."""
    bare = [[_bare(version) for version in side] for side in (one, two)]
    differing = [v for side, other in (bare, reversed(bare)) for v in side if v not in other]
    days = {
        edge
        for v in differing
        for edge in ((v["from"] or 1) - 1, v["from"] or 1, v["to"] or date.max.toordinal())
    }
    return max((day for day in days if _on(bare[0], day) != _on(bare[1], day)), default=0)


def _on(versions: list[Any], day: int) -> Any:
    """What holds on a day, its period left aside."""
    for version in versions:
        if in_force(version, day):
            return {key: value for key, value in version.items() if key not in ("from", "to")}
    return None


def _asked(book: Book, subject: Subject, targets: Sequence[str]) -> list[Answer | None]:
    try:
        profile = Profile.from_facts(dict(subject.facts), book.vocabulary, subject.day)
        evaluation = Evaluation(book, profile)
        return [evaluation.plain_answer(target) for target in targets]
    except ProfileError:
        return [None] * len(targets)  # the book takes this person for impossible: that is its answer


def _short(answer: Answer | None, other: Answer | None) -> str:
    """An answer in few words: the outcome, and what else differs from the other answer."""
    if answer is None:
        return "widerspruch"
    said = answer.ergebnis if answer.dann is None else f"{answer.ergebnis} ({answer.dann})"
    if other is None or (answer.ergebnis, answer.dann) != (other.ergebnis, other.dann):
        return said
    differ = [key for key in _ANSWER if getattr(answer, key) != getattr(other, key)]
    shown = [f"{key}: {getattr(answer, key)}" if key in ("grund", "zustimmung_ba") else key for key in differ]
    return f"{said}, {', '.join(shown)}"


def _change(pair: _Pair, key: tuple[Any, ...], people: list[Subject]) -> Change:
    """A kind of difference, with the smallest of the persons who show it, made smaller still."""
    target, before, after, causes = key
    person = _smallest(pair, key, min(people, key=lambda one: (len(one.facts), one.name)))
    counts: dict[str, int] = {}
    for one in people:
        counts[one.source] = counts.get(one.source, 0) + 1
    (answers,) = pair.answers(person, [target])
    return Change(target, before, after, causes, counts, person, answers)


def _smallest(pair: _Pair, key: tuple[Any, ...], person: Subject) -> Subject:
    """A person without every fact that the difference can do without."""
    target = key[0]
    for name in reversed(list(person.facts)):
        fewer = person._replace(facts={other: v for other, v in person.facts.items() if other != name})
        (answers,) = pair.answers(fewer, [target])
        if pair.difference(target, *answers) == key:
            person = fewer
    return person
