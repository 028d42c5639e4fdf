"""How many questions an interview needs: `wegweiser frage` with people who answer from a full profile.

The profiles are those of the casebook, of the worked examples, of the examples that the rules bring along,
and generated ones. All targets are asked for and nothing is known at the start; what a profile does not tell
is answered with "not known", which is what costs most questions. The number to compare with is how many facts
the first `fehlend` over all open targets hold, before anything is told.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rich.console import Console
from rich.table import Table

from bench.caseload import somebody
from bench.evaluation import DAY, person
from wegweiser import engine
from wegweiser.casebook.model import packaged_persons
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.interview import Interview

WORKED = Path(__file__).resolve().parents[1] / "tests" / "rules" / "worked"
FRESH = 50
"""Interviews that share what is known about targets; more would only fill the memory."""


class Course(NamedTuple):
    """How one interview went."""

    asked: int
    unknown: int
    """Questions answered with "not known"."""
    slowest: float
    """Seconds that the slowest question took."""


def interview(start: Interview, full: dict[str, Any]) -> Course:
    """Ask until nothing is left to ask."""
    now, asked, unknown, slowest = start, 0, 0, 0.0
    while True:
        begun = time.perf_counter()
        fact = now.question
        slowest = max(slowest, time.perf_counter() - begun)
        if fact is None:
            return Course(asked, unknown, slowest)
        asked += 1
        unknown += fact not in full
        now = now.told(fact, full.get(fact))


def fitting(book: engine.Book, people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of whom all can be true on the day of the benchmark."""
    found = []
    for facts in people:
        try:
            engine.check(book, Interview(book, facts, DAY).profile, [])
        except ProfileError:  # told on another day
            continue
        found.append(facts)
    return found


def worked() -> Iterator[dict[str, Any]]:
    """What the worked examples of the domain tables tell."""
    for path in sorted(WORKED.glob("*.yaml")):
        load = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in load["cases"]:
            yield {**load["basis"], **case["given"]}


def spread(people: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """At most so many, evenly over all."""
    return people[:: max(1, len(people) // max(1, count))][:count]


def generated(book: engine.Book, count: int) -> Iterator[dict[str, Any]]:
    """People as an adviser tells them, and as an office's table does, in turn."""
    chance = random.Random(20261123)
    while count:
        facts = person(chance) if count % 2 else somebody(book, chance)
        try:
            Interview(book, facts, DAY)
        except ProfileError:
            continue
        count -= 1
        yield facts


def main() -> int:
    """Measure and print; exit status 1 where an interview needs more than half of the facts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="profiles of each kind at most")
    count = parser.parse_args().count
    book = engine.open_book(None, None)
    nothing = Interview(book, {}, DAY)
    first = len(nothing.missing())
    ruled = fitting(book, (example["given"] for example in book.examples))
    kinds = {
        "casebook": spread(fitting(book, (dict(facts) for _, _, facts in packaged_persons())), count),
        "worked": spread(fitting(book, worked()), count),
        "of rules": spread(ruled, max(1, count // 5)),
        "generated": list(generated(book, count)),
    }
    table = Table(
        title=f"Interviews about {len(nothing.targets)} targets; missing at the start: {first} facts"
    )
    for heading in ("", "people", "asked", "unknown", "share", "most", "over half", "slowest"):
        table.add_column(heading, justify="right" if heading else "left")
    high = 0.0
    for name, people in kinds.items():
        courses = []
        start = Interview(book, {}, DAY)
        for number, facts in enumerate(people):
            if number and number % FRESH == 0:
                start = Interview(book, {}, DAY)
            courses.append(interview(start, facts))
        asked = statistics.mean(course.asked for course in courses)
        over = sum(2 * course.asked > first for course in courses)
        table.add_row(
            name,
            str(len(courses)),
            f"{asked:.1f}",
            f"{statistics.mean(course.unknown for course in courses):.1f}",
            f"{asked / first:.0%}",
            str(max(course.asked for course in courses)),
            f"{over / len(courses):.0%}",
            f"{max(course.slowest for course in courses) * 1000:.0f} ms",
        )
        high = max(high, asked / first)
    console = Console()
    console.print(table)
    console.print("aims: at most half of the facts missing at the start; each question within 1 s")
    return int(2 * high > 1)


if __name__ == "__main__":
    sys.exit(main())
