"""A small rule book with invented law, profiles for it, and ways to run the program."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from wegweiser.cli.main import main

DAY = "2026-11-22"


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def rulebook() -> Path:
    return Path(__file__).parent / "rulebook"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], rulebook: Path) -> Run:
    """Run a command in this process, with the small rule book."""

    def run(*args: str) -> Ran:
        status = main(["--regelwerk", str(rulebook), *args])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


@pytest.fixture
def heeding() -> Iterator[None]:
    """What a background job starts ignores some signals; what the test starts heeds them."""
    names = [name for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), signal.default_int_handler) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write a profile into the current folder and name it."""
    monkeypatch.chdir(tmp_path)

    def write(text: str = "", name: str = "fall.yaml", **facts: object) -> str:
        lines = [
            f"{fact}: {str(value).lower() if isinstance(value, bool) else value}"
            for fact, value in facts.items()
        ]
        (tmp_path / name).write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
        return name

    return write


@pytest.fixture
def waiting(profile: Callable[..., str]) -> str:
    """A tolerated person within the first three months, everything known; no training."""
    return profile(
        fall="warten",
        aufenthaltsstatus="duldung",
        duldungsart="allgemein",
        staatsangehoerigkeit="GN",
        duldung_seit="2026-10-05",
        ununterbrochen_seit="2026-10-05",
        massnahmen_aufenthaltsbeendigung=False,
        taeuschung=False,
        deutschniveau="a1",
        bekenntnis=True,
    )


@pytest.fixture
def expected(profile: Callable[..., str]) -> str:
    """A person with an offer of training of whom only a usual fact is unknown."""
    return profile(
        fall="angebot",
        aufenthaltsstatus="duldung",
        duldungsart="allgemein",
        staatsangehoerigkeit="GN",
        duldung_seit="2026-10-05",
        ununterbrochen_seit="2026-10-05",
        taeuschung=False,
        titel_gueltig_bis="2026-12-10",
        ausbildung_angebot="betrieblich_qualifiziert",
        stelle_leiharbeit="unbekannt",
    )


@pytest.fixture
def program(rulebook: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the program as a process of its own."""

    def program(
        *args: str, env: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        command: Sequence[str] = [sys.executable, "-m", "wegweiser.cli", "--regelwerk", str(rulebook), *args]
        given = {"capture_output": True, "cwd": tmp_path, "timeout": 60} | options
        return subprocess.run(command, env=os.environ | (env or {}), check=False, **given)  # type: ignore[call-overload, no-any-return]

    return program
