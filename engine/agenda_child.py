"""Chains agendas with durable-rules, as a program of its own that may crash or hang without harm.

Run by `agenda_durable`: one JSON document comes on standard input, one goes to standard output. Nobody else
imports this module. How the library is used here is what was measured to be safe with it: one rule set,
compiled once; positive matches on two fields only; a fresh short name for each case; a boot fact first;
actions that only append to a list; each case is deleted in the end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from wegweiser.engine.agendalimits import parts

__all__ = ["Chained", "main"]

_BOOT = ("start", "start")
"""Group and name of the fact that comes first; no atom of a book can be called so (it has no colon)."""
_LIVE = 1000
"""Cases that may be alive at once; the library crashes at 1024."""


class Chained:
    """A rule set in the library."""

    def __init__(self, rules: Sequence[Mapping[str, Any]]) -> None:
        if hasattr(sys, "setdlopenflags"):
            sys.setdlopenflags(os.RTLD_LAZY)  # from Python 3.13 on the library does not load otherwise
        from durable import engine

        self._observed = engine.MessageObservedException
        self._unmatched = engine.MessageNotHandledException
        self._fired: list[str] = []
        self._adds = {rule["id"]: rule["adds"] for rule in rules}
        self._used = {atom for rule in rules for atom in rule["all"]}
        self._number = 0
        self._live = 0
        self._lock = Lock()
        definition = {"start": self._rule("start", [_BOOT])}
        for place, rule in enumerate(rules):
            definition[f"r{place}"] = self._rule(rule["id"], [parts(atom) for atom in rule["all"]])
        with self._lock:
            self._ruleset = engine.Ruleset("agenda", None, definition)

    def _rule(self, name: str, atoms: Sequence[tuple[str, str]]) -> dict[str, Any]:
        def run(_: object) -> None:
            self._fired.append(name)

        tests = [{f"m{n}": {"$and": [{"g": group}, {"a": atom}]}} for n, (group, atom) in enumerate(atoms)]
        return {"all": tests, "run": run}

    def fired(self, atoms: Iterable[str]) -> list[str]:
        """The ids of the rules that fire, in the order in which they did."""
        with self._lock:
            self._number += 1
            if self._live >= _LIVE:
                raise RuntimeError("too many live cases")
            self._live += 1
            sid = f"c{self._number}"
            self._fired.clear()
            told: list[str] = []
            new = [atom for atom in dict.fromkeys(atoms) if atom in self._used]
            offset = self._tell(sid, 0, _BOOT)
            try:
                while True:
                    for atom in new:
                        told.append(atom)
                        offset = self._tell(sid, len(told), parts(atom))
                    self._act(sid, offset)
                    derived = [atom for name in self._fired for atom in self._adds.get(name, ())]
                    new = [atom for atom in dict.fromkeys(derived) if atom in self._used and atom not in told]
                    if not new:
                        return [name for name in self._fired if name in self._adds]
            finally:
                self._ruleset.delete_state(sid)
                self._live -= 1

    def _tell(self, sid: str, number: int, atom: tuple[str, str]) -> int:
        """Assert one fact; its return code tells what went wrong."""
        fact = {"sid": sid, "id": f"f{number}", "g": atom[0], "a": atom[1]}
        try:
            offset: int = self._ruleset.assert_fact(fact)
        except (self._unmatched, self._observed) as problem:
            raise RuntimeError(f"{type(problem).__name__}: {atom[0]}:{atom[1]}") from problem
        return offset

    def _act(self, sid: str, offset: int) -> None:
        faults: list[object] = []

        def complete(error: object, _: object) -> None:
            if error is not None:
                faults.append(error)

        self._ruleset.do_actions(offset, complete)
        state = self._ruleset.get_state(sid)
        if "exception" in state:
            faults.append(state["exception"])
        if faults:
            raise RuntimeError(str(faults[0]))


def main(read: Callable[[], str], write: Callable[[str], object]) -> None:
    """Answer one request: `{"rules": […], "cases": [[atoms], …]}` gives `[[ids], …]`."""
    request = json.loads(read())
    cases: list[Collection[str]] = request["cases"]
    chained = Chained(request["rules"])
    write(json.dumps([chained.fired(atoms) for atoms in cases]))
