"""The worked examples of the domain tables: how they are read, and what a book answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from wegweiser.engine import Book
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.examples import compare, person

FOLDER = Path(__file__).parent / "worked"


class Worked(NamedTuple):
    """One worked example: as the engine reads examples, and the norms that each answer has to cite."""

    example: dict[str, Any]
    norms: dict[tuple[str, str], set[str]]
    """By day and target; an answer may cite more."""

    @property
    def id(self) -> str:
        return f"{self.example['file'].removesuffix('.yaml')}-{self.example['name']}"

    def about(self, targets: set[str]) -> Worked:
        """The same with what it says of some targets only."""
        expect = {}
        for day, wanted in self.example["expect"].items():
            if kept := {target: keys for target, keys in wanted.items() if target in targets}:
                expect[day] = kept
        return self._replace(example={**self.example, "expect": expect})


def worked_cases() -> list[Worked]:
    """All worked examples, in the order of their files."""
    return [
        _case(path.name, load["basis"], case)
        for path in sorted(FOLDER.glob("*.yaml"))
        for load in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for case in load["cases"]
    ]


def _case(file: str, basis: dict[str, Any], case: dict[str, Any]) -> Worked:
    expect: dict[str, dict[str, Any]] = {}
    norms = {}
    for day, targets in case["expect"].items():
        for target, wanted in targets.items():
            norms[str(day), target] = set(wanted.get("normen", ()))
            expect.setdefault(str(day), {})[target] = {
                key: value.isoformat() if isinstance(value, date) else value
                for key, value in wanted.items()
                if key != "normen"
            }
    example = {
        "name": case["name"],
        "given": {**basis, **case["given"]},
        "expect": expect,
        "file": file,
        "line": 0,
    }
    return Worked(example, norms)


def differences(book: Book, case: Worked) -> Iterator[str]:
    """What a worked example expects and a book answers otherwise."""
    for day, targets in case.example["expect"].items():
        answers = Evaluation(book, person(book, case.example, day)).report(list(targets)).answers
        yield from (str(one) for one in compare(case.example, day, answers))
        for answer in answers:
            lacking = case.norms[day, answer.ziel] - set(answer.normen)
            if lacking:
                yield f"{case.id}: {day} {answer.ziel} does not cite {', '.join(sorted(lacking))}"
