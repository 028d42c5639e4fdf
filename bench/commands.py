"""What a whole command costs: `wegweiser check` beside a bare program of the same libraries.

All programs run in turn, round after round, so that whatever else the machine does hits each of
them alike; ratios and differences are taken within a round. The times are medians.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
PROFILE = str(ROOT / "examples" / "fatima.yaml")
DAY = ("--am", "2026-11-22")

SCRIPT = """#!{python}
import sys
from {module} import main
if __name__ == '__main__':
    sys.argv[0] = sys.argv[0].removesuffix('.exe')
    sys.exit(main())
"""
"""What an installer writes for a console script."""

TARGET = """
  foerderung.{act}:
    label: {{de: Erfundene Leistung {number}, en: Invented benefit {number}}}
    default:
      outcome: nein
      grund: voraussetzung_fehlt
      norm: § 1 Abs. 1 ErfG
      because: {{de: Ohne Erlaubnis gibt es sie nicht., en: It is not granted without permission.}}
"""
RULES = """\
act: ErfG
section: "{section}"
rules:
  - id: {act}_{section}_1_s1
    norm: Abs. 1 Satz 1
    targets: [foerderung.{act}]
    when: {{aufenthaltsstatus: {status}, ununterbrochen_seit: {{since: P{months}M}}, deutschniveau: {level}}}
    outcome: soll
    because: {{de: Erfundene Erlaubnis Nummer {section}., en: Invented permission number {section}.}}
  - id: {act}_{section}_1_s2
    norm: Abs. 1 Satz 2
    targets: [foerderung.{act}]
    exception_to: [{act}_{section}_1_s1]
    when: {{straftat_ausschluss: true}}
    outcome: nein
    because: {{de: Erfundene Ausnahme Nummer {section}., en: Invented exception number {section}.}}
  - id: {act}_{section}_2_s1
    norm: Abs. 2 Satz 1
    targets: [foerderung.{act}]
    when:
      aufenthaltsstatus: {status}
      any:
        - schulpflichtig: false
        - geburtsdatum: {{at_most: 2008-01-{section:0>2}}}
    unless: {{straftat_ausschluss: true}}
    outcome: ermessen
    because: {{de: Erfundenes Ermessen Nummer {section}., en: Invented discretion number {section}.}}
"""
STATUSES = ("duldung", "aufenthaltsgestattung", "fiktion_duldung", "kurzaufenthalt")
LEVELS = ("a1", "a2", "b1", "b2", "c1")


def add_act(folder: Path, number: int) -> None:
    """Write an invented act that decides a target of its own: five sections, three rules each."""
    act = f"erfunden{number:02}"
    laws = folder / "laws" / act
    laws.mkdir(parents=True)
    with (folder / "targets.yaml").open("a", encoding="utf-8") as targets:
        targets.write(TARGET.format(act=act, number=number))
    for section, level in enumerate(LEVELS, start=1):
        status = STATUSES[section % len(STATUSES)]
        text = RULES.format(act=act, section=section, status=status, months=section + number, level=level)
        (laws / f"p{section}.yaml").write_text(text, encoding="utf-8")


def measure(
    commands: Mapping[str, Sequence[str]], rounds: int, environment: Mapping[str, str]
) -> dict[str, list[float]]:
    """Milliseconds of each command in each round, after one run that fills the caches."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            if turn:
                times[name].append((time.perf_counter() - begun) * 1000)
    return times


def compare(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Median of the ratios, and of the differences, of two programs within each round."""
    pairs = list(zip(one, other, strict=True))
    return statistics.median(a / b for a, b in pairs), statistics.median(a - b for a, b in pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--acts", type=int, default=20, help="acts that are added to the rule book")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "bench" / "bare.py", folder)
        programs = {"bare": "bare", "wegweiser": "wegweiser.cli.main"}
        for script, module in programs.items():
            (folder / script).write_text(
                SCRIPT.format(python=sys.executable, module=module), encoding="utf-8"
            )
        copied, longer = folder / "rules", folder / "longer"
        for target in (copied, longer):
            shutil.copytree(ROOT / "rules", target)
        for number in range(1, options.acts + 1):
            add_act(longer, number)

        check = [sys.executable, str(folder / "wegweiser"), "check", PROFILE, *DAY]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bare program": [sys.executable, str(folder / "bare"), PROFILE],
            "wegweiser check": check,
            "  same book, --regelwerk": [*check, "--regelwerk", str(copied)],
            f"  {options.acts} acts more": [*check, "--regelwerk", str(longer)],
        }
        environment = dict(
            os.environ, XDG_CACHE_HOME=str(folder / "cache"), LOCALAPPDATA=str(folder / "cache")
        )
        times = measure(commands, options.rounds, environment)

    bare = times["bare program"]
    table = Table(title=f"Whole commands, warm cache, modules compiled, {options.rounds} rounds in turn")
    table.add_column("")
    for heading in ("median ms", "least ms", "times bare"):
        table.add_column(heading, justify="right")
    for program, took in times.items():
        ratio, _ = compare(took, bare)
        table.add_row(program, f"{statistics.median(took):.1f}", f"{min(took):.1f}", f"{ratio:.2f}")
    console = Console()
    console.print(table)
    *_, before, after = times.values()
    _, more = compare(after, before)
    console.print(f"each act more: {more / options.acts:.2f} ms (aim: under 1 ms)")
    console.print("times bare, aim for wegweiser check: at most 1.50")


if __name__ == "__main__":
    main()
