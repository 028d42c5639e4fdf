"""Planted faults: does the whole of proofs and examples find what a slip of the pen does to the rules?

At least a hundred faults of four kinds (a removed exception, a swapped outcome, a shifted limit, an overlap),
the same ones every time, spread over the whole book. A fault is found where loading or compiling refuses the
book, where a worked example fails, or where a proof says more than it said before. Run it with `make seeded`.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data
from wegweiser.engine.review.lint import lint
from wegweiser.engine.review.proofs import prove
from wegweiser.engine.review.slices import part_of

_SPEC = importlib.util.spec_from_file_location("mutate", Path(__file__).with_name("mutate.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
mutate = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(mutate)

EACH = 30
"""Faults of each kind."""
WANTED = 0.98
"""The share that has to be found."""
_SWAPPED = {
    "frei": "nein",
    "anspruch": "ermessen",
    "soll": "anspruch",
    "ermessen": "anspruch",
    "nein": "ermessen",
}


def faults(data: dict[str, Any], each: int = EACH) -> list[Any]:
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


def _rewritten(data: dict[str, Any]) -> Iterator[Any]:
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


def missed(data: dict[str, Any], mutant: Any) -> bool:
    """Whether neither the examples nor the proofs notice a fault."""
    if not mutate.survives(data, mutant):
        return False
    changed = mutate.mutated(data, mutant, whole=True)
    changed.pop("examples")
    if len(list(lint(changed))) > len(list(lint({k: v for k, v in data.items() if k != "examples"}))):
        return False
    return not any(
        len(prove(part_of(changed, [target]), target)) > len(prove(part_of(data, [target]), target))
        for target in mutant.targets
    )


_DATA: dict[str, Any] = {}
_FAULTS: list[Any] = []


def _start() -> None:
    _DATA.update(load_data(packaged_rules()))
    _FAULTS.extend(faults(_DATA))


def _check(place: int) -> tuple[str, bool]:
    return _FAULTS[place].name, missed(_DATA, _FAULTS[place])


def main() -> int:
    """Plant all faults; 0 when enough are found."""
    wanted = faults(load_data(packaged_rules()))
    left = []
    with ProcessPoolExecutor(initializer=_start) as pool:
        for name, survived in pool.map(_check, range(len(wanted)), chunksize=2):
            if survived:
                left.append(name)
                sys.stdout.write(f"missed: {name}\n")
    share = 1 - len(left) / len(wanted)
    sys.stdout.write(f"{len(wanted)} planted faults, {len(wanted) - len(left)} found ({share:.1%})\n")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
