"""The worked examples of the domain tables, corrected where the law says otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book
from wegweiser.engine.examples import run

CASES = [
    (path, load["basis"], case)
    for path in sorted((Path(__file__).parent / "worked").glob("*.yaml"))
    for load in [yaml.safe_load(path.read_text(encoding="utf-8"))]
    for case in load["cases"]
]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


@pytest.mark.parametrize(
    ("path", "basis", "case"), CASES, ids=[f"{path.stem}-{case['name']}" for path, _, case in CASES]
)
def test_worked_example(book: Book, path: Path, basis: dict[str, Any], case: dict[str, Any]) -> None:
    example = {
        "name": case["name"],
        "given": {**basis, **case["given"]},
        "expect": {
            str(day): {
                target: {key: _plain(value) for key, value in wanted.items() if key != "normen"}
                for target, wanted in targets.items()
            }
            for day, targets in case["expect"].items()
        },
        "file": path.name,
        "line": 0,
    }
    assert [str(one) for one in run(book, [example])] == []
    _cites(book, example, case["expect"])


def _plain(value: Any) -> Any:
    """A day as the engine's examples write it."""
    return value.isoformat() if isinstance(value, date) else value


def _cites(book: Book, example: dict[str, Any], expect: dict[Any, Any]) -> None:
    from wegweiser.engine.evaluate import Evaluation
    from wegweiser.engine.examples import person

    for day, targets in expect.items():
        report = Evaluation(book, person(book, example, str(day))).report(list(targets))
        for answer in report.answers:
            assert set(targets[answer.ziel].get("normen", ())) <= set(answer.normen), answer.ziel
