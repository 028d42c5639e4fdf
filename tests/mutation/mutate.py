"""Mutation test of the rule book: every rule and every number in it must be held by some example.

Takes the loaded book, changes one thing (a rule removed; a period, day, number or list entry moved or
dropped), and runs the examples of the targets touched until one fails. What loading would refuse and
what changes nothing is no mutant. Prints what survived. Run it with `make mutate`; a name as argument
limits it to rules, lists and parameters that start so.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from wegweiser.engine.book import Book
from wegweiser.engine.cards import rule_cards
from wegweiser.engine.errors import BookError
from wegweiser.engine.examples import run
from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data
from wegweiser.engine.review.slices import conclusions, strings

Path = tuple[str | int, ...]

EQUIVALENT = {
    "asylg_61_frist[0] from -1",  # the only rule that reads it begins on the same day
    "asylg_61_frist_asylantrag[1] to +1",  # so here: what reads it ends on the same day
    "blaue_karte_50[0] 0.from -1",
    "blaue_karte_zwei_drittel[2] 2.to +1",
    "asylg_87d[0] from -1",  # what it lifts begins on the same day
    "aufenthg_104_18_nr1[0] from -1",
    "aufenthg_104_18_nr2[0] from -1",
    "anspruch_nach_asylantrag[0] to +1",  # the rules that read it end on the same day
    "aufenthg_60a_5b_s2[0] from -1",  # what it departs from begins on the same day
    "aufenthg_104c_1_s2[0] to +1",  # what it departs from ends on the same day
    "aufenthg_104c_3_s1[0] to +1",
    "aufenthg_25a_6_s1[0] to +1",
    "aufenthg_25a_6_s2[0] to +1",
    "aufenthg_25b_8_s1[0] to +1",
    "aufenthg_25b_8_s2[0] to +1",
    "aufenthg_16g_3a[0] from -1",  # its list of titles begins on the same day
    "aufenthg_16g_2_nr4_jugendstrafe[0] from -1",  # what it departs from begins on the same day
    "aufenthg_20a_2[0] from -1",
    "aufenthg_16a_3_s1_alt[0] to +1",  # on that day the new rule permits, which is stronger
    "aufenthg_16b_3_alt[0] to +1",
    "stag_10_3[0] to +1",  # the definition that it reads ends on the same day
    "einbuergerung_dauer_verkuerzt[0] to +1",  # and so does the rule that reads the definition
    "einbuergerung_aufenthalt_leistung[1] 1.to +1",
    "intv_5_5_s2[0] to +1",  # what it departs from ends on the same day
    "aufenthg_16d_1_s4_alt[0] to +1",
    # entries on that day meet the other time limit too
    "identitaet_60c[0] cases.0.when.2.3.1.1.3 -1",
    "identitaet_60c[0] cases.0.when.2.3.1.2.3 +1",
    "identitaet_60c[0] cases.0.when.2.4.1.3 -1",
    "titel_25_2_s1_alt_2[0] 0.from -1",  # read by a note only: tests/rules/test_settlement_notes.py
    "titel_25_2_s1_alt_2[0] 0.from +1",
    "titel_25_2_s1_alt_2[0] without § 25 Abs. 2 Satz 1 Alt. 2",
}
"""Changes that no example can notice."""


class Mutant(NamedTuple):
    """One change: where, what it becomes (None: removed), and the targets that it touches."""

    name: str
    path: Path
    value: Any
    targets: tuple[str, ...]


def mutants(data: dict[str, Any]) -> Iterator[Mutant]:
    """Every change that some example has to notice."""
    for mutant in _changes(data):
        moved = mutant.path[-1] in ("from", "to")
        if mutant.name not in EQUIVALENT and not (moved and _idle(data, mutant)):
            yield mutant


def _answers(data: dict[str, Any], version: dict[str, Any]) -> bool:
    """Whether a version holds on some day that the book answers for."""
    return version["to"] is None or version["to"] >= data["meta"]["coverage_from"]


def _idle(data: dict[str, Any], mutant: Mutant) -> bool:
    """Whether moving an end of a period changes no day that is answered for, or makes versions overlap."""
    versions: Any = data
    for step in mutant.path[:-2]:
        versions = versions[step]
    one = versions[mutant.path[-2]]
    first = data["meta"]["coverage_from"]
    if not _answers(data, one) or (mutant.path[-1] == "from" and max(mutant.value, one["from"]) <= first):
        return True
    new = {**one, mutant.path[-1]: mutant.value}
    return any(
        (new["from"] is None or other["to"] is None or new["from"] <= other["to"])
        and (new["to"] is None or other["from"] is None or other["from"] <= new["to"])
        for other in versions
        if other is not one
    )


def _changes(data: dict[str, Any]) -> Iterator[Mutant]:
    touched: dict[str, dict[str, None]] = {}
    for card in rule_cards(Book(data)):
        touched.setdefault(card.id, {}).update(dict.fromkeys(card.ziele))
    for kind in ("rules", "derived", "lists", "parameters"):
        for name, entry in data[kind].items():
            home: Path = (kind, name) if isinstance(entry, list) else (kind, name, "versions")
            for number, version in enumerate(entry if isinstance(entry, list) else entry["versions"]):
                path, label, targets = (*home, number), f"{name}[{number}]", tuple(touched[name])
                if not _answers(data, version):
                    continue
                if kind == "rules":
                    yield Mutant(f"{label} removed", path, None, targets)
                for key in ("when", "unless", "cases", "value", "from", "to"):
                    yield from _inside(label, version.get(key), (*path, key), targets)
                for place, value in enumerate(version.get("values", [])):
                    yield Mutant(f"{label} without {value}", (*path, "values", place), None, targets)


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


def mutated(data: dict[str, Any], mutant: Mutant, *, whole: bool = False) -> dict[str, Any]:
    """The data with one change; unless `whole` with the targets that it touches only, and what these read."""
    kept = set(data["targets"]) if whole else _with_read(data, mutant.targets)
    changed = {**data, "targets": {name: entry for name, entry in data["targets"].items() if name in kept}}
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


def _with_read(data: dict[str, Any], targets: tuple[str, ...]) -> set[str]:
    """Some targets and those that their rules, and definitions at all, read."""
    kept = {*targets, *conclusions(list(data["derived"].values()))}
    while True:
        versions = [each for rule in data["rules"].values() for each in rule if kept & set(each["targets"])]
        treated = [data["targets"][name]["treated"] for name in kept]
        read = conclusions([versions, treated])
        if read <= kept:
            return kept
        kept |= read


def survives(data: dict[str, Any], mutant: Mutant) -> bool:
    """Whether all examples still hold after the change."""
    try:
        book = Book(mutated(data, mutant))
        book.compiled(0)  # all wordings
        return not noticed(book, data, mutant, mutant.targets)
    except BookError:
        return False  # the change makes the book contradict itself, which loading reports


def noticed(book: Book, data: dict[str, Any], mutant: Mutant, targets: Collection[str]) -> bool:
    """Whether an example notices a change on some targets; first those that name it, then those beside it."""
    examples = []
    for example in data["examples"]:
        expect = {
            day: {target: keys for target, keys in wanted.items() if target in targets}
            for day, wanted in example["expect"].items()
        }
        kept = {day: wanted for day, wanted in expect.items() if wanted}
        if kept:
            examples.append({**example, "expect": kept})
    home, named = _home(data, mutant), {mutant.path[1], _old(data, mutant)}
    examples.sort(
        key=lambda one: (named.isdisjoint(strings([one["expect"], one["given"]])), one["file"] != home)
    )
    return next(run(book, examples), None) is not None


def _old(data: dict[str, Any], mutant: Mutant) -> str:
    """The entry of a list that is dropped, or nothing."""
    value: Any = data
    for step in mutant.path:
        value = value[step]
    return value if isinstance(value, str) else ""


def _home(data: dict[str, Any], mutant: Mutant) -> str:
    entry: Any = data[str(mutant.path[0])][str(mutant.path[1])]
    home: dict[str, Any] = entry[int(mutant.path[2])] if isinstance(entry, list) else entry
    return str(home["file"])


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
        for mutant, survived in pool.map(_check, wanted, chunksize=4):
            if survived:
                alive.append(mutant.name)
                sys.stdout.write(f"survived: {mutant.name}\n")
    sys.stdout.write(f"{len(wanted)} mutants, {len(wanted) - len(alive)} killed, {len(alive)} survived\n")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
