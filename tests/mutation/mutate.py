"""Mutation test of the rule book: every rule and every number in it must be held by some example.

Takes the loaded book, changes one thing (a rule removed; a period, day, number or list entry moved or
dropped), and runs the examples of the targets touched until one fails. Prints what survived. Run it
with `make mutate`; a name as argument limits it to rules, lists and parameters that start so.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from wegweiser.engine.book import Book
from wegweiser.engine.cards import rule_cards
from wegweiser.engine.errors import BookError
from wegweiser.engine.examples import run
from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data

Path = tuple[str | int, ...]


class Mutant(NamedTuple):
    """One change: where, what it becomes (None: removed), and the targets that it touches."""

    name: str
    path: Path
    value: Any
    targets: tuple[str, ...]


def mutants(data: dict[str, Any]) -> Iterator[Mutant]:
    """Every change that some example has to notice."""
    touched = {(card.id, card.gilt_ab): card.ziele for card in rule_cards(Book(data))}
    by_name: dict[str, tuple[str, ...]] = {}
    for (name, _), targets in touched.items():
        by_name[name] = tuple(dict.fromkeys((*by_name.get(name, ()), *targets)))
    for name, versions in data["rules"].items():
        for number, version in enumerate(versions):
            path: Path = ("rules", name, number)
            yield Mutant(f"{name}[{number}] removed", path, None, by_name[name])
            yield from _numbers(
                f"{name}[{number}]", version, path, by_name[name], ("when", "unless", "from", "to")
            )
    for name, versions in data["derived"].items():
        for number, version in enumerate(versions):
            path = ("derived", name, number)
            yield from _numbers(
                f"{name}[{number}]", version, path, by_name[name], ("when", "cases", "from", "to")
            )
    for kind in ("lists", "parameters"):
        for name, entry in data[kind].items():
            for number, version in enumerate(entry["versions"]):
                path = (kind, name, "versions", number)
                yield from _numbers(
                    f"{name}[{number}]", version, path, by_name[name], ("value", "from", "to")
                )
                for place, value in enumerate(version.get("values", [])):
                    label = f"{name}[{number}] without {value}"
                    yield Mutant(label, (*path, "values", place), None, by_name[name])


def _numbers(
    label: str, version: dict[str, Any], path: Path, targets: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[Mutant]:
    for key in keys:
        yield from _inside(label, version.get(key), (*path, key), targets)


def _inside(label: str, value: Any, path: Path, targets: tuple[str, ...]) -> Iterator[Mutant]:
    """A number one up and one down, wherever it stands; a period a month or a day longer and shorter."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return
    if isinstance(value, int):
        for step in (-1, 1):
            yield Mutant(f"{label} {'.'.join(map(str, path[3:]))} {step:+}", path, value + step, targets)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _inside(label, inner, (*path, key), targets)
    elif len(value) == 2 and all(type(part) is int for part in value):
        place = 0 if value[0] else 1
        for step in (-1, 1):
            changed = [*value]
            changed[place] += step
            yield Mutant(f"{label} {'.'.join(map(str, path[3:]))} period {step:+}", path, changed, targets)
    else:
        for number, inner in enumerate(value):
            yield from _inside(label, inner, (*path, number), targets)


def mutated(data: dict[str, Any], mutant: Mutant) -> dict[str, Any]:
    """The data with one change, and with the targets that it touches only."""
    changed = {**data, "targets": {name: data["targets"][name] for name in mutant.targets}}
    top = mutant.path[0]
    changed[str(top)] = copy.deepcopy(data[str(top)])
    place: Any = changed
    for step in mutant.path[:-1]:
        place = place[step]
    if mutant.value is None:
        del place[mutant.path[-1]]
    else:
        place[mutant.path[-1]] = mutant.value
    return changed


def survives(data: dict[str, Any], mutant: Mutant) -> bool:
    """Whether all examples still hold after the change."""
    examples = []
    for example in data["examples"]:
        expect = {
            day: {target: keys for target, keys in targets.items() if target in mutant.targets}
            for day, targets in example["expect"].items()
        }
        kept = {day: targets for day, targets in expect.items() if targets}
        if kept:
            examples.append({**example, "expect": kept})
    changed = mutated(data, mutant)
    home = _home(data, mutant)
    examples.sort(key=lambda example: example["file"] != home)
    try:
        return next(run(Book(changed), examples), None) is None
    except BookError:
        return False  # the change makes the book contradict itself, which loading reports


def _home(data: dict[str, Any], mutant: Mutant) -> str:
    entry = data[str(mutant.path[0])][mutant.path[1]]
    home = entry[mutant.path[2]]["file"] if isinstance(entry, list) else entry["file"]
    return str(home)


_DATA: dict[str, Any] = {}


def _start() -> None:
    _DATA.update(load_data(packaged_rules()))


def _check(mutant: Mutant) -> tuple[Mutant, bool]:
    return mutant, survives(_DATA, mutant)


def main(prefix: str = "") -> int:
    """Run all mutants; 0 when none survives."""
    data = load_data(packaged_rules())
    wanted = [mutant for mutant in mutants(data) if mutant.name.startswith(prefix)]
    alive = []
    with ProcessPoolExecutor(initializer=_start) as pool:
        for number, (mutant, survived) in enumerate(pool.map(_check, wanted, chunksize=4), 1):
            if survived:
                alive.append(mutant.name)
                sys.stdout.write(f"survived: {mutant.name}\n")
            if number % 100 == 0:
                sys.stderr.write(f"{number} of {len(wanted)}\n")
    sys.stdout.write(f"{len(wanted)} mutants, {len(wanted) - len(alive)} killed, {len(alive)} survived\n")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
