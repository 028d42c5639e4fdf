"""The agenda chained by durable-rules, where it is installed (extra `durable`).

The library is C code that crashes or hangs on what it does not bear. So it runs in a process of its own with
a limit of time; whatever happens there, this process gets either the ids of the rules that fired or an
AgendaError that says what went wrong.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version

from wegweiser.engine.agenda import Rules
from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text

__all__ = ["PACKAGE", "SECONDS", "AgendaError", "fire", "fire_all", "installed"]

PACKAGE = "durable_rules"
SECONDS = 20.0
"""How long the library may take, its start included; it needs a tenth of a second."""

_CHILD = """
import sys
sys.path[:] = {path!r}
from wegweiser.engine.agenda_child import main
out = sys.stdout
sys.stdout = sys.stderr
main(sys.stdin.read, out.write)
"""


class AgendaError(EvaluationError):
    """The library did not give an agenda."""


def installed() -> str | None:
    """The version of the library, or None where it is not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def fire(rules: Rules, atoms: Collection[str]) -> Collection[str]:
    """The ids of the rules that fire; AgendaError where the library fails."""
    return fire_all(rules, [atoms])[0]


def fire_all(
    rules: Rules, cases: Iterable[Collection[str]], *, seconds: float = SECONDS, child: str = _CHILD
) -> list[frozenset[str]]:
    """The ids of the rules that fire, case by case, all in one process."""
    wanted = [sorted(atoms) for atoms in cases]
    if installed() is None and child is _CHILD:
        raise AgendaError(
            Text(
                "durable-rules ist nicht installiert (pip install 'wegweiser[durable]')",
                "durable-rules is not installed (pip install 'wegweiser[durable]')",
            )
        )
    plain = [{key: rule[key] for key in ("id", "all", "adds")} for rule in rules]
    request = json.dumps({"rules": plain, "cases": wanted})
    answer = _run(child.format(path=sys.path), request, seconds)
    known = {rule["id"] for rule in plain}
    if len(answer) != len(wanted) or any(not known.issuperset(ids) for ids in answer):
        raise _failed("eine Antwort, die nicht passt", "an answer that does not fit")
    return [frozenset(ids) for ids in answer]


def _run(program: str, request: str, seconds: float) -> Sequence[Sequence[str]]:
    """What the other process answers."""
    try:
        ran = subprocess.run(  # noqa: S603 (this interpreter, with a program of our own)
            [sys.executable, "-I", "-X", "utf8", "-c", program],
            input=request.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise _failed(f"keine Antwort in {seconds:g} s", f"no answer in {seconds:g} s") from problem
    except OSError as problem:
        raise _failed(str(problem.strerror), str(problem.strerror)) from problem
    if ran.returncode < 0:
        name = signal.Signals(-ran.returncode).name
        raise _failed(f"abgestürzt ({name})", f"crashed ({name})")
    if ran.returncode:
        last = ran.stderr.decode(errors="replace").strip().splitlines()[-1:]
        reason = last[0][:200] if last else str(ran.returncode)
        raise _failed(reason, reason)
    try:
        answer = json.loads(ran.stdout)
    except ValueError as problem:
        raise _failed("eine Antwort, die nicht lesbar ist", "an answer that cannot be read") from problem
    shaped = isinstance(answer, list) and all(
        isinstance(ids, list) and all(isinstance(one, str) for one in ids) for ids in answer
    )
    if not shaped:
        raise _failed("eine Antwort, die nicht passt", "an answer that does not fit")
    return list(answer)


def _failed(german: str, english: str) -> AgendaError:
    return AgendaError(Text(f"durable-rules: {german}", f"durable-rules: {english}"))
