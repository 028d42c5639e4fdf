"""A sample of the planted faults of `make seeded`: each is found by an example or by a proof."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data


@pytest.fixture(scope="module")
def seeded() -> Any:
    spec = importlib.util.spec_from_file_location("seeded", Path(__file__).with_name("seeded.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return load_data(packaged_rules())


def test_there_are_at_least_a_hundred_and_always_the_same(seeded: Any, data: dict[str, Any]) -> None:
    planted = seeded.faults(data)
    assert len(planted) >= 100
    assert len({one.name for one in planted}) == len(planted)
    assert [one.name for one in seeded.faults(data)] == [one.name for one in planted]


@pytest.mark.slow
@pytest.mark.parametrize("place", range(10))
def test_a_planted_fault_is_found(seeded: Any, data: dict[str, Any], place: int) -> None:
    planted = seeded.faults(data)
    assert not seeded.missed(data, planted[place * len(planted) // 10])
