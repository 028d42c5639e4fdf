"""What screening a caseload costs: `wegweiser bestand` over generated people, in time and in memory.

The people are told as an office's table would tell them: the status nearly always, other facts with gaps.
Memory is that of all processes together, sampled while they work (Linux only).
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.evaluation import DAY, person
from wegweiser import engine
from wegweiser.engine.batch import screen
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.profile import Profile

TOLD, GAPS = 0.7, 0.15
"""Shares: of further facts that an office with many columns knows, and of cells that are empty."""
FEW = (
    "aufenthaltsstatus",
    "geburtsdatum",
    "staatsangehoerigkeit",
    "einreise",
    "duldung_seit",
    "deutschniveau",
)
"""The columns of an office that knows little of its people."""
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def somebody(book: engine.Book, chance: random.Random) -> dict[str, Any]:
    """Make up what a table tells of one person; what contradicts the rest is left out again."""
    facts = person(chance)
    for fact in book.vocabulary:
        if fact.name in facts or fact.ohne_angabe is not None or chance.random() > TOLD:
            continue
        if fact.typ == "bool":
            usual = fact.ueblich if isinstance(fact.ueblich, bool) else chance.random() < 0.5  # noqa: PLR2004
            facts[fact.name] = usual if chance.random() > 0.05 else not usual  # noqa: PLR2004
        elif fact.typ == "wahl":
            facts[fact.name] = chance.choice(fact.werte)
        elif fact.typ == "zahl":
            facts[fact.name] = chance.randrange(0, 60)
    facts = {
        name: one for name, one in facts.items() if name == "aufenthaltsstatus" or chance.random() > GAPS
    }
    while True:
        try:
            screen(book, Profile.from_facts(facts, book.vocabulary, DAY), list(book.targets), missing=False)
        except ProfileError as error:
            wrong = {fault.key for fault in error.faults} & facts.keys()
            if not wrong:  # together they fit nobody
                return somebody(book, chance)
            facts = {name: one for name, one in facts.items() if name not in wrong}
        else:
            return facts


def write_table(path: Path, people: list[dict[str, Any]], names: Sequence[str], rows: int) -> None:
    """Write a table; the same people come again and again, under other ids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["fall", *names])
        for number in range(rows):
            one = people[number % len(people)]
            cells = [one.get(name, "") for name in names]
            words = [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]
            writer.writerow([f"P{number:06}", *words])


def memory(process: int) -> int:
    """Bytes that a process and its children have in memory; 0 where that cannot be told."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        shared = int(Path(f"/proc/{process}/statm").read_text().split()[2])
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError, ValueError):
        return 0
    return (pages - shared) * PAGE + sum(memory(int(child)) for child in children)


def measure(table: Path, folder: Path, options: list[str]) -> tuple[float, int]:
    """Seconds and the most bytes of one run."""
    command = [sys.executable, "-m", "wegweiser.cli", "bestand", str(table), "--am", DAY.isoformat()]
    command += [
        "--ziel",
        "*",
        "--ausgabe",
        str(folder / f"{len(options)}-{time.monotonic_ns()}.csv"),
        *options,
    ]
    begun, most = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            most = max(most, memory(running.pid))
            time.sleep(0.05)
    if running.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {running.returncode}")
    return time.perf_counter() - begun, most


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2000, help="people of the table")
    parser.add_argument("--slow", action="store_true", help="one process, --fehlend and --naechstes too")
    options = parser.parse_args()
    book = engine.open_book(None, None)
    runs: dict[str, list[str]] = {"all targets": []}
    if options.slow:
        runs |= {"  one process": ["--prozesse", "1"], "  with --fehlend": ["--fehlend"]}
        runs["  with --naechstes"] = ["--naechstes"]
    chance = random.Random(20261123)
    people = [somebody(book, chance) for _ in range(min(options.rows, 1000))]
    many = [fact.name for fact in book.vocabulary if any(fact.name in one for one in people)]
    table = Table(title=f"wegweiser bestand, {options.rows} people, {len(book.targets)} targets")
    for heading in ("", "s", "s for 10,000", "MB"):
        table.add_column(heading, justify="right" if heading else "left")
    with tempfile.TemporaryDirectory() as name:
        for columns in (many, FEW):
            path = Path(name) / f"{len(columns)}.csv"
            write_table(path, people, columns, options.rows)
            for title, more in runs.items():
                seconds, most = measure(path, Path(name), more)
                each = f"{seconds / options.rows * 10_000:.1f}"
                told = f"{len(columns)} columns, {title}"
                table.add_row(told, f"{seconds:.1f}", each, f"{most / 1_000_000:.0f}")
    console = Console()
    console.print(table)
    console.print("aims: 10,000 people under 60 s on two cores; under 500 MB at 200,000 (--rows 200000)")


if __name__ == "__main__":
    main()
