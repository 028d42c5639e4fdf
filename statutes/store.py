"""The store of imported texts: one SQLite file in a folder of the user's, outside the project.

A state is an act as it read on a day; importing the same act and day again replaces it. An import is one
transaction: it is there as a whole or not at all. Texts that did not change are kept once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text
from wegweiser.statutes.texts import Section, Snapshot

__all__ = ["FILE", "State", "Store", "Texts"]

FILE: Final = "gesetze.sqlite"
_FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE texts (hash TEXT PRIMARY KEY, heading TEXT NOT NULL, lines TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE states (act TEXT, day TEXT, source TEXT NOT NULL, imported TEXT NOT NULL, PRIMARY KEY (act, day))
    WITHOUT ROWID;
CREATE TABLE wordings (act TEXT, day TEXT, section TEXT, hash TEXT NOT NULL, PRIMARY KEY (act, day, section))
    WITHOUT ROWID;
"""


class State(NamedTuple):
    """One imported state of an act."""

    act: str
    day: date
    sections: int
    source: str
    """The name of the file or folder it came from."""
    imported: datetime
    """When it was imported (UTC)."""


class Texts:
    """Sections by act and day; `Store` reads them from its file, `of` from memory."""

    def __init__(self, snapshots: dict[str, dict[date, dict[str, Section]]]) -> None:
        self._snapshots = snapshots

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> Texts:
        """The texts of snapshots that were just read."""
        found: dict[str, dict[date, dict[str, Section]]] = {}
        for one in snapshots:
            found.setdefault(one.act, {})[one.day] = one.sections
        return cls(found)

    def acts(self) -> list[str]:
        """The acts that there are, by name."""
        return sorted(self._snapshots)

    def days(self, act: str) -> list[date]:
        """The days of the states of an act, the oldest first."""
        return sorted(self._snapshots.get(act, ()))

    def at(self, act: str, day: date) -> dict[str, Section] | None:
        """The sections of an act in its last state up to a day; None where there is none."""
        seen = [one for one in self.days(act) if one <= day]
        return self._sections(act, seen[-1]) if seen else None

    def _sections(self, act: str, day: date) -> dict[str, Section]:
        return self._snapshots[act][day]


class Store(Texts):
    """The store in a folder. Raises EvaluationError where its file is damaged or cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        super().__init__({})
        self._list: list[State] | None = None
        self._loaded: dict[tuple[str, date], dict[str, Section]] = {}

    def states(self) -> list[State]:
        """Every state, by act and day."""
        if not self.path.exists():
            return []
        query = (
            "SELECT s.act, s.day, count(w.section), s.source, s.imported "
            "FROM states s LEFT JOIN wordings w ON w.act = s.act AND w.day = s.day "
            "GROUP BY s.act, s.day ORDER BY s.act, s.day"
        )
        with self._open() as connection:
            rows = connection.execute(query).fetchall()
        return [
            State(act, date.fromisoformat(day), count, source, datetime.fromisoformat(imported))
            for act, day, count, source, imported in rows
        ]

    def acts(self) -> list[str]:
        """The acts that there are, by name."""
        return sorted({state.act for state in self._known()})

    def days(self, act: str) -> list[date]:
        """The days of the states of an act, the oldest first."""
        return [state.day for state in self._known() if state.act == act]

    def _known(self) -> list[State]:
        if self._list is None:
            self._list = self.states()
        return self._list

    def _sections(self, act: str, day: date) -> dict[str, Section]:
        if (act, day) not in self._loaded:
            query = (
                "SELECT w.section, t.heading, t.lines FROM wordings w JOIN texts t ON t.hash = w.hash "
                "WHERE w.act = ? AND w.day = ?"
            )
            with self._open() as connection:
                rows = connection.execute(query, (act, day.isoformat())).fetchall()
            self._loaded[act, day] = {
                name: Section(name, heading, tuple(json.loads(lines))) for name, heading, lines in rows
            }
        return self._loaded[act, day]

    def add(self, snapshots: Iterable[tuple[Snapshot, str]], now: datetime) -> None:
        """Keep snapshots, each with the name of its source, all of them or none."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise _broken(self.path, problem.strerror or "") from problem
        with self._open() as connection, connection:
            for snapshot, source in snapshots:
                _add(connection, snapshot, source, now)
            connection.execute("DELETE FROM texts WHERE hash NOT IN (SELECT hash FROM wordings)")
        self._list = None
        self._loaded.clear()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT;")
                elif version != _FORMAT:
                    raise EvaluationError(
                        Text(
                            f"{self.path}: von einer anderen Version des Programms; bitte neu importieren",
                            f"{self.path}: of another version of the program; please import again",
                        )
                    )
                yield connection
        except (sqlite3.Error, json.JSONDecodeError) as problem:
            raise _broken(self.path, str(problem)) from problem


def _add(connection: sqlite3.Connection, snapshot: Snapshot, source: str, now: datetime) -> None:
    key = (snapshot.act, snapshot.day.isoformat())
    connection.execute("DELETE FROM wordings WHERE act = ? AND day = ?", key)
    connection.execute("INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)", (*key, source, now.isoformat()))
    for section in snapshot.sections.values():
        lines = json.dumps(section.lines, ensure_ascii=False)
        digest = hashlib.sha256(f"{section.heading}\n{lines}".encode()).hexdigest()
        connection.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?)", (digest, section.heading, lines))
        connection.execute("INSERT INTO wordings VALUES (?, ?, ?, ?)", (*key, section.name, digest))


def _broken(path: Path, reason: str) -> EvaluationError:
    return EvaluationError(
        Text(
            f"Ablage {path} nicht benutzbar ({reason}); löschen und neu importieren hilft",
            f"store {path} cannot be used ({reason}); delete it and import again",
        )
    )
