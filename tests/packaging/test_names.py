"""Names: what may be imported, under which name, and what each module makes public."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PARTS = ("engine", "statutes", "casebook", "rules", "cli")
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


def _imports(path: Path) -> list[tuple[str, str]]:
    """What a file imports by name from the parts: (module, name)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("wegweiser.")
        for alias in node.names
    ]


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_only_public_names_of_each_other(name: str, root: Path) -> None:
    path = root.joinpath(*name.split(".")[1:]).with_suffix(".py")
    hidden = [
        f"{module}.{wanted}"
        for module, wanted in _imports(path)
        if f"{module}.{wanted}" not in MODULES and wanted not in importlib.import_module(module).__all__
    ]
    assert hidden == []


def test_the_engine_offers_what_it_documents() -> None:
    engine = importlib.import_module("wegweiser.engine")
    assert {"check", "open_book", "read_profile"} <= set(engine.__all__)
    assert sorted(engine.__all__) == engine.__all__
    for name in engine.__all__:
        assert getattr(engine, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = engine.no_such_name


def test_what_the_parts_import_is_what_the_project_asks_for(root: Path) -> None:
    imported = {
        name.split(".")[0]
        for part in PARTS
        for path in (root / part).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(one for name in extras if name != "dev" for one in extras[name])]
    spelled = {"pyyaml": "yaml", "durable-rules": "durable"}
    names = [re.split(r"[^a-z-]", one)[0] for one in asked]
    always = {spelled.get(name, name) for name in names[: len(project["dependencies"])]}
    found = imported - sys.stdlib_module_names - {"wegweiser"}
    assert always <= found <= {spelled.get(name, name) for name in names}
