"""The acts that citations name: one name each, whatever people or publishers call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["Act", "Acts"]


class Act(NamedTuple):
    """An act: its name in citations, its full name, where its official text is offered."""

    name: str
    title: str
    called: str | None
    names: tuple[str, ...]
    id: str | None
    xml: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name that a citation may use."""
        return (self.name, *self.names, self.title, *([self.called] if self.called else []))


class Acts:
    """The acts of a rule book."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        self._acts = {
            name: Act(
                name,
                entry["title"],
                entry.get("called"),
                tuple(entry.get("names") or ()),
                entry.get("id"),
                entry["xml"],
            )
            for name, entry in entries.items()
        }
        self._by_spelling = {_key(one): act for act in self for one in act.spellings}
        longest = sorted({one for act in self for one in act.spellings}, key=len, reverse=True)
        alternatives = "|".join(_pattern(one) for one in longest)
        self._pattern = re.compile(
            rf"(?<![^\W\d_])(?:de[rs]\s+)?({alternatives or '(?!)'})(?:e?s)?(?![^\W_])", re.IGNORECASE
        )

    @classmethod
    def of(cls, book: Book) -> Acts:
        """The acts of a rule book that is open."""
        return cls(book.data["acts"])

    def __iter__(self) -> Iterator[Act]:
        return iter(self._acts.values())

    def __contains__(self, name: object) -> bool:
        return name in self._acts

    def __getitem__(self, name: str) -> Act:
        return self._acts[name]

    def named(self, spelling: str) -> Act | None:
        """The act of a name in any spelling, or None."""
        return self._by_spelling.get(_key(spelling))

    def identified(self, number: str) -> Act | None:
        """The act of a publisher's number, or None."""
        return next((act for act in self if act.id == number), None)

    def take(self, text: str) -> tuple[str, list[Act]]:
        """Give a citation without the names of acts, and the acts that it names."""
        found: list[Act] = []

        def note(match: re.Match[str]) -> str:
            act = self._by_spelling[_key(match[1])]
            if act not in found:
                found.append(act)
            return " "

        return self._pattern.sub(note, text), found


def _key(spelling: str) -> str:
    """What two spellings of one name have in common: letters and digits, no capitals."""
    return re.sub(r"[\W_]+", "", spelling).casefold()


def _pattern(name: str) -> str:
    """Match a name with or without its blanks, hyphens and strokes: "SGBIII", "FreizügG-EU"."""
    return r"[\s/–-]*".join(re.escape(part) for part in re.findall(r"[^\W_]+", name))
