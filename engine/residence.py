"""Periods of stay: what a person held from when to when, and since when without a gap.

Which keys an entry of the list has, which statuses count for which fact and which only continue
it, is data of the rule book (`residence` in the vocabulary). Here is only how it is counted: both
days belong to a period, and a period that begins on the day after another ended leaves no gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from wegweiser.engine.faultlist import FaultList
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text
from wegweiser.engine.values import Value, after_day, is_unknown, iso_day
from wegweiser.engine.vocabulary import Vocabulary
from wegweiser.engine.yamlio import BROKEN, Path, spelled

__all__ = ["Derived", "Stay", "derive", "read_stays"]

_DAY: Final = timedelta(days=1)
_FROM, _TO = "von", "bis"


Derived: TypeAlias = "tuple[str, Value, Path, Text]"
"""A fact that follows from another entry: its name and value, that entry, and the reason in words."""


class Stay(NamedTuple):
    """One period: what was held, from the first day to the last (None: until now)."""

    entry: int
    """Its place in the list, from 0."""
    von: date
    bis: date | None
    held: Mapping[str, Value]
    """By key of the entry: the status, and what else is told of the document."""


def read_stays(
    raw: object, name: str, vocabulary: Vocabulary, day: date, faults: FaultList
) -> tuple[Stay, ...]:
    """Read the list `name` in order of time; nothing where an entry has a fault."""
    if not isinstance(raw, list):
        faults.add((name,), Text("erwartet wird eine Liste von Zeiten", "expected is a list of periods"))
        return ()
    keys: Mapping[str, str] = _data(vocabulary).get("entry", {})
    reader = _Reader(keys, vocabulary, day, faults)
    found = [reader.stay((name, number), entry) for number, entry in enumerate(raw)]
    stays = sorted((stay for stay in found if stay is not None), key=lambda stay: (stay.von, stay.entry))
    clean = len(stays) == len(raw)
    for earlier, later in _overlaps(stays):
        clean = False
        other = faults.mention((name, earlier.entry))
        faults.add(
            (name, later.entry), Text(f"überschneidet sich mit {other.de}", f"overlaps with {other.en}")
        )
    return tuple(stays) if clean else ()


def _overlaps(stays: Sequence[Stay]) -> list[tuple[Stay, Stay]]:
    """Give each period that begins before an earlier one has ended, with that one."""
    found: list[tuple[Stay, Stay]] = []
    longest: Stay | None = None
    for stay in stays:
        if longest is not None and (longest.bis is None or longest.bis >= stay.von):
            found.append((longest, stay))
        if longest is None or (longest.bis is not None and (stay.bis is None or stay.bis > longest.bis)):
            longest = stay
    return found


class _Reader:
    """Reads single entries."""

    def __init__(self, keys: Mapping[str, str], vocabulary: Vocabulary, day: date, faults: FaultList) -> None:
        self.keys = keys
        """Keys of an entry beside the days, and the fact whose values each takes; the first is a must."""
        self.vocabulary = vocabulary
        self.day = day
        self.faults = faults

    def stay(self, path: Path, entry: object) -> Stay | None:
        """Read an entry; None where it has a fault."""
        if not isinstance(entry, dict):
            if entry is not BROKEN:
                expected = ", ".join((*self.keys, _FROM, _TO))
                self.faults.add(path, Text(f"erwartet wird {{{expected}}}", f"expected is {{{expected}}}"))
            return None
        held = self.held(path, entry)
        von = self.first_day(path, entry)
        bis = self.last_day(path, entry, von)
        if held is None or von is None or isinstance(bis, Text):
            return None
        return Stay(int(path[-1]), von, bis, held)

    def held(self, path: Path, entry: Mapping[str, Any]) -> dict[str, Value] | None:
        """Read what is told beside the days; None where it has a fault."""
        held: dict[str, Value] = {}
        clean = True
        for key, raw in entry.items():
            if key in (_FROM, _TO):
                continue
            value: Value | Text | None = None
            if key not in self.keys:
                text = Text("diesen Eintrag gibt es hier nicht", "there is no such entry here")
                value = did_you_mean(text, key, (*self.keys, _FROM, _TO))
            elif raw is not BROKEN:
                value = self.vocabulary.parse_value(self.keys[key], raw)
            if isinstance(value, Text):
                self.faults.add((*path, key), value)
                clean = False
            elif value is not None:
                held[key] = value
        status = next(iter(self.keys), "")
        if is_unknown(entry.get(status)):
            self.faults.add(path, Text(f"es fehlt: {status}", f"missing: {status}"))
        return held if clean and status in held else None

    def first_day(self, path: Path, entry: Mapping[str, Any]) -> date | None:
        """Read the first day; None where it has a fault."""
        raw = entry.get(_FROM)
        if raw is BROKEN:
            return None
        if raw is None:
            self.faults.add(path, Text(f"es fehlt: {_FROM}", f"missing: {_FROM}"))
            return None
        von = iso_day(raw)
        if isinstance(von, Text):
            self.faults.add((*path, _FROM), von)
            return None
        if von > self.day:
            self.faults.add((*path, _FROM), after_day(von, self.day))
            return None
        return von

    def last_day(self, path: Path, entry: Mapping[str, Any], von: date | None) -> date | Text | None:
        """Read the last day, None for "until now"; a Text where it has a fault."""
        raw = entry.get(_TO)
        if raw is BROKEN:
            return Text("", "")
        if raw is None:
            return None
        bis: date | Text = iso_day(raw)
        if isinstance(bis, date) and von is not None and bis < von:
            bis = Text(f"liegt vor dem ersten Tag {von:%d.%m.%Y}", f"lies before the first day {von}")
        if isinstance(bis, Text):
            self.faults.add((*path, _TO), bis)
        return bis


def derive(stays: Sequence[Stay], name: str, vocabulary: Vocabulary, day: date) -> list[Derived]:
    """Give what the periods say: what is held on the day, since when without a gap, how many days in all."""
    data = _data(vocabulary)
    found = list(_days(stays, name, data.get("days", {}), day))
    now = next((at for at, stay in enumerate(stays) if stay.bis is None or stay.bis >= day), None)
    if now is None:
        return found
    keys: Mapping[str, str] = data.get("entry", {})
    here: Path = (name, stays[now].entry)
    reason = Text(f"folgt aus {spelled(here)}", f"follows from {spelled(here)}")
    found += [(keys[key], value, here, reason) for key, value in stays[now].held.items()]
    status = next(iter(keys), "")
    for fact, chain in data.get("chains", {}).items():
        begins, continues = set(chain["statuses"]), set(chain.get("continued_by", ()))
        first = now
        while first > 0 and _joined(stays[first - 1], stays[first], status, begins | continues):
            first -= 1
        held = set(chain.get("held", begins | continues))
        if stays[now].held[status] not in held or stays[first].held[status] not in begins:
            continue
        start: Path = (name, stays[first].entry)
        reason = Text(f"ohne Lücke seit {spelled(start)}", f"without a gap since {spelled(start)}")
        found.append((fact, stays[first].von, start, reason))
    return found


def _days(stays: Sequence[Stay], name: str, counts: Mapping[str, Any], day: date) -> Iterator[Derived]:
    """Add up the days on which something was held, up to the day of the check.

    Nothing follows where none are known and a period does not tell whether it is one.
    """
    for fact, count in counts.items():
        wanted: Mapping[str, Value] = count["where"]
        days, open_periods = 0, False
        for stay in stays:
            told = [stay.held[key] == value for key, value in wanted.items() if key in stay.held]
            if not all(told):
                continue
            if len(told) < len(wanted):
                open_periods = True
            else:
                days += (min(stay.bis or day, day) - stay.von).days + 1
        if days or not open_periods:
            yield fact, days, (name,), Text(f"gezählt aus {name}", f"counted from {name}")


def _joined(earlier: Stay, later: Stay, status: str, counts: set[Any]) -> bool:
    """Say whether two periods that follow each other both count, without a day between them."""
    return (
        earlier.bis is not None
        and earlier.bis + _DAY == later.von
        and earlier.held[status] in counts
        and later.held[status] in counts
    )


def _data(vocabulary: Vocabulary) -> Mapping[str, Any]:
    data: Mapping[str, Any] = vocabulary.data.get("residence") or {}
    return data
