"""The schema of cases for editors: valid, true of every case, and strict on names."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from wegweiser.casebook.model import packaged_cases
from wegweiser.casebook.schema import case_schema
from wegweiser.engine import Book
from wegweiser.engine.networks import Networks

CASES = sorted((Path(__file__).parents[2] / "casebook" / "cases").rglob("*.yaml"))


@pytest.fixture(scope="module")
def validator(packaged_book: Book) -> jsonschema.Draft202012Validator:
    networks = Networks(packaged_book)
    offers = [offer.id for offer in networks.offers]
    schema = case_schema(packaged_book, offers, packaged_cases(packaged_book, networks).themes)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def read(path: Path) -> Any:
    def plain(value: Any) -> str:
        assert isinstance(value, date)
        return value.isoformat()

    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=plain))


def test_every_case_fits(validator: jsonschema.Draft202012Validator) -> None:
    assert len(CASES) >= 60
    wrong = [(path.name, one.message) for path in CASES for one in validator.iter_errors(read(path))]
    assert wrong == []


def test_wrong_names_do_not_fit(validator: jsonschema.Draft202012Validator) -> None:
    case = read(CASES[0])
    assert validator.is_valid(case)
    for change in (
        {"themes": ["wetter"]},
        {"profile": {"einreisse": "2025-01-01"}},
        {"expected": [{"target": "aufenthalt.nichts", "ergebnis": "nein"}]},
        {"expected": [{**case["expected"][0], "fehlend": ["einreisse"]}]},
        {"questions": [{"ask": "light", "target": "aufenthalt.nichts"}]},
        {"first_step": {"rule": "gibt_es_nicht"}},
        {"level": 4},
        {"unbekannt": 1},
    ):
        assert not validator.is_valid({**copy.deepcopy(case), **change}), change
