"""Runs the worked examples of networks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wegweiser.engine.errors import InputError
from wegweiser.engine.examples import Difference, compare, person
from wegweiser.engine.networks import Networks

__all__ = ["run"]


def run(networks: Networks, names: set[str] | None = None) -> Iterator[Difference]:
    """Every difference between what the examples of networks (of some names) expect and the answers."""
    for network in networks.all:
        for example in network["examples"] if names is None or network["id"] in names else ():
            for day in example["expect"]:
                yield from _on_day(networks, example, day)


def _on_day(networks: Networks, example: dict[str, Any], day: str) -> Iterator[Difference]:
    try:
        profile = person(networks.law, example, day)
        names = list(example["expect"][day])
        answers = networks.answers(profile, (), date.fromisoformat(day), names, example["asks"])
    except InputError as problem:
        place = f"{example['file']}:{example['line']}"
        yield Difference(example["name"], place, day, "", "input", "a valid profile", str(problem))
        return
    yield from compare(example, day, (one.answer for one in answers))
