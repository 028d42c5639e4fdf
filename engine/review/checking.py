"""The whole review of a rule book: entries, proofs about each target, and what the book exempts.

What was proved of a target is kept under the fingerprint of the part of the book that decides it, so a change
costs the proofs of the targets that it touches and no others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.review.findings import Finding, Place, from_plain, to_plain
from wegweiser.engine.review.lint import lint
from wegweiser.engine.review.proofs import prove
from wegweiser.engine.review.slices import digest, part_of

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.cache import Cache

__all__ = ["Review", "Run", "prove_plain", "review"]

_PIECE = "proofs"
_SHARED = ("W103", "W104", "W105", "P203")
"""What is a fault only where it holds on every target of a rule."""

Job = tuple[dict[str, Any], str]
Run = Callable[[Callable[[Job], list[Any]], list[Job]], Iterable[list[Any]]]


class Review(NamedTuple):
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    targets: int
    proved: int
    """Targets that were proved anew; the others were known."""


def prove_plain(job: Job) -> list[Any]:
    """The findings about one target as JSON keeps them; made for a pool of processes."""
    part, target = job
    return [to_plain(finding) for finding in prove(part, target)]


def review(
    book: Book,
    targets: Sequence[str] | None = None,
    on: date | None = None,
    cache: Cache | None = None,
    run: Run = map,
) -> Review:
    """Every finding about some targets (all, with the entries of the book, by default).

    `on` is the day for which the age of checks is told, `run` calls a function for many jobs.
    Raises EvaluationError where a target has outgrown what can be proved.
    """
    proofs = _Proofs(book, cache, run)
    wanted = list(book.targets) if targets is None else list(targets)
    found = proofs.of(wanted)
    if targets is not None:  # what is shared with other targets counts only where these agree
        shared = {f.place.name for name in wanted for f in found[name] if f.code in _SHARED}
        found = proofs.of(
            [*wanted, *(one for name in shared for rule in book.rules[name] for one in rule.targets)]
        )
    findings = [] if targets is not None else list(lint(book.data, on))
    findings += _merged(book, found, wanted)
    exempt = _Exempt(book.data["review"]["exempt"])
    left = [finding for finding in findings if not exempt.covers(finding)]
    if targets is None:
        left += exempt.unused()
    order = {
        kind: number for number, kind in enumerate(("rules", "derived", "lists", "parameters", "targets"))
    }
    left.sort(key=lambda one: (one.code, order.get(one.place.kind, len(order))))
    return Review(tuple(left), len(wanted), proofs.made)


class _Proofs:
    """The proofs about targets: known ones, and those that have to be made."""

    def __init__(self, book: Book, cache: Cache | None, run: Run) -> None:
        self.book = book
        self.cache = cache
        self.run = run
        self.made = 0
        self._known: dict[str, list[Any]] = {}
        kept = None if cache is None else cache.read(_PIECE)
        if kept is not None:
            self._known = json.loads(kept)
        self._digests: dict[str, str] = {}

    def of(self, targets: Iterable[str]) -> dict[str, list[Finding]]:
        """The findings about some targets."""
        names = list(dict.fromkeys(targets))
        jobs: list[Job] = []
        for name in names:
            if name not in self._digests:
                part = part_of(self.book.data, [name])
                self._digests[name] = digest(part)
                if self._known.get(name, [None])[0] != self._digests[name]:
                    jobs.append((part, name))
        for (_, name), plain in zip(jobs, self.run(prove_plain, jobs), strict=True):
            self._known[name] = [self._digests[name], plain]
            self.made += 1
        if jobs and self.cache is not None:
            self.cache.write(_PIECE, json.dumps(self._known, ensure_ascii=False).encode())
        return {name: [from_plain(one) for one in self._known[name][1]] for name in names}


def _merged(book: Book, found: dict[str, list[Finding]], wanted: Sequence[str]) -> Iterator[Finding]:
    """Findings about the targets wanted; those about a rule on all its targets once for the rule."""
    seen: set[tuple[str, Place]] = set()
    for name in wanted:
        for finding in found[name]:
            if finding.code not in _SHARED:
                yield finding
                continue
            key = (finding.code, finding.place)
            version = book.rules[finding.place.name][finding.place.version]
            idle = [
                {one.code for one in found.get(target, []) if one.place == finding.place} & set(_SHARED)
                for target in version.targets
            ]
            if key not in seen and all(idle):
                seen.add(key)
                yield finding._replace(target=None if len(version.targets) > 1 else finding.target)


class _Exempt:
    """What the book says is right as it is."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.entries = entries
        self.used: set[int] = set()

    def covers(self, finding: Finding) -> bool:
        """Whether an entry exempts a finding; it counts as used."""
        fitting = [number for number, entry in enumerate(self.entries) if self._fits(entry, finding)]
        self.used.update(fitting)
        return bool(fitting)

    @staticmethod
    def _fits(entry: dict[str, Any], finding: Finding) -> bool:
        named = any(fnmatchcase(finding.place.name, pattern) for pattern in entry["entries"])
        return entry["code"] == finding.code and named and entry["key"] in (None, finding.key)

    def unused(self) -> Iterator[Finding]:
        """Entries that exempt nothing (any more)."""
        for number, entry in enumerate(self.entries):
            if number not in self.used:
                said = " ".join([entry["code"], ", ".join(entry["entries"]), entry["key"] or ""]).strip()
                yield Finding("W113", Place("review", entry["entries"][0], number), detail=(said,))
