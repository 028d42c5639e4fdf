"""What a command imports: `check` with a warm cache leaves everything heavy aside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import contextlib, io, json, sys
from wegweiser.cli.main import main
with contextlib.redirect_stdout(io.StringIO()):
    status = main(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]))
"""
HEAVY = {
    "asyncio",
    "hypothesis",
    "importlib.metadata",
    "jinja2",
    "pydantic",
    "pydantic_core",
    "wegweiser.engine.loading",
    "wegweiser.engine.schema",
}


def _imported(cache: Path, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        env=os.environ | {"XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)},
        check=True,
        capture_output=True,
        text=True,
    )
    status, modules = json.loads(done.stdout)
    assert status == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("more", [(), ("--json",), ("--warum",)])
def test_check_with_a_warm_cache_imports_nothing_heavy(
    more: tuple[str, ...], root: Path, tmp_path: Path
) -> None:
    arguments = ("check", str(root / "examples" / "fatima.yaml"), "--am", "2026-11-22", *more)
    cold = _imported(tmp_path, *arguments)
    assert cold >= {"pydantic", "wegweiser.engine.loading"}, "the cold run has to load the rule book"
    warm = _imported(tmp_path, *arguments)
    assert warm & HEAVY == set()


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ()])
def test_help_reads_no_rule_book(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _imported(tmp_path, *arguments) & (HEAVY | {"yaml", "wegweiser.engine.evaluate"}) == set()
