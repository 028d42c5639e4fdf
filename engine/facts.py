"""The facts of one person as an evaluation uses them: told, meant by silence, or bounded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.engine.answers import Origin
from wegweiser.engine.book import Book
from wegweiser.engine.periods import FAR
from wegweiser.engine.profile import Profile
from wegweiser.engine.situation import KEINE
from wegweiser.engine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Facts"]


class Facts:
    """Known values by name.

    `told` are the values of the profile, `assumed` those that silence stands for, `values` both. `like`
    are the facts not told whose silence means another fact, or that nothing ends; `settled` leaves them
    out of `values`. An explicit `unbekannt` of a fact with a meaning of silence is among `assumed` and in
    `asked`.
    `bounds` hold the earliest and latest day of an unknown date and whether it may be KEINE.
    """

    def __init__(self, book: Book, profile: Profile, day: int) -> None:
        self.book = book
        self.day = day
        self.entries: Mapping[str, Any] = book.data["vocabulary"]["facts"]
        self.told: dict[str, Any] = {name: self._plain(name, value) for name, value in profile.stated.items()}
        self.derived = frozenset(profile.derived)
        self.assumed: dict[str, Any] = {}
        self.like: list[str] = []
        self.asked = [
            name for name in self.entries if name in profile.unknown and self._silence(name) is not None
        ]
        for name in self.entries:
            silence = self._silence(name)
            if silence is None or name in self.told:
                continue
            if isinstance(silence, dict):
                self.like.append(name)
                other = silence["wie"]
                if other in self.told:
                    self.assumed[name] = self.told[other]
            else:
                self.assumed[name] = book.silence(name)
        self.values = {**self.told, **self.assumed}
        self.like += [name for name in book.ending if name not in self.values]
        self.bounds: dict[str, tuple[int, int, bool]] = {}

    @property
    def settled(self) -> dict[str, Any]:
        """The values of the facts that stand for themselves."""
        return {name: value for name, value in self.values.items() if name not in self.like}

    @property
    def silent(self) -> list[str]:
        """The facts whose silence has a meaning here."""
        return [name for name in self.entries if name in self.assumed or name in self.like]

    def _plain(self, name: str, value: Value) -> Any:
        if isinstance(value, date):
            return value.toordinal()
        return KEINE if value == "keine" and self.entries[name]["typ"] == "datum" else value

    def _silence(self, name: str) -> Any:
        return self.entries[name].get("ohne_angabe")

    def with_values(self, more: Mapping[str, Any]) -> Facts:
        """The same person with further facts known."""
        other = object.__new__(Facts)
        other.__dict__ = {**self.__dict__, "values": {**self.values, **more}}
        return other

    def bound(self, name: str) -> tuple[int, int, bool]:
        """Earliest and latest day of an unknown date, and whether its event may not have happened."""
        found = self.bounds.get(name)
        if found is not None:
            return found
        entry = self.entries[name]
        return 1, FAR if entry.get("future") else self.day, not entry.get("always")

    def origin(self, name: str) -> Origin | None:
        """Where the value of a fact comes from."""
        if name in self.derived:
            return "abgeleitet"
        if name in self.told:
            return "angabe"
        if name in self.values:
            return "annahme"
        low, high, _ = self.bound(name) if self.entries[name]["typ"] == "datum" else (1, FAR, True)
        return (
            "grenze" if self.entries[name]["typ"] == "datum" and (low, high) != self._widest(name) else None
        )

    def _widest(self, name: str) -> tuple[int, int]:
        return 1, FAR if self.entries[name].get("future") else self.day

    def shown(self, name: str) -> Any:
        """The value as a renderer prints it: dates as dates, bounds as a pair."""
        value = self.values.get(name)
        if self.entries[name]["typ"] != "datum":
            return value
        if value is not None:
            return "keine" if value == KEINE else date.fromordinal(value)
        if self.origin(name) != "grenze":
            return None
        low, high, _ = self.bound(name)
        widest = self._widest(name)
        return (
            date.fromordinal(low) if low > widest[0] else None,
            date.fromordinal(high) if high < widest[1] else None,
        )
