"""The schemas for editors: fresh, valid, and as strict as the loader on what they can say."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from wegweiser.cli.schema import written as write
from wegweiser.engine.library import packaged_rules

DOCS = Path(__file__).parents[2] / "docs" / "schema"
FILES = {
    "book": "book.yaml",
    "facts": "facts/*.yaml",
    "targets": "targets.yaml",
    "relations": "relations.yaml",
    "parameters": "parameters/*.yaml",
    "law": "laws/*/*.yaml",
    "places": "places.yaml",
    "papers": "papers.yaml",
    "residence": "residence.yaml",
    "wordings": "wordings.yaml",
    "netz": "networks/*/netz.yaml",
    "angebot": "networks/*/angebote/*.yaml",
    "weiterleitung": "networks/*/weiterleitung.yaml",
    "quellen": "networks/*/quellen.yaml",
    "beispiele": "networks/*/beispiele.yaml",
    "allgemein": "networks/allgemein.yaml",
}


written = cache(write)


def plain(value: Any) -> Any:
    """YAML as JSON: days as text, and `on:` read as the key it is."""
    if isinstance(value, dict):
        return {"on" if key is True else str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def test_schemas_in_docs_are_fresh() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()} == written(), (
        "run `make schema`"
    )


@pytest.mark.parametrize("kind", FILES)
def test_every_file_of_the_book_fits_its_schema(kind: str) -> None:
    schema = json.loads(written()[f"{kind}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    paths = sorted(packaged_rules().glob(FILES[kind]))
    assert paths
    for path in paths:
        faults = list(validator.iter_errors(plain(yaml.safe_load(path.read_text(encoding="utf-8")))))
        assert not faults, f"{path.name}: {faults[0].json_path}: {faults[0].message}"


RULE: dict[str, Any] = {
    "id": "x_1",
    "norm": "Abs. 1",
    "targets": ["taetigkeit.beschaeftigung"],
    "outcome": "nein",
    "because": {"de": "x", "en": "x"},
}


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({"when": {"aufenthaltsstatus": "duldung"}}, True),
        ({"when": {"duldung_seit": {"since": "P3M"}}}, True),
        ({"when": {"any": [{"dublin_verfahren": True}, {"not": {"dublin_verfahren": False}}]}}, True),
        ({"when": {"aufenthaltstatus": "duldung"}}, False),
        ({"when": {"aufenthaltsstatus": "geduldet"}}, False),
        ({"when": {"duldung_seit": {"seit": "P3M"}}}, False),
        ({"when": {"dublin_verfahren": {"since": "P3M"}}}, False),
        ({"outcome": "noch_nicht"}, False),
        ({"ausnahme": []}, False),
    ],
)
def test_a_rule(change: dict[str, Any], fits: bool) -> None:  # noqa: FBT001 (a column of the table above)
    schema = json.loads(written()["law.schema.json"])
    file = {"act": "X", "section": "1", "rules": [RULE | change]}
    assert jsonschema.Draft202012Validator(schema).is_valid(file) is fits
