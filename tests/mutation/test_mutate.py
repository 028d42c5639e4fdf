"""The mutation test itself: a sample of changes, each of which some example of the rules has to notice."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data


@pytest.fixture(scope="module")
def mutate() -> Any:
    spec = importlib.util.spec_from_file_location("mutate", Path(__file__).with_name("mutate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return load_data(packaged_rules())


@pytest.fixture(scope="module")
def mutants(mutate: Any, data: dict[str, Any]) -> dict[str, Any]:
    return {mutant.name: mutant for mutant in mutate.mutants(data)}


SAMPLE = [
    "aufenthg_60a_5b_s1[0] removed",
    "aufenthg_60b_5_s2[0] removed",
    "asylg_61_1_s2[0] removed",
    "asylg_61_2_s1[0] removed",
    "beschv_32_1_s1[0] removed",
    "anlage_ii_asylg[0] without SN",
]


@pytest.mark.parametrize("name", SAMPLE)
def test_an_example_notices(mutate: Any, data: dict[str, Any], mutants: dict[str, Any], name: str) -> None:
    assert not mutate.survives(data, mutants[name])


@pytest.mark.parametrize(
    ("rule", "change"),
    [("beschv_32_1_s1", "period +1"), ("beschv_32_1_s1", "period -1"), ("aufenthg_60a_5b_s1", "removed")],
)
def test_an_example_notices_every_such_change(
    mutate: Any, data: dict[str, Any], mutants: dict[str, Any], rule: str, change: str
) -> None:
    chosen = [one for name, one in mutants.items() if name.startswith(f"{rule}[") and name.endswith(change)]
    assert chosen
    assert not any(mutate.survives(data, one) for one in chosen)


def test_a_book_as_it_is_survives(mutate: Any, data: dict[str, Any], mutants: dict[str, Any]) -> None:
    same = mutants["beschv_32_1_s1[0] removed"]._replace(
        path=("meta", "checked_until"),
        value=data["meta"]["checked_until"],
        targets=("foerderung.bab",),
    )
    mutate._home = lambda *_: ""
    assert mutate.survives(data, same)


def test_there_is_no_mutant_that_changes_nothing_or_cannot_be_loaded(
    data: dict[str, Any], mutants: dict[str, Any]
) -> None:
    first = data["meta"]["coverage_from"]
    for name, mutant in mutants.items():
        if mutant.path[-1] not in ("from", "to"):
            continue
        versions: Any = data
        for step in mutant.path[:-2]:
            versions = versions[step]
        old = versions[mutant.path[-2]]
        new = {**old, mutant.path[-1]: mutant.value}
        assert max(new[mutant.path[-1]], old[mutant.path[-1]]) >= first, name
        others = [each for each in versions if each is not old]
        assert all(
            (new["to"] or first**2) < (each["from"] or 0) or (each["to"] or first**2) < (new["from"] or 0)
            for each in others
        ), name
