"""Names: what may be imported, under which name, and what each module makes public."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

PARTS = ("engine", "rules", "cli")
ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    f"wegweiser.{part}.{path.stem}"
    for part in PARTS
    for path in (ROOT / part).glob("*.py")
    if not path.stem.startswith("__")
)


@pytest.mark.parametrize("part", PARTS)
def test_bare_name_is_refused(part: str, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {part}"], cwd=root, check=False, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert f"import wegweiser.{part}, not {part}" in done.stderr


def test_wegweiser_is_a_namespace_without_code() -> None:
    assert getattr(importlib.import_module("wegweiser"), "__file__", None) is None


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_typed(part: str, root: Path) -> None:
    assert (root / part / "py.typed").is_file()


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_listed_and_exist(name: str) -> None:
    module = importlib.import_module(name)
    public = module.__all__
    assert len(set(public)) == len(public)
    assert [each for each in public if not hasattr(module, each)] == []
    own = {
        key
        for key, value in vars(module).items()
        if getattr(value, "__module__", None) == name and not key.startswith("_")
    }
    assert own <= set(public), "a public class or function that __all__ does not list"
