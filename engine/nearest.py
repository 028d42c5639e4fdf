"""Who is for want of one thing: single changes of a fact that open a target, now or from a later day on.

A change gives one fact that can be changed (`aenderbar`) another value, or an unknown one any value; all
else stays as it is told, and what is unknown and mostly so or so is as usual. It counts where a permission is
certain afterwards, and earlier than without it. To hold the target already is no change (`held` in
rules/targets.yaml). These are the ways of one step that `whatif` finds with `usual`; left out are dates, and
ways from a day that a check of the changed person does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.batch import Screening
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.neighbours import neighbours
from wegweiser.engine.variables import possible_classes

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.values import Value

__all__ = ["Change", "single_changes"]

_TYPES = ("bool", "wahl", "zahl", "geld")
"""Types of facts whose values fall into few regions; a date is no step but waiting."""


class Change(NamedTuple):
    """One fact with a value that opens a target; other values of the same region do so too."""

    ziel: str
    fakt: str
    wert: Value
    ab: date | None
    """From this day on; None: at once."""


_NONE = Change("", "", "", date.max)


def single_changes(book: Book, profile: Profile, targets: Sequence[str]) -> list[Change]:
    """Every single change that opens one of the targets, by target in their order.

    Of several regions of a fact that open a target the one that does so first counts.
    """
    evaluation = Evaluation(book, profile)
    covered = [target for target in targets if evaluation.uncovered(target) is None]
    if not covered:
        return []
    screening = Screening(evaluation)
    days = {target: screening.opens(target) or date.max for target in covered}
    wanted = [target for target in covered if days[target] > profile.day]
    if not wanted:
        return []
    compiled = book.compiled(book.epoch(evaluation.day))
    masks = compiled.variables.masks
    near = neighbours(book)
    found: dict[tuple[str, str], Change] = {}
    for name, entry in evaluation.facts.entries.items():
        if not entry.get("aenderbar") or entry["typ"] not in _TYPES or name in evaluation.facts.derived:
            continue
        mask = 0
        for other in _drawn(near, name, evaluation.facts.told):
            mask |= masks.get(other, 0)
        bearing = [
            one for one in wanted if any(compiled.reach(root) & mask for root in compiled.outcomes[one])
        ]
        for value in _values(compiled.variables.entries, entry, name, evaluation.facts.told.get(name)):
            left = [
                target
                for target in bearing
                if found.get((target, name), _NONE).ab is not None
                and book.targets[target].held.get(name) != value
            ]
            for target, day in _opened(book, profile, name, value, left):
                known = found.get((target, name), _NONE).ab
                if known is not None and day < min(days[target], known):
                    found[target, name] = Change(target, name, value, day if day > profile.day else None)
    return sorted(found.values(), key=lambda change: wanted.index(change.ziel))


def _drawn(near: Mapping[str, set[str]], name: str, told: Mapping[str, Any]) -> set[str]:
    """A fact with all unknown ones of which its value can tell something."""
    found = {name}
    waiting = [name]
    while waiting:
        new = {one for one in near.get(waiting.pop(), ()) if one not in told} - found
        found |= new
        waiting += new
    return found


def _opened(
    book: Book, profile: Profile, name: str, value: Value, targets: Sequence[str]
) -> Iterator[tuple[str, date]]:
    """The targets that are open for certain with one fact told otherwise, with the day."""
    if not targets:
        return
    stated = {**profile.stated, name: value}
    try:
        other = profile._replace(stated=stated, unknown=profile.unknown - {name})
        screening = Screening(Evaluation(book, other))
        days = [(target, screening.opens(target)) for target in targets]
    except ProfileError:  # it contradicts what else is told: no change that can be made
        return
    yield from ((target, day) for target, day in days if day is not None)


def _values(
    variables: Sequence[dict[str, Any]], entry: dict[str, Any], name: str, told: Value | None
) -> Iterator[Value]:
    """One value of each region of a fact but that of the value told."""
    own = [
        variable for variable in variables if variable["fact"] == name and variable["kind"] in ("set", "num")
    ]
    if entry["typ"] == "bool":
        values: list[Value] = [True, False]
    elif entry["typ"] == "wahl":
        values = list(entry["werte"])
    else:
        values = sorted({0, *(cut for variable in own for cut in variable["cuts"] if cut > 0)})

    def region(value: Value) -> tuple[int, ...]:
        return tuple(possible_classes(variable, value, {})[0] for variable in own)

    seen = set() if told is None else {region(told)}
    for value in values:
        if region(value) not in seen:
            seen.add(region(value))
            yield value
