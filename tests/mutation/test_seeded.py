"""A sample of the planted faults of `make seeded`: each is found by an example, a case or a proof."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from wegweiser.engine.library import packaged_rules
from wegweiser.engine.loading import load_data

_SPEC = importlib.util.spec_from_file_location("seeded", Path(__file__).with_name("seeded.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
seeded = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(seeded)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return load_data(packaged_rules())


@pytest.fixture(scope="module")
def planted(data: dict[str, Any]) -> list[Any]:
    return list(seeded.faults(data))


@pytest.fixture(scope="module")
def search(data: dict[str, Any]) -> Any:
    return seeded.Search(data)


@pytest.fixture(scope="module")
def silent(data: dict[str, Any]) -> Any:
    """A search where no example and no case says anything."""
    search = seeded.Search({**data, "examples": []})
    search.worked, search.cases = [], ()
    return search


def named(data: dict[str, Any], name: str) -> Any:
    return next(one for one in seeded.faults(data, each=10_000) if one.name == name)


def test_there_are_at_least_a_hundred_and_always_the_same(data: dict[str, Any], planted: list[Any]) -> None:
    assert len(planted) >= 100
    assert len({one.name for one in planted}) == len(planted)
    assert [one.name for one in seeded.faults(data)] == [one.name for one in planted]


@pytest.mark.slow
@pytest.mark.parametrize("place", range(10))
def test_a_planted_fault_is_found(search: Any, planted: list[Any], place: int) -> None:
    said = map(search.found, planted[place * len(planted) // 10 :])
    assert next(one for one in said if one != seeded.NO_FAULT)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        # the permission that it departs from says less, so its own is told either way
        ("aufenthg_16e_1[0] overlap", seeded.NO_FAULT),
        ("aufenthg_16e_1[0] removed", "examples"),
    ],
)
def test_only_what_changes_no_answer_is_no_fault(
    search: Any, data: dict[str, Any], name: str, wanted: str
) -> None:
    assert search.found(named(data, name)) == wanted


WITHOUT_EXAMPLES = {
    "sgb3_60_1_nr1[0] overlap": "compiling",
    "sgb2_7_1_s2_nr2[0] removed": "entries",
    "sgb3_81_3_s1[0] to ermessen swapped": "proofs",
    "asylblg_5_5_s3[0] removed": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WITHOUT_EXAMPLES)
def test_what_is_left_to_find_where_no_example_speaks(silent: Any, data: dict[str, Any], name: str) -> None:
    assert silent.found(named(data, name)) == WITHOUT_EXAMPLES[name]
